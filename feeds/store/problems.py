"""What was set aside and waits to be mended: one row a place, shown by `chapar status` and the status page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Engine, case, delete, select, type_coerce

from feeds.models import Problem
from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.rows import clean
from feeds.store.database.tables import EPOCH, MICROSECOND, problems


class Problems:
    """The problems that stand now. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set(self, problem: Problem) -> None:
        """Note a problem, in place of what stood for the same `where`; the same trouble again keeps its first time."""
        values = {
            "where": clean(problem.where),
            "kind": problem.kind,
            "line": problem.line,
            "what": clean(problem.what),
            "since": problem.since,
        }
        with writing(self._engine) as connection:
            statement = upsert(connection, problems).values(values)
            new = statement.excluded
            since = case((problems.c.what == new.what, problems.c.since), else_=new.since)
            changes = {"kind": new.kind, "line": new.line, "what": new.what, "since": since}
            connection.execute(statement.on_conflict_do_update(index_elements=[problems.c.where], set_=changes))

    def clear(self, where: str) -> bool:
        """Forget what stood for `where`; True where there was something."""
        with writing(self._engine) as connection:
            return connection.execute(delete(problems).where(problems.c.where == clean(where))).rowcount > 0

    def all(self, kind: str | None = None) -> tuple[Problem, ...]:
        """The problems, of one kind or of all, oldest first."""
        since = type_coerce(problems.c.since, BigInteger).label("since")  # read by hand: see `_since`
        columns = (problems.c.where, problems.c.line, problems.c.what, since, problems.c.kind)
        query = select(*columns).order_by(problems.c.since, problems.c.where)
        if kind is not None:
            query = query.where(problems.c.kind == kind)
        with reading(self._engine) as connection:
            return tuple(
                Problem(**{**row, "since": _since(row["since"])}) for row in connection.execute(query).mappings()
            )


def _since(value: int) -> datetime:
    """A damaged time hides no problem, and none beside it."""
    try:
        return EPOCH + value * MICROSECOND
    except (TypeError, OverflowError):
        return EPOCH
