"""What is known of a feed as a row of `sources`, and a row as what is known: one that is damaged harms no other.

A store is edited by hand, restored from half a disk, or written by a version to come. Each value is looked at by
itself: what can't be read, or can't be true, is left out as if it had never been noted, and the state says so. The
feed's next poll writes the row anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, RowMapping, Select, Text, cast, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NULLTYPE

from feeds.models import SeenEntry, SourceState
from feeds.store.database.rows import clean
from feeds.store.database.tables import EPOCH, MICROSECOND, entries, sources

DAMAGED = "what the store holds of it could not be read ({}): it was taken as never noted, and is written anew"
_DAY = 86_400
_LONGEST_HABIT = 3650 * _DAY


class _DamagedError(Exception):
    """A stored value that can't be read, or can't be true."""


def read_states(connection: Connection) -> list[SourceState]:
    """Every feed that was ever polled."""
    return [_state_of(row) for row in _raw_rows(connection, select(sources), sources.c)]


def read_state(connection: Connection, key: str) -> SourceState | None:
    """One feed; None where it was never polled."""
    rows = _raw_rows(connection, select(sources).where(sources.c.key == clean(key)), sources.c)
    return next(map(_state_of, rows), None)


def read_entries(connection: Connection, condition: ColumnElement[bool]) -> list[SeenEntry]:
    """The entries that fulfil a condition; one that can't be read was never seen."""
    columns = [entries.c[name] for name in SeenEntry.__slots__]
    found = []
    for row in _raw_rows(connection, select(*columns).where(condition), columns):
        try:
            values = {name: _text(row[name]) for name in SeenEntry.__slots__ if name != "published"}
            found.append(SeenEntry(published=_moment(row["published"]), **values))
        except _DamagedError:
            continue
    return found


def row_of(state: SourceState) -> dict[str, Any]:
    """What is known of a feed, as it is stored."""
    values = {name: getattr(state, name) for name in SourceState.__slots__ if name != "damage"}
    values["habit"] = None if state.habit is None else round(state.habit.total_seconds())
    values["interval"] = round(state.interval.total_seconds())
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _raw_rows(connection: Connection, query: Select[Any], columns: Any) -> list[RowMapping]:
    """Rows as the driver has them: what reads a time would fail for all rows where one is damaged."""
    raw: list[ColumnElement[Any]] = [type_coerce(column, NULLTYPE).label(column.name) for column in columns]
    try:
        return list(connection.execute(query.with_only_columns(*raw)).mappings())
    except DBAPIError:
        if connection.dialect.name != "sqlite":
            raise
    # SQLite keeps any bytes as text, and its driver reads none of the rows if one of them is not UTF-8.
    raw = [
        cast(column, LargeBinary).label(column.name) if isinstance(column.type, Text) else label
        for column, label in zip(columns, raw, strict=True)
    ]
    return list(connection.execute(query.with_only_columns(*raw)).mappings())


def _state_of(row: RowMapping) -> SourceState:
    damaged, values = [], {}
    for name, read in _READ.items():
        try:
            values[name] = read(row[name])
        except _DamagedError:
            damaged.append(name)
    key = values.pop("key", "")
    url = values.pop("url", "")
    return SourceState(key, url, damage=DAMAGED.format(", ".join(damaged)) if damaged else "", **values)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise _DamagedError from None
    if not isinstance(value, str):
        raise _DamagedError
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, int):
        raise _DamagedError
    try:
        return EPOCH + value * MICROSECOND
    except OverflowError:
        raise _DamagedError from None


def _moment_or_none(value: Any) -> datetime | None:
    return None if value is None else _moment(value)


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << 31:
        raise _DamagedError
    return value


def _interval(value: Any) -> timedelta:
    if not 0 < _count(value) <= _DAY:
        raise _DamagedError
    return timedelta(seconds=value)


def _habit(value: Any) -> timedelta | None:
    if value is None or _count(value) == 0:  # earlier versions learned none from articles of one date
        return None
    if value > _LONGEST_HABIT:
        raise _DamagedError
    return timedelta(seconds=value)


_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("key", "url", "title", "site", "etag", "modified", "digest", "error"), _text),
    **dict.fromkeys(("polled", "next_poll", "succeeded", "newest"), _moment_or_none),
    **dict.fromkeys(("entries", "failures"), _count),
    "interval": _interval,
    "habit": _habit,
}
