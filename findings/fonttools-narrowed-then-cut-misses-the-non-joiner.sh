#!/usr/bin/env bash
# fontTools 4.68.0 on Vazirmatn 33.0.3 (variable): a font whose weights were narrowed can't be cut down to its letters.
# The subsetter raises KeyError 'afii61664': the zero-width non-joiner, which Persian needs.
#
# The instancer drops the variations of glyphs that have none; the joiner has neither outline nor width, so it never had
# any, and the subsetter looks for each glyph that is kept. Cut first and narrow then, or save and load between the two,
# and all is well; so two commands work where two calls in one program do not. (npm is needed, for the font.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet fonttools==4.68.0
npm install --silent --no-audit --no-fund --prefix "$folder" vazirmatn@33.0.3
venv/bin/python - <<'EOF'
import io
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONT = "node_modules/vazirmatn/fonts/variable/Vazirmatn[wght].ttf"


def narrowed(font):
    return instancer.instantiateVariableFont(font, {"wght": (400, 700)})


def cut(font, text):
    subsetter = subset.Subsetter(subset.Options())
    subsetter.populate(text=text)
    subsetter.subset(font)
    return font


def outcome(make):
    try:
        made = make()
    except KeyError as error:
        return f"KeyError {error}"
    return f"{len(made.getGlyphOrder())} glyphs"


def reloaded(font):
    out = io.BytesIO()
    font.save(out)
    return TTFont(io.BytesIO(out.getvalue()))


seen = {
    "narrow, cut": outcome(lambda: cut(narrowed(TTFont(FONT)), "می\u200cروم")),
    "narrow, cut, no joiner": outcome(lambda: cut(narrowed(TTFont(FONT)), "میروم")),
    "cut, narrow": outcome(lambda: narrowed(cut(TTFont(FONT), "می\u200cروم"))),
    "narrow, save, load, cut": outcome(lambda: cut(reloaded(narrowed(TTFont(FONT))), "می\u200cروم")),
}
for how, came in seen.items():
    print(f"{how}: {came}")
assert seen["narrow, cut"] == "KeyError 'afii61664'"
assert all("glyphs" in came for how, came in seen.items() if how not in ("narrow, cut", "narrow, cut, no joiner"))
EOF
