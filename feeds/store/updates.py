"""The updates of the platform that were taken: it repeats one that it got no answer to, to whichever node it likes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, select, update

from feeds.store.database.engine import upsert, writing
from feeds.store.database.tables import updates

LIFE = timedelta(minutes=2)
"""After so long an update that its taker has not dealt with may be taken by another: the platform repeats it."""
KEPT = timedelta(days=2)
"""For how long an update is known: the platform keeps it for a day."""


class Updates:
    """Which updates were taken, by number. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(
        self,
        numbers: Collection[int],
        owner: str,
        now: datetime,
        *,
        ended: Callable[[str], bool] = lambda _owner: False,
    ) -> set[int]:
        """Take updates; those that were taken before are left out.

        Args:
            numbers: their ids.
            owner: this node.
            now: the moment.
            ended: whether a node is known to have ended, so that what it took and left is taken again.

        Returns:
            The ids of those that are ours to handle.
        """
        with writing(self._engine) as connection:
            return {number for number in numbers if _take(connection, number, owner, now, ended)}

    def done(self, numbers: Collection[int]) -> None:
        """These updates were dealt with: they are never taken again."""
        with writing(self._engine) as connection:
            connection.execute(update(updates).where(updates.c.id.in_(list(numbers))).values(owner=""))

    def prune(self, now: datetime) -> int:
        """Forget updates that the platform repeats no more; returns how many."""
        with writing(self._engine) as connection:
            return connection.execute(delete(updates).where(updates.c.at < now - KEPT)).rowcount


def _take(connection: Connection, number: int, owner: str, now: datetime, ended: Callable[[str], bool]) -> bool:
    values = {"id": number, "owner": owner, "at": now}
    taken = upsert(connection, updates).values(values).on_conflict_do_nothing().returning(updates.c.id)
    if connection.scalar(taken) is not None:
        return True
    row = connection.execute(select(updates).where(updates.c.id == number)).one()
    if not row.owner or (row.at > now - LIFE and not ended(row.owner)):
        return False
    left = (updates.c.id == number) & (updates.c.owner == row.owner) & (updates.c.at == row.at)
    return connection.execute(update(updates).where(left).values(owner=owner, at=now)).rowcount == 1
