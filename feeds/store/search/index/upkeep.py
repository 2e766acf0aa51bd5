"""How far the articles of a store have the search keys of this version of the code.

What is done is noted in the transaction that does it, so whoever is ended at any moment goes on there; whoever stores
an article meanwhile stores it with keys of this version. Two nodes may do it at once: a change stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from feeds.store.database.engine import upsert
from feeds.store.database.tables import articles, facts

NAME = "search-keys"
VERSIONS = {"sqlite": 1, "postgresql": 2}
"""Of what each index holds beside the tokens; `fold.VERSION` is theirs."""


@dataclass(frozen=True, slots=True)
class State:
    """How far it is."""

    done: bool
    before: int | None
    """The id of the last article that was done, from the newest on; None at the beginning."""
    noted: bool = True
    """It stands in the store; a store without articles is done without a note."""


def state(connection: Connection) -> State:
    """How far the keys of this version are."""
    value = connection.scalar(select(facts.c.value).where(facts.c.name == NAME))
    if isinstance(value, dict) and value.get("version") == _version(connection):
        return State(bool(value.get("done")), value.get("before"))
    empty = connection.scalar(select(func.max(articles.c.id))) is None
    return State(empty, None, noted=False)


def begin(connection: Connection) -> None:
    """Make all of them anew."""
    _put(connection, {"version": _version(connection), "done": False, "before": None})


def note(connection: Connection, last: int | None) -> None:
    """Note the last article that was done; None where none was left."""
    _put(connection, {"version": _version(connection), "done": last is None, "before": last})


def _version(connection: Connection) -> list[int]:
    from feeds.text import fold  # noqa: PLC0415 - its tables take longer than all else that a command reads here

    return [VERSIONS[connection.dialect.name], fold.VERSION]


def _put(connection: Connection, value: dict[str, object]) -> None:
    statement = upsert(connection, facts).values(name=NAME, value=value, at=datetime.now(UTC))
    changes = {"value": statement.excluded.value, "at": statement.excluded.at}
    connection.execute(statement.on_conflict_do_update(index_elements=[facts.c.name], set_=changes))
