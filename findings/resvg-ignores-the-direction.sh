#!/usr/bin/env bash
# resvg_py 0.5.0 (resvg for Python): direction="rtl", or the same as a style, changes not one pixel of an SVG text. A
# line that is both Persian and Latin is laid out from the left, its words in the wrong places. U+2067 … U+2069 around
# the line turn it, a right-to-left mark before it does not.
#
# Letters are joined and words run the right way, so a line of Persian alone is right and bidi looks finished.
# Browsers turn the line by that attribute. (npm is needed, for a Persian font.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet resvg_py==0.5.0
npm install --silent --no-audit --no-fund --prefix "$folder" vazirmatn@33.0.3
venv/bin/python - <<'EOF'
import resvg_py

FONT = "node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf"


def picture(text, attribute=""):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><text x="20" y="40" font-family="Vazirmatn" '
        f'font-size="24" {attribute}>{text}</text></svg>'
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=[FONT], skip_system_fonts=True))


LINE = "قم (ری) abc"
plain = picture(LINE)
same = {
    "attribute": picture(LINE, 'direction="rtl"') == plain,
    "style": picture(LINE, 'style="direction:rtl;unicode-bidi:embed"') == plain,
    "mark before": picture("\u200f" + LINE) == plain,
    "isolate around": picture("\u2067" + LINE + "\u2069") == plain,
}
print("as without:", same)
assert picture("") != plain
assert same == {"attribute": True, "style": True, "mark before": True, "isolate around": False}
EOF
