"""What one node does for all: it holds a lease, renews it while it lives, and another takes over when it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select

from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.tables import leases


class Leases:
    """Leases by name. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def hold(
        self,
        name: str,
        owner: str,
        now: datetime,
        life: timedelta,
        *,
        ended: Callable[[str], bool] = lambda _owner: False,
    ) -> bool:
        """Take or renew a lease; whether it is ours now.

        Args:
            name: what is to be done by one node.
            owner: this node.
            now: the moment.
            life: for how long it is ours without renewal.
            ended: whether a node is known to have ended: its lease need not run out.
        """
        with writing(self._engine) as connection:
            holder = connection.scalar(select(leases.c.owner).where(leases.c.name == name))
            insert = upsert(connection, leases).values(name=name, owner=owner, until=now + life)
            free = or_(leases.c.owner == owner, leases.c.until <= now)
            if holder is not None and ended(holder):
                free = or_(free, leases.c.owner == holder)
            taken = insert.on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={"owner": insert.excluded.owner, "until": insert.excluded.until},
                where=free,
            ).returning(leases.c.owner)
            return bool(connection.scalar(taken) == owner)

    def release(self, name: str, owner: str) -> None:
        """Give a lease back, so that another node need not wait."""
        with writing(self._engine) as connection:
            connection.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))

    def holder(self, name: str) -> str:
        """Who holds a lease, or held it last; empty where nobody did."""
        with reading(self._engine) as connection:
            return connection.scalar(select(leases.c.owner).where(leases.c.name == name)) or ""
