"""The archives of a feed (RFC 5005): what is older than its items, in documents that hardly ever change.

The articles of a period (a day for the feed of everything, a month for the others) stand in parts of fifty, counted
from the period's first. So a new article opens no new document but in its own period, and one that comes late moves its
own period alone. Each document links to the one before it, past periods without news.

    feeds/qom.rss  --prev-archive-->  feeds/archive/qom/2026-11/2.rss  -->  …/2026-11/1.rss  -->  …/2026-09/3.rss
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from feeds.models import Article
from feeds.store import Store
from feeds.store.database.rows import second_of
from feeds.syndication.channel import ALL, Channel

FOLDER = "feeds/archive/"
PART = 50
"""Articles of a document: fewer than a feed tells, so that what fills no part yet is in the feed."""

_PATH = re.compile(r"(?P<slug>.+)/(?P<period>\d{4}-\d\d(?:-\d\d)?)/(?P<part>[1-9]\d{0,5})")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a feed's archives."""

    channel: Channel
    """The feed."""
    period: str
    """`2026-11-30` or `2026-11`, in the zone of the feed's dates."""
    number: int
    """From 1."""

    @property
    def path(self) -> str:
        """Where it is served, without its ending."""
        return f"{FOLDER}{self.channel.slug}/{self.period}/{self.number}"

    def as_channel(self, previous: Part | None) -> Channel:
        """The document as a channel: the same feed, another place."""
        feed = self.channel.path or f"feeds/{self.channel.slug}"
        older = previous.path if previous else ""
        return replace(self.channel, path=self.path, archive_of=feed, previous=older, hub="")


def slug_in(path: str) -> tuple[str, str, int] | None:
    """A path below the archives' folder, taken apart: the feed's slug, the period, the part's number."""
    match = _PATH.fullmatch(path)
    return (match["slug"], match["period"], int(match["part"])) if match else None


def part_with(store: Store, channel: Channel, article_id: int, zone: ZoneInfo) -> Part:
    """The document that holds an article of the feed."""
    period = _period_of(channel, second_of(article_id), zone)
    place = store.lists.place(channel.selection, bounds(period, zone)[0], article_id)
    return Part(channel, period, place // PART + 1)


def older_than(store: Store, channel: Channel, article_id: int, zone: ZoneInfo) -> Part | None:
    """The document that holds the article before another one; None where that is the first of all."""
    older = store.lists.older(channel.selection, article_id)
    return part_with(store, channel, older, zone) if older is not None else None


def articles_of(store: Store, part: Part, zone: ZoneInfo) -> tuple[Article, ...]:
    """What a document holds, the newest first; nothing where there is no such document."""
    try:
        ids = store.lists.ids(part.channel.selection, *bounds(part.period, zone))
    except ValueError:
        return ()
    return store.lists.named(part.channel.selection, ids[(part.number - 1) * PART : part.number * PART])


def _period_of(channel: Channel, moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d}" if channel.slug == ALL else f"{moment.astimezone(zone):%Y-%m}"


def bounds(period: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The beginning of a period, and of the next one.

    Raises:
        ValueError: there is no such day or month.
    """
    year, month, *day = map(int, period.split("-"))
    first = date(year, month, day[0] if day else 1)
    try:
        next_first = first + timedelta(days=1) if day else (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    except OverflowError:
        raise ValueError(f"{period} is beyond all calendars") from None
    start, end = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (first, next_first))
    return start, end
