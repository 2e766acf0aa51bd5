"""The feeds that are followed: how each does, and which of their entries were dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, RowMapping, delete, or_, select

from feeds.models import DeliveryKind, DeliveryState, SeenEntry, SourceState
from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.rows import clean
from feeds.store.database.tables import articles, deliveries, entries, sources

_AT_ONCE = 300
"""How many names one question asks for: databases limit it."""
_LAGS = 500
_Item = TypeVar("_Item")


class Sources:
    """What is known of each feed, by its key. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, SourceState]:
        """Every feed that was ever polled."""
        with reading(self._engine) as connection:
            return {row["key"]: _state_of(row) for row in connection.execute(select(sources)).mappings()}

    def get(self, key: str) -> SourceState | None:
        """One feed; None where it was never polled."""
        with reading(self._engine) as connection:
            row = connection.execute(select(sources).where(sources.c.key == clean(key))).mappings().first()
        return _state_of(row) if row else None

    def put(self, state: SourceState, seen: Sequence[SeenEntry] = (), *, now: datetime) -> None:
        """Note how a poll went and which entries were dealt with."""
        self.put_all([(state, seen)], now=now)

    def put_all(self, polls: Sequence[tuple[SourceState, Sequence[SeenEntry]]], *, now: datetime) -> None:
        """Note how polls went and which entries were dealt with, in one transaction."""
        rows = [
            _clean({"feed": state.key, "seen": now, **{name: getattr(entry, name) for name in SeenEntry.__slots__}})
            for state, seen in polls
            for entry in seen
        ]
        with writing(self._engine) as connection:
            _put(connection, sources, ["key"], [_row_of(state) for state, _ in polls])
            _put(connection, entries, ["feed", "key"], rows)

    def known(
        self, feed: str, *, keys: Iterable[str], links: Iterable[str] = (), words: Iterable[str] = ()
    ) -> tuple[SeenEntry, ...]:
        """The entries of a feed that have one of these keys, links or hashes of their words."""
        names = [
            *((entries.c.key, clean(key)) for key in keys),
            *((entries.c.link, link) for link in links if link),
            *((entries.c.words, word) for word in words if word),
        ]
        found: dict[str, SeenEntry] = {}
        with reading(self._engine) as connection:
            for some in _batches(names):
                conditions = [
                    column.in_([name for other, name in some if other is column])
                    for column in (entries.c.key, entries.c.link, entries.c.words)
                ]
                query = select(entries).where(entries.c.feed == clean(feed), or_(*conditions))
                found |= {row["key"]: _seen_of(row) for row in connection.execute(query).mappings()}
        return tuple(found.values())

    def stored(self, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of (source, key) that are articles already, whichever feed brought them."""
        by_source: dict[str, list[str]] = {}
        for source, key in pairs:
            by_source.setdefault(clean(source), []).append(clean(key))
        found: set[tuple[str, str]] = set()
        with reading(self._engine) as connection:
            for source, keys in by_source.items():
                for some in _batches(keys):
                    query = select(articles.c.key).where(articles.c.source == source, articles.c.key.in_(some))
                    found |= {(source, row.key) for row in connection.execute(query)}
        return found

    def prune(self, before: datetime) -> int:
        """Forget entries that no feed has shown since then; their articles stay."""
        with writing(self._engine) as connection:
            return connection.execute(delete(entries).where(entries.c.seen < before)).rowcount

    def lags(self, since: datetime) -> dict[str, list[timedelta]]:
        """From publication to post, of each feed's newest articles that were posted since then; sorted.

        Feeds without any are not named.
        """
        query = (
            select(entries.c.feed, articles.c.published, deliveries.c.settled)
            .select_from(deliveries)
            .join(articles, articles.c.id == deliveries.c.article_id)
            .join(entries, (entries.c.source == articles.c.source) & (entries.c.article_key == articles.c.key))
            .where(
                deliveries.c.kind == DeliveryKind.POST,
                deliveries.c.state == DeliveryState.SENT,
                deliveries.c.settled >= since,
            )
            .order_by(articles.c.id.desc())
        )
        found: dict[str, list[timedelta]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                lags = found.setdefault(row.feed, [])
                if len(lags) < _LAGS:
                    lags.append(row.settled - row.published)
        return {feed: sorted(lags) for feed, lags in found.items()}


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    rest = iter(items)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch


def _put(connection: Connection, table: Any, key: list[str], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    rows = sorted(rows, key=itemgetter(*key))  # in one order on all nodes, or two might wait for each other
    statement = upsert(connection, table)
    changes = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changes), rows)


def _state_of(row: RowMapping) -> SourceState:
    habit = row["habit"]
    values = {**row, "interval": timedelta(seconds=row["interval"]), "habit": habit and timedelta(seconds=habit)}
    return SourceState(**values)


def _row_of(state: SourceState) -> dict[str, Any]:
    habit = None if state.habit is None else round(state.habit.total_seconds())
    return _clean({**asdict(state), "interval": round(state.interval.total_seconds()), "habit": habit})


def _seen_of(row: RowMapping) -> SeenEntry:
    return SeenEntry(**{name: row[name] for name in SeenEntry.__slots__})


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
