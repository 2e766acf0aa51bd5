#!/usr/bin/env bash
# trafilatura 2.3.1 puts an article's headline behind its first paragraph where the first part of the article has
# itemprop="articleBody" and the rest has not.
#
# An extractor leaves out; that it moves what it keeps is not expected, least of all because of the microdata that
# pages carry to help extractors. Without the attribute the order is the page's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --upgrade-deps "$folder/venv"
"$folder/venv/bin/pip" install --quiet trafilatura==2.3.1 lxml==6.1.3
"$folder/venv/bin/python" -W ignore - <<'EOF'
import trafilatura

HEADLINE = "کتابخانهٔ روستا گشایش یافت"
TEXT = "<p>{} گفت ساخت تالار تازهٔ کتابخانهٔ روستا دو سال زمان برد و درهای آن هر روز هفته به روی همه باز است.</p>"
FIRST, SECOND, THIRD = (TEXT.format(who) for who in ("کتابدار", "آموزگار", "دهیار"))


def order(attribute):
    page = (
        f'<html lang="fa"><body><article><h1>{HEADLINE}</h1><div{attribute}>{FIRST}</div><div>{SECOND}</div>'
        f"<div>{THIRD}</div></article></body></html>"
    )
    text = trafilatura.extract(page)
    seen = sorted(("گشایش", "کتابدار", "آموزگار", "دهیار"), key=text.index)
    print(attribute or "without", seen)
    return seen


assert order("") == ["گشایش", "کتابدار", "آموزگار", "دهیار"]
assert order(' itemprop="articleBody"') == ["کتابدار", "گشایش", "آموزگار", "دهیار"], "in the page's order now"
EOF
