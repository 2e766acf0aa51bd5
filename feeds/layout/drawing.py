"""Persian words in pictures: set in Vazirmatn, which comes with the package, so that no machine's fonts matter.

A picture is an SVG that resvg makes a PNG of. Pillow and cairosvg were not chosen: without a system's libfribidi they
draw letters unjoined and from the left, and say nothing of it. resvg joins and orders the letters of a line right, but
takes every line for a left-to-right one: each is isolated here. HarfBuzz measures, for where a line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import resvg_py
import uharfbuzz

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, WEB = "vazirmatn-regular.ttf", "vazirmatn-bold.ttf", "vazirmatn.woff2"
FAMILY = "Vazirmatn"
INK, MUTED, PAPER, RULE, ACCENT, URGENT = "#1d1b18", "#6b665e", "#fbfaf7", "#e6e1d8", "#0a6e6a", "#b3261e"
"""The colours of the pages by day."""

_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"
_INVISIBLE = set("\u200c\u200d\u200e\u200f")


def png(svg: str) -> bytes:
    """A drawing as PNG, in its own size.

    Raises:
        ValueError: it is no SVG.
    """
    fonts = [str(FONTS / name) for name in (REGULAR, BOLD)]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts, font_family=FAMILY))


def canvas(width: int, height: int, *drawn: str) -> str:
    """An SVG of so many pixels, on paper."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="{FAMILY}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(drawn)}</svg>'
    )


def line(words: str, x: float, y: float, size: float, *, bold: bool = False, fill: str = INK, at: str = "end") -> str:
    """A line of Persian.

    Args:
        words: Plain text; what Vazirmatn has no letter for is left out.
        x: Where it is anchored.
        y: Its base line.
        size: Of the letters, in pixels.
        bold: In the bold weight.
        fill: Its colour.
        at: What is at `x`: `end`, where a line from the right begins; `middle`; `start`, its left end.
    """
    weight = ' font-weight="700"' if bold else ""
    shown = escape(drawable(words))
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill="{fill}" text-anchor="{at}">'
        f"{_RIGHT_TO_LEFT}{shown}{_END}</text>"
    )


def wrap(words: str, size: float, room: float, *, most: int, bold: bool = False) -> list[str]:
    """Words in lines that fit into a room, the last one ended with «…» where there are more.

    Args:
        words: Plain text.
        size: Of the letters, in pixels.
        room: The longest line, in pixels.
        most: Lines.
        bold: Measured in the bold weight.
    """
    lines: list[str] = []
    left = drawable(words).split()
    while left and len(lines) < most:
        count = _fitting(left, size, room, bold=bold, tail="…" if len(lines) == most - 1 else "")
        lines.append(" ".join(left[:count]))
        left = left[count:]
    if left:
        lines[-1] += "…"
    return lines


def _fitting(words: list[str], size: float, room: float, *, bold: bool, tail: str) -> int:
    """How many of the words fit into a line, one at least; with a tail where some would be left over."""
    if width(" ".join(words), size, bold=bold) <= room:
        return len(words)
    count = 1
    while count < len(words) and width(" ".join(words[: count + 1]) + tail, size, bold=bold) <= room:
        count += 1
    return count


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How far a line reaches, in pixels, once its letters are joined."""
    font = _font(BOLD if bold else REGULAR)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    reach: int = sum(position.x_advance for position in buffer.glyph_positions)
    return reach * size / int(font.face.upem)


def drawable(words: str) -> str:
    """The words without what Vazirmatn has no letter for (emoji, other scripts): resvg would draw empty boxes."""
    return " ".join("".join(_known(words)).split())


def _known(words: str) -> Iterator[str]:
    font = _font(REGULAR)
    for letter in " ".join(words.split()):
        if letter in _INVISIBLE or font.get_nominal_glyph(ord(letter)):
            yield letter


@cache
def _font(name: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONTS / name))))
