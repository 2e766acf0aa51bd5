"""Searches that were asked a moment ago: a further page, a province, the same question of the next person.

What was found is kept as long as nothing has changed that readers see, which the journal tells in one look at an index,
and for a minute at most: keys that are made anew change no article.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from feeds.models import SearchQuery
from feeds.store.database.engine import fetch

if TYPE_CHECKING:
    from feeds.store.search.find import Found

MOST = 256
"""Searches; one holds the ids of a thousand articles at most."""
KEPT_SECONDS = 60.0
_VERSION = "SELECT max(seq) FROM journal"


class Kept:
    """What the last searches of one store found. May be asked from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._version = -1
        self._found: OrderedDict[SearchQuery, tuple[Found, float]] = OrderedDict()

    def find(self, connection: Connection, query: SearchQuery, search: Callable[[], Found]) -> Found:
        """What a search found, by `search` where it is not known or no more true."""
        version = _version(connection)
        with self._lock:
            known = self._found.get(query) if version == self._version else None
        if known and self._clock() - known[1] < KEPT_SECONDS:
            return known[0]
        found = search()
        with self._lock:
            if version != self._version:
                self._found.clear()
                self._version = version
            self._found[query] = (found, self._clock())
            self._found.move_to_end(query)
            while len(self._found) > MOST:
                self._found.popitem(last=False)
        return found

    def forget(self) -> None:
        """Nothing is known any more."""
        with self._lock:
            self._version = -1


def _version(connection: Connection) -> int:
    """The number of the last change that readers see."""
    return fetch(connection, _VERSION, {})[0][0] or 0
