"""Reads the linked data of every page of a built site as others do, with extruct, and compares it with linked.tsv.

linked.py PUBLIC BASE_URL: prints a line for each thing that is wrong.
"""

import pathlib
import re
import sys
from urllib.parse import unquote

import extruct

public, base = pathlib.Path(sys.argv[1]), sys.argv[2]
wrong = []
table = {}
for line in (pathlib.Path(__file__).parent / "linked.tsv").read_text().splitlines():
    if line and not line.startswith("#"):
        kind, name, level, form = line.split("\t")
        table.setdefault(kind, {})[name] = (level, form)
seen = set()


def is_there(address, wants_page):
    path, _, anchor = address[len(base):].partition("#")
    file = public / unquote(path)
    file = file / "index.html" if path.endswith("/") or not path else file
    if not file.is_file() or (wants_page and file.suffix != ".html"):
        return False
    return not anchor or f'id="{anchor}"' in file.read_text()


def fits(value, form):
    if form == "text":
        return isinstance(value, str) and value.strip() != ""
    if form == "number":
        return isinstance(value, int) and value > 0
    if form == "true":
        return value is True
    if form == "language":
        return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", value) is not None
    if form == "date":
        # A day, or a time with its offset.
        return re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?", value) is not None
    if form == "url":
        return value.startswith("https://")
    if form == "schema":
        return value.startswith("https://schema.org/")
    if form in ("page", "file"):
        return value.startswith(base) and is_there(value, form == "page")
    return isinstance(value, dict) and value.get("@type") in form.split()


def look(node, where):
    kind = node.get("@type")
    if kind not in table:
        wrong.append(f"{where}: {kind} is not in the table")
        return
    for name, value in node.items():
        if name in ("@type", "@context"):
            continue
        level, form = table[kind].get(name, (None, None))
        if level is None:
            wrong.append(f"{where}: {kind} has {name}, which is not in the table")
            continue
        seen.add((kind, name))
        for item in value if isinstance(value, list) else [value]:
            if not fits(item, form):
                wrong.append(f"{where}: {kind}.{name} is not {form}: {item!r}")
            if isinstance(item, dict):
                look(item, f"{where} {name}")
    for name, (level, _) in table[kind].items():
        if level == "required" and node.get(name) in (None, "", []):
            wrong.append(f"{where}: {kind} has no {name}")


EXPECTED = {
    "": "WebSite", "stories/": "NewsArticle", "live/": "LiveBlogPosting", "athletes/": "Person", "nations/": "SportsTeam",
}
pages = sorted(public.rglob("*.html"))
for file in pages:
    address = file.relative_to(public).as_posix().removesuffix("index.html")
    html = file.read_text()
    data = extruct.extract(html, base_url=base + address, syntaxes=["json-ld", "opengraph"])
    if 'name="robots" content="noindex"' in html or 'http-equiv="refresh"' in html:
        if data["json-ld"] or data["opengraph"]:
            wrong.append(f"{address}: is no page of its own, and says what it is")
        continue
    if len(data["json-ld"]) != 1:
        wrong.append(f"{address}: has {len(data['json-ld'])} blocks of linked data")
        continue
    [block] = data["json-ld"]
    if block.get("@context") != "https://schema.org":
        wrong.append(f"{address}: the context is {block.get('@context')}")
    nodes = block["@graph"]
    for node in nodes:
        look(node, address)
    kinds = [node["@type"] for node in nodes]
    if address and kinds.count("BreadcrumbList") != 1:
        wrong.append(f"{address}: {kinds} has no breadcrumbs")
    parts = address.split("/")
    expected = EXPECTED.get("" if not address else parts[0] + "/")
    if expected and (not address or len(parts) == 3) and expected not in kinds:
        wrong.append(f"{address}: {kinds} has no {expected}")
    # The Open Graph: ogp.me's four, and a picture that is there.
    properties = dict(data["opengraph"][0]["properties"]) if data["opengraph"] else {}
    for name in ("og:title", "og:type", "og:url", "og:site_name"):
        if not properties.get(name):
            wrong.append(f"{address}: has no {name}")
    if properties.get("og:url") != base + address:
        wrong.append(f"{address}: og:url is {properties.get('og:url')}")
    image = properties.get("og:image")
    if image and not fits(image, "file"):
        wrong.append(f"{address}: og:image is not there: {image}")
    if properties.get("og:type") == "article" and not fits(properties.get("article:published_time", ""), "date"):
        wrong.append(f"{address}: an article without article:published_time")

for kind, names in table.items():
    for name, (level, _) in names.items():
        if level == "recommended" and (kind, name) not in seen:
            wrong.append(f"nothing on the site has {kind}.{name}, which is recommended")
if len(pages) < 20:
    wrong.append(f"only {len(pages)} pages were read")
for line in wrong:
    print(line)
sys.exit(1 if wrong else 0)
