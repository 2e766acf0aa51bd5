"""One pass over all feeds: query, entries, bytes, files."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from feeds.models import Article, Problem
from feeds.store import Store
from feeds.store.stories import StorySource
from feeds.syndication import atom, jsonfeed, opml, rss
from feeds.syndication.channel import Channel, channels_of
from feeds.syndication.entry import Entry, entry_of
from feeds.syndication.files import FeedFolder

log = logging.getLogger(__name__)

OPML_FILE = "feeds.opml"
MOST_ITEMS = 60
MOST_BYTES = 900_000
"""Of the items' escaped text in one feed: readers give up on feeds past a megabyte."""
RENDERING = 1
"""Raise it when the same articles are to be written down in another way: all files are then made again."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that each feed is written in."""

    ending: str
    media_type: str
    render: Callable[[Channel, Sequence[Entry]], bytes]


FORMATS: tuple[Format, ...] = tuple(
    Format(module.ENDING, module.MEDIA_TYPE, module.render) for module in (rss, atom, jsonfeed)
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a pass came to."""

    changed: tuple[str, ...]
    """Names of the files that have new bytes."""
    unchanged: int
    """How many files were left alone."""
    problems: tuple[str, ...] = ()
    """Articles that fit into no feed, a sentence each; the others are there."""


def write(
    store: Store, folder: Path, *, public_url: str, now: datetime, zone: ZoneInfo, site_name: str = "چاپار"
) -> Written:
    """Bring the feed files of all news and of each province up to the store.

    Args:
        store: Where the articles are.
        folder: Where the files go; made when it is not there.
        public_url: The address of our pages.
        now: The time of the pass, for problems it sets in the store: no byte of a feed depends on it.
        zone: The zone of the dates in the feeds.
        site_name: What the feeds call the site.

    Raises:
        FeedError: a file can't be written; those already written are whole, and so is the old one.
        StoreError: the articles can't be read.
    """
    channels = channels_of(public_url.rstrip("/"), site_name)
    files = FeedFolder(folder)
    unfit: dict[str, Exception] = {}
    for channel in channels:
        names = [f"{channel.slug}.{form.ending}" for form in FORMATS]
        made_of = _digest(RENDERING, store.articles.version(channel.province), channel, zone.key)
        if files.stands(channel.slug, made_of, names):
            continue
        articles = store.articles.fed(channel.province, limit=MOST_ITEMS)
        story_sources = store.stories.story_sources(article.id for article in articles)
        feed = render_feed(channel, articles, zone, story_sources)
        for name, form in zip(names, FORMATS, strict=True):
            files.put(name, feed.files[form.ending])
        files.remember(channel.slug, made_of)
        unfit |= feed.unfit
    files.put(OPML_FILE, opml.render(site_name, channels, ending=rss.ENDING))
    files.close()
    return Written(tuple(files.changed), files.unchanged, _set_aside(store, unfit, now))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A feed in all its formats."""

    files: Mapping[str, bytes]
    """The bytes, by the format's ending."""
    unfit: Mapping[str, Exception]
    """The articles that some format refuses, by uid, with its reason: they are in none, so that all are equal."""


def render_feed(
    channel: Channel,
    articles: Iterable[Article],
    zone: ZoneInfo,
    story_sources: Mapping[int, Sequence[StorySource]] = MappingProxyType({}),
) -> Rendered:
    """Articles, newest first, as a feed in all its formats. Pure; no article can keep out another.

    Args:
        channel: What the feed says of itself.
        articles: What it holds.
        zone: The zone of the dates.
        story_sources: The other sources of each article's story, by the article's id.
    """
    entries: dict[str, Entry] = {}
    unfit: dict[str, Exception] = {}
    for article in articles:
        try:
            entries[article.uid] = entry_of(
                article, public_url=channel.public_url, zone=zone, story_sources=story_sources.get(article.id, ())
            )
        except Exception as error:  # noqa: BLE001 - whatever one article does, the others have their feed
            unfit[article.uid] = error
    rendered = render_entries(channel, entries)
    return Rendered(rendered.files, {**unfit, **rendered.unfit})


def render_entries(channel: Channel, entries: Mapping[str, Entry]) -> Rendered:
    """Entries, by their article's uid, as a feed in all its formats; without those that some format refuses."""
    try:
        return Rendered(_render(channel, entries.values()), {})
    except Exception:  # noqa: BLE001 - looked into entry by entry
        unfit = {uid: reason for uid, entry in entries.items() if (reason := _refusal(channel, entry))}
        fit = [entry for uid, entry in entries.items() if uid not in unfit]
        return Rendered(_render(channel, fit), unfit)


def _render(channel: Channel, entries: Iterable[Entry]) -> dict[str, bytes]:
    shown = sorted(_within(entries, MOST_BYTES), key=lambda entry: entry.published, reverse=True)
    return {form.ending: form.render(channel, shown) for form in FORMATS}


def _within(entries: Iterable[Entry], room: int) -> Iterator[Entry]:
    """The newest entries that keep a feed small; always the first."""
    for number, entry in enumerate(entries):
        room -= len(escape(entry.content + entry.summary).encode())
        if room < 0 and number:
            return
        yield entry


def _refusal(channel: Channel, entry: Entry) -> Exception | None:
    try:
        _render(channel, (entry,))
    except Exception as error:  # noqa: BLE001 - the reason is reported
        return error
    return None


def _set_aside(store: Store, unfit: Mapping[str, Exception], now: datetime) -> tuple[str, ...]:
    """Show the desk which articles are in no feed, and forget those that have been mended since."""
    sentences = []
    for uid, error in unfit.items():
        what = f"it fits into no feed and was left out ({error}); mend its text or address at the source"
        log.error("article %s: %s", uid, what)
        store.problems.set(Problem(where=f"article {uid}", line=0, what=what, since=now, kind="feed"))
        sentences.append(f"article {uid}: {what}")
    for problem in store.problems.all(kind="feed"):
        article = store.articles.by_uid(problem.where.removeprefix("article "))
        if article is None or article.retracted or article.held or article.updated > problem.since:
            store.problems.clear(problem.where)
    return tuple(sentences)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
