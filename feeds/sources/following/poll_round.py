"""One round of polls: what each feed brings that is new, with its full text where that is wanted.

    fetch --> bytes --read--> entries --judge--> new and changed ones --pages--> documents
                                        pages that were missed in earlier rounds --> documents, behind all feeds

It runs in an event loop of its own, in a thread; who takes the results is never in it.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.errors import StoreError
from feeds.models import Document, SeenEntry, SourceState
from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.fetch import PER_HOST, Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.following import identity, retries, source_state
from feeds.sources.following.identity import Judged, Verdict
from feeds.sources.following.retries import Late, Miss
from feeds.sources.reading import syndication, webpage
from feeds.store import Store

log = logging.getLogger(__name__)

PAGES = 30
"""Full texts that are fetched for one feed at one poll."""
TIRED = 3
"""Failures in a row after which a host's pages are left alone for this round; one without any answer is enough."""
OFFLINE = 8
"""Pages without any answer in a row, of whichever hosts, after which no more are asked for in this round."""
PAGE_LIMITS = Limits(size=4 << 20, seconds=15)
_READY = 4  # feeds that are read and wait to be taken


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of one feed came to."""

    source: SourceSettings
    state: SourceState
    """As it is to be stored."""
    documents: tuple[Document, ...] = ()
    seen: tuple[SeenEntry, ...] = ()
    new: int = 0
    changed: int = 0
    quiet: int = 0
    size: int = 0
    """Bytes that were fetched for the feed itself."""
    failed: bool = False
    missed: tuple[Miss, ...] = ()
    """Pages that may be read later."""


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
    ) -> None:
        self._store = store
        self._due = due
        self._pages = pages
        self._now = now
        self._limits = limits
        self._concurrency = concurrency
        self._ready: queue.Queue[Polled | Tried | BaseException | None] = queue.Queue(_READY)
        self._stopped = threading.Event()
        self._tired: dict[str, int] = {}
        self._unanswered = 0

    def results(self) -> Generator[Polled | Tried, None, None]:
        """What each feed came to, as it comes, then the late pages; leaving early ends the round.

        Raises:
            StoreError: what is known of a feed can't be read.
        """
        thread = threading.Thread(target=self._run, name="sources", daemon=True)
        thread.start()
        try:
            while (result := self._ready.get()) is not None:
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            self._stopped.set()
            while thread.is_alive():  # what waits to be put must not keep it
                with suppress(queue.Empty):
                    self._ready.get(timeout=0.05)
            thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._poll_all())
        except BaseExceptionGroup as group:
            self._ready.put(group.exceptions[0])  # it is raised again where the results are taken
        except BaseException as error:  # noqa: BLE001 - as above
            self._ready.put(error)
        finally:
            self._ready.put(None)

    async def _poll_all(self) -> None:
        # Names that are slow to look up, and results that wait to be taken, keep a thread each.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * self._concurrency, "sources"))
        waiting = iter(self._due)
        async with Fetcher(self._limits) as fetcher:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._concurrency, len(self._due))):
                    group.create_task(self._work(fetcher, waiting))
            for start in range(0, len(self._pages), PER_HOST):
                some = self._pages[start : start + PER_HOST]
                for tried in await asyncio.gather(*(self._try_again(fetcher, *page) for page in some)):
                    await asyncio.to_thread(self._ready.put, tried)

    async def _work(self, fetcher: Fetcher, waiting: Iterator[tuple[SourceSettings, SourceState]]) -> None:
        for source, was in waiting:
            if self._stopped.is_set():
                return
            polled = await self._poll(fetcher, source, was)
            await asyncio.to_thread(self._ready.put, polled)

    async def _poll(self, fetcher: Fetcher, source: SourceSettings, was: SourceState) -> Polled:
        try:
            return await self._read(fetcher, source, was)
        except (FetchError, syndication.NotAFeedError) as error:
            retry_after = error.retry_after if isinstance(error, FetchError) else None
            return Polled(source, source_state.failed(was, str(error), retry_after, self._now), failed=True)
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s could not be read", source.url)
            reason = f"could not be read ({type(error).__name__}): the log holds the traceback, report it"
            return Polled(source, source_state.failed(was, reason, None, self._now), failed=True)

    async def _read(self, fetcher: Fetcher, source: SourceSettings, was: SourceState) -> Polled:
        answer = await self._fetch(fetcher, source, was)
        if isinstance(answer, Unchanged):
            return Polled(source, source_state.unchanged(was, answer.max_age, self._now))
        if source_state.digest_of(answer.body) == was.digest:
            fresh = replace(was, etag=answer.etag, modified=answer.modified, url=answer.moved_to or source.url)
            return Polled(source, source_state.unchanged(fresh, answer.max_age, self._now), size=len(answer.body))
        channel = channel_of(answer)
        judged = await asyncio.to_thread(self._judge, source, was, channel)
        fresh_ones = [one for one in judged if one.verdict is not Verdict.SEEN]
        documents, missed = await self._completed(fetcher, source, fresh_ones)
        return Polled(
            source,
            source_state.read_well(
                replace(was, url=answer.moved_to or source.url), answer, channel, judged=judged, now=self._now
            ),
            documents=tuple(sorted(documents, key=lambda document: document.published)),
            seen=tuple(one.seen for one in judged if one.seen is not None),
            new=sum(one.verdict is Verdict.NEW for one in judged),
            changed=sum(one.verdict is Verdict.CHANGED for one in judged),
            quiet=sum(document.quiet for document in documents),
            size=len(answer.body),
            missed=tuple(missed),
        )

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

    def _judge(self, source: SourceSettings, was: SourceState, channel: syndication.Channel) -> list[Judged]:
        name = source_name(source, channel)
        pairs = ((entry, syndication.document(entry, source, name=name, now=self._now)) for entry in channel.entries)
        named = identity.name(pairs)
        remembered = self._store.sources.known(
            source.key,
            keys=[item.document.key for item in named],
            links=[item.link for item in named],
            words=[item.words for item in named],
        )
        stored = self._store.sources.stored((item.document.source, item.document.key) for item in named)
        return identity.judge(named, remembered, stored, first=source_state.is_first(was), now=self._now)

    async def _completed(
        self, fetcher: Fetcher, source: SourceSettings, judged: list[Judged]
    ) -> tuple[list[Document], list[Miss]]:
        """The documents, with their pages' full text where the feed has only a lead and the desk wants it."""
        if not source.full_text:
            return [one.document for one in judged], []
        short = [one.document for one in judged if wants_page(one.document)][:PAGES]
        complete: dict[str, Document] = {}
        missed: list[Miss] = []
        for few in (short[start : start + PER_HOST] for start in range(0, len(short), PER_HOST)):
            pages = await asyncio.gather(*(self._page(fetcher, source, document) for document in few))
            for document, page in zip(few, pages, strict=True):
                if isinstance(page, Miss):
                    missed.append(page)
                elif page:
                    complete[document.key] = webpage.completed(document, page)
        return [complete.get(one.document.key, one.document) for one in judged], missed

    async def _try_again(self, fetcher: Fetcher, source: SourceSettings, waiting: Late) -> Tried:
        page = None if self._stopped.is_set() else await self._page(fetcher, source, waiting.document)
        if isinstance(page, Miss):
            return Tried(waiting, miss=page)
        document = webpage.completed(waiting.document, page) if page else waiting.document
        return Tried(waiting, retries.complete(document, waiting) if document != waiting.document else None)

    async def _page(self, fetcher: Fetcher, source: SourceSettings, document: Document) -> webpage.Page | Miss | None:
        """An article's page; a miss where it may be read later, None where it may not."""
        url = document.url
        host = url.split("/")[2]
        if self._tired.get(host, 0) >= TIRED or self._unanswered >= OFFLINE:
            return Miss(document)
        wanted = Wanted(
            url,
            proxy=source.proxy,
            allow_private=source.allow_private,
            login=source.login,
            accept="text/html, */*;q=0.5",
        )
        try:
            answer = await fetcher.fetch(wanted, PAGE_LIMITS)
        except FetchError as error:
            self._tired[host] = self._tired.get(host, 0) + (1 if error.status else TIRED)
            self._unanswered = 0 if error.status else self._unanswered + 1
            log.info("no full text from %s: %s", url, error)
            return Miss(document, error.retry_after) if retries.is_passing(error) else None
        self._tired[host] = self._unanswered = 0
        if isinstance(answer, Unchanged) or answer.fault:  # half an article is none
            return Miss(document)
        try:
            return await asyncio.to_thread(webpage.read, answer.body, answer.url, charset=answer.charset)
        except Exception:  # one page that breaks us takes nothing from its feed
            log.exception("the page %s could not be read", url)
            return None


def channel_of(answer: Fetched) -> syndication.Channel:
    """The feed that came.

    Raises:
        FetchError: Nothing is in it, because it broke off.
        NotAFeedError: It is no feed.
    """
    try:
        return syndication.read(answer.body, answer.url, charset=answer.charset)
    except syndication.NotAFeedError:
        if answer.fault:  # why nothing is in it
            raise FetchError(answer.fault) from None
        raise


def wants_page(document: Document) -> bool:
    """Whether an article's page is worth fetching: it is about to be posted, and its feed has only a lead."""
    return not document.quiet and bool(document.url) and len(document.body) < webpage.SHORTEST * 3 and not document.lead


def source_name(source: SourceSettings, channel: syndication.Channel) -> str:
    """What readers see of a source."""
    agency = agencies.of_url(source.url)
    return source.name or (agency.name if agency else "") or channel.title
