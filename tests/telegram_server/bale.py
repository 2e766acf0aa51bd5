"""How Bale reads a text: markup begins and ends at a blank or at an edge of the text, and there is no escape character.

After the Markdown parser of the Actor platform, which Bale comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPAN = re.compile(r"(?<!\S)([*_])(?!\1)(.+?)(?<!\1)\1(?!\S)", re.DOTALL)
_LINK = re.compile(r"(?<!\S)\[(.*?)\]\((.*?)\)", re.DOTALL)


@dataclass(frozen=True)
class Read:
    """What a reader sees of a text."""

    text: str
    bold: tuple[str, ...]
    italic: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Label and address of each."""
    code: bool


def read(raw: str) -> Read:
    """The text without its markup, and what the markup said."""
    spans = [(found[1], found[2]) for found in _SPAN.finditer(raw)]
    return Read(
        _LINK.sub(lambda found: found[1], _SPAN.sub(lambda found: found[2], raw)),
        tuple(text for sign, text in spans if sign == "*"),
        tuple(text for sign, text in spans if sign == "_"),
        tuple((found[1], found[2]) for found in _LINK.finditer(raw)),
        "```" in raw,
    )
