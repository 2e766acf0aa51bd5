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
import re
from dataclasses import replace
from datetime import datetime, timedelta

from lxml import etree

from feeds.models import Document
from feeds.sources import SourceSettings, agencies
from feeds.sources.reading import jsonfeed
from feeds.sources.reading.decoding import decode, is_cut_off, mended, without_doctype
from feeds.sources.reading.elements import Facts, base_of, family, number
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, read_each
from feeds.sources.reading.markup import first_image, paragraphs, plain

__all__ = ["Channel", "Entry", "NotAFeedError", "document", "fingerprint", "read"]

_CHALLENGES = re.compile(
    r"document\.cookie|__arcs|arvancloud|cf[-_]chl|just a moment|checking your browser|captcha|location\.reload",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"(?:<!--.*?-->|<\?.*?\?>|\s)*<(?:!doctype\s+)?(?:html|head|body|script)\b", re.IGNORECASE | re.DOTALL
)


TITLE_LIMIT = 500  # characters; what is longer is a text without a title
BODY_LIMIT = 100_000
"""Characters; the longest real report is a quarter of it. What goes on beyond is left out, by whole paragraphs."""
_TAIL = 600  # characters of a text in which an invitation may begin
_INVITATION = re.compile(
    r"(?:\n\n|^)(?:نوشته(?:ٔ|ی)? [^\n]*پدیدار شد\.?|The post [^\n]* (?:appeared )?first (?:appeared )?on [^\n]*)\s*$"
    r"|[ \n\[(«]*(?:ادامه(?:ٔ|ی)? (?:مطلب|خبر|متن|نوشته)|بیشتر بخوانید|مشاهده (?:خبر|مطلب) کامل"
    r"|read more|continue reading)"
    r"[\s\])».…:>←→]*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"[\s.…]*\[(?:…|\.{3})\]\s*$")


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
        return jsonfeed.read(start, url)
    if "<" not in start or ("html" in media_type and not _looks_like_feed(start)) or _looks_like_html(start):
        raise NotAFeedError(_what_it_is(start))
    start = without_doctype(start)
    root, fault = _tree(start)
    if root is None or family(root)[1] not in ("rss", "rdf", "feed"):
        raise NotAFeedError(_what_it_is(start))
    return replace(_channel(root, url, fault), cut_off=bool(fault) and is_cut_off(start))


def document(entry: Entry, source: SourceSettings, *, name: str, now: datetime, voice: str = "") -> Document:
    """An entry as a document; nothing is edited.

    Args:
        entry: What the feed gave.
        source: The settings of its feed.
        name: The agency.
        now: The date of an entry without one; a later date is not believed.
        voice: In whose name the feed speaks, see `agencies.voice_of`.
    """
    home, key = agencies.identity(entry.link, entry.guid, voice)
    lead, body = _told(entry.summary), _told(entry.content)
    if not body or body == lead:
        lead, body = "", body or lead
    title = entry.title
    if len(title) > TITLE_LIMIT:
        title, body = "", f"{title}\n\n{body}".strip()
    lead, body = _bounded(lead, BODY_LIMIT), _bounded(body, BODY_LIMIT)
    words = fingerprint(title, lead, body)
    return Document(
        source=home or source.key,
        key=key or words,
        title=title or _first_words(lead or body),
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
    """A hash of what readers see of an entry; its dates, pictures and markup are touched without a reason."""
    return hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:32]


def _told(markup: str) -> str:
    """The paragraphs of an entry, without the invitations to read on that systems put behind them."""
    text = html.unescape(paragraphs(markup))  # many systems escape twice
    head, tail = text[:-_TAIL], text[-_TAIL:]
    while (shorter := _CUT.sub("…", _INVITATION.sub("", tail))) != tail:
        tail = shorter
    return head + tail


def _bounded(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    whole, _, _ = text[:limit].rpartition("\n\n")
    return f"{whole or text[:limit].rpartition(' ')[0] or text[:limit]}…"


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
    entries, lost = read_each(elements, lambda element: _entry(Facts(element, base)))
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
