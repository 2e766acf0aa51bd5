"""A document of feedgen's cut into its items, and put together again: an item that did not change is not made again."""

from __future__ import annotations

from collections.abc import Iterable


def cut(document: bytes, tag: str, count: int) -> list[bytes]:
    """The items of a document that is written in lines, each with its line's end.

    Raises:
        ValueError: they are not as many as they have to be.
    """
    opening, closing = (f"<{tag}>\n".encode(), f"</{tag}>\n".encode())
    start = document.find(opening)
    if start < 0:
        items = []
    else:
        begin = document.rfind(b"\n", 0, start) + 1
        items = [part + closing for part in document[begin:].split(closing)[:-1]]
    if len(items) != count:
        raise ValueError(f"{len(items)} items where {count} were to be")
    return items


def join(shell: bytes, items: Iterable[bytes], end: str) -> bytes:
    """A document without items, and the items before the tag that ends their list."""
    at = shell.rindex(end.encode())
    begin = shell.rfind(b"\n", 0, at) + 1
    return b"".join((shell[:begin], *items, shell[begin:]))
