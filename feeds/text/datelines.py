"""Where an article was written, as its first words say: «قم – …»."""

from __future__ import annotations

import re

from feeds.text.letters import letters

_OPENING = 120
"""Characters of a text that its dateline is looked for in."""
_PERSIAN = r"[\u0621-\u06cc\u200c]+"
_DATELINE = re.compile(rf"\W*(?P<place>{_PERSIAN}(?: {_PERSIAN}){{0,2}}) ?[-–—ـ]+")


def place_of(text: str) -> str:
    """The words before the first dash, where they are few; "" where no dateline opens the text."""
    match = _DATELINE.match(letters(text[:_OPENING]).strip())
    return match["place"] if match else ""
