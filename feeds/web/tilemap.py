"""The provinces of Iran as a grid of tiles that keeps who borders on whom, drawn as SVG by number of articles.

Colours are presentation attributes, which a page's style sheet overrides (`.tiles`), so that the same drawing follows
the dark scheme on a page and stands alone as a picture; inline styles would be refused by the pages' security policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import sqrt

from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province
from feeds.web.typography import number

TILE, GAP = 100, 8
"""The side of a tile with its margin, and the margin, in units of the drawing."""
STEPS = (0.06, 0.18, 0.3, 0.44, 1.0)
"""How much of the accent fills a tile: none yet, and four steps up to the most. Ink is read on the first four with a
contrast of 5.6 at least, paper on the last with 5.8, in both schemes."""

_INK, _PAPER, _ACCENT = "#1d1b18", "#fbfaf7", "#0a6e6a"
_FONT = "Vazirmatn, 'Noto Sans Arabic', 'Noto Naskh Arabic', Tahoma, sans-serif"


def svg(counts: Mapping[str, int], *, base: str | None = "", title: str = "شمار خبرهای هر استان") -> str:
    """Draw the map.

    Args:
        counts: Articles by the slug of their province; a province without any may be missing.
        base: What the address of a province's page begins with, before `/p/slug`. None draws a picture that stands
            alone: without links, on paper.
        title: What the drawing shows, for those who can't see it.
    """
    tiles = sorted(gazetteer.PROVINCES, key=lambda province: (province.row, -province.column))
    columns = 1 + max(province.column for province in tiles)
    rows = 1 + max(province.row for province in tiles)
    most = max(counts.values(), default=0)
    alone = base is None
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tiles" viewBox="0 0 {columns * TILE} {rows * TILE}" '
        f'width="{columns * TILE}" height="{rows * TILE}" role="{"img" if alone else "group"}" '
        f'aria-label="{escape(title)}" lang="fa" direction="rtl" color="{_ACCENT}" font-family="{_FONT}" '
        'text-anchor="middle">'
    )
    paper = f'<rect width="100%" height="100%" fill="{_PAPER}"/>' if alone else ""
    drawn = "".join(_tile(province, counts.get(province.slug, 0), most, base) for province in tiles)
    return f"{head}{paper}{drawn}{_legend(rows)}</svg>"


def step(count: int, most: int) -> int:
    """Which of `STEPS` a count falls into: the root of its share, so that one busy province does not pale the rest."""
    if count <= 0 or most <= 0:
        return 0
    return min(1 + int(sqrt(count / most) * (len(STEPS) - 1)), len(STEPS) - 1)


def _tile(province: Province, count: int, most: int, base: str | None) -> str:
    level = step(count, most)
    full = level == len(STEPS) - 1
    label = f"{province.name}، {number(count)} خبر" if count else f"{province.name}، هنوز بی‌خبر"
    x, y = province.column * TILE, province.row * TILE
    drawing = _square(x, y, level) + _words(province, count, x + TILE / 2, y, _PAPER if full else _INK)
    kind = ' class="full"' if full else ""
    if base is None:
        return f"<g{kind}><title>{label}</title>{drawing}</g>"
    address = escape(f"{base}/p/{province.slug}")
    return f'<a href="{address}"{kind} aria-label="{label}"><title>{label}</title>{drawing}</a>'


def _square(x: float, y: float, level: int) -> str:
    side = TILE - GAP
    return (
        f'<rect x="{x + GAP / 2:g}" y="{y + GAP / 2:g}" width="{side}" height="{side}" rx="14" '
        f'fill="currentColor" fill-opacity="{STEPS[level]:g}"/>'
    )


def _words(province: Province, count: int, middle: float, top: float, colour: str) -> str:
    """The name in at most two lines, and the count below it."""
    first, _, last = province.name.rpartition(" ")
    lines = (first, last) if first else (last,)
    start = top + (38 if first else 50)
    name = "".join(
        f'<text x="{middle:g}" y="{start + 20 * row:g}" font-size="16" font-weight="700" fill="{colour}">{line}</text>'
        for row, line in enumerate(lines)
    )
    return name + f'<text x="{middle:g}" y="{top + 82:g}" font-size="14" fill="{colour}">{number(count)}</text>'


def _legend(rows: int) -> str:
    """The five steps, in the corner that the grid leaves free."""
    size, y = 22, rows * TILE - 44
    squares = "".join(
        f'<rect x="{190 - level * (size + 6)}" y="{y}" width="{size}" height="{size}" rx="5" '
        f'fill="currentColor" fill-opacity="{share:g}"/>'
        for level, share in enumerate(STEPS)
    )
    words = "".join(
        f'<text x="{x}" y="{y + 17}" font-size="14" fill="{_INK}">{word}</text>'
        for x, word in ((242, "کمتر"), (46, "بیشتر"))
    )
    return f'<g aria-hidden="true">{squares}{words}</g>'
