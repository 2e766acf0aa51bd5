"""Polls the feeds that are due, many at once, and gives what is new in them, one document at a time.

    due? --fetch--> bytes --read--> entries --judge--> new and changed ones --full text--> documents, then the state

The fetching runs in an event loop of its own, in a thread; who iterates is never in it. What a feed brought is noted
only after its last document was taken: whoever stops, or falls, in the middle gets the rest again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import queue
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from feeds.errors import PollError, StoreError
from feeds.models import Document, Problem, SeenEntry, SourceState
from feeds.sources import SourceSettings, agencies, known, syndication, timing, webpage
from feeds.sources.fetch import PER_HOST, Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted
from feeds.sources.known import Judged, Verdict
from feeds.store import Store

log = logging.getLogger(__name__)

PROBLEM = "source"
"""The kind of problem that polling records."""
PAGES = 30
"""Full texts that are fetched for one feed at one poll."""
TIRED = 3
"""Failures in a row after which a host's pages are left alone for this round; one without any answer is enough."""
OFFLINE = 8
"""Pages without any answer in a row, of whichever hosts, after which no more are asked for in this round."""
PAGE_LIMITS = Limits(size=4 << 20, seconds=15)
_IDLE = 50  # feeds whose states are stored together
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


class Poller:
    """Follows feeds."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[SourceSettings],
        *,
        limits: Limits | None = None,
        concurrency: int = 16,
        proxy: str = "",
    ) -> None:
        """Follow these feeds.

        Args:
            store: Where it is noted how each does.
            sources: The feeds; those that name no key get one.
            limits: What a fetch may take.
            concurrency: Feeds under way at once.
            proxy: For sources that name none of their own.
        """
        self._store = store
        self._sources = tuple(replace(s, key=source_key(s), proxy=s.proxy or proxy) for s in sources)
        self._limits = limits
        self._concurrency = concurrency
        self._started = False

    @property
    def sources(self) -> tuple[SourceSettings, ...]:
        """The feeds that are followed, each with its key."""
        return self._sources

    def poll(
        self,
        now: datetime | None = None,
        *,
        due_only: bool = True,
        only: Collection[str] | None = None,
        told: Callable[[Polled], None] = lambda _: None,
    ) -> Iterator[tuple[Document, ...] | PollError]:
        """Yield the new and changed articles of the feeds that are due, a feed's at a time, and what could not be read.

        Take all that comes: a feed counts as read once its documents were taken and the next were asked for. Feeds
        without anything new are not yielded.

        Args:
            now: The time; the clock's by default.
            due_only: Leave feeds alone whose time has not come.
            only: Keys of the feeds to poll; all by default.
            told: Is called with what each feed came to, after its documents were taken.

        Raises:
            StoreError: The store can't be read or written.
        """
        now = now or datetime.now(UTC)
        due = self._due(now, due_only=due_only, only=only)
        if not due:
            return
        idle: list[Polled] = []
        for polled in _Round(self._store, due, now, self._limits, self._concurrency).results():
            if polled.documents:
                yield polled.documents
                self._note([polled], now)
            else:
                idle.append(polled)  # most are: noted together, they cost one transaction
            if len(idle) >= _IDLE:
                self._note(idle, now)
                idle = []
            told(polled)
            if polled.failed:
                yield PollError(polled.source.url, polled.state.error)
        self._note(idle, now)

    def _due(
        self, now: datetime, *, due_only: bool, only: Collection[str] | None
    ) -> list[tuple[SourceSettings, SourceState]]:
        states = self._store.sources.all()
        # Who starts the service again has perhaps just mended what made a feed fail: it is not made to wait.
        hopeful, self._started = not self._started, True
        found = []
        for source in self._sources:
            state = states.get(source.key) or SourceState(source.key, source.url)
            wanted = not due_only or is_due(state, now) or (hopeful and state.failures > 0)
            if wanted and (only is None or source.key in only):
                found.append((source, state))
        return found

    def _note(self, polls: Sequence[Polled], now: datetime) -> None:
        """Put on record how feeds do, and what the desk should know of them."""
        if not polls:
            return
        self._store.sources.put_all([(polled.state, polled.seen) for polled in polls], now=now)
        troubled = {problem.where for problem in self._store.problems.all(kind=PROBLEM)}
        for polled in polls:
            what = trouble(polled.state, now)
            if what:
                self._store.problems.set(Problem(polled.source.url, 0, what, now, PROBLEM))
            elif polled.source.url in troubled:
                self._store.problems.clear(polled.source.url)

    def forget_problems(self) -> None:
        """Clear the problems of feeds that are followed no more."""
        followed = {source.url for source in self._sources}
        for problem in self._store.problems.all(kind=PROBLEM):
            if problem.where not in followed:
                self._store.problems.clear(problem.where)


def source_key(source: SourceSettings) -> str:
    """What the store calls a source, for ever: the same for http and https, with `www.` and without."""
    return source.key or agencies.plain_url(source.url)


def trouble(state: SourceState, now: datetime) -> str:
    """What the desk should know of a feed, in one sentence; "" where all is well."""
    if state.error:
        times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
        return f"{state.error}{times}"
    silence = timing.silent_for(state.newest, state.habit, now)
    if silence is None:
        return ""
    usual = f"; usually there is one every {_hours(state.habit)}" if state.habit else ""
    return f"no new article for {_hours(silence)}{usual}: look whether the site still publishes there"


class _Round:
    """One round of polls: an event loop in a thread, and a short queue from it."""

    def __init__(
        self,
        store: Store,
        due: list[tuple[SourceSettings, SourceState]],
        now: datetime,
        limits: Limits | None,
        concurrency: int,
    ) -> None:
        self._store = store
        self._due = due
        self._now = now
        self._limits = limits
        self._concurrency = concurrency
        self._ready: queue.Queue[Polled | BaseException | None] = queue.Queue(_READY)
        self._stopped = threading.Event()
        self._tired: dict[str, int] = {}
        self._unanswered = 0

    def results(self) -> Iterator[Polled]:
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
        waiting = iter(self._due)
        async with Fetcher(self._limits) as fetcher, asyncio.TaskGroup() as group:
            for _ in range(min(self._concurrency, len(self._due))):
                group.create_task(self._work(fetcher, waiting))

    async def _work(self, fetcher: Fetcher, waiting: Iterator[tuple[SourceSettings, SourceState]]) -> None:
        for source, state in waiting:
            if self._stopped.is_set():
                return
            polled = await self._poll(fetcher, source, state)
            await asyncio.to_thread(self._ready.put, polled)

    async def _poll(self, fetcher: Fetcher, source: SourceSettings, state: SourceState) -> Polled:
        try:
            return await self._read(fetcher, source, state)
        except (FetchError, syndication.NotAFeedError) as error:
            retry_after = error.retry_after if isinstance(error, FetchError) else None
            return Polled(source, failed(state, str(error), retry_after, self._now), failed=True)
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s could not be read", source.url)
            reason = f"could not be read ({type(error).__name__}): the log holds the traceback, report it"
            return Polled(source, failed(state, reason, None, self._now), failed=True)

    async def _read(self, fetcher: Fetcher, source: SourceSettings, state: SourceState) -> Polled:
        answer = await self._fetch(fetcher, source, state)
        if isinstance(answer, Unchanged):
            return Polled(source, unchanged(state, answer.max_age, self._now))
        if not answer.fault and digest_of(answer.body) == state.digest:
            fresh = replace(state, etag=answer.etag, modified=answer.modified, url=answer.moved_to or source.url)
            return Polled(source, unchanged(fresh, answer.max_age, self._now), size=len(answer.body))
        channel = syndication.read(answer.body, answer.url, charset=answer.charset, media_type=answer.media_type)
        judged = await asyncio.to_thread(self._judge, source, state, channel)
        fresh_ones = [one for one in judged if one.verdict is not Verdict.SEEN]
        documents = await self._completed(fetcher, source, fresh_ones)
        return Polled(
            source,
            read_well(replace(state, url=answer.moved_to or source.url), answer, channel, judged=judged, now=self._now),
            documents=tuple(sorted(documents, key=lambda document: document.published)),
            seen=tuple(one.seen for one in judged if one.seen is not None),
            new=sum(one.verdict is Verdict.NEW for one in judged),
            changed=sum(one.verdict is Verdict.CHANGED for one in judged),
            quiet=sum(document.quiet for document in documents),
            size=len(answer.body),
        )

    async def _fetch(self, fetcher: Fetcher, source: SourceSettings, state: SourceState) -> Fetched | Unchanged:
        # Always by the desk's own address, even after a permanent redirect: a portal that hijacks one is passing.
        wanted = Wanted(
            source.url,
            etag=state.etag,
            modified=state.modified,
            proxy=source.proxy,
            allow_private=source.allow_private,
        )
        return await fetcher.fetch(wanted)

    def _judge(self, source: SourceSettings, state: SourceState, channel: syndication.Channel) -> list[Judged]:
        name = source_name(source, channel)
        pairs = ((entry, syndication.document(entry, source, name=name, now=self._now)) for entry in channel.entries)
        named = known.name(pairs)
        remembered = self._store.sources.known(
            source.key,
            keys=[item.document.key for item in named],
            links=[item.link for item in named],
            words=[item.words for item in named],
        )
        stored = self._store.sources.stored((item.document.source, item.document.key) for item in named)
        first = state.succeeded is None
        return known.judge(named, remembered, stored, first=first, now=self._now)

    async def _completed(self, fetcher: Fetcher, source: SourceSettings, judged: list[Judged]) -> list[Document]:
        """The documents, with their pages' full text where the feed has only a lead and the desk wants it."""
        if not source.full_text:
            return [one.document for one in judged]
        short = [one.document for one in judged if wants_page(one.document)][:PAGES]
        complete: dict[str, Document] = {}
        for few in (short[start : start + PER_HOST] for start in range(0, len(short), PER_HOST)):
            pages = await asyncio.gather(*(self._page(fetcher, source, document.url) for document in few))
            for document, page in zip(few, pages, strict=True):
                complete[document.key] = webpage.completed(document, page) if page else document
        return [complete.get(one.document.key, one.document) for one in judged]

    async def _page(self, fetcher: Fetcher, source: SourceSettings, url: str) -> webpage.Page | None:
        host = url.split("/")[2]
        if self._tired.get(host, 0) >= TIRED or self._unanswered >= OFFLINE:
            return None
        wanted = Wanted(url, proxy=source.proxy, allow_private=source.allow_private, accept="text/html, */*;q=0.5")
        try:
            answer = await fetcher.fetch(wanted, PAGE_LIMITS)
        except FetchError as error:
            self._tired[host] = self._tired.get(host, 0) + (1 if error.status else TIRED)
            self._unanswered = 0 if error.status else self._unanswered + 1
            log.info("no full text from %s: %s", url, error)
            return None
        self._tired[host] = self._unanswered = 0
        if isinstance(answer, Unchanged):
            return None
        return await asyncio.to_thread(webpage.read, answer.body, answer.url, charset=answer.charset)


