"""Feeds as they come: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, sound or broken -> entries.

    bytes --decode--> text --parse, or mend and parse--> elements --read--> Entry
    Entry --document--> Document

Written on lxml, not feedparser: it takes a third of the time, and loses fewer entries of feeds that are damaged
(`bench/sources.py` measures both on the same feeds). Nothing is ever fetched or expanded: a DOCTYPE is cut out unread,
so its entities are unknown.
"""

from __future__ import annotations

import hashlib
import html
import json
import logging
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from lxml import etree

from feeds.errors import SourceError
from feeds.models import Document, Image
from feeds.sources import SourceSettings, agencies
from feeds.sources.dates import moment
from feeds.sources.decoding import ILLEGAL, decode, is_cut_off, mended, without_doctype
from feeds.sources.elements import Facts, base_of, family, number
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
    cut_off: bool = False
    """It ends before its end; what stood there is not lost, but not there yet."""


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
    start = without_doctype(start)
    root, fault = _tree(start)
    if root is None or family(root)[1] not in ("rss", "rdf", "feed"):
        raise NotAFeedError(_what_it_is(start))
    return replace(_channel(root, url, fault), cut_off=bool(fault) and is_cut_off(start))


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
    words = fingerprint(entry.title, lead, body)
    return Document(
        source=home or source.key,
        key=key or words,
        title=entry.title or _first_words(lead or body),
        body=body,
        lead=lead,
        published=min(entry.published or entry.updated or now, now),
        url=agencies.untracked(entry.link),
        agency=name,
        categories=entry.categories,
        province=source.province,
        feed=source.key,
        hold=source.hold,
        image=entry.image,
        fingerprint=words,
    )


def fingerprint(*texts: str) -> str:
    """A hash of what readers see of an entry. Its dates, pictures and markup are not: they are touched for no reason."""
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:32]


def _first_words(text: str) -> str:
    words = text.split("\n", 1)[0].split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")  # noqa: PLR2004


# -- XML ---------------------------------------------------------------------------------------------------------------


def _tree(text: str) -> tuple[etree._Element | None, str]:
    """The root of a feed and what is wrong with it; a feed that is not well-formed is mended first."""
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
    facts = Facts(head, url if head is root else base_of(root, url))
    base = facts.base if facts.base != url else facts.link() or url
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
    feed, items, fault = _json(text)
    if not isinstance(items, list):
        raise NotAFeedError(
            f"{fault}: ask the site, or give the address of its RSS"
            if fault
            else "JSON, but no JSON Feed (it has no items): give the address of a feed"
        )
    home = _string(feed.get("home_page_url"))
    site = absolute(home, url) if home else ""
    entries, lost = _each(items, lambda item: _json_entry(item, site or url))
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
    items, begins = [], _ITEMS.search(text)
    decoder, place = json.JSONDecoder(), begins.end() if begins else len(text)
    with suppress(ValueError, RecursionError):
        while True:
            item, place = decoder.raw_decode(text, place)
            items.append(item)
            place = _COMMA.match(text, place).end()  # type: ignore[union-attr] - matches always
    return {}, items or None, fault


_ITEMS = re.compile(r"\"items\"\s*:\s*\[\s*")
_COMMA = re.compile(r"\s*,?\s*")


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
