"""Answers that are kept: each until what it shows changes, its time is over, or its file is another.

What an answer shows is named by the tags of the store's journal, so a change takes away just the answers that depend on
it. There is room for so many bytes; who was not asked for longest goes first.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from feeds.web.content import Content
from feeds.web.serving.answer import Answer

ROOM = 24_000_000
"""Bytes."""
ANYTHING = "*"
"""What an answer depends on that may change with any article."""

Key = tuple[str, bytes]
"""Path and query, as they were asked for."""
Mark = tuple[int, int]
"""What tells a file from the one that replaces it: the time of its change, and its number."""


def mark_of(path: str) -> Mark | None:
    """The mark of a file; None where it is not there."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - at every request for a feed; a Path takes three times as long
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    depends: frozenset[str]
    until: datetime | None
    path: str
    mark: Mark | None


class Shelf:
    """What is kept. All of it happens in the event loop."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._taken = 0

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def get(self, key: Key, now: datetime) -> Answer | None:
        """The answer to a request, if one is kept that is true now."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        over = kept.until is not None and now >= kept.until
        if over or (kept.path and mark_of(kept.path) != kept.mark):
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept.answer

    def put(self, key: Key, answer: Answer, *, until: datetime | None = None) -> None:
        """Keep an answer until a time, or while it is true; one that would take a quarter of the room is not kept."""
        if key in self._kept:
            self._drop(key)
        if answer.size > self._room // 4:
            return
        content: Content = answer.content
        self._kept[key] = _Kept(answer, content.depends, until, content.path, content.mark)
        self._taken += answer.size
        while self._taken > self._room:
            self._drop(next(iter(self._kept)))

    def forget(self, tags: frozenset[str]) -> None:
        """Let go what depends on any of these; `*` among them is all that depends on anything."""
        if not tags:
            return
        touched = tags | {ANYTHING}
        everything = ANYTHING in tags
        for key in [
            key for key, kept in self._kept.items() if (kept.depends if everything else kept.depends & touched)
        ]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        self._taken -= self._kept.pop(key).answer.size
