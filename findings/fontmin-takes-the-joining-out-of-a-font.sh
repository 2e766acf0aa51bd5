#!/usr/bin/env bash
# fontmin 2.0.3 cuts Vazirmatn 33.0.3 down to the letters of «باران», and the word is then set in unjoined letters: the
# tables GSUB, GPOS and GDEF are gone. fontTools 4.68.0 keeps them, and the joined forms.
#
# To take out what a text does not need is what it is for; the rule that joins letters is needed by any Persian text,
# and its forms are in no text as characters, so they can't be asked for. The file is small, valid and shows each
# letter. Latin text shows nothing of it. Cut fonts with fontTools, which follows the rules. (node and npm.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fonttools==4.68.0 uharfbuzz==0.57.0
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" fontmin@2.0.3 vazirmatn@33.0.3
cat > cut.mjs <<'EOF'
import { writeFileSync } from "node:fs";
import Fontmin from "fontmin";

const font = new Fontmin().src("node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf");
const [cut] = await font.use(Fontmin.glyph({ text: "باران", hinting: false })).runAsync();
writeFileSync("fontmin.ttf", cut.contents);
EOF
node cut.mjs
"$folder/venv/bin/pyftsubset" node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf --text=باران --output-file=fonttools.ttf
"$folder/venv/bin/python" - <<'EOF'
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont


def set_in(name):
    font = uharfbuzz.Font(uharfbuzz.Face(Path(name).read_bytes()))
    buffer = uharfbuzz.Buffer()
    buffer.add_str("باران")
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    width = sum(position.x_advance for position in buffer.glyph_positions)
    tables = sorted({"GSUB", "GPOS", "GDEF"} & set(TTFont(name).keys()))
    print(name, tables, len({info.codepoint for info in buffer.glyph_infos}), "different glyphs, width", width)
    return tables, len({info.codepoint for info in buffer.glyph_infos})


assert set_in("fontmin.ttf") == ([], 4), "the letters join now"  # ا twice in one form, beside ب, ر and ن
tables, glyphs = set_in("fonttools.ttf")
assert "GSUB" in tables and glyphs == 5
EOF
