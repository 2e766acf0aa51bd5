"""Channel and entries -> JSON Feed 1.1 (jsonfeed.org), which feedgen does not write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from feeds.syndication.channel import LANGUAGE, Channel
from feeds.syndication.entry import Entry

ENDING = "json"
MEDIA_TYPE = "application/feed+json"


def render(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """The feed as bytes; the same channel and entries give the same bytes."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.page,
        "feed_url": channel.address(ENDING),
        "icon": channel.icon,
        "language": LANGUAGE,
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


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
