"""All our feeds as one OPML 2.0 list, for a reader to take in at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from feeds.syndication.channel import Channel

MEDIA_TYPE = "text/x-opml"


def render(title: str, groups: Mapping[str, Iterable[Channel]], *, ending: str) -> bytes:
    """The list as bytes, an outline a feed.

    Args:
        title: What readers call the list.
        groups: The feeds, in the order of the list, by the name of their group; those of the group "" stand alone.
        ending: Which format of them is listed, `rss`.
    """
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    body = ET.SubElement(root, "body")
    for name, channels in groups.items():
        parent = ET.SubElement(body, "outline", text=name, title=name) if name else body
        for channel in channels:
            _add(parent, channel, ending)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def _add(parent: ET.Element, channel: Channel, ending: str) -> None:
    ET.SubElement(
        parent,
        "outline",
        type="rss",
        text=channel.title,
        title=channel.title,
        xmlUrl=channel.address(ending),
        htmlUrl=channel.page,
        language="fa",
    )
