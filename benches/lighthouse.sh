#!/usr/bin/env bash
# Lets Lighthouse judge pages of the sample site as a phone gets them, and says what it wants of each.
#
#   benches/lighthouse.sh [ADDRESS]...        default: the home page, a story, the medal table and a live blog
#
# Ends with status 1 below 100 for accessibility, best practices and SEO, or 98 for performance. Needs
# Node.js and Chromium; CHROME_PATH says where that is, PODIUM names a binary to use instead of a new
# one. npm keeps Lighthouse in its own cache. A machine that is busy lowers the performance.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- / /stories/one-phone-three-flags/ /medals/ /live/mixed-doubles-final/
if [ -z "${PODIUM:-}" ]; then
  cargo build --release --locked --quiet
  PODIUM=${CARGO_TARGET_DIR:-target}/release/podium
fi
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node benches/lighthouse.mjs "$PODIUM" "$work" "$@"
