"""All our feeds as one OPML 2.0 list, for a reader to take in at once."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from feeds.syndication.channel import Channel

MEDIA_TYPE = "text/x-opml"


def render(title: str, channels: Iterable[Channel], *, ending: str) -> bytes:
    """The list as bytes, an outline a feed.

    Args:
        title: What readers call the list.
        channels: The feeds, in the order of the list.
        ending: Which format of them is listed, `rss`.
    """
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    body = ET.SubElement(root, "body")
    for channel in channels:
        ET.SubElement(
            body,
            "outline",
            type="rss",
            text=channel.title,
            title=channel.title,
            xmlUrl=channel.address(ending),
            htmlUrl=channel.page,
            language="fa",
        )
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document
