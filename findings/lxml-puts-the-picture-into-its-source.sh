#!/usr/bin/env bash
# lxml 6.1.3 reads <picture><source …><img …></picture> with the <img> inside the <source>, and writes it so, with a
# </source> that HTML does not have.
#
# <source> has been a void element for over ten years; libxml2's parser, from before them, knows <br> and <img> as void
# and not this one. Nearly every news page has its pictures in that form: whoever asks for picture/img finds nothing,
# and a browser, given what lxml wrote, repairs it in another way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet lxml==6.1.3
"$folder/venv/bin/python" - <<'EOF'
from lxml import html

picture = html.fromstring('<picture><source srcset="pol.webp" type="image/webp"><img src="pol.jpg" alt="پل"></picture>')
written = html.tostring(picture, encoding="unicode")
print("child:", picture.find("img"), "| within source:", picture.find("source/img"), "|", written)
assert picture.find("img") is None, "beside it now"
assert picture.find("source/img") is not None
assert written.endswith("</source></picture>")
EOF
