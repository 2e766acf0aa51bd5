"""Feeds as they come: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, sound or broken -> entries.

    bytes --decode--> text --parse, or mend and parse--> elements --read--> Entry
    Entry --document--> Document

Written on lxml, not feedparser: it takes a third of the time, and loses fewer entries of feeds that are damaged
(`bench/sources.py` measures both on the same feeds). Nothing is ever fetched or expanded: a DOCTYPE is cut out unread,
so its entities are unknown.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from lxml import etree

from feeds.errors import SourceError
from feeds.models import Document, Image
from feeds.sources import SourceSettings, agencies
from feeds.sources.dates import moment
from feeds.sources.decoding import decode, mended, without_doctype
from feeds.sources.elements import Facts, family, number
from feeds.sources.markup import absolute, first_image, paragraphs, plain

log = logging.getLogger(__name__)

_Raw = TypeVar("_Raw")
_CHALLENGES = re.compile(
    r"document\.cookie|__arcs|arvancloud|cf[-_]chl|just a moment|checking your browser|captcha|location\.reload",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"(?:<!--.*?-->|<\?.*?\?>|\s)*<(?:!doctype\s+)?(?:html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)


class NotAFeedError(SourceError):
    """What came is no feed: a page, a challenge, nothing. The message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, as it stands there; texts may hold HTML unless said otherwise."""

    guid: str = ""
    link: str = ""
    """Absolute and percent-encoded."""
    title: str = ""
    """Plain."""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    """Plain; a domain that is a word stands before its category: `tehran` before «استان‌ها > تهران»."""
    author: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed that could be read, wholly or in part."""

    form: str
    """`rss`, `rdf`, `atom` or `json`."""
    title: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    ttl: timedelta | None = None
    """How long the feed asks to be left alone."""
    fault: str = ""
    """What is wrong with it although it could be read; empty where nothing is."""


def read(data: bytes, url: str, *, charset: str = "", media_type: str = "") -> Channel:
    """Read a feed.

    Args:
        data: The body, as it came, without transfer encodings; may be cut off.
        url: Where it came from; relative links start there.
        charset: What the Content-Type said of it, if anything.
        media_type: The Content-Type without parameters.

    Raises:
        NotAFeedError: It is no feed, or nothing of it can be read.
    """
    text = decode(data, charset)
    start = text.lstrip()
    if not start:
        raise NotAFeedError("the answer is empty: ask the site, or remove the source")
    if start[0] == "{":
        return _json_feed(start, url)
    if "<" not in start or ("html" in media_type and not _looks_like_feed(start)) or _looks_like_html(start):
        raise NotAFeedError(_what_it_is(start))
    root, fault = _tree(start)
    if root is None or family(root)[1] not in ("rss", "rdf", "feed"):
        raise NotAFeedError(_what_it_is(start))
    return _channel(root, url, fault)


def document(entry: Entry, source: SourceSettings, *, name: str, now: datetime) -> Document:
    """An entry as a document; nothing is edited.

    Args:
        entry: What the feed gave.
        source: The settings of its feed.
        name: The agency.
        now: The date of an entry without one; a later date is not believed.
    """
    home, key = agencies.identity(entry.link, entry.guid)
    lead, body = paragraphs(entry.summary), paragraphs(entry.content)
    if not body or body == lead:
        lead, body = "", body or lead
    return Document(
        source=home or source.key,
        key=key or fingerprint(entry),
        title=entry.title or _first_words(lead or body),
        body=body,
        lead=lead,
        published=min(entry.published or entry.updated or now, now),
        url=entry.link,
        agency=name,
        categories=entry.categories,
        province=source.province,
        feed=source.key,
        hold=source.hold,
        image=entry.image,
        fingerprint=fingerprint(entry),
    )


def fingerprint(entry: Entry) -> str:
    """A hash of what readers see of an entry. Its dates and pictures are not: agencies touch them without a reason."""
    words = f"{entry.title}\0{entry.summary}\0{entry.content}"
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()[:32]


def _first_words(text: str) -> str:
    words = text.split("\n", 1)[0].split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")  # noqa: PLR2004


# -- XML ---------------------------------------------------------------------------------------------------------------


