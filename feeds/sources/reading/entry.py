"""What a feed gives, whatever its format: entries, and what is known of the feed itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from feeds.errors import SourceError
from feeds.models import Image

log = logging.getLogger(__name__)

_Raw = TypeVar("_Raw")


class NotAFeedError(SourceError):
    """What came is no feed: a page, a challenge, nothing. The message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, as it stands there; texts may hold HTML unless said otherwise."""

    guid: str = ""
    link: str = ""
    """Absolute and percent-encoded."""
    title: str = ""
    """Plain."""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    day_only: bool = False
    """The date that counts, `published` or else `updated`, has no clock: it is midnight of the site's day."""
    undated: str = ""
    """The date that stands there, where it can't be read or lies days ahead; such an entry may be years old."""
    categories: tuple[str, ...] = ()
    """Plain; a domain that is a word stands before its category: `tehran` before «استان‌ها > تهران»."""
    author: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed that could be read, wholly or in part."""

    form: str
    """`rss`, `rdf`, `atom` or `json`."""
    title: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    ttl: timedelta | None = None
    """How long the feed asks to be left alone."""
    fault: str = ""
    """What is wrong with it although it could be read; empty where nothing is."""
    cut_off: bool = False
    """It ends before its end; what stood there is not lost, but not there yet."""


def doubts(entries: Iterable[Entry], total: int) -> str:
    """What is wrong with the dates of a feed, in one sentence; "" where nothing is."""
    words = [entry.undated for entry in entries if entry.undated]
    if not words:
        return ""
    return f"{len(words)} of {total} dates can't be believed, the first is {words[0][:60]!r}: ask the site to mend it"


def read_each(items: Iterable[_Raw], read_one: Callable[[_Raw], Entry]) -> tuple[list[Entry], int]:
    """The entries of a feed, and how many could not be read: one that breaks us takes no other with it."""
    entries: list[Entry] = []
    lost = 0
    for item in items:
        try:
            entry = read_one(item)
        except Exception:
            log.debug("an entry could not be read", exc_info=True)
            entry = Entry()
        if entry.title or entry.summary or entry.content:
            entries.append(entry)
        else:
            lost += 1
    return entries, lost
