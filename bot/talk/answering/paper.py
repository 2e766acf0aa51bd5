"""A day of a province as a file: which day and province are meant, and the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.talk import texts
from bot.talk.listing import Reply
from feeds import editions, search
from feeds.models import SearchQuery
from feeds.store import Store
from feeds.text.times.jalali import persian_digits


@dataclass(frozen=True, slots=True)
class Paper:
    """What is sent: a file, or what is said in its place."""

    said: Reply
    name: str = ""
    caption: str = ""
    data: bytes | None = None


def make(store: Store, words: str, now: datetime, zone: ZoneInfo, base_url: str, *, epub: bool) -> Paper:
    """The file of what was named: `قم دیروز`. It reads the store and takes a second: for a thread.

    Without a day it is today's, or yesterday's where today has brought nothing yet; without a province, the country's.

    Raises:
        StoreError: the store can't be read.
    """
    query = search.parse(words, now, zone)
    day = _day(query, zone)
    if query.choices or query.terms or len(query.provinces) > 1 or (day is None and (query.since or query.until)):
        return Paper(Reply.of(texts.EDITION_HOW))
    today = now.astimezone(zone).date()
    province = query.provinces[0] if query.provinces else None
    found = asked = editions.gather(store, day or today, province, zone=zone, public_url=base_url)
    if found.is_empty and day is None:
        found = editions.gather(store, today - timedelta(days=1), province, zone=zone, public_url=base_url)
    if found.is_empty:
        return Paper(Reply.of(texts.EDITION_EMPTY, title=asked.title))
    ending, data = ("epub", editions.as_epub(found)) if epub else ("html", editions.as_html(found))
    return Paper(Reply(()), found.file_name(ending), _caption(found), data)


def _day(query: SearchQuery, zone: ZoneInfo) -> date | None:
    """The single day that was named; None for none, and for longer periods."""
    if query.since is None or query.until is None:
        return None
    first, last = (moment.astimezone(zone).date() for moment in (query.since, query.until))
    return first if last - first == timedelta(days=1) else None


def _caption(found: editions.Edition) -> str:
    count = persian_digits(str(len(found.pieces)))
    return texts.EDITION.format(title=found.title, count=count)