def _tree(text: str) -> tuple[etree._Element | None, str]:
    """The root of a feed and what is wrong with it; a feed that is not well-formed is mended first."""
    text = without_doctype(text)
    try:
        return etree.fromstring(text.encode(), _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        fault = f"not well-formed: {error.msg}"
    try:
        return etree.fromstring(mended(text).encode(), _parser(recover=True)), fault
    except etree.XMLSyntaxError:
        return None, fault


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _channel(root: etree._Element, url: str, fault: str) -> Channel:
    form = {"feed": "atom"}.get(family(root)[1], family(root)[1])
    head = root if form == "atom" else next((child for child in root if family(child)[1] == "channel"), root)
    facts = Facts(head, url)
    base = facts.link() or url
    elements = list(root.iter("{*}item", "{*}entry"))
    entries, lost = _each(elements, lambda element: _entry(Facts(element, base)))
    if lost:
        fault = fault or f"{lost} of {len(elements)} entries could not be read"
    return Channel(
        form=form,
        title=plain(facts.text("title", "atom:title")),
        site=facts.link(),
        entries=tuple(entries),
        ttl=_ttl(facts),
        fault=fault,
    )


def _entry(facts: Facts) -> Entry:
    summary = facts.markup("description", "atom:summary", "dc:description", "atom:tagline", "media:description")
    content = facts.markup("content:encoded", "atom:content", "body", "fulltext")
    return Entry(
        guid=" ".join(facts.text("guid", "atom:id", "dc:identifier").split()) or facts.about(),
        link=facts.link(),
        title=plain(facts.markup("title", "atom:title", "dc:title", "media:title")),
        summary=summary,
        content=content,
        published=facts.moment("pubDate", "atom:published", "atom:issued", "dc:date", "dc:created", "dc:issued"),
        updated=facts.moment("atom:updated", "atom:modified", "dc:modified", "lastBuildDate"),
        categories=tuple(dict.fromkeys(facts.categories())),
        author=plain(facts.text("dc:creator", "author", "atom:author")),
        image=facts.image() or first_image(content, facts.base) or first_image(summary, facts.base),
    )


def _ttl(facts: Facts) -> timedelta | None:
    minutes = number(facts.text("ttl"))
    return timedelta(minutes=minutes) if minutes else None


# -- JSON Feed ---------------------------------------------------------------------------------------------------------


def _json_feed(text: str, url: str) -> Channel:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"broken JSON ({str(error)[:80]}): ask the site, or give the address of its RSS") from None
    items = feed.get("items")
    if not isinstance(items, list):
        raise NotAFeedError("JSON, but no JSON Feed (it has no items): give the address of a feed")
    base = absolute(_string(feed.get("home_page_url")), url) or url
    entries, lost = _each(items, lambda item: _json_entry(item, base))
    return Channel(
        form="json",
        title=plain(_string(feed.get("title"))),
        site=absolute(_string(feed.get("home_page_url")), url) if feed.get("home_page_url") else "",
        entries=tuple(entries),
        fault=f"{lost} of {len(items)} entries could not be read" if lost else "",
    )


def _json_entry(item: dict[str, Any], base: str) -> Entry:
    link = _string(item.get("url")) or _string(item.get("external_url"))
    picture = absolute(_string(item.get("image")) or _string(item.get("banner_image")), base)
    content = _string(item.get("content_html"))
    authors = item.get("authors") or [item.get("author")]
    tags = item.get("tags")
    return Entry(
        guid=_string(item.get("id")),
        link=absolute(link, base) if link else "",
        title=plain(_string(item.get("title"))),
        summary=_string(item.get("summary")),
        content=content or _string(item.get("content_text")),
        published=moment(_string(item.get("date_published"))),
        updated=moment(_string(item.get("date_modified"))),
        categories=tuple(plain(_string(tag)) for tag in tags) if isinstance(tags, list) else (),
        author=next((_string(author.get("name")) for author in authors if isinstance(author, dict)), ""),
        image=Image(picture) if picture and picture != base else first_image(content, base),
    )


def _string(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


# -- What came instead -------------------------------------------------------------------------------------------------


def _looks_like_feed(text: str) -> bool:
    return re.search(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", text[:2000]) is not None


def _looks_like_html(text: str) -> bool:
    return _HTML.match(text[:5000]) is not None


def _what_it_is(text: str) -> str:
    if _CHALLENGES.search(text[:20_000]):
        return "a challenge page (cookie or captcha) instead of a feed: the site wants a browser; try a proxy"
    title = re.search(r"<title[^>]*>(.*?)</title>", text[:20_000], re.IGNORECASE | re.DOTALL)
    if title or _looks_like_html(text):
        named = f" («{plain(title[1])[:60]}»)" if title else ""
        return (
            f"an HTML page{named} instead of a feed: the feed has moved, or the site refuses; look for its new address"
        )
    return "neither RSS, RDF, Atom nor JSON Feed: give the address of a feed"


def _each(items: Iterable[_Raw], read_one: Callable[[_Raw], Entry]) -> tuple[list[Entry], int]:
    """The entries of a feed, and how many could not be read: one that breaks us takes no other with it."""
    entries: list[Entry] = []
    lost = 0
    for item in items:
        try:
            entry = read_one(item)
        except Exception:
            log.debug("an entry could not be read", exc_info=True)
            entry = Entry()
        if entry.title or entry.summary or entry.content:
            entries.append(entry)
        else:
            lost += 1
    return entries, lost
