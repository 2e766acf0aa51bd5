"""Vazirmatn cut down to what Persian news is written with, for pages, editions and drawn pictures.

    .venv/bin/python tools/build_fonts.py FOLDER   # the unpacked npm package `vazirmatn`, version 33.0.3

Writes into feeds/layout/fonts: one variable font for browsers (woff2), the regular and the bold one as plain TrueType
for what draws without a browser and for readers of EPUB, and the licence. The same input gives the same bytes.
Needs fonttools and brotli (the group `dev` has them).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

INTO = Path(__file__).resolve().parent.parent / "feeds" / "layout" / "fonts"

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگیهٔۀ"
DIGITS = "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"
VOWELS = "".join(map(chr, range(0x064B, 0x0656))) + "\u0670"
"""Named one by one: where none is asked for, the tables that place them (mark, mkmk) are dropped as well."""
PUNCTUATION = "،؛؟٪٫٬ـ«»…–—‘’“”•·×÷±°←→↑↓✕"
JOINERS = "\u200c\u200d\u200e\u200f\u00a0\u202f\u2009"
LATIN = "".join(map(chr, range(0x20, 0x7F)))
WEIGHTS = (400, 700)
"""What the pages use: text and headings; between them the variable font has every step."""
NAMES = {400: "Regular", 700: "Bold"}


def main() -> None:
    """Write the fonts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    package = parser.parse_args().package
    INTO.mkdir(parents=True, exist_ok=True)
    variable = TTFont(package / "fonts" / "variable" / "Vazirmatn[wght].ttf", recalcTimestamp=False)
    # Cut first: narrowing the axis drops the variations of glyphs without an outline, which the subsetter then misses.
    web = instancer.instantiateVariableFont(cut(variable), {"wght": (WEIGHTS[0], WEIGHTS[-1])})
    web.flavor = "woff2"
    web.save(INTO / "vazirmatn.woff2")
    for weight in WEIGHTS:
        name = f"Vazirmatn-{NAMES[weight]}.ttf"
        cut(TTFont(package / "fonts" / "ttf" / name, recalcTimestamp=False)).save(INTO / name.lower())
    shutil.copyfile(package / "OFL.txt", INTO / "OFL.txt")
    for path in sorted(INTO.iterdir()):
        print(f"{path.stat().st_size:7,} {path.relative_to(INTO.parent)}")


def cut(font: TTFont) -> TTFont:
    """The font with nothing but these characters, and the forms that they take beside each other."""
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS + DIGITS + VOWELS + PUNCTUATION + JOINERS + LATIN)
    subsetter.subset(font)
    return font


if __name__ == "__main__":
    main()
