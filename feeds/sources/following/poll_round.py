"""One round of polls: what each feed brings that is new, with its full text where that is wanted.

    fetch --> bytes --pieces, read--> entries --judge--> new and changed ones --pages--> documents
                                                pages that were missed in earlier rounds --> documents, behind all feeds

A large feed is dealt with a piece at a time, so that others come in between, and a few pieces in one round; what is
left of it is `Round.unread`, for the next one. Feeds that become due while slow ones are under way join the round. It
runs in an event loop of its own, in a thread; who takes the results is never in it.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from feeds.errors import StoreError
from feeds.models import SourceState
from feeds.sources import SourceSettings
from feeds.sources.discovery import fetch_onward
from feeds.sources.fetching.fetch import PER_HOST, Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.following import retries, source_state
from feeds.sources.following.full_text import Pages
from feeds.sources.following.identity import Verdict
from feeds.sources.following.polled import Polled, Tried, joined
from feeds.sources.following.retries import Late, Miss
from feeds.sources.following.unread import Unread, judge_next
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.formats.pieces import LARGE
from feeds.sources.reading.pages import telegram_channel, webpage
from feeds.store import Store

log = logging.getLogger(__name__)

OLDER_PAGES = 15
"""Pages of older messages that are asked for at one poll: what a channel may have told while nobody looked."""
PIECES = 5
"""Pieces of a large feed that are dealt with in one round: feeds that are due meanwhile wait for no more."""
LOOK = 5.0
"""Seconds after which it is looked for feeds that became due, as long as others are under way."""
OPEN = 60.0
"""Seconds in which feeds join a round: no feed is due twice in so little time, and late pages wait for its end."""
_READY = 4  # feeds that are read and wait to be taken
_THREADS = 2
"""That read feeds: it is work for a processor, and each thread has a connection to the store, with its cache."""


Due = Sequence[tuple[SourceSettings, SourceState]]
"""Feeds to poll, each with what is known of it."""


class Round:
    """An event loop in a thread, and a short queue from it."""

    def __init__(
        self,
        store: Store,
        due: Due,
        pages: list[tuple[SourceSettings, Late]],
        now: datetime,
        *,
        limits: Limits | None,
        concurrency: int,
        unread: Unread | None = None,
        joining: Callable[[], Due] = tuple,
    ) -> None:
        """A round of these feeds.

        Args:
            store: Where it is known what feeds have shown.
            due: The feeds.
            pages: What waits for its page.
            now: The time of the polls.
            limits: What a fetch may take.
            concurrency: Feeds under way at once.
            unread: The rest of a large feed.
            joining: Gives the feeds that have become due since it was asked last; called in a thread.
        """
        self._store = store
        self._waiting = deque(due)
        self._joining = joining
        self._late = pages
        self._now = now
        self._limits = limits
        self._concurrency = concurrency
        self.unread = unread
        """A large feed that is not dealt with to its end."""
        self._ready: queue.SimpleQueue[Polled | Tried | BaseException | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(_THREADS, "reading")
        self._room = asyncio.Semaphore(_READY)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = threading.Event()

    def results(self) -> Generator[Polled | Tried, None, None]:
        """What each feed came to, as it comes, then the late pages; leaving early ends the round.

        Raises:
            StoreError: what is known of a feed can't be read.
        """
        thread = threading.Thread(target=self._run, name="sources", daemon=True)
        thread.start()
        try:
            while (result := self._ready.get()) is not None:
                self._make_room()
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            self._stopped.set()
            while thread.is_alive():  # what waits for room must not keep it
                with suppress(queue.Empty):
                    self._ready.get(timeout=0.05)
                self._make_room()
            thread.join()

    def _make_room(self) -> None:
        with suppress(RuntimeError):  # its loop has ended
            if self._loop:
                self._loop.call_soon_threadsafe(self._room.release)

    def _run(self) -> None:
        try:
            with self._readers:
                asyncio.run(self._poll_all())
        except BaseExceptionGroup as group:
            self._ready.put(group.exceptions[0])  # it is raised again where the results are taken
        except BaseException as error:  # noqa: BLE001 - as above
            self._ready.put(error)
        finally:
            self._ready.put(None)

    async def _poll_all(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(self._concurrency, "names"))  # slow ones keep a thread each
        until = self._loop.time() + OPEN
        async with Fetcher(self._limits) as fetcher:
            pages = Pages(fetcher)
            async with asyncio.TaskGroup() as group:
                under_way: set[asyncio.Task[None]] = set()
                if self.unread:
                    rest = self._go_on(pages, self.unread)
                    under_way.add(group.create_task(self._guarded(self.unread.source, self.unread.was, rest)))
                while under_way or self._waiting:
                    for _ in range(min(self._concurrency - len(under_way), len(self._waiting))):
                        under_way.add(group.create_task(self._work(fetcher, pages)))
                    _, under_way = await asyncio.wait(under_way, timeout=LOOK)
                    if under_way and self._loop.time() < until:
                        self._waiting += await self._loop.run_in_executor(self._readers, self._joining)
            for start in range(0, len(self._late), PER_HOST):
                some = self._late[start : start + PER_HOST]
                for tried in await asyncio.gather(*(self._try_again(pages, *page) for page in some)):
                    await self._put(tried)

    async def _put(self, result: Polled | Tried) -> None:
        await self._room.acquire()
        self._ready.put(result)

    async def _work(self, fetcher: Fetcher, pages: Pages) -> None:
        while self._waiting and not self._stopped.is_set():
            source, was = self._waiting.popleft()
            await self._guarded(source, was, self._poll(fetcher, pages, source, was))

    async def _guarded(self, source: SourceSettings, was: SourceState, work: Coroutine[None, None, None]) -> None:
        """Deal with a feed; what goes wrong is what its poll came to."""
        try:
            await work
        except StoreError:
            raise
        except Exception as error:
            if self.unread and self.unread.source is source:
                self.unread = None
            retry_after, reason = None, str(error)
            if isinstance(error, FetchError):
                retry_after = error.retry_after
            elif not isinstance(error, syndication.NotAFeedError):
                log.exception("%s could not be read", source.url)
                reason = f"could not be read ({type(error).__name__}): the log holds the traceback, report it"
            await self._put(Polled(source, source_state.failed(was, reason, retry_after, self._now), failed=True))

    async def _poll(self, fetcher: Fetcher, pages: Pages, source: SourceSettings, was: SourceState) -> None:
        answer = await self._fetch(fetcher, source, was)
        if isinstance(answer, Unchanged):
            await self._put(Polled(source, source_state.unchanged(was, answer.max_age, self._now)))
            return
        size = answer.size
        if source_state.digest_of(answer) == was.digest:
            fresh = replace(was, etag=answer.etag, modified=answer.modified, url=answer.moved_to or source.url)
            await self._put(Polled(source, source_state.unchanged(fresh, answer.max_age, self._now), size=size))
            return
        if size > LARGE and self.unread:  # one at a time: each is held until its end
            await self._put(Polled(source, source_state.postponed(was, self._now), size=size))
            return
        unread = Unread.begin(source, was, answer, self._now)
        if size > LARGE:
            self.unread = unread
        await self._go_on(pages, unread)

    async def _fetch(self, fetcher: Fetcher, source: SourceSettings, was: SourceState) -> Fetched | Unchanged:
        wanted = _wanted(source)
        if not source_state.is_doubtful(was, self._now):
            wanted = replace(wanted, etag=was.etag, modified=was.modified)
        return await (fetcher.fetch(wanted) if source.list else fetch_onward(fetcher, wanted))

    async def _go_on(self, pages: Pages, unread: Unread) -> None:
        """Deal with the next pieces of a feed: with all of them, or as many as one round takes."""
        together: Polled | None = None
        for number in range(PIECES if unread is self.unread else PIECES + OLDER_PAGES):
            if self._stopped.is_set():
                return
            judged = await asyncio.get_running_loop().run_in_executor(
                self._readers, judge_next, unread, self._store, self._now
            )
            following = next(unread.pieces, None)
            if following is None and number < OLDER_PAGES:
                following = await self._older(pages, unread)
            source = replace(unread.source, full_text=unread.source.full_text and not unread.is_all_there)
            documents, missed = await pages.completed(
                source, [one for one in judged if one.verdict is not Verdict.SEEN]
            )
            polled = Polled(
                unread.source,
                unread.was,
                documents=tuple(sorted(documents, key=lambda document: document.published)),
                seen=tuple(one.seen for one in judged if one.seen is not None),
                renamed=tuple(one.renamed for one in judged if one.renamed),
                missed=tuple(missed),
                in_part=True,
            )
            if unread.is_all_there:  # its pages come newest first, and are one
                together = joined(together, polled)
                polled = together
                if following is not None:
                    unread.piece = following
                    continue
            if following is None:
                if self.unread is unread:
                    self.unread = None
                await self._put(self._whole(polled, unread))
                return
            unread.piece = following
            await self._put(polled)

    async def _older(self, pages: Pages, unread: Unread) -> bytes | None:
        """The page of older messages, as far as it may bring what is new to us: a channel's page holds twenty."""
        if not unread.older:
            return None
        try:
            answer = await pages.fetcher.fetch(replace(_wanted(unread.source), url=unread.older))
        except FetchError as error:
            log.info("no older messages from %s: %s", unread.older, error)
            return None
        is_page = isinstance(answer, Fetched) and telegram_channel.is_one(answer.body)
        return answer.body if isinstance(answer, Fetched) and is_page else None

    def _whole(self, last: Polled, unread: Unread) -> Polled:
        """What a feed came to, with its last piece."""
        answer, channel = unread.answer, unread.channel or syndication.Channel("")
        was = replace(unread.was, url=answer.moved_to or unread.source.url)
        return replace(
            last,
            state=source_state.read_well(was, answer, channel, new=unread.new, entries=len(unread.keys), now=self._now),
            new=len(unread.new),
            changed=unread.changed,
            quiet=unread.quiet,
            size=answer.size,
            in_part=False,
        )

    async def _try_again(self, pages: Pages, source: SourceSettings, waiting: Late) -> Tried:
        page = None if self._stopped.is_set() else await pages.read(source, waiting.document)
        if isinstance(page, Miss):
            return Tried(waiting, miss=page)
        document = webpage.completed(waiting.document, page) if page else waiting.document
        return Tried(waiting, retries.complete(document, waiting) if document != waiting.document else None)


def _wanted(source: SourceSettings) -> Wanted:
    """Always the desk's own address, even after a permanent redirect: a portal that hijacks one is passing."""
    return Wanted(
        source.address,
        proxy=source.proxy,
        allow_private=source.allow_private,
        site=source.address,
        login=source.login,
        agent=source.agent,
    )
