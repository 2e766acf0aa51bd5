"""`read.py READER FILE`: a line of JSON for each item, [title, link, when, text], as libraries for Python read it."""
# ruff: noqa: PLC0415, T201 - one library is loaded, and its answer printed

from __future__ import annotations

import calendar
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Item = tuple[Any, Any, datetime, Any]


def by_feedparser(path: Path) -> Iterator[Item]:
    import feedparser

    feed = feedparser.parse(path.read_bytes())
    if feed.bozo:
        raise feed.bozo_exception
    for item in feed.entries:
        when = datetime.fromtimestamp(calendar.timegm(item.published_parsed), UTC)
        yield item.title, item.link, when, item.content[0].value


def by_fastfeedparser(path: Path) -> Iterator[Item]:
    import fastfeedparser

    for item in fastfeedparser.parse(path.read_bytes()).entries:
        yield item.title, item.link, datetime.fromisoformat(item.published), item.content[0]["value"]


def by_atoma(path: Path) -> Iterator[Item]:
    import atoma

    data = path.read_bytes()
    match path.suffix:
        case ".rss":
            for item in atoma.parse_rss_bytes(data).items:
                yield item.title, item.link, item.pub_date, item.content_encoded
        case ".atom":
            for item in atoma.parse_atom_bytes(data).entries:
                link = next(link.href for link in item.links if link.rel in (None, "alternate"))
                yield item.title.value, link, item.published, item.content.value
        case _:
            for item in atoma.parse_json_feed(json.loads(data)).items:
                yield item.title, item.url, item.date_published, item.content_html


reader, file = sys.argv[1:]
for title, link, when, text in globals()[f"by_{reader}"](Path(file)):
    print(json.dumps([title, link, f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", text]))
