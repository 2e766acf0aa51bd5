"""Polls the feeds that are due, many at once, and gives what is new in them, a feed's articles at a time.

What a feed brought is noted only after its documents were taken: whoever stops, or falls, in between gets them again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.errors import PollError
from feeds.models import Document, Problem, SourceState
from feeds.sources import SourceSettings, agencies, source_key
from feeds.sources.fetching.fetch import Limits
from feeds.sources.fetching.login import apart
from feeds.sources.following import retries
from feeds.sources.following.health import trouble
from feeds.sources.following.poll_round import Round
from feeds.sources.following.polled import Polled, Tried
from feeds.sources.following.retries import Late
from feeds.sources.following.source_state import is_due
from feeds.sources.following.unread import Unread
from feeds.store import Store
from feeds.store.sources import Noted

PROBLEM = "source"
"""The kind of problem that polling records."""
UNNOTED = "how it was polled could not be noted ({}): what comes of it is looked at again at each poll"
_TOGETHER = 25
"""Feeds whose states are stored in one transaction: it costs what polling an unchanged one does."""
_SEEN_TOGETHER = 250
"""Entries after which it is stored, too: each that waits takes 1.5 kB, and twice that while it is written."""

STALE = timedelta(hours=1)
"""After which the rest of a large feed is not dealt with: another node may have read it anew meanwhile."""

log = logging.getLogger(__name__)


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
        self._unnoted: dict[str, SourceState] = {}
        self._unread: Unread | None = None
        self._late = retries.LatePages(store)

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
    ) -> Generator[tuple[Document, ...] | PollError, None, None]:
        """Yield the new and changed articles of the feeds that are due, a feed's at a time, and what could not be read.

        Take all that comes: a feed counts as read some time after its documents were taken and the next were asked
        for, a few feeds together. Feeds without anything new are not yielded. Close it if you leave it early: feeds
        are under way in threads.

        Args:
            now: The time; the clock's by default.
            due_only: Leave feeds alone whose time has not come.
            only: Keys of the feeds to poll; all by default.
            told: Is called with what each feed came to, after its documents were taken.

        Raises:
            StoreError: The store can't be read or written.
        """
        now = now or datetime.now(UTC)
        if self._unread and now - self._unread.came > STALE:
            self._unread = None
        due, waiting = self._due(now, due_only=due_only, only=only), self._late.all()
        pages = self._due_pages(waiting.values(), now, only)
        began, asked = time.monotonic(), {source.key for source, _ in due}
        asked |= {self._unread.source.key} if self._unread else set()

        def joining() -> list[tuple[SourceSettings, SourceState]]:
            meanwhile = now + timedelta(seconds=time.monotonic() - began)
            found = [one for one in self._due(meanwhile, due_only=True, only=only) if one[0].key not in asked]
            asked.update(source.key for source, _ in found)
            return found

        yield from self._round(due, pages, waiting, now, told=told, joining=joining if due_only else list)
        while self._unread and not due_only:
            yield from self._round([], [], waiting, now, told=told, joining=list)

    def _round(
        self,
        due: list[tuple[SourceSettings, SourceState]],
        pages: list[tuple[SourceSettings, Late]],
        waiting: Collection[str],
        now: datetime,
        *,
        told: Callable[[Polled], None],
        joining: Callable[[], Sequence[tuple[SourceSettings, SourceState]]],
    ) -> Generator[tuple[Document, ...] | PollError, None, None]:
        if not (due or pages or self._unread):
            return
        taken: list[Polled] = []
        brought: set[str] = set()
        unread, self._unread = self._unread, None  # a round that is left early leaves nothing: the feed comes again
        limits, many = self._limits, self._concurrency
        this = Round(self._store, due, pages, now, limits=limits, concurrency=many, unread=unread, joining=joining)
        with closing(this.results()) as results:
            for polled in results:
                if isinstance(polled, Tried):
                    if polled.late.name not in brought:  # else the feed has newer words
                        if polled.document:
                            yield (polled.document,)
                        self._late.tried(polled.late, polled.miss, now)
                    continue
                if polled.documents:
                    yield polled.documents
                    self._late.note(waiting, polled.missed, polled.documents, now)
                    brought |= {retries.name_of(document) for document in polled.documents}
                taken.append(replace(polled, documents=()))
                if len(taken) >= _TOGETHER or polled.in_part or sum(len(one.seen) for one in taken) >= _SEEN_TOGETHER:
                    self._note(taken, now)
                    taken = []
                if polled.in_part:
                    continue
                with _harmless(f"what {polled.source.url} came to could not be told"):
                    told(polled)
                if polled.failed:
                    yield PollError(polled.source.url, polled.state.error)
        self._note(taken, now)
        self._unread = this.unread

    def _due(
        self, now: datetime, *, due_only: bool, only: Collection[str] | None
    ) -> list[tuple[SourceSettings, SourceState]]:
        states = self._store.sources.all()
        # Who starts the service again has perhaps just mended what made a feed fail: it is not made to wait.
        hopeful, self._started = not self._started, True
        found = []
        for source in self._sources:
            state = self._unnoted.get(source.key) or states.get(source.key) or SourceState(source.key, source.url)
            if self._unread and self._unread.source.key == source.key:
                continue
            wanted = not due_only or is_due(state, now) or (hopeful and state.failures > 0)
            if not wanted or (only is not None and source.key not in only):
                continue
            if state.damage:
                log.warning("%s: %s", source.url, state.damage)
                state = replace(state, etag="", modified="", digest="")  # so that all of it is read
            state = replace(state, url=apart(state.url)[0])  # earlier versions kept a password there
            found.append((source, state))
        return found

    def _due_pages(
        self, waiting: Collection[Late], now: datetime, only: Collection[str] | None
    ) -> list[tuple[SourceSettings, Late]]:
        """A few pages that were missed before, those first that wait longest; no more of feeds that are gone."""
        sources = {source.key: source for source in self._sources if source.full_text}
        found = []
        for page in sorted(waiting, key=lambda page: page.due):
            source = sources.get(page.document.feed)
            own = source and page.document.source in (source.key, agencies.voice_of(source.url, source.speaks_for))
            if source is None or not own or now - page.since > retries.GIVEN_UP:
                self._late.tried(page, None, now)
            elif page.due <= now and (only is None or source.key in only):
                found.append((source, page))
        return found[: retries.AT_ONCE]

    def _note(self, polls: Sequence[Polled], now: datetime) -> None:
        """Put on record how feeds do, and what the desk should know of them."""
        if not polls:
            return
        refused = self._store.sources.put_all(
            [Noted(polled.state, polled.seen, polled.renamed, polled.in_part) for polled in polls], now=now
        )
        troubled = {problem.where for problem in self._store.problems.all(kind=PROBLEM)}
        for polled in (one for one in polls if not one.in_part):
            self._unnoted.pop(polled.source.key, None)
            reason = refused.get(polled.source.key)
            if reason:  # its pace at least is kept
                self._unnoted[polled.source.key] = replace(polled.state, etag="", modified="", digest="")
            what = UNNOTED.format(reason) if reason else trouble(polled.state, now)
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


@contextmanager
def _harmless(what: str) -> Iterator[None]:
    """Log what fails here: it is not to keep the other feeds from being polled."""
    try:
        yield
    except Exception:
        log.exception(what)
