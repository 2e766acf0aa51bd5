"""A large JSON Feed in pieces, each a small JSON Feed of its own: its items as they stand there, a few at a time."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")


def pieces(beginning: bytes, body: BinaryIO, *, entries: int, size: int, most: int) -> Iterator[bytes]:
    """Yield a feed's body in pieces, in its order; one whose items do not begin soon is one piece.

    Args:
        beginning: What was read of the body.
        body: The rest of it.
        entries: The items of a piece, at most.
        size: What is read at once, and about what a piece has.
        most: What a piece may have; what can't be cut below that is one that is larger, and not to be read.
    """
    decode = getincrementaldecoder("utf-8")("replace").decode
    text = decode(beginning)
    begins = _ITEMS.search(text)
    if begins is None:
        yield beginning + body.read(most)
        return
    head, rest = text[: begins.end()], text[begins.end() :]
    items: list[str] = []
    while True:
        items, rest = _taken(items, rest, entries, size)
        if len(items) >= entries or sum(map(len, items)) >= size:
            yield f"{head}{','.join(items)}]}}".encode()
            items = []
        elif len(rest) <= most and not rest.startswith("]") and (more := decode(body.read(size))):
            rest += more
        else:
            break
    if rest.startswith("]"):
        yield f"{head}{','.join(items)}{rest}".encode() + body.read(most)
        return
    if items and len(rest) > most:  # what came before the one that is too large can be read
        yield f"{head}{','.join(items)}]}}".encode()
        items = []
    yield f"{head}{','.join([*items, rest])}".encode()


def _taken(items: list[str], rest: str, entries: int, size: int) -> tuple[list[str], str]:
    """The items of a piece, and what is left behind them: the next ones, one that is not whole, or the end."""
    found, place, length = list(items), 0, sum(map(len, items))
    read_one = json.JSONDecoder(strict=False).raw_decode
    while True:
        between = _BETWEEN.match(rest, place)
        place = between.end() if between else place
        if len(found) >= entries or length >= size or place >= len(rest) or rest[place] == "]":
            return found, rest[place:]
        try:
            _, end = read_one(rest, place)
        except (ValueError, RecursionError):
            return found, rest[place:]
        found.append(rest[place:end])
        length += end - place
        place = end
