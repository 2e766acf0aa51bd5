"""The whole story of an article, in call order.

    source.read | edit: normalize | restore ZWNJ | locate | summarize | store: article + search keys + deliveries

`edit` is pure; `ingest` stands around it with the store. A document that is broken, or that breaks us, is set aside as
a problem with its place and reason; the others go on. One transaction an article, so a crash loses at most the one
under way, and the next pass takes it up again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feeds import summary
from feeds.errors import DocumentError, SourceError, StoreError
from feeds.models import Document, Draft, Outcome, Problem, Route, Saved
from feeds.provinces import locate
from feeds.sources import agencies
from feeds.store import Store
from feeds.text.normalize import normalize

log = logging.getLogger(__name__)

SUMMARY_BUDGET = 350
"""UTF-16 units of a summary: what a phone shows of a post without a tap."""
URGENT = re.compile(r"^فوری\s*[|/:؛\-–—]\s*")
"""The mark with which a desk or an agency opens a breaking headline; it is shown by the channel's own sign instead."""

Router = Callable[[Draft], Sequence[Route]]
"""Which channels an article goes to."""


def edit(document: Document) -> Draft:
    """Set a document's Persian right, place it and sum it up. Pure."""
    headline = normalize(document.title)
    title = URGENT.sub("", headline) or headline
    lead = normalize(document.lead)
    body = normalize(document.body)
    story = summary.read(title, body, lead)
    location = locate.locate(
        document.title,
        f"{document.lead}\n\n{document.body}" if document.lead else document.body,
        section=document.section,
        categories=document.categories,
        province=document.province,
    )
    return Draft(
        document=document,
        title=title,
        lead=story.lead,
        body=story.body,
        summary=summary.summarize(title, body, lead=lead, budget=SUMMARY_BUDGET),
        provinces=location.provinces,
        agency=document.agency or agencies.detect(document.body),
        urgent=title != headline or document.section == "فوری",
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
        return self.new + self.changed

    def add(self, result: Saved | Problem) -> None:
        if isinstance(result, Problem):
            self.broken += 1
        else:
            setattr(self, result.outcome, getattr(self, result.outcome) + 1)


def ingest(
    store: Store, read: Iterable[Document | SourceError], route: Router, *, stop: Callable[[], bool] = lambda: False
) -> Iterator[Saved | Problem]:
    """Store what a source gives, an article at a time, and yield what became of each.

    Raises:
        StoreError: the store can't be written (locked, full); what was yielded before is safe.
    """
    known = {problem.where for problem in store.problems.all(kind="document")}
    for item in read:
        result = _set_aside(store, item) if isinstance(item, SourceError) else _take(store, item, route)
        if isinstance(result, Saved) and result.article.key in known:
            store.problems.clear(result.article.key)
        yield result
        if stop():
            return


def _take(store: Store, document: Document, route: Router) -> Saved | Problem:
    try:
        draft = edit(document)
        saved = store.articles.save(draft, route(draft), datetime.now(UTC))
    except StoreError:
        raise
    except Exception:
        log.exception("%s could not be edited; it is set aside until it changes", document.key)
        return _set_aside(store, DocumentError(document.key, 0, "it could not be edited; the log holds the traceback"))
    if saved.outcome is not Outcome.UNCHANGED:
        log.debug("%s is %s: %s", document.key, saved.outcome, saved.article.title)
    return saved


def _set_aside(store: Store, error: SourceError) -> Problem:
    path, line, reason = (error.path, error.line, error.reason) if isinstance(error, DocumentError) else ("", 0, str(error))
    log.warning("set aside: %s", error)
    problem = Problem(where=path, line=line, what=reason, since=datetime.now(UTC))
    store.problems.set(problem)
    return problem
