"""JSON Feed 1.0 and 1.1, with the odd types that its writers put into it -> entries."""

from __future__ import annotations

import html
import json
import re
from contextlib import suppress
from typing import Any

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.dates import moment
from feeds.sources.reading.decoding import ILLEGAL
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, read_each
from feeds.sources.reading.markup import first_image, plain


def read(text: str, url: str) -> Channel:
    """Read a JSON Feed; of one that breaks off, what came whole.

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
    entries, lost = read_each(items, lambda item: _json_entry(item, site or url))
    return Channel(
        form="json",
        title=plain(_string(feed.get("title"))),
        site=site,
        entries=tuple(entries),
        fault=fault or (f"{lost} of {len(items)} entries could not be read" if lost else ""),
        cut_off=bool(fault),
    )


def _json(text: str) -> tuple[dict[str, Any], object, str]:
    """A feed, its items, and what is wrong with it: of one that breaks off, the items that came whole."""
    try:
        feed = json.loads(text)
        return feed, feed.get("items"), ""
    except (ValueError, RecursionError) as error:
        fault = f"broken JSON ({str(error)[:80]})"
    items, decoder, between = [], json.JSONDecoder(), _ITEMS.search(text)
    with suppress(ValueError, RecursionError):
        while between:
            item, end = decoder.raw_decode(text, between.end())
            items.append(item)
            between = _COMMA.match(text, end)
    return {}, items or None, fault


_ITEMS = re.compile(r"\"items\"\s*:\s*\[\s*")
_COMMA = re.compile(r"\s*,\s*")


def _json_entry(item: dict[str, Any], base: str) -> Entry:
    link = _string(item.get("url")) or _string(item.get("external_url"))
    content = _string(item.get("content_html"))
    return Entry(
        guid=_string(item.get("id")),
        link=absolute(link, base) if link else "",
        title=plain(_string(item.get("title"))),
        summary=_string(item.get("summary")),
        content=content or html.escape(_string(item.get("content_text")), quote=False),
        published=moment(_string(item.get("date_published"))),
        updated=moment(_string(item.get("date_modified"))),
        categories=tuple(filter(None, (plain(_string(tag)) for tag in _list(item.get("tags"))))),
        author=next(filter(None, map(_author, [*_list(item.get("authors")), item.get("author")])), ""),
        image=_json_image(item, base) or first_image(content, base),
    )


def _json_image(item: dict[str, Any], base: str) -> Image | None:
    attached = (one for one in _list(item.get("attachments")) if isinstance(one, dict))
    pictures = (one.get("url") for one in attached if _string(one.get("mime_type")).startswith("image/"))
    for address in (item.get("image"), item.get("banner_image"), *pictures):
        if _string(address) and (url := absolute(_string(address), base)):
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
    return ILLEGAL.sub("", str(value))
