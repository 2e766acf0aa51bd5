"""One round of polls: what each feed brings that is new, with its full text where that is wanted.

    fetch --> bytes --pieces, read--> entries --judge--> new and changed ones --pages--> documents
                                                pages that were missed in earlier rounds --> documents, behind all feeds

A large feed is dealt with a piece at a time, so that others come in between, and a few pieces in one round; what is
left of it is `Round.unread`, for the next one. It runs in an event loop of its own, in a thread; who takes the results
is never in it.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.errors import StoreError
from feeds.models import Document, SeenEntry, SourceState
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import PER_HOST, Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.following import retries, source_state
from feeds.sources.following.full_text import Pages
from feeds.sources.following.identity import Verdict
from feeds.sources.following.retries import Late, Miss
from feeds.sources.following.unread import Unread, judge_next
from feeds.sources.reading import syndication, webpage
from feeds.sources.reading.pieces import LARGE
from feeds.store import Store

log = logging.getLogger(__name__)

PIECES = 5
"""Pieces of a large feed that are dealt with in one round: feeds that are due meanwhile wait for no more."""
_READY = 4  # feeds that are read and wait to be taken
_THREADS = 2
"""That read feeds: it is work for a processor, and each thread has a connection to the store, with its cache."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of one feed came to."""

    source: SourceSettings
    state: SourceState
    """As it is to be stored."""
    documents: tuple[Document, ...] = ()
    seen: tuple[SeenEntry, ...] = ()
    renamed: tuple[str, ...] = ()
    """Keys under which entries are known no more."""
    new: int = 0
    changed: int = 0
    quiet: int = 0
    size: int = 0
    """Bytes that were fetched for the feed itself."""
    failed: bool = False
    missed: tuple[Miss, ...] = ()
    """Pages that may be read later."""
    in_part: bool = False
    """There is more of it: its state is not to be stored yet, only its entries."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one more try for a page came to."""

    late: Late
    document: Document | None = None
    """The article with its page."""
    miss: Miss | None = None
    """The page could not be read again, and perhaps can later."""


class Round:
    """An event loop in a thread, and a short queue from it."""

    def __init__(
        self,
        store: Store,
        due: list[tuple[SourceSettings, SourceState]],
        pages: list[tuple[SourceSettings, Late]],
        now: datetime,
        *,
        limits: Limits | None,
        concurrency: int,
        unread: Unread | None = None,
    ) -> None:
        self._store = store
        self._due = due
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
        waiting = iter(self._due)
        async with Fetcher(self._limits) as fetcher:
            pages = Pages(fetcher)
            async with asyncio.TaskGroup() as group:
                if self.unread:
                    group.create_task(
                        self._guarded(self.unread.source, self.unread.was, self._go_on(pages, self.unread))
                    )
                for _ in range(min(self._concurrency, len(self._due))):
                    group.create_task(self._work(fetcher, pages, waiting))
            for start in range(0, len(self._late), PER_HOST):
                some = self._late[start : start + PER_HOST]
                for tried in await asyncio.gather(*(self._try_again(pages, *page) for page in some)):
                    await self._put(tried)

    async def _put(self, result: Polled | Tried) -> None:
        await self._room.acquire()
        self._ready.put(result)

    async def _work(
        self, fetcher: Fetcher, pages: Pages, waiting: Iterator[tuple[SourceSettings, SourceState]]
    ) -> None:
        for source, was in waiting:
            if self._stopped.is_set():
                return
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
        # Always by the desk's own address, even after a permanent redirect: a portal that hijacks one is passing.
        wanted = Wanted(
            source.url,
            etag=was.etag,
            modified=was.modified,
            proxy=source.proxy,
            allow_private=source.allow_private,
            login=source.login,
        )
        return await fetcher.fetch(wanted)

    async def _go_on(self, pages: Pages, unread: Unread) -> None:
        """Deal with the next pieces of a feed: with all of them, or as many as one round takes."""
        for _ in range(PIECES):
            if self._stopped.is_set():
                return
            judged = await asyncio.get_running_loop().run_in_executor(
                self._readers, judge_next, unread, self._store, self._now
            )
            following = next(unread.pieces, None)
            documents, missed = await pages.completed(
                unread.source, [one for one in judged if one.verdict is not Verdict.SEEN]
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
            if following is None:
                if self.unread is unread:
                    self.unread = None
                await self._put(self._whole(polled, unread))
                return
            unread.piece = following
            await self._put(polled)

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
