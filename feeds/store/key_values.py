"""Small facts of the service itself, by name: when a tick last ran, a digest of what was written."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Text, cast, delete, select

from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.tables import facts

log = logging.getLogger(__name__)

# Read as text: of many values, one that is no JSON would keep the others from being read.
_WORDS = cast(facts.c.value, Text).label("words")


class KeyValues:
    """JSON values by name, shared by all nodes. Every method may raise `StoreError`.

    A number that stands alone keeps 15 digits on SQLite, which takes a `JSON` column for one of numbers.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> Any:
        """The value last put under a name; None where there is none, or none that can be read."""
        with reading(self._engine) as connection:
            words = connection.scalar(select(_WORDS).where(facts.c.name == name))
        return None if words is None else next(iter(_readable({name: words}).values()), None)

    def all(self, prefix: str) -> dict[str, Any]:
        """The values of all names that begin so, by name; those that can't be read are left out."""
        query = select(facts.c.name, _WORDS).where(facts.c.name.startswith(prefix, autoescape=True))
        with reading(self._engine) as connection:
            return _readable({row.name: row.words for row in connection.execute(query.order_by(facts.c.name))})

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


def _readable(words: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in words.items():
        try:
            found[name] = json.loads(value)
        except (ValueError, TypeError):
            log.warning("what the store holds of %s is no JSON; it is left out", name)
    return found
