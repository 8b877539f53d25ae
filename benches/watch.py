#!/usr/bin/env python3
"""Measures how soon a preview can answer with the new page after a story was saved.

    benches/watch.py [STORIES] [FOLDER]        default: 10000 stories, in a temporary folder

From the write of one story until the server answers with the new words: the median of 20 edits, of the
words of a story, of its headline, and of what it links to. Podium waits for quiet after an event (its
debounce, 20 ms), which is part of the figure and is named beside it. If `hugo` is on PATH, its server is
measured with the same stories and a plain layout of as many kinds of pages, in turns with Podium's.
"""
import http.client
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
STORIES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
EDITS = 20
DEBOUNCE = 20

LAYOUTS = {
    "_default/baseof.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>""",
    "_default/single.html": """{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Params.standfirst }}</p>{{ .Content }}
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ range first 6 (site.RegularPages.Related .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}""",
    "_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages 20).Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}""",
    "index.html": """{{ define "main" }}<ul>{{ range first 12 site.RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}""",
}


def hugo_site(podium_site, folder):
    """The same stories, as Hugo reads them."""
    (folder / "content/stories").mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "/"\ntitle = "Bench"\nbuildFuture = true\n'
        '[taxonomies]\ntag = "tags"\nauthor = "authors"\nevent = "events"\nathlete = "athletes"\nnation = "nations"\n')
    (folder / "config.toml").write_text((folder / "hugo.toml").read_text())
    for name, text in LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for story in (podium_site / "content/stories").iterdir():
        text = story.read_text()
        text = re.sub(r"^date: (\S+) (\S+)$", r"date: \1T\2:00+02:00", text, flags=re.M)
        text = re.sub(r"<Podium [^>]*/>", "", text)
        text = re.sub(r"\((story-\d+)\.md\)", r"(/stories/\1/)", text)
        (folder / "content/stories" / story.name).write_text(text)


class Server:
    """A preview that runs."""

    def __init__(self, name, command, folder, port):
        self.name, self.folder, self.port = name, folder, port
        begun = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while b"</html>" not in self.get("/"):
            if self.process.poll() is not None:
                sys.exit(f"{name} has ended")
        self.first_page = time.perf_counter() - begun

    def get(self, path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", path)
            return connection.getresponse().read()
        except OSError:
            time.sleep(0.005)
            return b""

    def edit(self, number, change):
        """Seconds from the write of a story until its page has the new words."""
        marker = f"marker{time.perf_counter_ns()}"
        story = self.folder / f"content/stories/story-{number:05}.md"
        text = change(story.read_text(), marker)
        begun = time.perf_counter()
        story.write_text(text)
        while marker.encode() not in self.get(f"/stories/story-{number:05}/").lower():
            if time.perf_counter() - begun > 120:
                sys.exit(f"{self.name} never shows the change")
        return time.perf_counter() - begun

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024


KINDS = {
    "words": lambda text, marker: f"{text}\n{marker}\n",
    "headline": lambda text, marker: re.sub(r"^title: .*$", f"title: A story {marker}", text, flags=re.M),
    "links": lambda text, marker: re.sub(r"^tags: .*$", f"tags: [Tag 1, {marker}]", text, flags=re.M),
}


def main():
    work = pathlib.Path(tempfile.mkdtemp(dir=sys.argv[2] if len(sys.argv) > 2 else None))
    servers = []
    try:
        subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=HERE.parent, check=True)
        podium = HERE.parent / "target/release/podium"
        subprocess.run([sys.executable, HERE / "site.py", str(STORIES), work / "podium"], check=True)
        if shutil.which("hugo"):
            hugo_site(work / "podium", work / "hugo")
            servers.append(Server("hugo", ["hugo", "server", "--port", "1897", "--buildFuture"], work / "hugo", 1897))
        servers.append(Server("podium", [podium, "watch", "--port", "1896"], work / "podium", 1896))
        for server in servers:
            print(f"{server.name:8} first page after {server.first_page:.2f} s")
        # What goes on in the background after the start is not what is measured.
        time.sleep(10)
        for kind, change in KINDS.items():
            times = {server.name: [] for server in servers}
            for i in range(EDITS):
                for server in servers:
                    times[server.name].append(server.edit(17 + i * (STORIES // (EDITS + 1)), change) * 1000)
                    # Somebody who saves reads before the next save; half of that time pages are
                    # still being looked through in the background.
                    time.sleep(1)
            for name, list_ in times.items():
                median = statistics.median(list_)
                apart = f", {median - DEBOUNCE:.1f} ms without the debounce of {DEBOUNCE} ms" if name == "podium" else ""
                print(f"{name:8} {kind:9} median {median:.1f} ms{apart} (from {min(list_):.1f} to {max(list_):.1f})")
        for server in servers:
            print(f"{server.name:8} memory {server.memory()} MiB")
    finally:
        for server in servers:
            server.process.terminate()
            server.process.wait()
        shutil.rmtree(work)


main()
