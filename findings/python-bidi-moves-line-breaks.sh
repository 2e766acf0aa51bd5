#!/usr/bin/env bash
# python-bidi 0.6.12: bidi.get_display() reorders the line breaks with the letters, so lines of a text change places
# or run together; bidi.algorithm.get_display(), of the same package and name, keeps them.
#
# «سطر یک / line two سه / قم» comes out with its first line empty and its first two lines on one. Both are offered as
# the same function, the first in Rust and the newer one; by the standard a line break ends a paragraph and is never
# reordered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-bidi==0.6.12
"$folder/venv/bin/python" - <<'EOF'
import bidi
import bidi.algorithm

LINES = ["سطر یک", "line two سه", "قم"]

by_python = bidi.algorithm.get_display("\n".join(LINES)).split("\n")
by_rust = bidi.get_display("\n".join(LINES)).split("\n")
alone = [bidi.get_display(line) for line in LINES]
print("Python:", ascii(by_python), "\nRust:  ", ascii(by_rust), "\nline by line:", ascii(alone))
assert len(by_python) == 3 and by_python[0] == alone[0]
assert by_rust[0] == "" and by_rust[1] == alone[0] + alone[1], "the breaks stay where they are now"
EOF
