"""All the feeds of a site: which there are, and what each holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from feeds.models import Article
from feeds.store import Store
from feeds.store.archive.lists import Head
from feeds.syndication import archives, notices
from feeds.syndication.archives import Part
from feeds.syndication.channel import (
    CORRECTIONS,
    SOURCES,
    Channel,
    agency_of,
    channels_of,
    corrections_of,
    search_of,
    urgent_of,
)
from feeds.syndication.entry import Entry
from feeds.syndication.items import MOST_BYTES, Item, Items, Unfit, document, within, written

MOST_ITEMS = 60
MOST_SOURCES = 300
"""Agencies that have a feed: any source may sign as it likes."""
_LOOKED_AT = MOST_ITEMS + 40
"""Articles that are looked at for a change: what is older than a feed's items decides where its archives begin."""


@dataclass(frozen=True)
class Site:
    """Whose feeds they are."""

    public_url: str
    """Without a slash at its end."""
    zone: ZoneInfo
    name: str = "چاپار"
    hub: str = ""

    @cached_property
    def items(self) -> Items:
        """What was written of them already."""
        return Items(self.public_url, self.zone)

    @cached_property
    def standing(self) -> tuple[Channel, ...]:
        """The feeds that there are in any case: of everything, of each province, of breaking news, of corrections."""
        own = (self.public_url, self.name, self.hub)
        return (*channels_of(*own), urgent_of(*own), corrections_of(*own))

    def of_agency(self, agency: str) -> Channel:
        """The feed of an agency."""
        return agency_of(agency, self.public_url, self.name, self.hub)

    def of_search(self, typed: str) -> Channel:
        """The feed of a search."""
        return search_of(typed, self.public_url, self.name)

    def agencies(self, store: Store, *, signed: Collection[str] | None = None) -> tuple[Channel, ...]:
        """The feeds of all agencies that have signed something, by name.

        Args:
            store: Where the articles are.
            signed: Who may have signed something since this was asked last; None: anybody.
        """
        known = self.agencies_known
        if signed is None or not {channel.selection.agency for channel in known}.issuperset(signed):
            found = store.lists.agencies()[:MOST_SOURCES]
            known = self._known["agencies"] = tuple(self.of_agency(agency) for agency in found)
        return known

    @property
    def agencies_known(self) -> tuple[Channel, ...]:
        """Those of them that were there when this was asked last."""
        return self._known.get("agencies", ())

    def named(self, store: Store, slug: str) -> Channel | None:
        """The feed with a slug."""
        among = self.agencies(store) if slug.startswith(SOURCES) else self.standing
        return next((channel for channel in among if channel.slug == slug), None)

    @cached_property
    def _known(self) -> dict[str, tuple[Channel, ...]]:
        return {}


@dataclass(frozen=True, slots=True)
class Feed:
    """A channel with its items."""

    channel: Channel
    items: tuple[Item, ...]
    unfit: tuple[Unfit, ...] = field(default=())

    def document(self, ending: str) -> bytes:
        """The feed in a format; the same feed gives the same bytes."""
        return document(self.channel, self.items, ending)


def heads_of(store: Store, channel: Channel) -> tuple[Head, ...]:
    """What a feed depends on: while this stays, so do its bytes."""
    if channel.slug == CORRECTIONS:
        return tuple(Head.of(one.article) for one in store.lists.corrections(limit=MOST_ITEMS))
    return store.lists.heads(channel.selection, limit=_LOOKED_AT)


def feed_of(store: Store, site: Site, channel: Channel, heads: tuple[Head, ...] | None = None) -> Feed:
    """A feed as it is now.

    Args:
        store: Where the articles are.
        site: Whose feed it is.
        channel: One of the site's.
        heads: Its heads, where they have been read already.
    """
    if channel.slug == CORRECTIONS:
        return _corrections(store, site, channel)
    heads = heads_of(store, channel) if heads is None else heads
    items, unfit = _told(store, site, channel, heads[:MOST_ITEMS])
    shown = within(items)
    if (rest := heads[len(shown) + len(unfit) :]) and shown:
        newest = max(head.id for head in rest)  # they are in the order of coming, archives in that of publication
        channel = channel.with_older_at(archives.part_with(store, channel, newest, site.zone).path)
    return Feed(channel, tuple(shown), unfit)


def archive_of(store: Store, site: Site, part: Part) -> Feed | None:
    """A document of a feed's archives; None where there is no such one."""
    articles = archives.articles_of(store, part, site.zone)
    if not articles:
        return None
    items, unfit = _made(store, site, part.channel, articles)
    if sum(item.size for item in items) > MOST_BYTES:
        room = MOST_BYTES // (len(items) * 4)  # a Persian letter is two bytes, and some are escaped
        items, unfit = _split(site.items.made(part.channel, articles, most_content=room).values())
    previous = archives.older_than(store, part.channel, articles[-1].id, site.zone)
    return Feed(part.as_channel(previous), tuple(items), unfit)


def feed_of_articles(store: Store, site: Site, channel: Channel, articles: Iterable[Article]) -> Feed:
    """A feed of what was found."""
    items, unfit = _made(store, site, channel, tuple(articles))
    return Feed(channel, tuple(within(items)), unfit)


def _corrections(store: Store, site: Site, channel: Channel) -> Feed:
    entries: dict[str, Entry] = {}
    found: list[Item | Unfit] = []
    for one in store.lists.corrections(limit=MOST_ITEMS):
        try:
            entries[notices.name_of(one)] = notices.entry_of(one, public_url=site.public_url, zone=site.zone)
        except Exception as error:  # noqa: BLE001 - whatever one article does, the others are told of
            found.append(Unfit(notices.name_of(one), error))
    items, unfit = _split([*found, *written(channel, entries)])
    return Feed(channel, tuple(within(items)), unfit)


def _told(store: Store, site: Site, channel: Channel, heads: tuple[Head, ...]) -> tuple[list[Item], tuple[Unfit, ...]]:
    """The items of the articles that heads are of, in their order; only those that are not kept are read."""
    story_sources = store.stories.story_sources(head.id for head in heads)
    found: dict[int, Item | Unfit] = dict(site.items.known(heads, story_sources))
    rest = [head.id for head in heads if head.id not in found]
    found |= site.items.made(channel, store.lists.named(channel.selection, rest), story_sources)
    return _split(found[head.id] for head in heads if head.id in found)


def _made(
    store: Store, site: Site, channel: Channel, articles: tuple[Article, ...]
) -> tuple[list[Item], tuple[Unfit, ...]]:
    story_sources = store.stories.story_sources(article.id for article in articles)
    found: Mapping[int, Item | Unfit] = site.items.known(map(Head.of, articles), story_sources)
    rest = [article for article in articles if article.id not in found]
    found = {**found, **site.items.made(channel, rest, story_sources)}
    return _split(found[article.id] for article in articles)


def _split(found: Iterable[Item | Unfit]) -> tuple[list[Item], tuple[Unfit, ...]]:
    told = list(found)
    unfit = tuple(one for one in told if isinstance(one, Unfit))
    return [one for one in told if isinstance(one, Item)], unfit
