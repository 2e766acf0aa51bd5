"""A site map of news, as sites write it for Google News -> entries: some have nothing else that tells what is new.

Each page has its headline and time; there is no text, which comes from the page itself.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

from lxml import etree

from feeds.models import Image
from feeds.sources.fetching.addresses import absolute, reaches_readers
from feeds.sources.reading.dates.moments import Reader, reader
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, doubts, read_each
from feeds.sources.reading.pictures import is_news
from feeds.sources.reading.text.decoding import mended
from feeds.sources.reading.text.markup import plain
from feeds.sources.reading.text.signs import legal

FORM = "sitemap"
_MAP = re.compile(r"<(?:[\w.-]+:)?urlset[\s>]", re.IGNORECASE)
_LOOKED_AT = 5000  # characters in which it begins


def news_in(text: str) -> str | None:
    """The XML of a site map with headlines; None for anything else."""
    begins = _MAP.search(text[:_LOOKED_AT])
    return text[begins.start() :] if begins and "sitemap-news" in text and ":title" in text else None


def read(text: str, url: str, now: datetime) -> Channel:
    """Read a site map of news.

    Args:
        text: From its root.
        url: Where it came from.
        now: The time.

    Raises:
        NotAFeedError: nothing of it can be read.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(mended(legal(text)).encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    pages = [] if root is None else [_facts(page) for page in root.iter("{*}url")]
    pages = [page for page in pages if page.get("title")]
    if not pages:
        raise NotAFeedError("a site map that can't be read: ask the site, or look for its feed")
    dates = reader([page["publication_date"] for page in pages if "publication_date" in page], now)
    entries, lost = read_each(pages, partial(_entry, origin=url, dates=dates))
    lacking = f"{lost} of {len(pages)} entries could not be read" if lost else ""
    return Channel(
        form=FORM,
        title=plain(next((page["name"] for page in pages if "name" in page), "")),
        entries=tuple(entries),
        fault="; ".join(filter(None, (lacking, doubts(entries, len(pages))))),
    )


def _facts(page: etree._Element) -> dict[str, str]:
    """What stands about a page, by the names of its elements; `loc` is its address, `image` that of its picture."""
    found: dict[str, str] = {}
    for element in page.iter("{*}*"):
        words, name = (element.text or "").strip(), etree.QName(element).localname.lower()
        if words and "sitemap-image" in str(element.tag):
            name = {"loc": "image"}.get(name, "")
        if words and name:
            found.setdefault(name, words)
    return found


def _entry(page: dict[str, str], *, origin: str, dates: Reader) -> Entry:
    link = absolute(page.get("loc", ""), origin)
    written = page.get("publication_date", "") or page.get("lastmod", "")
    published, day_only = dates.first([written] if written else [])
    image = Image(picture) if (picture := absolute(page.get("image", ""), origin)) else None
    return Entry(
        link=link if link and reaches_readers(link, origin) else "",
        title=plain(page["title"]),
        published=published,
        day_only=day_only,
        undated="" if published else written,
        categories=tuple(filter(None, (plain(word) for word in re.split(r"[,،]", page.get("keywords", ""))))),
        image=image if image and is_news(image, origin) else None,
    )
