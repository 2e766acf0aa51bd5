"""Feeds over HTTP: the files that are written, archives and searches made when asked for, and what leads there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from feeds import search
from feeds.models import Article, Order, SearchQuery
from feeds.store import Store
from feeds.store.following import topics
from feeds.store.following.topics import Matter
from feeds.syndication import FORMATS, OPML_FILE, Site
from feeds.syndication.archives import Part, slug_in
from feeds.syndication.catalogue import MOST_ITEMS, Feed, archive_of, feed_of_articles
from feeds.syndication.channel import SOURCES, Channel
from feeds.web.content import Content
from feeds.web.serving.feed_files import ANYWHERE, CACHE, FeedFiles
from feeds.web.serving.shelf import ANYTHING
from feeds.web.timing import next_minute

_TYPES = {form.ending: form.media_type for form in FORMATS}
_REMEMBERED = 4_000


class NoSuchFeedError(Exception):
    """There is no feed of that name."""


class NotWrittenError(Exception):
    """There will be a feed of that name in a moment."""


class Syndicated:
    """The feeds of one site."""

    def __init__(self, store: Store, site: Site, folder: Path, clock: Callable[[], datetime]) -> None:
        """Serve them.

        Args:
            store: Where the articles are.
            site: Whose feeds they are.
            folder: Where `feeds.syndication.write` writes.
            clock: The time, for the periods of a search.
        """
        self._store = store
        self._site = site
        self._clock = clock
        self._files = FeedFiles(folder, frozenset(channel.slug for channel in site.standing))
        self._seen: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def file(self, name: str) -> Content:
        """A feed that is written, or the list of them.

        Raises:
            NoSuchFeedError: there is none.
            NotWrittenError: there will be.
        """
        address = f"{self._site.public_url}/{'opml' if name == OPML_FILE else f'feeds/{quote(name)}'}"
        content = self._files.read(name, self._links("" if name == OPML_FILE else self._site.hub, address))
        if content is not None:
            return content
        slug, _, ending = name.rpartition(".")
        of_agency = ending in _TYPES and slug.startswith(SOURCES) and self._site.named(self._store, slug)
        raise NotWrittenError if self._files.knows(name) or of_agency else NoSuchFeedError

    def archive(self, path: str) -> Content:
        """A document of a feed's archives.

        Args:
            path: What follows the archives' folder, with its ending.

        Raises:
            NoSuchFeedError: there is none.
        """
        name, _, ending = path.rpartition(".")
        found = slug_in(name) if ending in _TYPES else None
        channel = self._site.named(self._store, found[0]) if found else None
        if found is None or channel is None:
            raise NoSuchFeedError
        feed = archive_of(self._store, self._site, Part(channel, found[1], found[2]))
        if feed is None:
            raise NoSuchFeedError
        return self._content(feed, ending, frozenset((_tag_of(channel),)), until=None)

    def search(self, typed: str, ending: str) -> Content:
        """What a search finds, the newest first."""
        channel = self._site.of_search(typed)
        feed = feed_of_articles(self._store, self._site, channel, self._found(typed))
        return self._content(feed, ending, frozenset((ANYTHING,)), until=next_minute(self._clock()))

    def _found(self, typed: str) -> tuple[Article, ...]:
        """What has all that was asked for: nobody is there to be told that a feed shows something else."""
        query = search.parse(typed, self._clock(), self._site.zone, order=Order.NEWEST)
        if query.command in {"latest", "important"}:
            query = SearchQuery(query.text, order=Order.NEWEST)
        elif query.asks_nothing and not query.choices:
            return ()
        elif query.choices and not query.provinces:  # «خراسان» is three provinces: a feed has the news of all
            query = replace(query, provinces=query.choices, choices=())
        found = self._store.articles.search(query, limit=MOST_ITEMS, now=self._clock())
        let_go = found.dropped or found.corrected
        standing = () if let_go else (article for article in found.articles if article.id not in found.missing)
        told = {article.id: article for article in (*self._withdrawn(query), *standing)}
        return tuple(told[number] for number in sorted(told, reverse=True)[:MOST_ITEMS])

    def _withdrawn(self, query: SearchQuery) -> list[Article]:
        """What was withdrawn of late and would be found if it stood: who has it from a feed is told there."""
        topic = topics.of_query(query, "")
        told = []
        for article in self._store.lists.withdrawn(limit=MOST_ITEMS):
            matter = _matter(article)
            begun = query.since is None or article.published >= query.since
            if not begun or (query.until is not None and article.published >= query.until):
                continue
            if (query.urgent and not article.urgent) or _is_left_out(matter, query):
                continue
            if topic is None or (not matter.signs.isdisjoint(topic.signs) and topics.takes(topic.terms, matter)):
                told.append(article)
        return told

    def _content(self, feed: Feed, ending: str, depends: frozenset[str], *, until: datetime | None) -> Content:
        address = feed.channel.address(ending)
        content = Content(
            feed.document(ending),
            f"{_TYPES[ending]}; charset=utf-8",
            cache=CACHE,
            headers=(*ANYWHERE, *self._links(feed.channel.hub, address)),
            depends=depends,
            until=until,
        )
        return replace(content, modified=self._modified(address, content.tag))

    def _modified(self, address: str, tag: str) -> datetime:
        """Since when these bytes are known here: never before they came to be, and the same while they are the same."""
        known = self._seen.pop(address, None)
        seen = known if known is not None and known[0] == tag else (tag, self._clock())
        self._seen[address] = seen
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return seen[1]

    @staticmethod
    def _links(hub: str, address: str) -> tuple[tuple[str, str], ...]:
        links = [f'<{hub}>; rel="hub"'] if hub else []
        return (("link", ", ".join([*links, f'<{address}>; rel="self"'])),)


@lru_cache(maxsize=MOST_ITEMS)
def _matter(article: Article) -> Matter:
    """What was withdrawn is looked at for every search, and its words don't change."""
    return Matter(article, ())


def _is_left_out(matter: Matter, query: SearchQuery) -> bool:
    """Whether an article has what a search leaves out."""
    if not set(query.elsewhere).isdisjoint(matter.article.provinces):
        return True
    return any(matter.tokens.issuperset(word) for word in query.excluded)


def _tag_of(channel: Channel) -> str:
    """What an archive depends on, as the store's journal names it."""
    of = channel.selection
    if of.province:
        return f"province:{of.province}"
    return f"agency:{of.agency}" if of.agency else "urgent" if of.urgent else ANYTHING
