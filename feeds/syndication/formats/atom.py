"""Channel and entries -> Atom 1.0 (RFC 4287), by feedgen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from feedgen.feed import FeedGenerator

from feeds.syndication.channel import COPYRIGHT, GENERATOR, LANGUAGE, NO_NEWS_YET, Channel
from feeds.syndication.entry import Entry
from feeds.syndication.formats import pieces
from feeds.syndication.formats.links import FeedLinks

ENDING = "atom"
MEDIA_TYPE = "application/atom+xml"


def items(channel: Channel, entries: Sequence[Entry]) -> list[bytes]:
    """The entries, each as an element that `document` takes.

    Raises:
        ValueError: an entry holds what XML can't.
    """
    written: bytes = _generator(channel, entries).atom_str(pretty=True)
    return pieces.cut(written, "entry", len(entries))


def document(channel: Channel, written: Iterable[bytes], changed: datetime) -> bytes:
    """The feed as bytes: the same channel and items give the same bytes."""
    generator = _generator(channel, ())
    generator.updated(changed.replace(microsecond=0))
    return pieces.join(generator.atom_str(pretty=True), written, "</feed>")


def _generator(channel: Channel, entries: Iterable[Entry]) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("links", FeedLinks, rss=False)
    generator.links.of(channel, ENDING, MEDIA_TYPE)
    generator.id(channel.guid)
    generator.title(channel.title)
    generator.subtitle(channel.description)
    generator.link(href=channel.address(ENDING), rel="self", type=MEDIA_TYPE)
    generator.link(href=channel.page, rel="alternate", type="text/html")
    generator.language(LANGUAGE)
    generator.rights(COPYRIGHT)
    generator.generator(GENERATOR)
    generator.icon(channel.icon)
    generator.author(name=GENERATOR, uri=f"{channel.public_url}/")
    generator.updated(NO_NEWS_YET)
    for entry in entries:
        _add(generator, channel, entry)
    return generator


def _add(generator: FeedGenerator, channel: Channel, entry: Entry) -> None:
    item = generator.add_entry(order="append")
    item.id(entry.guid)
    item.title(entry.title)
    item.link(href=entry.link, rel="alternate", type="text/html")
    item.summary(entry.summary)
    # `html`, not the CDATA of RSS: that is no type of Atom.
    item.content(entry.content, type="html")
    item.published(entry.published.replace(microsecond=0))
    item.updated(entry.updated.replace(microsecond=0))
    if entry.author:
        item.author(name=entry.author)
    for province in entry.provinces:
        item.category(term=province, scheme=channel.categories)
    if entry.section:
        item.category(term=entry.section)
