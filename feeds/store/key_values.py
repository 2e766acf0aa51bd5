"""Small facts of the service itself, by name: when a tick last ran, a digest of what was written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, select

from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.tables import facts


class KeyValues:
    """JSON values by name, shared by all nodes. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> Any:
        """The value last put under a name; None where there is none."""
        with reading(self._engine) as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.name == name))

    def all(self, prefix: str) -> dict[str, Any]:
        """The values of all names that begin so, by name."""
        query = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(prefix, autoescape=True))
        with reading(self._engine) as connection:
            return {row.name: row.value for row in connection.execute(query.order_by(facts.c.name))}

    def prune(self, prefix: str, before: datetime, *, but: Collection[str] = ()) -> int:
        """Forget the values of such names that were put before a time, `but` for these; returns how many."""
        old = facts.c.name.startswith(prefix, autoescape=True) & (facts.c.at < before) & facts.c.name.not_in(list(but))
        with writing(self._engine) as connection:
            return connection.execute(delete(facts).where(old)).rowcount

    def remove(self, name: str) -> None:
        """Forget the value of a name, if it has one."""
        with writing(self._engine) as connection:
            connection.execute(delete(facts).where(facts.c.name == name))

    def put(self, name: str, value: Any, now: datetime) -> None:
        """Remember a value (anything that JSON can hold) in place of the last one."""
        with writing(self._engine) as connection:
            statement = upsert(connection, facts).values(name=name, value=value, at=now)
            changes = {"value": statement.excluded.value, "at": statement.excluded.at}
            connection.execute(statement.on_conflict_do_update(index_elements=[facts.c.name], set_=changes))
