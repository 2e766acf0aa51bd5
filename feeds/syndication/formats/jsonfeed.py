"""Channel and entries -> JSON Feed 1.1 (jsonfeed.org), which feedgen does not write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from feeds.syndication.channel import LANGUAGE, Channel
from feeds.syndication.entry import Entry

ENDING = "json"
MEDIA_TYPE = "application/feed+json"


def items(channel: Channel, entries: Sequence[Entry]) -> list[bytes]:  # noqa: ARG001 - the signature of a format
    """The entries, each as an item that `document` takes."""
    return [json.dumps(_item(entry), ensure_ascii=False).encode() for entry in entries]


def document(channel: Channel, written: Iterable[bytes], changed: datetime) -> bytes:  # noqa: ARG001
    """The feed as bytes, an item a line: the same channel and items give the same bytes."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.page,
        "feed_url": channel.address(ENDING),
        **({"next_url": channel.at(channel.previous, ENDING)} if channel.previous else {}),
        "icon": channel.icon,
        "language": LANGUAGE,
        **({"hubs": [{"type": "WebSub", "url": channel.hub}]} if channel.hub else {}),
    }
    head = json.dumps(feed, ensure_ascii=False, indent=1).encode().removesuffix(b"\n}")
    return b"".join((head, b',\n "items": [\n', b",\n".join(written), b"\n ]\n}"))


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.guid,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "language": LANGUAGE,
        "tags": [*entry.provinces, *([entry.section] if entry.section else [])],
    }
    if entry.author:
        item["authors"] = [{"name": entry.author}]
    if entry.image:
        item["image"] = entry.image.url
    return item
