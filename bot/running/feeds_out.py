"""The feed files of a node: written as soon as an article changes, on whichever node; and the hub that hears of it.

Whoever takes an article in wakes the writer; what other nodes and the desk's commands change, it finds in the store's
journal within a second. It never takes more than a share of the time: while thousands of articles come in, feeds are
written now and then.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.settings import Settings
from feeds.errors import FeedError, ReplacedError, StoreError
from feeds.store import Store

if TYPE_CHECKING:
    from feeds.syndication import Channel, Site, Written

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often the journal is looked at."""
REST = 4.0
"""Rests that follow a pass, in times of what it took."""
PAUSES = (5.0, 30.0, 120.0, 600.0, 3600.0)
"""Seconds until the hub is told again, after each time that it did not take it."""
HUB_SECONDS = 10.0


class FeedsOut:
    """What writes the feeds of one node, and tells the hub."""

    def __init__(self, store: Store, settings: Settings, leads: Callable[[], bool]) -> None:
        """Write nothing yet.

        Args:
            store: Where the articles are.
            settings: Where the files go, and what they say.
            leads: Whether this node leads: one node tells the hub.
        """
        self._store = store
        self._settings = settings
        self._leads = leads
        self._seq: int | None = None
        self._writing = threading.Lock()
        self._loop = asyncio.get_running_loop()
        self._due = asyncio.Event()
        self._untold: dict[str, tuple[float, int]] = {}
        """Feeds that the hub may have to hear of: when, in the loop's time, and how often it did not take it."""
        self._told = asyncio.Event()

    @cached_property
    def site(self) -> Site:
        """Whose feeds they are; pages share what was written."""
        from feeds.syndication import Site  # noqa: PLC0415 - feedgen and lxml load after the first post

        settings = self._settings
        return Site(settings.base_url, settings.timezone, hub=settings.websub_hub)

    def wake(self) -> None:
        """An article has changed; from the event loop."""
        self._due.set()

    def write(self) -> Written:
        """Bring all feed files up to the store."""
        with self._writing:
            return self._write()

    async def run(self, stop: asyncio.Event) -> None:
        """Write whenever something has changed, until `stop` is set."""
        ending = asyncio.create_task(stop.wait())
        while not stop.is_set():
            due = asyncio.create_task(self._due.wait())
            await asyncio.wait({due, ending}, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            due.cancel()
            self._due.clear()
            began = time.monotonic()
            try:
                await asyncio.to_thread(self._write_changed)
            except ReplacedError:
                continue
            except (FeedError, StoreError) as error:
                log.warning("feeds are not up to date: %s", error)
            await asyncio.wait({ending}, timeout=(time.monotonic() - began) * REST)

    async def write_all(self) -> None:
        """Look at every feed: what was lost is written again."""
        self._note(await asyncio.to_thread(self.write))

    async def tell(self, stop: asyncio.Event) -> None:
        """Tell the hub of what has changed, until `stop` is set; one that is away is told later."""
        if not self._settings.websub_hub:
            return
        import httpx  # noqa: PLC0415 - where there is a hub

        from feeds.syndication import websub  # noqa: PLC0415

        proxy = self._settings.feed_proxy or None
        with httpx.Client(proxy=proxy, timeout=websub.SECONDS) as client:
            self._hear((channel.slug for channel in await asyncio.to_thread(self._channels)), 0)
            ending = asyncio.create_task(stop.wait())
            while not stop.is_set():
                self._told.clear()
                if self._leads():
                    for slug in [slug for slug, (when, _) in self._untold.items() if when <= time.monotonic()]:
                        await self._tell_of(client, slug)
                heard = asyncio.create_task(self._told.wait())
                await asyncio.wait({heard, ending}, timeout=HUB_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                heard.cancel()

    async def _tell_of(self, client: object, slug: str) -> None:
        _, failures = self._untold.pop(slug)
        try:
            await asyncio.to_thread(self._tell, client, slug)
        except (FeedError, StoreError) as error:
            if not failures:
                log.warning("the hub did not hear of %s, and is told again: %s", slug, error)
            pause = PAUSES[min(failures, len(PAUSES) - 1)]
            self._untold.setdefault(slug, (time.monotonic() + pause, failures + 1))

    def _tell(self, client: object, slug: str) -> None:
        from feeds.syndication import websub  # noqa: PLC0415

        channel = next((one for one in self._channels() if one.slug == slug), None)
        state = websub.news_of(self._store, self._settings.feeds_dir, channel) if channel else ""
        if channel and state:
            websub.tell(client, channel)  # type: ignore[arg-type]
            websub.remember(self._store, channel, state, datetime.now(UTC))

    def _channels(self) -> tuple[Channel, ...]:
        return (*self.site.standing, *self.site.agencies(self._store))

    def _hear(self, slugs: Iterable[str], failures: int) -> None:
        for slug in slugs:
            self._untold[slug] = (time.monotonic(), failures)
        self._told.set()

    def _write_changed(self) -> None:
        with self._writing:
            changes = self._store.journal.since(self._seq)
            if not changes.tags:
                return
            written = self._write(changes.tags)
            self._seq = changes.seq
        self._loop.call_soon_threadsafe(self._note, written)

    def _note(self, written: Written) -> None:
        if written.changed:
            log.info("feeds written: %d", len(written.changed))
            if self._settings.websub_hub:
                self._hear({name.rpartition(".")[0] for name in written.changed}, 0)

    def _write(self, touched: frozenset[str] = frozenset("*")) -> Written:
        from feeds import syndication  # noqa: PLC0415

        now = datetime.now(UTC)
        return syndication.write(self._store, self._settings.feeds_dir, self.site, now=now, touched=touched)
