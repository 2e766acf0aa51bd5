"""The whole story of an article, in call order.

    source.read | edit: normalize | restore ZWNJ | locate | summarize | store: article + search keys + deliveries

`edit` is pure; `ingest` stands around it with the store. A document that is broken, or that breaks us, is set aside as
a problem with its place and reason; the others go on. A few articles are one transaction, so a crash loses at most
those under way, and the next pass takes them up again.

Long, as the whole way of an article is to be read in one place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from feeds.editing import byline, headline, kinds, lines, post
from feeds.editing.story import read
from feeds.errors import DocumentError, PollError, SourceError, StoreError
from feeds.models import Article, Document, Draft, Outcome, Problem, Route, Saved, Summary
from feeds.provinces import locate
from feeds.store import Arrival, Store
from feeds.stories import duplicates
from feeds.stories.coverage import Coverage
from feeds.text.normalize import normalize

log = logging.getLogger(__name__)

BATCH = 32
"""Articles of one transaction, at most."""
BATCH_OF_FEEDS = 50
"""The same of what a feed brings: all of it, as a rule; the publisher waits for no more."""

PROBLEM = "document"
"""The kind of problem that a pass over the documents records."""
PROBLEM_OF_FEEDS = "entry"
"""The kind of problem that an article of a feed is, if it can't be edited."""

Router = Callable[[Draft], Sequence[Route]]
"""Which channels an article goes to."""
Mover = Callable[[Document, Article, Article], Sequence[Route]]
"""Which channels a changed document brings an article to anew, from what that was and what it is now."""


def nowhere(_document: Document, _former: Article, _article: Article) -> Sequence[Route]:
    """The mover of those who post nothing anew."""
    return ()


def edit(document: Document) -> Draft:
    """Set a document's Persian right, place it and sum it up. Pure."""
    head = headline.read(normalize(document.title), pictured=document.image is not None)
    title = head.text
    lead = normalize(document.lead)
    body = normalize(document.body)
    story = read(title, body, lead)
    told_by = byline.agency_of(document.lead) or byline.agency_of(document.body)
    # Whose words those of a feed are, its desk and its host say; a stranger may write «به گزارش خبرگزاری …».
    agency = document.agency or ("" if document.feed else told_by)
    origin = story.origin or told_by
    location = locate.locate(
        document.title,
        f"{document.lead}\n\n{document.body}" if document.lead else document.body,
        section=document.section,
        categories=document.categories,
        province=document.province,
    )
    kind = kinds.kind_of(document, head.kind, story.body)
    told = post.summarize(title, story)
    if kind in kinds.NAMES and (not told.lead or lines.is_line(told.lead)):
        told = Summary(kinds.NAMES[kind])
    return Draft(
        document=document,
        title=title,
        lead=story.lead,
        body=story.body,
        summary=told,
        provinces=location.provinces,
        agency=agency,
        origin="" if byline.is_same(origin, agency) else origin,
        section=normalize(document.section),
        urgent=head.urgent or document.section == "فوری",
        kind=kind,
    )


def unstored(draft: Draft, now: datetime) -> Article:
    """The article that a draft would become, for showing it before it is stored."""
    document = draft.document
    return Article(
        id=0,
        uid="",
        source=document.source,
        key=document.key,
        revision=1,
        title=draft.title,
        lead=draft.lead,
        body=draft.body,
        summary=draft.summary,
        provinces=draft.provinces,
        published=document.published,
        day_only=document.day_only,
        updated=now,
        ingested=now,
        url=document.url,
        agency=draft.agency,
        section=draft.section,
        image=document.image,
        urgent=draft.urgent,
        origin=draft.origin,
        kind=draft.kind,
    )


