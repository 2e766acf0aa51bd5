"""What each entry of a feed may be known by: its key, its own link, its words. Pure.

Feeds give one name to many things: the same guid to all entries, the same link to all parts of a page, no name at all.
A name that several share names none of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from feeds.models import Document
from feeds.sources import agencies
from feeds.sources.reading.formats.syndication import Entry
from feeds.text import fold

ANOTHER = timedelta(hours=12)
"""Two items with the same words and dates that are farther apart are two: what is told daily has one headline."""
_TELLING = 40  # characters; fewer words may be the same by chance
_FEW = "few:"
"""Before the hash of words that are too few to tell by themselves."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry and all that it may be known by."""

    entry: Entry
    document: Document
    link: str
    """Of its own page; empty where others share it."""
    words: str
    numbered: bool = False
    """Its key is the number that its site gave the article."""
    nameless: bool = False
    """It has neither a guid nor a link of its own: its key is made of its words."""

    @property
    def terse(self) -> bool:
        """Its words are too few to tell by themselves."""
        return self.words.startswith(_FEW)

    @property
    def dated(self) -> datetime | None:
        """When the feed says that it was published."""
        return self.entry.published or self.entry.updated

    @property
    def other_key(self) -> str:
        """Its key where its own is another article's."""
        if self.nameless:
            return f"{self.document.key}@{self.document.published:%Y-%m-%d}"
        return self.link if self.link not in ("", self.document.key) else _apart(self.document.key, self.document)


def name(pairs: Iterable[tuple[Entry, Document]]) -> list[Named]:
    """Give each entry the names it may be known by; an entry that stands in the feed twice is one.

    A guid that several articles share (some systems give them all the site's address) names none of them, nor does a
    link that several share, unless it leads each to a part of its own. Two that share all names, their headline and
    their day are one.
    """
    found: dict[str, Named] = {}
    for item in _told_apart([_named(entry, document) for entry, document in pairs]):
        key = item.document.key
        if key in found and not _is_again(item, found[key]):
            key = item.other_key if item.nameless else _apart(key, item.document)
        found.setdefault(key, item if key == item.document.key else rekeyed(item, key))
    return list(found.values())


def _named(entry: Entry, document: Document) -> Named:
    own = document.source != document.feed or agencies.is_number(document.key, entry.link, entry.guid)
    nameless = document.key == document.fingerprint
    return Named(entry, document, _page(entry), _words(document), own, nameless)


def _told_apart(items: list[Named]) -> list[Named]:
    """The entries without the links, and with other keys than those, that several of them share."""
    shared_pages = _shared((item.link, _telling(item)) for item in items)
    parts = [_part(item.entry) if item.link in shared_pages else "" for item in items]
    shared_parts = _shared((part, _telling(item)) for part, item in zip(parts, items, strict=True))
    linked = [
        replace(item, link="" if part in shared_parts else part) if item.link in shared_pages else item
        for part, item in zip(parts, items, strict=True)
    ]
    # An agency's own number is one article under any slug and headline.
    shared_keys = _shared(
        (item.document.key, item.link or _telling(item)) if not item.numbered else (item.document.key, _telling(item))
        for item in linked
        if not item.nameless and item.document.source == item.document.feed
    )
    return [_without_key(item) if item.document.key in shared_keys else item for item in linked]


def _without_key(item: Named) -> Named:
    if item.document.source != item.document.feed:
        return item
    key = item.link or _apart(item.document.key, item.document)
    return replace(rekeyed(item, key), numbered=False, nameless=not item.link)


def _telling(item: Named) -> str:
    """What tells two entries apart that share a name: their headline, and their day."""
    return f"{item.dated:%Y-%m-%d} {item.document.title}" if item.dated else item.document.title


def _is_again(item: Named, other: Named) -> bool:
    """Whether two entries with one key are one."""
    if item.document.source != item.document.feed:
        return True  # an agency's own number is one article under any slug and headline
    return _near(item, other) if item.nameless else _telling(item) == _telling(other)


def _near(item: Named, other: Named) -> bool:
    """Whether two entries with the same words, and nothing else to tell them apart, are one."""
    return not (item.dated and other.dated) or abs(item.dated - other.dated) <= ANOTHER


def _shared(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names that stand for more than one thing."""
    counts = Counter(name for name, _ in set(pairs))
    return {name for name, count in counts.items() if count > 1}


def rekeyed(item: Named, key: str) -> Named:
    """An entry under another key."""
    return replace(item, document=replace(item.document, key=key))


def _apart(key: str, document: Document) -> str:
    return f"{key}#{_hash(document.title)}"


def _page(entry: Entry) -> str:
    """An entry's page, without what may change in its address; "" for a link that leads to no article of its own."""
    try:
        parts = urlsplit(entry.link)
    except ValueError:
        return ""
    if parts.path.strip("/") or parts.query:
        return agencies.page_of(entry.link)
    return agencies.part_of(entry.link) if parts.fragment.startswith("!") else ""


def _part(entry: Entry) -> str:
    part = agencies.part_of(entry.link)
    return part if "#" in part else ""


def _words(document: Document) -> str:
    text = fold.fold(f"{document.title} {(document.lead or document.body)[:1000]}")
    return _hash(text) if len(text) >= _TELLING else _in_few(text)


def _in_few(text: str) -> str:
    return _FEW + _hash(fold.fold(text))[:20]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]
