"""A large feed in pieces, each a small feed of its own: a tree of all its entries would take ten times its bytes.

    head <item/> <item/> <item/> <item/> tail   ->   head <item/> <item/> end,  head <item/> <item/> tail

The cut is made between entries, by their end tags; nothing is understood here, so a piece is read as any feed is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LARGE = 1 << 20
"""Bytes; what is smaller is one piece."""
AT_ONCE = 200
"""Entries of a piece: a second's work."""
MOST = 8 << 20
"""Bytes of a piece that may be read: an entry that is larger is none, and nor is a feed that can't be cut."""

_BEGIN = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<([/!?]?)([\w:.-]+)[^>]*?(/?)>", re.DOTALL)


def pieces(body: bytes) -> Iterator[bytes]:
    """Yield a feed's body as one piece or several, in its order; what can't be cut (JSON, UTF-16) is one piece.

    What stands behind the last entry is in the last piece, so that a feed which breaks off is seen to break off there.
    """
    begin = _BEGIN.search(body) if len(body) > LARGE else None
    if begin is None or begin.start() > LARGE:
        yield body
        return
    head = body[: begin.start()]
    end = _closing(head)
    start, count = begin.start(), 0
    for match in _END.finditer(body, start):
        count += 1
        if (count >= AT_ONCE or match.end() - start >= LARGE) and _BEGIN.search(body, match.end()):
            yield head + body[start : match.end()] + end
            start, count = match.end(), 0
    yield head + body[start:]


def _closing(head: bytes) -> bytes:
    """The end tags of what a head leaves open."""
    opened: list[bytes] = []
    for tag in _TAG.finditer(head):
        mark, name, alone = tag[1], tag[2], tag[3]
        if mark == b"/" and name in opened:
            while opened.pop() != name:
                pass
        elif mark == b"" and name and not alone:
            opened.append(name)
    return b"".join(b"</%s>" % name for name in reversed(opened))
