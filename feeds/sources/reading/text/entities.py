"""The entities that a feed declares in its DOCTYPE and uses below: words for which it has a short name.

Only what can't harm is taken: a word or two, given outright. What names a file or an address, holds markup, or is made
of other entities stays unknown, and all of it together has a bound: a DOCTYPE is a weapon too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

_LONGEST = 200  # characters of what one stands for
_MOST = 300  # of them; all of HTML's have 253 names
_MOST_ADDED = 200_000  # characters that they may add to a feed
_DECLARED = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]{0,50})\s+(?:\"([^\"<%]*)\"|'([^'<%]*)')\s*>")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_REFERENCE = re.compile(r"&(?!#)(?!(?:amp|lt|gt|quot|apos);)\w+;")


def declared_in(doctype: str) -> dict[str, str]:
    """What the entities of a DOCTYPE stand for, as plain text; those that may harm are left out."""
    found: dict[str, str] = {}
    for _, match in zip(range(_MOST), _DECLARED.finditer(doctype), strict=False):
        name, words = match[1], match[2] if match[2] is not None else match[3]
        if len(words) <= _LONGEST and name not in _OF_XML and not _REFERENCE.search(words):
            found.setdefault(name, html.unescape(words))
    return found


def written_out(text: str, entities: Mapping[str, str]) -> str:
    """Text with what its entities stand for in their places, escaped; beyond the bound they stay as they are."""
    if not entities:
        return text
    left = _MOST_ADDED

    def words(match: re.Match[str]) -> str:
        nonlocal left
        meant = html.escape(entities[match[1]])
        left -= len(meant)
        return meant if left >= 0 else match[0]

    return re.sub(rf"&({'|'.join(map(re.escape, entities))});", words, text)