# -- Decisions: pure functions of what is known and what came ----------------------------------------------------------


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether it is time to poll a feed."""
    return state.next_poll is None or state.next_poll <= now


def failed(state: SourceState, reason: str, retry_after: timedelta | None, now: datetime) -> SourceState:
    """The state of a feed after a poll that brought nothing; what was remembered stays."""
    failures = state.failures + 1
    pause = timing.backoff(failures, retry_after)
    return replace(state, polled=now, failures=failures, error=reason, next_poll=now + _spread(state, now, pause))


def unchanged(state: SourceState, asked: timedelta | None, now: datetime) -> SourceState:
    """The state of a feed after a poll that found it as it was."""
    interval = timing.next_interval(state.interval, timing.Outcome(asked=asked))
    return replace(
        state,
        polled=now,
        succeeded=now,
        failures=0,
        error="",
        interval=interval,
        next_poll=now + _spread(state, now, interval),
    )


def read_well(
    state: SourceState,
    answer: Fetched,
    channel: syndication.Channel,
    *,
    judged: Sequence[Judged],
    now: datetime,
) -> SourceState:
    """The state of a feed after a poll that brought it, whole or in part."""
    new = [one.document.published for one in judged if one.verdict is Verdict.NEW]
    newest = max([*new, *([state.newest] if state.newest else [])], default=None)
    asked = max(channel.ttl or timedelta(), answer.max_age or timedelta())
    outcome = timing.Outcome(len(new) if state.succeeded else 0, len(judged), asked)
    interval = timing.next_interval(state.interval, outcome)
    whole = not answer.fault and not channel.fault
    return replace(
        state,
        title=channel.title,
        site=channel.site,
        # A feed that was cut off is asked for whole again.
        etag=answer.etag if not answer.fault else "",
        modified=answer.modified if not answer.fault else "",
        digest=digest_of(answer.body) if not answer.fault else "",
        polled=now,
        succeeded=now,
        newest=newest,
        habit=timing.habit(state.habit, [*new, *([state.newest] if state.newest else [])]),
        entries=len(judged),
        failures=0,
        error="" if whole else answer.fault or channel.fault,
        interval=interval,
        next_poll=now + _spread(state, now, interval),
    )


def digest_of(body: bytes) -> str:
    """What tells one body from another."""
    return hashlib.sha256(body).hexdigest()[:32]


def wants_page(document: Document) -> bool:
    """Whether an article's page is worth fetching: it is about to be posted, and its feed has only a lead."""
    return not document.quiet and bool(document.url) and len(document.body) < webpage.SHORTEST * 3 and not document.lead


def source_name(source: SourceSettings, channel: syndication.Channel) -> str:
    """What readers see of a source."""
    agency = agencies.of_url(source.url)
    return source.name or (agency.name if agency else "") or channel.title


def _spread(state: SourceState, now: datetime, pause: timedelta) -> timedelta:
    return timing.spread(state.key, now, pause)


def _hours(span: timedelta | None) -> str:
    minutes = round((span or timedelta()).total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"  # noqa: PLR2004
