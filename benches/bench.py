#!/usr/bin/env python3
"""Measures Podium beside a floor and beside other programs, and prints a Markdown table for each N.

    bench.py [N ...] [--folder DIR] [--rounds 5] [--podium PATH]        default: 10000 stories

What is measured is in README.md, and how to get the other programs; those that are not on PATH are left out.
"""
import argparse
import dataclasses
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
AT = "2024-08-12T00:00:00Z"
PEERS = {"hugo": ["--quiet"], "zola": ["build"], "blades": ["all"]}
# What a build leaves in the site's folder, the output first; `.blades` lists what was written last time.
OUTPUT = "public"
LEFT_BEHIND = [OUTPUT, ".blades", ".bladestheme", ".hugo_build.lock", "resources"]
STORY_PAGE = re.compile(r"stories/story-\d+(/index)?\.html$")


@dataclasses.dataclass
class Run:
    """One run of a program: wall and processor time in seconds, peak memory in bytes."""
    wall: float
    cpu: float
    peak: int


@dataclasses.dataclass
class Tree:
    """What a program has written."""
    files: int
    bytes: int
    story_pages: int


class Trash:
    """Where old output goes before a run.

    It is moved, not deleted: ext4 does not use an inode again for a while after it was freed, and looking for
    others makes the run slower that comes next. In memory there is no such thing, and it has to be made free.
    """

    def __init__(self, folder):
        self.folder = folder / "trash"
        self.folder.mkdir()
        self.moved = 0
        self.is_in_memory = file_system(folder) == "tmpfs"

    def take(self, path):
        if not path.exists():
            return
        if self.is_in_memory:
            remove(path)
            return
        self.moved += 1
        path.rename(self.folder / str(self.moved))


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def file_system(folder):
    """The type of the file system that a folder is in."""
    mounts = [line.split()[1:3] for line in pathlib.Path("/proc/mounts").read_text().splitlines()]
    within = [(len(point), kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(within)[1]


def measure(command, folder, may_fail=False):
    """Runs a command and says what it took."""
    with tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        # Else it would be waited for again.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not may_fail:
            errors.seek(0)
            sys.exit(f"{command} in {folder} ends with {process.returncode}:\n{errors.read().decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def look_at(folder):
    """What there is in the output of a program. Of many files no list is kept, see `peak`."""
    tree = Tree(0, 0, 0)
    for within, _, names in os.walk(folder):
        for name in names:
            path = f"{within}/{name}"
            tree.files += 1
            tree.bytes += os.path.getsize(path)
            tree.story_pages += STORY_PAGE.search(path) is not None
    return tree


class Site:
    """A site of one program, and the runs that were made of it, by what they were."""

    def __init__(self, program, command, folder, trash):
        self.program, self.command, self.folder, self.trash = program, command, folder, trash
        self.runs = {}
        self.tree = None

    def tidy(self):
        for name in LEFT_BEHIND:
            self.trash.take(self.folder / name)
        os.sync()

    def note(self, what, run):
        self.runs.setdefault(what, []).append(run)

    def prepare(self):
        """A first build, which also brings the sources into memory, and a look at what it writes."""
        self.tidy()
        measure(self.command, self.folder)
        self.tree = look_at(self.folder / OUTPUT)

    def turn(self, number):
        """The runs of one round."""
        self.tidy()
        self.note("clean build", measure(self.command, self.folder))


class PodiumSite(Site):
    """A site of Podium, whose floor is measured with it."""

    def __init__(self, program, command, folder, trash, floor, story):
        super().__init__(program, command, folder, trash)
        self.floor, self.story = floor, story

    def prepare(self):
        super().prepare()
        (self.folder / OUTPUT).rename(self.folder / "tree")

    def turn(self, number):
        copy = self.folder / "copy"
        self.trash.take(copy)
        os.sync()
        self.note("floor", measure([self.floor, "content", "tree", copy], self.folder))
        super().turn(number)
        os.sync()
        self.note("nothing changed", measure(self.command, self.folder))
        with (self.folder / self.story).open("a") as story:
            story.write(f"\nChanged {number}.\n")
        os.sync()
        self.note("one story changed", measure(self.command, self.folder))
        if self.program == "podium":
            check = [word if word != "build" else "check" for word in self.command]
            # It ends with 1 if it finds an error, which is no concern here.
            self.note("check", measure(check, self.folder, may_fail=True))


def make_sites(count, work, podium, floor):
    """The sites of all programs that are here, in the order of their turns."""
    trash = Trash(work)
    sites = []
    for program in ["podium", "podium-equal", *(name for name in PEERS if shutil.which(name))]:
        folder = work / program
        # By another process: this one stays small, see `peak`.
        subprocess.run([sys.executable, HERE / "site.py", str(count), folder, "--for", program], check=True)
        if program in PEERS:
            sites.append(Site(program, [shutil.which(program), *PEERS[program]], folder, trash))
        else:
            command = [podium, "build", "-q", "--at", AT]
            story = f"content/stories/story-{count // 2:05}.md"
            sites.append(PodiumSite(program, command, folder, trash, floor, story))
    return sites


def median(numbers, digits=2):
    return f"{statistics.median(numbers):.{digits}f}"


def ratio(runs, others):
    """How many times the others' time, as the median of the ratios of each round."""
    if runs is others or not others:
        return ""
    return median([run.wall / other.wall for run, other in zip(runs, others)])


def peak(runs):
    """Peak memory in MB. A process begins as a copy of this one, so less than what this one has is not seen."""
    # A little more than that may still be the copy.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    highest = statistics.median(run.peak for run in runs)
    return f"{highest / 1e6:.0f}" if highest > 1.1 * own else f"< {own / 1e6:.0f}"


def print_table(sites):
    clean = {site.program: site.runs["clean build"] for site in sites}
    print("| program | what | wall s | CPU s | peak MB | files | output MB | / floor | / hugo | / blades |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for site in sites:
        for what, runs in site.runs.items():
            walls = [run.wall for run in runs]
            of_peers = [ratio(runs, clean.get(peer)) if what == "clean build" else "" for peer in ("hugo", "blades")]
            print("|", " | ".join([
                site.program, what, f"{median(walls, 3)} [{min(walls):.3f}..{max(walls):.3f}]",
                median([run.cpu for run in runs]), peak(runs), str(site.tree.files), f"{site.tree.bytes / 1e6:.1f}",
                ratio(runs, site.runs.get("floor")), *of_peers]), "|")


def warn_of_difference(sites, count):
    """Says which programs have written another number of story pages than there are stories."""
    for site in sites:
        if site.tree.story_pages != count:
            print(f"Warning: {site.program} has written {site.tree.story_pages} story pages, not {count}.")


def bench(count, work, podium, floor, rounds):
    sites = make_sites(count, work, podium, floor)
    for site in sites:
        site.prepare()
    load = os.getloadavg()[0]
    for number in range(1, rounds + 1):
        for site in sites:
            site.turn(number)
    print(f"\n{count} stories, {rounds} rounds, {os.cpu_count()} processors, {file_system(work)}, load before {load:.2f}\n")
    print_table(sites)
    warn_of_difference(sites, count)
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", metavar="N", type=int, nargs="*", default=[10_000])
    parser.add_argument("--folder", type=pathlib.Path, help="where the sites go; a folder of their own is made in it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--podium", type=pathlib.Path, help="a program to measure instead of building one")
    options = parser.parse_args()
    if options.podium is None:
        subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=HERE.parent, check=True)
    podium = (options.podium or HERE.parent / "target/release/podium").resolve()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    for count in options.counts:
        work = pathlib.Path(tempfile.mkdtemp(prefix="podium-bench-", dir=options.folder))
        try:
            floor = work / "floor"
            subprocess.run(["rustc", "--edition", "2024", "-O", "-o", floor, HERE / "floor.rs"], check=True)
            bench(count, work, podium, floor, options.rounds)
        finally:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
