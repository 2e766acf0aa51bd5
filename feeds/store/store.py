"""The store as the rest of Chapar sees it: opened once, grouped by topic."""

from __future__ import annotations

from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from feeds.store.archive.articles import Articles
from feeds.store.archive.editorial import Editorial
from feeds.store.archive.lists import Lists
from feeds.store.archive.stories import Stories
from feeds.store.database import copies, schema
from feeds.store.database.engine import clock, make_engine, make_folder
from feeds.store.delivery.calls import Calls
from feeds.store.delivery.channels import Channels
from feeds.store.delivery.deliveries import Deliveries
from feeds.store.delivery.desk import Desk
from feeds.store.delivery.direct import Direct
from feeds.store.delivery.outbox import Outbox
from feeds.store.delivery.restored import Restored, heed_copy
from feeds.store.following import announcing
from feeds.store.following.announcing import Announcements
from feeds.store.following.chats import Chats
from feeds.store.following.digests import Digests
from feeds.store.journal import Journal
from feeds.store.key_values import KeyValues
from feeds.store.leases import Leases
from feeds.store.problems import Problems
from feeds.store.sources import Sources
from feeds.store.updates import Updates


def open_store(url: str, *, busy_timeout: float = 5.0) -> Store:
    """Open the store at `url`, making its file and its tables where they are missing.

    Args:
        url: `sqlite:///var/chapar.db`, or `postgresql://user:password@host/name`.
        busy_timeout: seconds to wait for a lock that another program holds.

    Raises:
        StoreError: with one sentence that says what is wrong and what to do.
    """
    engine = make_engine(url, busy_timeout=busy_timeout)
    try:
        make_folder(engine)
        was_copy = copies.is_copy(engine)
        if was_copy:
            heed_copy(engine, datetime.now(UTC))
        schema.upgrade(engine, busy_timeout=busy_timeout)
        if was_copy:
            announcing.heed_copy(engine, datetime.now(UTC))
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """An open store; safe to use from many threads. Close it, or use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.articles = Articles(engine)
        self.editorial = Editorial(engine)
        self.outbox = Outbox(engine)
        self.deliveries = Deliveries(engine)
        self.channels = Channels(engine)
        self.direct = Direct(engine)
        self.restored = Restored(engine)
        self.desk = Desk(engine)
        self.problems = Problems(engine)
        self.journal = Journal(engine)
        self.lists = Lists(engine)
        self.key_values = KeyValues(engine)
        self.leases = Leases(engine)
        self.calls = Calls(engine)
        self.sources = Sources(engine)
        self.stories = Stories(engine)
        self.chats = Chats(engine)
        self.announcements = Announcements(engine)
        self.digests = Digests(engine)
        self.updates = Updates(engine)

    def now(self) -> datetime:
        """The moment on the store's own clock: the server's on PostgreSQL, one for all nodes; else this machine's."""
        return clock(self._engine)

    def close(self) -> None:
        """Close all connections; closing twice does no harm."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
