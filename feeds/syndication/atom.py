"""Channel and entries -> Atom 1.0 (RFC 4287), by feedgen."""

from __future__ import annotations

from collections.abc import Sequence

from feedgen.feed import FeedGenerator

from feeds.syndication.channel import COPYRIGHT, GENERATOR, LANGUAGE, Channel, last_change
from feeds.syndication.entry import Entry

ENDING = "atom"
MEDIA_TYPE = "application/atom+xml"


def render(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as bytes; the same channel and entries give the same bytes.

    Raises:
        ValueError: an entry holds what XML can't.
    """
    generator = FeedGenerator()
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
    generator.updated(last_change(entries).replace(microsecond=0))
    for entry in entries:
        _add(generator, channel, entry)
    feed: bytes = generator.atom_str(pretty=True)
    return feed


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
