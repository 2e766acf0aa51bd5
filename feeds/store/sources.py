"""The feeds that are followed: how each does, and which of their entries were dealt with."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, case, delete, func, or_, select, text

from feeds.errors import StoreError
from feeds.models import DeliveryKind, DeliveryState, SeenEntry, SourceState
from feeds.store.database.engine import reading, upsert, writing
from feeds.store.database.rows import clean
from feeds.store.database.tables import articles, deliveries, entries, sources
from feeds.store.source_rows import read_entries, read_state, read_states, row_of

log = logging.getLogger(__name__)

_AT_ONCE = 300
"""How many names one question asks for: databases limit it."""
_LAGS = 500
_BEGINNING = 1000  # characters
_PATIENCE = timedelta(milliseconds=300)
"""How long a poll that is noted by itself waits for a row that another program holds."""
_Item = TypeVar("_Item")


class Noted(NamedTuple):
    """What is to be noted of a poll."""

    state: SourceState
    seen: Sequence[SeenEntry] = ()
    """Entries that were dealt with."""
    renamed: Collection[str] = ()
    """Keys under which they were known before, and are no more."""
    in_part: bool = False
    """The poll goes on: its state is not noted yet."""


class Sources:
    """What is known of each feed, by its key. Every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[str, SourceState]:
        """Every feed that was ever polled."""
        with reading(self._engine) as connection:
            return {state.key: state for state in read_states(connection)}

    def get(self, key: str) -> SourceState | None:
        """One feed; None where it was never polled."""
        with reading(self._engine) as connection:
            return read_state(connection, key)

    def put(self, state: SourceState, seen: Sequence[SeenEntry] = (), *, now: datetime) -> None:
        """Note how a poll went and which entries were dealt with."""
        self._put_all([Noted(state, seen)], now)

    def put_all(self, polls: Sequence[Noted], *, now: datetime) -> dict[str, str]:
        """Note how polls went and which entries were dealt with, in one transaction where that can be.

        Where one of them can't be stored (a value that the store refuses, a row that somebody holds), each is stored by
        itself.

        Returns:
            Why a poll could not be noted, by the feed's key; empty where all is well.

        Raises:
            StoreError: nothing can be stored.
        """
        try:
            self._put_all(polls, now)
        except StoreError:
            if self._engine.dialect.name == "sqlite":  # which knows no locks but that of the whole store
                raise
        except Exception:
            log.warning("the polls of %d feeds can't be noted together", len(polls), exc_info=True)
        else:
            return {}
        refused: dict[str, str] = {}
        for poll in polls:
            try:
                self._put_all([poll], now, patience=_PATIENCE)
            except Exception as error:
                log.exception("the poll of %s could not be noted", poll.state.key)
                refused[poll.state.key] = str(error) if isinstance(error, StoreError) else type(error).__name__
        if len(refused) == len(polls) > 1:
            raise StoreError(next(iter(refused.values())))
        return refused

    def _put_all(self, polls: Sequence[Noted], now: datetime, *, patience: timedelta | None = None) -> None:
        rows = [
            _clean({"feed": state.key, "seen": now, **{name: getattr(entry, name) for name in SeenEntry.__slots__}})
            for state, seen, *_ in polls
            for entry in seen
        ]
        with writing(self._engine) as connection:
            if patience and connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = {round(patience.total_seconds() * 1000)}"))
            _put(connection, sources, ["key"], [row_of(poll.state) for poll in polls if not poll.in_part])
            for state, _, renamed, _ in polls:
                for some in _batches(sorted(map(clean, renamed))):
                    old = (entries.c.feed == clean(state.key)) & entries.c.key.in_(some)
                    connection.execute(delete(entries).where(old))
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
                condition = (entries.c.feed == clean(feed)) & or_(*conditions)
                found |= {seen.key: seen for seen in read_entries(connection, condition)}
        return tuple(found.values())

    def published_at(self, feed: str, moments: Iterable[datetime]) -> tuple[SeenEntry, ...]:
        """The entries of a feed that were published at one of these moments."""
        found: list[SeenEntry] = []
        with reading(self._engine) as connection:
            for some in _batches(moments):
                found += read_entries(connection, (entries.c.feed == clean(feed)) & entries.c.published.in_(some))
        return tuple(found)

    def stored(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, bool]]:
        """Those of (source, key) that are articles already, whichever feed brought them.

        Returns:
            The fingerprint of each, and whether some feed remembers that it brought it.
        """
        own = (entries.c.source == articles.c.source) & (entries.c.article_key == articles.c.key)
        remembered = select(entries.c.key).where(own).exists().label("remembered")
        found: dict[tuple[str, str], tuple[str, bool]] = {}
        with reading(self._engine) as connection:
            for source, keys in _by_source(pairs).items():
                for some in _batches(keys):
                    query = select(articles.c.key, articles.c.fingerprint, remembered)
                    query = query.where(articles.c.source == source, articles.c.key.in_(some))
                    found |= {
                        (source, row.key): (row.fingerprint, bool(row.remembered)) for row in connection.execute(query)
                    }
        return found

    def titles(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The headlines of the articles with these (source, key)."""
        found: dict[tuple[str, str], str] = {}
        with reading(self._engine) as connection:
            for source, keys in _by_source(pairs).items():
                for some in _batches(keys):
                    query = select(articles.c.key, articles.c.title)
                    query = query.where(articles.c.source == source, articles.c.key.in_(some))
                    found |= {(source, row.key): row.title for row in connection.execute(query)}
        return found

    def beginnings(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """The headlines of the articles with these (source, key), and how their texts begin."""
        begins = func.substr(case((articles.c.lead != "", articles.c.lead), else_=articles.c.body), 1, _BEGINNING)
        found: dict[tuple[str, str], tuple[str, str]] = {}
        with reading(self._engine) as connection:
            for source, keys in _by_source(pairs).items():
                for some in _batches(keys):
                    query = select(articles.c.key, articles.c.title, begins.label("begins"))
                    query = query.where(articles.c.source == source, articles.c.key.in_(some))
                    found |= {(source, row.key): (row.title, row.begins) for row in connection.execute(query)}
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


def _by_source(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_source: dict[str, list[str]] = {}
    for source, key in pairs:
        by_source.setdefault(clean(source), []).append(clean(key))
    return by_source


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


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
