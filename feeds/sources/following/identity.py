"""Which entries of a feed are new, which have changed, and which are old friends under a new name. Pure.

Feeds rename what they hold: a slug follows an edited headline, a new system gives every entry another guid, http
becomes https. An entry is known by its key, by its link, or by its words; only what is known by none of them is new.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from feeds.models import Document, SeenEntry
from feeds.sources import agencies
from feeds.sources.following.timing import FIRST_AGE
from feeds.sources.reading.syndication import Entry
from feeds.text import fold

FIRST_POSTS = 10
"""How many articles of a feed that is new are posted: its newest."""
OLD = timedelta(days=3)
"""What is older when it first appears is no news: it stands in our feeds and pages alone."""
_TELLING = 40  # characters; fewer words may be the same by chance


class Verdict(Enum):
    """What an entry is to us."""

    NEW = "new"
    CHANGED = "changed"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Named:
    """An entry and all that it may be known by."""

    entry: Entry
    document: Document
    link: str
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with what is to be done about it, and how it is remembered afterwards."""

    verdict: Verdict
    document: Document
    seen: SeenEntry | None
    """None where what is remembered of it is right already."""


def name(pairs: Iterable[tuple[Entry, Document]]) -> list[Named]:
    """Give each entry the names it may be known by; an entry that stands in the feed twice is one.

    A guid that several articles share (some systems give them all the site's address) names none of them, nor does a
    link that several share.
    """
    pairs = list(pairs)
    links = [_link(entry) for entry, _ in pairs]
    shared_links = _shared((link, document.title) for link, (_, document) in zip(links, pairs, strict=True))
    shared_keys = _shared(
        (document.key, link or document.title)
        for link, (_, document) in zip(links, pairs, strict=True)
        if not (document.key.isdigit() and document.key in link)  # a site's number is one article under any slug
    )
    found: dict[str, Named] = {}
    for link, (entry, document) in zip(links, pairs, strict=True):
        own_link = "" if link in shared_links else link
        key = document.key
        if key in shared_keys:
            key = own_link or f"{key}#{_hash(document.title)}"
        found.setdefault(key, Named(entry, replace(document, key=key), own_link, _words(document)))
    return list(found.values())


def judge(
    named: Sequence[Named],
    known: Sequence[SeenEntry],
    stored: Collection[tuple[str, str]],
    *,
    first: bool,
    now: datetime,
) -> list[Judged]:
    """Decide about each entry of a feed.

    Args:
        named: The feed's entries, newest first as feeds have them.
        known: What is remembered of the feed's entries by any of these names.
        stored: Which (source, key) are articles, whichever feed brought them.
        first: Nothing of this feed was read before.
        now: The time of the poll.
    """
    by_key = {seen.key: seen for seen in known}
    present = {item.document.key for item in named}
    # What still stands in the feed under its old name was not renamed.
    gone = [seen for seen in known if seen.key not in present]
    by_link = {seen.link: seen for seen in gone if seen.link}
    by_words = {seen.words: seen for seen in gone if seen.words}
    judged, new = [], []
    for item in named:
        seen = by_key.get(item.document.key) or by_link.get(item.link) or _same_words(item, by_words)
        if seen is not None:
            judged.append(_again(item, seen))
        elif (item.document.source, item.document.key) in stored:
            judged.append(Judged(Verdict.SEEN, item.document, _remember(item, item.document)))
        else:
            new.append(item)
    quiet = _quiet(new, first=first, now=now)
    for item in new:
        document = replace(item.document, quiet=item.document.key in quiet)
        judged.append(Judged(Verdict.NEW, document, _remember(item, document)))
    return judged


def _again(item: Named, seen: SeenEntry) -> Judged:
    """An entry that is known: it goes on under the name and the date of the article that it became."""
    dated = item.entry.published or item.entry.updated
    published = item.document.published if dated else seen.published
    document = replace(item.document, source=seen.source, key=seen.article_key, published=published)
    remembered = _remember(item, document)
    changed = seen.fingerprint != item.document.fingerprint
    return Judged(
        Verdict.CHANGED if changed else Verdict.SEEN,
        document,
        remembered if changed or seen.key != item.document.key else None,
    )


def _remember(item: Named, document: Document) -> SeenEntry:
    return SeenEntry(
        key=item.document.key,
        source=document.source,
        article_key=document.key,
        fingerprint=document.fingerprint,
        published=document.published,
        link=item.link,
        words=item.words,
    )


def _same_words(item: Named, by_words: dict[str, SeenEntry]) -> SeenEntry | None:
    """The entry with the same words that has left the feed, unless both have dates, and those are days apart."""
    seen = by_words.get(item.words)
    if seen is None or not item.words:
        return None
    dated = item.entry.published or item.entry.updated
    # A report that is the same each week is another one each week; an archive that comes back keeps its dates.
    return seen if dated is None or abs(dated - seen.published) <= FIRST_AGE else None


def _quiet(new: Sequence[Named], *, first: bool, now: datetime) -> set[str]:
    """The keys of new entries that are stored without being posted: they would flood the channels with old news."""
    by_date = sorted(new, key=lambda item: item.document.published, reverse=True)
    if first:
        recent = [item for item in by_date if now - item.document.published <= FIRST_AGE]
        loud = {item.document.key for item in recent[:FIRST_POSTS]}
        return {item.document.key for item in new} - loud
    return {item.document.key for item in new if now - item.document.published > OLD}


def _shared(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names that stand for more than one thing."""
    counts = Counter(name for name, _ in set(pairs))
    return {name for name, count in counts.items() if count > 1}


def _link(entry: Entry) -> str:
    """An entry's link without what may change in it; "" for one that leads to no article of its own."""
    parts = urlsplit(entry.link)
    return agencies.plain_url(entry.link) if parts.path.strip("/") or parts.query else ""


def _words(document: Document) -> str:
    text = fold.fold(f"{document.title} {(document.lead or document.body)[:1000]}")
    return _hash(text) if len(text) >= _TELLING else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]
