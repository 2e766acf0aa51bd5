"""The links of a feed as a whole that feedgen does not write: the hub, archives, the feed itself (WebSub, RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.util import xml_elem

from feeds.syndication.channel import Channel

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"


def links_of(channel: Channel, ending: str, media_type: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What a document in a format links to besides its page and itself: relation, attributes."""
    if channel.hub:
        yield "hub", {"href": channel.hub}
    if channel.archive_of:
        yield "current", {"href": channel.at(channel.archive_of, ending), "type": media_type}
    if channel.previous:
        yield "prev-archive", {"href": channel.at(channel.previous, ending), "type": media_type}


class FeedLinks(BaseExtension):  # type: ignore[misc]
    """An extension of feedgen: `generator.links.of(…)` before it is written."""

    def __init__(self) -> None:
        self._channel: Channel | None = None
        self._ending = self._media_type = ""

    def of(self, channel: Channel, ending: str, media_type: str) -> None:
        """Whose links, and in which format."""
        self._channel, self._ending, self._media_type = channel, ending, media_type

    def extend_ns(self) -> Mapping[str, str]:
        """The namespace of archives."""
        return {"fh": HISTORY}

    def extend_rss(self, feed: Any) -> Any:
        """Put them behind the link to the feed itself."""
        self._extend(feed[0], f"{{{ATOM}}}link")
        return feed

    def extend_atom(self, feed: Any) -> Any:
        """As in RSS. feedgen's own elements are in no namespace there: it writes `xmlns` as an attribute."""
        self._extend(feed, "link")
        return feed

    def _extend(self, parent: Any, tag: str) -> None:
        assert self._channel is not None, "of() comes first"  # noqa: S101 - a slip of the two modules that use it
        at = 1 + max(number for number, child in enumerate(parent) if child.tag == tag)
        made = [
            xml_elem(tag, parent, rel=relation, **attributes)
            for relation, attributes in links_of(self._channel, self._ending, self._media_type)
        ]
        if self._channel.archive_of:
            made.insert(0, xml_elem(f"{{{HISTORY}}}archive", parent))
        parent[at:at] = made
