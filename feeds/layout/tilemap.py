"""The provinces of Iran as a grid of tiles that keeps who borders on whom, drawn as SVG by their share of the news.

Colours are presentation attributes, which a page's style sheet overrides (`.tiles`), so that the same drawing follows
the dark scheme on a page and stands alone as a picture; inline styles would be refused by the pages' security policy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from html import escape

from feeds.layout.typography import number
from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Province

TILE, GAP = 100, 8
"""The side of a tile with its margin, and the margin, in units of the drawing."""
STEPS = (0.06, 0.18, 0.3, 0.44, 1.0)
"""How much of the accent fills a tile: none yet, and four steps up to the most. Ink is read on the first four with a
contrast of 5.6 at least, paper on the last with 5.8, in both schemes."""
SHARES = (0.016, 0.033, 0.1)
"""Where the steps begin above the first, as shares of all news: half of an even share, an even one (1 of 31), three."""
COLUMNS = 1 + max(province.column for province in gazetteer.PROVINCES)
ROWS = 1 + max(province.row for province in gazetteer.PROVINCES)

_INK, _PAPER, _ACCENT = "#1d1b18", "#fbfaf7", "#0a6e6a"
_FONT = "Vazirmatn, 'Noto Sans Arabic', 'Noto Naskh Arabic', Tahoma, sans-serif"


def svg(counts: Mapping[str, int], *, base: str | None = "", title: str = "سهم هر استان از خبرها") -> str:
    """Draw the map.

    Args:
        counts: Articles by the slug of their province; a province without any may be missing.
        base: What the address of a province's page begins with, before `/p/slug`. None draws a picture that stands
            alone: without links, on paper.
        title: What the drawing shows, for those who can't see it.
    """
    alone = base is None
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tiles" viewBox="0 0 {COLUMNS * TILE} {ROWS * TILE}" '
        f'width="{COLUMNS * TILE}" height="{ROWS * TILE}" role="{"img" if alone else "group"}" '
        f'aria-label="{escape(title)}" lang="fa" direction="rtl" color="{_ACCENT}" font-family="{_FONT}" '
        'text-anchor="middle">'
    )
    paper = f'<rect width="100%" height="100%" fill="{_PAPER}"/>' if alone else ""
    return f"{head}{paper}{_tiles(counts, base)}{_legend()}</svg>"


def placed(counts: Mapping[str, int], *, x: float, y: float, width: float) -> str:
    """The map as a part of a larger drawing, its height in proportion.

    Args:
        counts: Articles by the slug of their province.
        x: Its left edge.
        y: Its upper edge.
        width: In pixels of the drawing.
    """
    height = width * ROWS / COLUMNS
    return (
        f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" viewBox="0 0 {COLUMNS * TILE} {ROWS * TILE}" '
        f'color="{_ACCENT}" font-family="{_FONT}" text-anchor="middle">{_tiles(counts, None)}{_legend()}</svg>'
    )


def step(count: int, total: int) -> int:
    """Which of `STEPS` a count falls into, by its share of all: the same share is the same shade on every day."""
    if count <= 0 or total <= 0:
        return 0
    return 1 + bisect_right(SHARES, count / total)


def _tiles(counts: Mapping[str, int], base: str | None) -> str:
    total = sum(counts.values())
    ordered = sorted(gazetteer.PROVINCES, key=lambda province: (province.row, -province.column))
    return "".join(_tile(province, counts.get(province.slug, 0), total, base) for province in ordered)


def _tile(province: Province, count: int, total: int, base: str | None) -> str:
    level = step(count, total)
    full = level == len(STEPS) - 1
    label = f"{province.name}، {number(count)} خبر" if count else f"{province.name}، بی‌خبر"
    x, y = province.column * TILE, province.row * TILE
    drawing = _square(x, y, level) + _words(province, count, x + TILE / 2, y, _PAPER if full else _INK)
    kind = ' class="full"' if full else ""
    if base is None:
        return f"<g{kind}><title>{label}</title>{drawing}</g>"
    # The title names the link: with an aria-label, those who speak to their device would have to say it word by word.
    return f'<a href="{escape(f"{base}/p/{province.slug}")}"{kind}><title>{label}</title>{drawing}</a>'


def _square(x: float, y: float, level: int) -> str:
    side = TILE - GAP
    return (
        f'<rect x="{x + GAP / 2:g}" y="{y + GAP / 2:g}" width="{side}" height="{side}" rx="14" '
        f'fill="currentColor" fill-opacity="{STEPS[level]:g}"/>'
    )


def _words(province: Province, count: int, middle: float, top: float, colour: str) -> str:
    """The name in at most two lines, and the count below it."""
    lines = _lines(province.name)
    start = top + (36 if len(lines) > 1 else 52)
    name = "".join(
        f'<text x="{middle:g}" y="{start + 23 * row:g}" font-size="21" font-weight="700" fill="{colour}">{line}</text>'
        for row, line in enumerate(lines)
    )
    return name + f'<text x="{middle:g}" y="{top + 84:g}" font-size="18" fill="{colour}">{number(count)}</text>'


def _lines(name: str) -> list[str]:
    """A name in one line, or in the two of which the longer is shortest: «چهارمحال», «و بختیاری»."""
    words = name.split(" ")
    splits = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(len(words) - 1, 0, -1)]
    return min(splits, key=lambda lines: max(map(len, lines)), default=words)


def _legend() -> str:
    """The five steps, in the corner that the grid leaves free."""
    size, y = 22, ROWS * TILE - 44
    squares = "".join(
        f'<rect x="{190 - level * (size + 6)}" y="{y}" width="{size}" height="{size}" rx="5" '
        f'fill="currentColor" fill-opacity="{share:g}"/>'
        for level, share in enumerate(STEPS)
    )
    words = "".join(
        f'<text x="{x}" y="{y + 17}" font-size="17" fill="{_INK}">{word}</text>'
        for x, word in ((242, "کمتر"), (46, "بیشتر"))
    )
    return f'<g aria-hidden="true">{squares}{words}</g>'
