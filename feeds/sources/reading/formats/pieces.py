"""A large feed in pieces, each a small feed of its own: a tree of all its entries would take ten times its bytes.

    head <item/> <item/> <item/> <item/> tail   ->   head <item/> <item/> end,  head <item/> <item/> tail

The cut is made between entries, by their end tags; nothing is understood here, so a piece is read as any feed is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from feeds.sources.reading.formats import json_pieces
from feeds.sources.reading.text.decoding import in_utf8, wide_codec

LARGE = 1 << 20
"""Bytes; what is smaller is one piece."""
AT_ONCE = 200
"""Entries of a piece: a second's work."""
MOST = 8 << 20
"""Bytes of a piece that may be read: an entry that is larger is none, and nor is a feed that can't be cut."""

_JSON = re.compile(rb"(?:\xef\xbb\xbf|\s|\0)*\{")
_BEGIN = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_TAG = re.compile(rb"<([/!?]?)([\w:.-]+)[^<>]*?(/?)>")
_DEEPEST = 20
"""Elements around an entry; no format has as many."""
_HIDDEN = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
"""What hides the tags in it, and how it ends."""


def pieces(body: BinaryIO) -> Iterator[bytes]:
    """Yield a feed's body as one piece or several, in its order; what can't be cut is one piece.

    What stands behind the last entry is in the last piece, so that a feed which breaks off is seen to break off there.
    A piece of more than `MOST` bytes is not to be read; there may be more of it.
    """
    beginning = body.read(LARGE + 1)
    if len(beginning) > LARGE and (codec := wide_codec(beginning)):
        body = in_utf8(beginning, body, codec)
        beginning = body.read(LARGE + 1)
    if len(beginning) > LARGE and _JSON.match(beginning):
        yield from json_pieces.pieces(beginning, body, entries=AT_ONCE, size=LARGE, most=MOST)
        return
    head = _head(beginning) if len(beginning) > LARGE else b""
    if not head:
        yield beginning + body.read(MOST)
        return
    end, rest = _closing(head), beginning[len(head) :]
    while True:
        if place := _cut(rest):
            yield head + rest[:place] + end
            rest = rest[place:]
        elif more := body.read(LARGE):
            if len(rest) > MOST:
                yield head + rest
                rest = b""
            rest += more
        else:
            yield head + rest
            return


def _cut(entries: bytes) -> int:
    """Where the first piece ends; 0 where no entry is seen to follow one."""
    for count, match in enumerate(_END.finditer(entries), 1):
        if count >= AT_ONCE or match.end() >= LARGE:
            return match.end() if _BEGIN.search(entries, match.end()) else 0
    return 0


def _head(body: bytes) -> bytes:
    """What stands before the first entry; empty where none begins soon."""
    place = next((place for place in _opening(body) if _BEGIN.match(body, place)), 0)
    return body[:place] if len(_open_tags(body[:place])) <= _DEEPEST else b""


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
    return b"".join(b"</%s>" % name for name in reversed(_open_tags(head)))


def _open_tags(head: bytes) -> list[bytes]:
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
            if len(opened) > _DEEPEST:
                break
    return opened
