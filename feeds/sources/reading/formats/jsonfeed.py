"""JSON Feed 1.0 and 1.1, with the odd types that its writers put into it -> entries."""

from __future__ import annotations

import html
import json
import re
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute, reaches_readers
from feeds.sources.reading.dates.moments import Reader, reader
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, doubts, read_each
from feeds.sources.reading.pictures import first_image, is_news
from feeds.sources.reading.text.markup import plain
from feeds.sources.reading.text.signs import legal

_PUBLISHED = ("date_published", "published", "published_at", "created_at", "pubDate", "date")
_UPDATED = ("date_modified", "updated", "updated_at")


def read(text: str, url: str, now: datetime) -> Channel:
    """Read a JSON Feed; of one that breaks off, what came whole.

    Args:
        text: From its first brace.
        url: Where it came from.
        now: The time.

    Raises:
        NotAFeedError: It is none, or nothing of it can be read.
    """
    feed, items, fault = _json(text)
    if not isinstance(items, list):
        raise NotAFeedError(
            f"{fault}: ask the site, or give the address of its RSS"
            if fault
            else "JSON, but no JSON Feed (it has no items): give the address of a feed"
        )
    home = _string(feed.get("home_page_url"))
    site = absolute(home, url) if home else ""
    dates = [words for item in items if isinstance(item, dict) for words in _dates(item, _PUBLISHED)]
    read_one = partial(_json_entry, base=site or url, origin=url, dates=reader(dates, now))
    entries, lost = read_each(items, read_one)
    lacking = f"{lost} of {len(items)} entries could not be read" if lost else ""
    return Channel(
        form="json",
        title=plain(_string(feed.get("title"))),
        site=site,
        entries=tuple(entries),
        fault="; ".join(filter(None, (fault or lacking, doubts(entries, len(items))))),
        cut_off=bool(fault),
    )


def _json(text: str) -> tuple[dict[str, Any], object, str]:
    """A feed, its items, and what is wrong with it: of one that breaks off, the items that came whole."""
    try:
        feed, _ = json.JSONDecoder(strict=False).raw_decode(text)  # some sites print a script behind it
        return (feed, feed.get("items"), "") if isinstance(feed, dict) else ({}, None, "")
    except (ValueError, RecursionError) as error:
        if (tidy := _IDLE_COMMA.sub(r"\1", text)) != text:
            return _json(tidy)
        fault = f"broken JSON ({str(error)[:80]})"
    items, decoder, between = [], json.JSONDecoder(strict=False), _ITEMS.search(text)
    with suppress(ValueError, RecursionError):
        while between:
            item, end = decoder.raw_decode(text, between.end())
            items.append(item)
            between = _COMMA.match(text, end)
    return {}, items or None, fault


_ITEMS = re.compile(r"\"items\"\s*:\s*\[\s*")
_IDLE_COMMA = re.compile(r"(\"(?:[^\"\\]|\\.)*+\")|,(?=\s*+[}\]])", re.DOTALL)
"""A comma behind the last of a list, as people write one, who do not read what they wrote with a program."""
_COMMA = re.compile(r"\s*,\s*")


def _json_entry(item: dict[str, Any], *, base: str, origin: str, dates: Reader) -> Entry:
    content = _first(item, "content_html", "content")
    published, day_only = dates.first(_dates(item, _PUBLISHED))
    updated, updated_day = dates.first(_dates(item, _UPDATED))
    return Entry(
        guid=_first(item, "id", "guid"),
        link=_link(item, base, origin),
        title=plain(_string(item.get("title"))),
        summary=_first(item, "summary", "description", "excerpt"),
        content=content or html.escape(_string(item.get("content_text")), quote=False),
        published=published,
        updated=updated,
        day_only=day_only if published else updated_day,
        undated="" if published or updated else next(iter(_dates(item, _PUBLISHED + _UPDATED)), ""),
        categories=tuple(filter(None, (plain(_string(tag)) for tag in _list(item.get("tags"))))),
        author=next(filter(None, map(_author, [*_list(item.get("authors")), item.get("author")])), ""),
        image=_json_image(item, base, origin) or first_image(content, base, origin),
    )


def _first(item: dict[str, Any], *names: str) -> str:
    """The first text of these names; those of RSS stand in many a JSON Feed that was made by hand."""
    return next((words for name in names if (words := _string(item.get(name)))), "")


def _dates(item: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    return [words for name in names if (words := _string(item.get(name)))]


def _link(item: dict[str, Any], base: str, origin: str) -> str:
    """The page of an item, by its address, or by an id that is one."""
    name = _string(item.get("id"))
    identity = name if name.startswith(("http://", "https://")) else ""
    named = (*(_string(item.get(key)) for key in ("url", "external_url", "link")), identity)
    return next((url for words in named if (url := absolute(words, base)) and reaches_readers(url, origin)), "")


def _json_image(item: dict[str, Any], base: str, origin: str) -> Image | None:
    attached = (one for one in _list(item.get("attachments")) if isinstance(one, dict))
    pictures = (one.get("url") for one in attached if _string(one.get("mime_type")).startswith("image/"))
    for address in (*map(item.get, ("image", "banner_image", "thumbnail")), *pictures):
        url = absolute(_string(address), base)
        if url and is_news(Image(url), origin):
            return Image(url)
    return None


def _author(value: object) -> str:
    return plain(_string(value.get("name") if isinstance(value, dict) else value))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    """Text of a value that should be text: numbers are taken for it, and signs that no text has are left out."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return legal(str(value))
