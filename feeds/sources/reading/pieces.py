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
_TAG = re.compile(rb"<([/!?]?)([\w:.-]+)[^<>]*?(/?)>")
_HIDDEN = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
"""What hides the tags in it, and how it ends."""


def pieces(body: bytes) -> Iterator[bytes]:
    """Yield a feed's body as one piece or several, in its order; what can't be cut (JSON, UTF-16) is one piece.

    What stands behind the last entry is in the last piece, so that a feed which breaks off is seen to break off there.
    """
    head = _head(body) if len(body) > LARGE else b""
    if not head:
        yield body
        return
    start, end, count = len(head), _closing(head), 0
    for match in _END.finditer(body, start):
        count += 1
        if (count >= AT_ONCE or match.end() - start >= LARGE) and _BEGIN.search(body, match.end()):
            yield head + body[start : match.end()] + end
            start, count = match.end(), 0
    yield head + body[start:]


def _head(body: bytes) -> bytes:
    """What stands before the first entry; empty where none begins soon."""
    for place in _opening(body[:LARGE]):
        if _BEGIN.match(body, place):
            return body[:place]
    return b""


def _opening(markup: bytes) -> Iterator[int]:
    """Where tags may begin. In linear time: no piece of it is looked at twice, whoever wrote it."""
    place = markup.find(b"<")
    while place >= 0:
        for begin, end in _HIDDEN.items():
            if markup.startswith(begin, place):
                place = markup.find(end, place)
                break
        else:
            yield place
        if place < 0:
            return
        place = markup.find(b"<", place + 1)


def _closing(head: bytes) -> bytes:
    """The end tags of what a head leaves open."""
    opened: list[bytes] = []
    for place in _opening(head):
        tag = _TAG.match(head, place)
        if tag is None:
            continue
        mark, name, alone = tag.groups()
        if mark == b"/" and name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name) :]
        elif not mark and not alone:
            opened.append(name)
    return b"".join(b"</%s>" % name for name in reversed(opened))