@dataclass(slots=True)
class Tally:
    """What a pass came to."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    broken: int = 0

    @property
    def stored(self) -> int:
        """How many articles are new or changed."""
        return self.new + self.changed

    def add(self, result: Saved | Problem) -> None:
        """Count what became of a document."""
        if isinstance(result, Problem):
            self.broken += 1
        else:
            setattr(self, result.outcome, getattr(self, result.outcome) + 1)


def ingest(
    store: Store,
    read: Iterable[Document | SourceError],
    route: Router,
    move: Mover = nowhere,
    coverage: Coverage | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Saved | Problem]:
    """Store what the inbox gives, a few articles at a time, and yield what became of each.

    What tells of something that `coverage` know is published all the same, in reply to what was published first.
    A problem stays on record for as long as each pass meets it again; a pass that ends without meeting it, ends it.

    Raises:
        StoreError: the store can't be written (locked, full); what was yielded before is safe.
    """
    known = {problem.where: problem for problem in store.problems.all(kind=PROBLEM)}
    met: set[str] = set()
    for number, few in enumerate(_batches(read)):
        if coverage and number == 0:
            coverage.refresh(datetime.now(UTC))
        for result in _take(store, few, route, move, coverage):
            if isinstance(result, Problem):
                met.add(result.where)
                _set_aside(store, result, known.get(result.where))
            yield result
        if stop():
            return
    for where in known.keys() - met:
        log.info("%s is mended or gone", where)
        store.problems.clear(where)


def follow(
    store: Store,
    polls: Iterable[Sequence[Document] | SourceError],
    route: Router,
    coverage: Coverage,
    move: Mover = nowhere,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Saved | Problem]:
    """Store what feeds bring, what one poll of one feed brings at a time, and yield what became of each article.

    An article that tells again what another has told joins that one's story, instead of being posted. The troubles of
    the feeds themselves are put on record by the poller, which knows when they end; they are only passed on.

    Raises:
        StoreError: as `ingest`; what was not stored is read again at the next poll.
    """
    coverage.refresh(datetime.now(UTC))
    broken = {problem.where for problem in store.problems.all(kind=PROBLEM_OF_FEEDS)}
    for brought in polls:
        if isinstance(brought, SourceError):
            yield _problem(brought)
            continue
        for start in range(0, len(brought), BATCH_OF_FEEDS):
            for result in _take(store, brought[start : start + BATCH_OF_FEEDS], route, move, coverage):
                if isinstance(result, Problem):
                    _set_aside(store, result, None)
                elif (where := _place(result.article.source, result.article.key)) in broken:
                    store.problems.clear(where)
                yield result
        if stop():
            return


def _batches(read: Iterable[Document | SourceError]) -> Iterator[list[Document | SourceError]]:
    """A few at a time: a transaction costs more than an article, and the first is to be seen at once."""
    rest = iter(read)
    size = 1
    while batch := list(islice(rest, size)):
        yield batch
        size = min(size * 2, BATCH)


def _take(
    store: Store,
    items: Sequence[Document | SourceError],
    route: Router,
    move: Mover,
    coverage: Coverage | None = None,
) -> Iterator[Saved | Problem]:
    """Edit documents and store them in one transaction; yield the problems, then what was stored."""
    arrivals: list[Arrival] = []
    for item in items:
        if isinstance(item, SourceError):
            yield _problem(item)
            continue
        try:
            draft = edit(item)
            if _shows_nothing(draft):
                draft = replace(draft, document=replace(draft.document, hold=True))
            arrival = replace(_arrival(draft, route(draft), coverage), anew=partial(move, draft.document))
        except StoreError:
            raise
        except Exception:
            log.exception("%s could not be edited; it is set aside until it changes", item.key)
            yield _uneditable(item)
            continue
        arrivals.append(arrival)
    for saved in _save(store, arrivals):
        if isinstance(saved, Problem):
            yield saved
            continue
        if coverage:
            coverage.stored(saved.article)
        if saved.outcome is not Outcome.UNCHANGED:
            log.debug("%s is %s: %s", saved.article.key, saved.outcome, saved.article.title)
        yield saved


def _shows_nothing(draft: Draft) -> bool:
    """Whether a story of pictures has neither them nor a place where they are: its post would be empty."""
    document = draft.document
    return draft.kind in kinds.NAMES and not (draft.body or document.image or document.url)


def _save(store: Store, arrivals: Sequence[Arrival]) -> Iterator[Saved | Problem]:
    """Store articles in one transaction; where that breaks, each by itself, and the one that breaks it is set aside."""
    if not arrivals:
        return
    try:
        yield from store.articles.save_all(arrivals, datetime.now(UTC))
    except StoreError:
        raise
    except Exception:
        document = arrivals[0].draft.document
        log.exception("%s could not be stored", document.key if len(arrivals) == 1 else f"{len(arrivals)} articles")
        if len(arrivals) == 1:
            yield _uneditable(document)
            return
        for arrival in arrivals:
            yield from _save(store, [arrival])


def _arrival(draft: Draft, routes: Sequence[Route], coverage: Coverage | None) -> Arrival:
    """A draft with its place among what was told: behind an article that tells the same, or in reply to it."""
    document = draft.document
    # What is older is in no index, and would stay in this one until the next round: an archive has thousands.
    fresh = datetime.now(UTC) - document.published < duplicates.TEXT_WINDOW
    match = coverage.match(draft) if coverage and fresh else None
    if match is None:
        return Arrival(draft, routes)
    if document.feed and match.kind is not duplicates.Kind.SEQUEL:
        return Arrival(draft, routes, story=(match.name, match.kind))
    return Arrival(draft, routes, goes_on=match.name)


def _uneditable(document: Document) -> Problem:
    what = "could not be edited or stored: the log holds the traceback, report it"
    if document.feed:
        return Problem(_place(document.source, document.key), 0, what, datetime.now(UTC), PROBLEM_OF_FEEDS)
    return Problem(document.key, 0, what, datetime.now(UTC), PROBLEM)


def _place(source: str, key: str) -> str:
    return f"{source} {key}"


def _problem(error: SourceError) -> Problem:
    now = datetime.now(UTC)
    if isinstance(error, DocumentError):
        return Problem(error.path, error.line, error.reason, now, PROBLEM)
    if isinstance(error, PollError):
        return Problem(error.url, 0, error.reason, now, "source")
    return Problem("sources", 0, str(error), now, PROBLEM)


def _set_aside(store: Store, problem: Problem, known: Problem | None) -> None:
    """Put a problem on record, and say it once, not at each pass."""
    if known is None or (known.line, known.what) != (problem.line, problem.what):
        where = f"{problem.where}:{problem.line}" if problem.line else problem.where
        log.warning("set aside: %s: %s", where, problem.what)
        store.problems.set(problem)
