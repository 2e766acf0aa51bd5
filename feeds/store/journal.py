"""What has changed since: the journal of all transactions that changed what readers see, on any node."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from feeds.store.database.engine import reading
from feeds.store.database.tables import journal
from feeds.store.database.touched import EVERYTHING


@dataclass(frozen=True, slots=True)
class Changes:
    """What came after a number of the journal."""

    seq: int
    """The newest number: what to ask from next time."""
    tags: frozenset[str]
    """What was touched, see `feeds.store.database.touched`; `*` among them means that it may be anything."""


class Journal:
    """The journal. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def since(self, seq: int | None) -> Changes:
        """What has changed after a number, in one look at an index where nothing has; None: anything may have."""
        with reading(self._engine) as connection:
            newest = connection.scalar(select(func.max(journal.c.seq))) or 0
            if seq is None or newest < seq:  # a store that was put back counts anew
                return Changes(newest, frozenset((EVERYTHING,)))
            if newest == seq:
                return Changes(newest, frozenset())
            query = select(journal.c.seq, journal.c.tags).where(journal.c.seq > seq, journal.c.seq <= newest)
            rows = connection.execute(query).all()
        if len(rows) != newest - seq:
            return Changes(newest, frozenset((EVERYTHING,)))
        return Changes(newest, frozenset(tag for row in rows for tag in row.tags))
