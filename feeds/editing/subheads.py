"""The marks with which agencies begin a subhead or the item of a list: «*نقش زنان در نشر», «* پرسپولیس تمرین کرد.»."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"^[*■▪◾•●🔹🔸]+\s*(?=\S)")
_ENDS = re.compile(r"[.!…:؛][»\")\]]*$")
LONGEST = 120
"""Characters of a subhead."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is shown, without an agency's mark."""

    text: str
    subhead: bool = False
    """A marked one that is no sentence; a marked sentence is the item of a list, «• …»."""


def read(paragraph: str) -> Paragraph:
    """Tell subheads and items of lists from a text's own paragraphs."""
    mark = _MARK.match(paragraph)
    if mark is None:
        return Paragraph(paragraph)
    text = paragraph[mark.end() :]
    if len(text) <= LONGEST and "\n" not in text and not _ENDS.search(text):
        return Paragraph(text, subhead=True)
    return Paragraph(f"• {text}")
