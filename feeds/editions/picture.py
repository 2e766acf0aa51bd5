"""What is drawn of a day: the picture of the evening digest, an edition's cover too, and the card of a link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from feeds.editions.gathering import Edition
from feeds.layout import drawing, tilemap
from feeds.layout.drawing import ACCENT, MUTED, RULE, line, wrap
from feeds.layout.typography import number
from feeds.text.times import jalali

PNG = "image/png"
PICTURE = (1080, 1350)
"""Pixels, 4:5: the tallest that Telegram and Instagram show uncut in a list."""
CARD = (1200, 630)
"""Pixels, as Open Graph's readers cut large pictures."""
TITLES, TITLE_HEIGHT = 5, 72
CARD_LINES = 5
SIDE = 64


def picture(edition: Edition) -> bytes:
    """The day as PNG of 1080 by 1350 pixels: whose it is, the map, how much there was, and the first titles."""
    width, height = PICTURE
    right, room = width - SIDE, width - 2 * SIDE
    heading = f"{number(edition.total)} خبر" if edition.total else "بی‌خبر"
    drawn = [
        line(edition.site_name, right, 116, 76, bold=True),
        line(edition.date, SIDE, 88, 32, fill=MUTED, at="start"),
        line(f"{edition.place} · {heading}", SIDE, 136, 32, fill=ACCENT, bold=True, at="start"),
        _rule(SIDE, 160, room),
        tilemap.placed(edition.counts, x=SIDE, y=196, width=room),
    ]
    base = height - SIDE
    for piece in reversed(edition.pieces[:TITLES]):
        lines = wrap(piece.article.title, 32, room - 40, most=1, bold=True)
        drawn += [line(one, right - 36, base, 32, bold=True) for one in lines]
        drawn.append(f'<circle cx="{right - 10}" cy="{base - 11}" r="8" fill="{ACCENT}"/>')
        base -= TITLE_HEIGHT
    return drawing.png(drawing.canvas(width, height, *drawn))


def card(title: str, day: date, counts: Mapping[str, int], *, site_name: str, place: str = "") -> bytes:
    """What a link to an article shows where it has no picture of its own: its title beside the map of its day.

    Args:
        title: The headline, plain text.
        day: When it was published.
        counts: Articles of that day in each province, by slug.
        site_name: The name of the paper.
        place: The province that it is about, to be named; empty for none.

    Returns:
        PNG of 1200 by 630 pixels.
    """
    width, height = CARD
    right, room = width - SIDE, 600
    size = 52
    lines = wrap(title, size, room, most=CARD_LINES, bold=True)
    first = 250 - 10 * max(len(lines) - 3, 0)
    drawn = [
        line(site_name, right, 106, 60, bold=True, fill=ACCENT),
        line(jalali.news_date(day), right, height - SIDE + 10, 30, fill=MUTED),
        *(line(one, right, first + n * size * 1.5, size, bold=True) for n, one in enumerate(lines)),
        tilemap.placed(counts, x=SIDE - 20, y=(height - 322) / 2, width=450),
    ]
    if place:
        drawn.append(line(place, right, first - 74, 32, fill=ACCENT, bold=True))
    return drawing.png(drawing.canvas(width, height, *drawn))


def _rule(x: float, y: float, length: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{length:g}" height="3" fill="{RULE}"/>'
