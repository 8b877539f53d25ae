#!/usr/bin/env bash
# Measures `podium build` on a made-up site, as ratios taken in turns in one run.
#
#   benches/build.sh [STORIES] [FOLDER]        default: 10000 stories, in a temporary folder
#
# The floor is a program that only reads the same sources and writes the same tree with two threads
# (benches/floor.rs). Each figure is the median of five rounds. Needs /usr/bin/time from Debian's
# package `time`.
set -euo pipefail
cd "$(dirname "$0")/.."
stories=${1:-10000}
work=$(mktemp -d -p "${2:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT

cargo build --release --locked --quiet
podium=$PWD/target/release/podium
rustc --edition 2024 -O -o "$work/floor" benches/floor.rs
python3 benches/site.py "$stories" "$work/site"
cd "$work/site"
at=2024-08-12T00:00:00Z
"$podium" build -q --at $at
cp -a public "$work/tree"

# Wall seconds and peak memory in KiB of a command.
measure() { /usr/bin/time -q -f '%e %M' -o "$work/time" "$@" >/dev/null 2>&1; cat "$work/time"; }

for round in 1 2 3 4 5; do
  rm -rf "$work/copy"; sync
  measure "$work/floor" content "$work/tree" "$work/copy" >> "$work/floor.txt"
  rm -rf public; sync
  measure "$podium" build -q --at $at --jobs 2 >> "$work/clean.txt"
  measure "$podium" build -q --at $at --jobs 2 >> "$work/nothing.txt"
  # The made-up prose may well have findings: the exit status is no concern here.
  measure "$podium" check -q --at $at --jobs 2 >> "$work/check.txt" || true
  echo "Changed $round." >> content/stories/story-00005.md
  measure "$podium" build -q --at $at --jobs 2 >> "$work/one.txt"
done

median() { sort -n "$work/$1.txt" | sed -n 3p | cut -d' ' -f"$2"; }
pages=$(find public -name index.html | wc -l)
printf '%s stories, %s pages, %s files\n' "$stories" "$pages" "$(find public -type f | wc -l)"
printf 'floor             %s s\n' "$(median floor 1)"
printf 'clean build       %s s, %s times the floor, peak %s KiB, %s KiB a page\n' "$(median clean 1)" \
  "$(echo "scale=2; $(median clean 1) / $(median floor 1)" | bc)" "$(median clean 2)" \
  "$(echo "scale=1; $(median clean 2) / $pages" | bc)"
printf 'nothing changed   %s s, %s of the clean build\n' "$(median nothing 1)" \
  "$(echo "scale=2; $(median nothing 1) / $(median clean 1)" | bc)"
printf 'check             %s s, %s times the build in which nothing changed\n' "$(median check 1)" \
  "$(echo "scale=2; $(median check 1) / $(median nothing 1)" | bc)"
printf 'one story changed %s s\n' "$(median one 1)"
