"""Articles -> items in every format, each made once: a feed of sixty with one new article makes one item."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from feeds.models import Article
from feeds.store.archive.lists import Head
from feeds.store.archive.stories import StorySource
from feeds.syndication.channel import Channel, last_change_of
from feeds.syndication.entry import MOST_CONTENT, Entry, entry_of
from feeds.syndication.formats import atom, jsonfeed, rss

ROOM = 16_000_000
"""Bytes of written items that are kept."""
MOST_BYTES = 900_000
"""Of the items of one document: readers give up on feeds past a megabyte."""
NOBODY: Mapping[int, Sequence[StorySource]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Format:
    """A format that each feed is written in."""

    ending: str
    media_type: str
    items: Callable[[Channel, Sequence[Entry]], list[bytes]]
    document: Callable[[Channel, Iterable[bytes], datetime], bytes]


FORMATS: tuple[Format, ...] = tuple(
    Format(module.ENDING, module.MEDIA_TYPE, module.items, module.document) for module in (rss, atom, jsonfeed)
)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry, written down."""

    name: str
    """What it is called where it is told of: its article's uid."""
    published: datetime
    updated: datetime
    forms: Mapping[str, bytes]
    """By the format's ending."""

    @property
    def size(self) -> int:
        """Bytes in the format that takes most."""
        return max(map(len, self.forms.values()))


@dataclass(frozen=True, slots=True)
class Unfit:
    """An article that some format refuses: it is in none, so that all are equal."""

    name: str
    reason: Exception


def written(channel: Channel, entries: Mapping[str, Entry]) -> list[Item | Unfit]:
    """Entries as items, each by its name; one that some format refuses keeps no other out."""
    try:
        return list(_written(channel, entries))
    except Exception:  # noqa: BLE001 - looked into one by one
        return [_alone(channel, name, entry) for name, entry in entries.items()]


def _written(channel: Channel, entries: Mapping[str, Entry]) -> Iterable[Item]:
    told = list(entries.values())
    forms = [form.items(channel, told) for form in FORMATS]
    for name, entry, *texts in zip(entries, told, *forms, strict=True):
        by_ending = {form.ending: text for form, text in zip(FORMATS, texts, strict=True)}
        yield Item(name, entry.published, entry.updated, by_ending)


def _alone(channel: Channel, name: str, entry: Entry) -> Item | Unfit:
    try:
        (item,) = _written(channel, {name: entry})
    except Exception as error:  # noqa: BLE001 - the reason is reported
        return Unfit(name, error)
    return item


def document(channel: Channel, items: Iterable[Item], ending: str) -> bytes:
    """A feed of items in a format: the newest first, as many as keep it small, and always the first."""
    form = next(form for form in FORMATS if form.ending == ending)
    shown = within(sorted(items, key=lambda item: item.published, reverse=True))
    changed = last_change_of(item.updated for item in shown)
    return form.document(channel, [item.forms[ending] for item in shown], changed)


def within(items: Iterable[Item]) -> list[Item]:
    """The first items that fit into a document."""
    shown: list[Item] = []
    room = MOST_BYTES
    for item in items:
        room -= item.size
        if room < 0 and shown:
            break
        shown.append(item)
    return shown


class Items:
    """The items of one site, kept from one pass to the next; safe to use from many threads."""

    def __init__(self, public_url: str, zone: ZoneInfo, *, room: int = ROOM) -> None:
        """Keep none yet.

        Args:
            public_url: The address of our pages, without a slash at its end.
            zone: The zone of the dates.
            room: Bytes that are kept.
        """
        self._public_url = public_url
        self._zone = zone
        self._room = room
        self._kept: OrderedDict[object, Item] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, heads: Iterable[Head], story_sources: Mapping[int, Sequence[StorySource]]) -> dict[int, Item]:
        """The items that are kept of some articles, by the article's id."""
        with self._lock:
            found = {}
            for head in heads:
                key = (head, tuple(story_sources.get(head.id, ())))
                if key in self._kept:
                    self._kept.move_to_end(key)
                    found[head.id] = self._kept[key]
            return found

    def made(
        self,
        channel: Channel,
        articles: Iterable[Article],
        story_sources: Mapping[int, Sequence[StorySource]] = NOBODY,
        *,
        most_content: int = MOST_CONTENT,
    ) -> dict[int, Item | Unfit]:
        """The items of some articles, by the article's id, made now.

        Args:
            channel: A feed that they are in; an item is the same in each.
            articles: What is told.
            story_sources: The other sources of each article's story, by the article's id.
            most_content: Characters of the text of each; where it is less than usual, nothing is kept.
        """
        entries: dict[str, Entry] = {}
        found: dict[int, Item | Unfit] = {}
        told: dict[str, Article] = {}
        for article in articles:
            told[article.uid] = article
            try:
                entries[article.uid] = entry_of(
                    article,
                    public_url=self._public_url,
                    zone=self._zone,
                    story_sources=story_sources.get(article.id, ()),
                    most_content=most_content,
                )
            except Exception as error:  # noqa: BLE001 - whatever one article does, the others have their feed
                found[article.id] = Unfit(article.uid, error)
        for item in written(channel, entries):
            article = told[item.name]
            found[article.id] = item
            if isinstance(item, Item) and most_content == MOST_CONTENT:
                self._keep((Head.of(article), tuple(story_sources.get(article.id, ()))), item)
        return found

    def _keep(self, key: object, item: Item) -> None:
        with self._lock:
            if key not in self._kept:
                self._room -= sum(map(len, item.forms.values()))
            self._kept[key] = item
            while self._room < 0:
                _, old = self._kept.popitem(last=False)
                self._room += sum(map(len, old.forms.values()))
