#!/usr/bin/env bash
# python-bidi 0.6.12: bidi.get_display() turns the letters of «قم (یزد)» round and not its brackets: «)دزی( مق», and
# guillemets come out as »قم«. bidi.algorithm.get_display(), of the same package and name, mirrors them.
#
# Mirroring is a rule of the algorithm itself (L4), and whoever asks for the display form draws it from left to right
# as it is. In a text of Latin words the brackets are right, letters are right in any, so it takes a picture with a
# bracket in it. For cards and maps drawn with Pillow's basic layout: import from bidi.algorithm, or let a shaping
# library set the line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-bidi==0.6.12
"$folder/venv/bin/python" - <<'EOF'
from bidi import get_display as newer
from bidi.algorithm import get_display as older


def display(text):
    seen = newer(text), older(text)
    print(ascii(text), "->", *map(ascii, seen))
    return seen


assert display("قم (یزد)") == (")دزی( مق", "(دزی) مق"), "both mirror now?"
assert display("«قم» رفت") == ("تفر »مق«", "تفر «مق»")
assert display("news (rain)") == ("news (rain)", "news (rain)")
EOF
