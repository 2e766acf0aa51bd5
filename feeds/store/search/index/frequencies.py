"""How common words are in an archive, remembered for a while: what a rare word tells, and where a search begins."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Connection, func, select

from feeds.store.database.tables import articles
from feeds.store.search.index.fulltext import FullText
from feeds.store.search.index.keys import Clause

PROBE = 200
"""The newest articles of a word that are looked at; of a more common one, its frequency is reckoned from them."""
FRESH_SECONDS = 600.0
_MOST = 20_000
ALL_IDS = (-(1 << 63) + 1, (1 << 63) - 1)


class Frequencies:
    """The frequencies of one store's words."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._total = (0, -FRESH_SECONDS)
        self._bounds = (0, 0)
        self._of: dict[Clause, tuple[float, float]] = {}

    def total(self, connection: Connection, fulltext: FullText) -> int:
        """About how many articles there are."""
        count, at = self._total
        if self._clock() - at >= FRESH_SECONDS:
            count = fulltext.count(connection)
            self._total = (count, self._clock())
            self._bounds = _bounds(connection)
            self._of.clear()
        return count

    def bounds(self, connection: Connection, fulltext: FullText) -> tuple[int, int]:
        """About the first and the last id."""
        self.total(connection, fulltext)
        return self._bounds

    def of(self, connection: Connection, fulltext: FullText, clause: Clause) -> float:
        """In about how many articles a word is; exact up to `PROBE`."""
        known = self._of.get(clause)
        if known and self._clock() - known[1] < FRESH_SECONDS:
            return known[0]
        total = self.total(connection, fulltext)
        found = fulltext.match(connection, [clause], ALL_IDS, PROBE)
        frequency = float(len(found))
        if len(found) == PROBE:
            oldest, newest = self._bounds
            share = max(newest - found[-1], 1) / max(newest - oldest, 1)
            frequency = max(min(PROBE / min(share, 1.0), total), PROBE)
        if len(self._of) >= _MOST:
            self._of.clear()
        self._of[clause] = (frequency, self._clock())
        return frequency


def _bounds(connection: Connection) -> tuple[int, int]:
    """The first and the last id of the archive."""
    first, last = (connection.scalar(select(end(articles.c.id))) for end in (func.min, func.max))
    return first or 0, last or 0
