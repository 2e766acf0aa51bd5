"""Channel and entries -> RSS 2.0, by feedgen.

feedgen leaves some things to its callers, and they are minded here: it prepends entries unless told not to; the
channel's link is whatever `link()` heard last; `lastBuildDate` is now; an author without an e-mail vanishes
(dc:creator stays); its media extension always makes a group; content in CDATA is for RSS only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from feeds.syndication.channel import COPYRIGHT, GENERATOR, LANGUAGE, MINUTES_TO_LIVE, Channel
from feeds.syndication.entry import Entry
from feeds.syndication.formats import pieces
from feeds.syndication.formats.links import ATOM, FeedLinks

ENDING = "rss"
MEDIA_TYPE = "application/rss+xml"

MEDIA = "http://search.yahoo.com/mrss/"


def items(channel: Channel, entries: Sequence[Entry]) -> list[bytes]:
    """The entries, each as an item that `document` takes.

    Raises:
        ValueError: an entry holds what XML can't.
    """
    written: bytes = _generator(channel, entries).rss_str(pretty=True)
    return pieces.cut(written, "item", len(entries))


def document(channel: Channel, written: Iterable[bytes], changed: datetime) -> bytes:
    """The feed as bytes: the same channel and items give the same bytes."""
    generator = _generator(channel, ())
    generator.lastBuildDate(changed)
    return pieces.join(generator.rss_str(pretty=True), written, "</channel>")


def _generator(channel: Channel, entries: Iterable[Entry]) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("dc", atom=False)
    generator.register_extension("media", _MediaFeed, _MediaEntry, atom=False)
    generator.register_extension("links", FeedLinks, atom=False)
    generator.links.of(channel, ENDING, MEDIA_TYPE)
    generator.title(channel.title)
    generator.description(channel.description)
    generator.link(href=channel.address(ENDING), rel="self", type=MEDIA_TYPE)
    generator.link(href=channel.page, rel="alternate")
    generator.language(LANGUAGE)
    generator.copyright(COPYRIGHT)
    generator.generator(GENERATOR)
    generator.ttl(MINUTES_TO_LIVE)
    generator.image(url=channel.icon, title=channel.title, link=channel.page, width="144", height="144")
    for entry in entries:
        _add(generator, channel, entry)
    return generator


def _add(generator: FeedGenerator, channel: Channel, entry: Entry) -> None:
    item = generator.add_entry(order="append")
    item.title(entry.title)
    item.link(href=entry.link)
    item.guid(entry.guid, permalink=False)
    item.description(entry.summary)
    item.content(entry.content, type="CDATA")
    item.published(entry.published)
    item.media.entry = entry
    if entry.author:
        item.dc.dc_creator(entry.author)
    for province in entry.provinces:
        item.category(term=province, scheme=channel.categories)
    if entry.section:
        item.category(term=entry.section)


class _MediaFeed(BaseExtension):  # type: ignore[misc]
    """The namespace of Media RSS."""

    def extend_ns(self) -> Mapping[str, str]:
        return {"media": MEDIA}


class _MediaEntry(BaseEntryExtension):  # type: ignore[misc]
    """When the article was last edited, and its picture: what RSS itself has no element for."""

    entry: Entry

    def extend_rss(self, item: Any) -> Any:
        xml_elem(f"{{{ATOM}}}updated", item).text = self.entry.updated.isoformat(timespec="seconds")
        if image := self.entry.image:
            size = {"width": str(image.width), "height": str(image.height)} if image.width and image.height else {}
            media_type = {"type": image.media_type} if image.media_type else {}
            xml_elem(f"{{{MEDIA}}}content", item, url=image.url, medium="image", **media_type, **size)
        return item
