"""Articles whose pages could not be read when they came: each is asked for again, a few times within a day.

The article is not held back meanwhile; its full text is a revision of it. What waits stands among the store's facts, so
a restart forgets none, and a round pays one small question for it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from feeds.models import Document, Image
from feeds.sources.fetching.fetch import FetchError
from feeds.sources.following import timing
from feeds.store import Store, uid_of

log = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), timedelta(hours=12))
"""Before each further try."""
GIVEN_UP = timedelta(days=1)
"""After the first failure: later, nobody waits for the full text."""
AT_ONCE = 8
"""Pages that are asked for again in one round, of all feeds together."""
MOST = 300
"""Pages that wait: where more can't be read, the trouble is not with the pages."""
_FACT = "page:"
_FULL = "+page"
"""Marks the fingerprint of an article with its page, which its feed gives again without."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A page that could not be read now, and perhaps can later."""

    document: Document
    """As its feed gives it."""
    retry_after: timedelta | None = None
    """How long its server asks to be left alone."""


@dataclass(frozen=True, slots=True)
class Late:
    """An article that waits for its page."""

    document: Document
    since: datetime
    due: datetime
    tries: int = 0
    """How often it was asked for again."""

    @property
    def name(self) -> str:
        """What it is called among the store's facts."""
        return name_of(self.document)


def is_passing(error: FetchError) -> bool:
    """Whether a failure may be over when the page is asked for again: no answer, or a server in trouble."""
    return not error.status or error.status in (408, 425, 429) or error.status >= 500  # noqa: PLR2004


def postponed(miss: Miss, before: Late | None, now: datetime) -> Late | None:
    """When a page is asked for again; None where it is given up."""
    tries, since = (before.tries + 1, before.since) if before else (0, now)
    if tries >= len(PAUSES):
        return None
    pause = max(timing.spread(miss.document.key, now, PAUSES[tries]), miss.retry_after or timedelta())
    late = Late(miss.document, since, now + pause, tries)
    return late if late.due - since <= GIVEN_UP else None


def complete(document: Document, late: Late) -> Document:
    """An article with its page, as a revision of what stands."""
    return replace(document, fingerprint=late.document.fingerprint + _FULL)


class LatePages:
    """What waits for its page, in the store."""

    def __init__(self, store: Store) -> None:
        self._key_values = store.key_values

    def all(self) -> dict[str, Late]:
        """All that waits, by name."""
        found = {}
        for name, value in self._key_values.all(_FACT).items():
            try:
                found[name] = _late_of(value)
            except Exception:  # what another version wrote, or nobody
                log.warning("%s is no page that waits; it is forgotten", name, exc_info=True)
                self._key_values.remove(name)
        return found

    def note(self, waiting: Collection[str], misses: Iterable[Miss], read: Iterable[Document], now: datetime) -> None:
        """Note what a feed brought: pages that were missed wait, articles that came anew wait for nothing old."""
        missed = {name_of(miss.document): miss for miss in misses}
        for document in read:
            if name_of(document) in waiting and name_of(document) not in missed:
                self._key_values.remove(name_of(document))
        for miss in list(missed.values())[: max(MOST - len(waiting), 0)]:
            self._put(postponed(miss, None, now))

    def tried(self, late: Late, miss: Miss | None, now: datetime) -> None:
        """Note what came of one more try: it is over, or there is another."""
        again = postponed(miss, late, now) if miss else None
        if again:
            self._put(again)
        else:
            self._key_values.remove(late.name)

    def _put(self, late: Late | None) -> None:
        if late:
            self._key_values.put(late.name, _value_of(late), late.since)


def name_of(document: Document) -> str:
    """What an article is called among the store's facts."""
    return _FACT + uid_of(document.source, document.key)


def _value_of(late: Late) -> dict[str, Any]:
    document = {**asdict(late.document), "published": late.document.published.isoformat()}
    times = {"since": late.since.isoformat(), "due": late.due.isoformat()}
    return {"document": document, "tries": late.tries, **times}


def _late_of(value: dict[str, Any]) -> Late:
    kept = {field.name: value["document"][field.name] for field in fields(Document) if field.name in value["document"]}
    image = Image(**kept["image"]) if kept["image"] else None
    published = datetime.fromisoformat(kept["published"])
    document = Document(**{**kept, "categories": tuple(kept["categories"]), "image": image, "published": published})
    since, due = datetime.fromisoformat(value["since"]), datetime.fromisoformat(value["due"])
    if any(moment.tzinfo is None for moment in (published, since, due)):
        raise ValueError("a time without its zone")
    return Late(document, since, due, int(value["tries"]))
