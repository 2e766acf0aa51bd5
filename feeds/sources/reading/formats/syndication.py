"""Feeds as they come: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, sound or broken -> entries.

    bytes --decode--> text --parse, or mend and parse--> elements --read--> Entry
    Entry --document--> Document

Written on lxml, not feedparser: it takes a third of the time, and loses fewer entries of feeds that are damaged
(`bench/sources.py` measures both on the same feeds). Nothing is ever fetched, and nothing expanded but a few plain
words (`text.entities`): the DOCTYPE itself is cut out.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from lxml import etree

from feeds.models import Document
from feeds.sources import SourceSettings, agencies
from feeds.sources.reading.dates.moments import Reader, reader
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError, doubts, read_each
from feeds.sources.reading.formats import jsonfeed, sitemap
from feeds.sources.reading.formats.elements import (
    ITEMS,
    PUBLISHED,
    UPDATED,
    Facts,
    base_around,
    base_of,
    name_of,
    number,
)
from feeds.sources.reading.instead import what_it_is
from feeds.sources.reading.pictures import first_image
from feeds.sources.reading.text.decoding import decode, feed_in, is_cut_off, mended, shown_as_source
from feeds.sources.reading.text.markup import paragraphs, plain, without_codes
from feeds.sources.reading.text.signs import unescaped

__all__ = ["Channel", "Entry", "NotAFeedError", "document", "fingerprint", "read"]

_JSON_FEED = re.compile(r"\{\s*\"version\"\s*:\s*\"https?://(?:www\.)?jsonfeed\.org")
_JSON_LIST = re.compile(r"\[\s*\{")
_NOTICES = 5000  # characters that a site may print before its feed
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
_INVITING = ("پدیدار", "ادامه", "بیشتر بخوانید", "مشاهده", "the post ", "read more", "continue reading")
_COUNTER = re.compile(
    r"[ \n|(•-]*(?:(?:تعداد )?(?:بازدید(?: ها)?|نمایش|نظرات|دیدگاه[\u200c ]?ها)|views?|comments?) ?[:(] ?[\d,٬]+"
    r"(?: ?(?:بار|نفر|نظر))?[\s)|.]*$",
    re.IGNORECASE,
)
"""What counts up at each fetch: it would revise the article each time."""
_SHORT_TAIL = 40
_CUT = re.compile(r"[\s.…]*\[(?:…|\.{3})\]\s*$")


def read(data: bytes, url: str, *, charset: str = "", now: datetime | None = None) -> Channel:
    """Read a feed.

    Args:
        data: The body, as it came, without transfer encodings; may be cut off.
        url: Where it came from; relative links start there.
        charset: What the Content-Type said of it, if anything.
        now: The time; the clock's by default.

    Raises:
        NotAFeedError: It is no feed, or nothing of it can be read.
    """
    now = now or datetime.now(UTC)
    text = decode(data, charset).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise NotAFeedError("the answer is empty: ask the site, or remove the source")
    if text[0] == "{" or _JSON_LIST.match(text):
        return jsonfeed.read(text, url, now)
    text = shown_as_source(text)
    feed = feed_in(text)
    if not feed and (listed := sitemap.news_in(text)) is not None:
        return sitemap.read(listed, url, now)
    root, fault = _tree(feed) if feed else (None, "")
    if root is None or name_of(root).rpartition(":")[2] not in ("rss", "rdf", "feed"):
        if (begins := _JSON_FEED.search(text[:_NOTICES])) is not None:
            return jsonfeed.read(text[begins.start() :], url, now)
        raise NotAFeedError(what_it_is(text, url))
    return replace(_channel(root, url, fault, now), cut_off=bool(fault) and is_cut_off(feed))


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
    title = " ".join(without_codes(unescaped(entry.title)).split())
    title = "" if _PLACEHOLDER.fullmatch(title) else title
    if len(title) > TITLE_LIMIT:
        title, body = "", f"{title}\n\n{body}".strip()
    lead, body = _bounded(lead, BODY_LIMIT), _bounded(body, BODY_LIMIT)
    words = fingerprint(title, lead, body)
    published = entry.published or entry.updated or now
    return Document(
        source=home or source.key,
        key=key or words,
        title=title or _first_words(lead or body),
        body=body,
        lead=lead,
        published=min(published, now),
        day_only=entry.day_only and published <= now,
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


_PLACEHOLDER = re.compile(
    r"[\s\[(<«]*(?:null|nil|none|nan|undefined|n/?a"
    r"|untitled(?: (?:post|document|entry))?|no (?:title|subject|description)"
    r"|(?:object|array)(?: object)?|(?:بدون|فاقد) (?:عنوان|تیتر|موضوع|شرح))[\s\])>».]*|[\W\d_]+|https?://\S+",
    re.IGNORECASE,
)
"""What systems write where they have no words; an address, or figures, are no headline."""


def _told(markup: str) -> str:
    """The paragraphs of an entry, without the invitations to read on that systems put behind them."""
    text = paragraphs(without_codes(unescaped(markup)))
    for _ in range(2):  # many systems escape twice, or three times
        text = html.unescape(text)
    head, tail = text[:-_TAIL], text[-_TAIL:]
    if any(map(str.isdecimal, tail[-_SHORT_TAIL:])):
        tail = _COUNTER.sub("", tail)
    if any(word in tail.lower() for word in _INVITING) or _CUT.search(tail):
        while (shorter := _CUT.sub("…", _INVITATION.sub("", tail))) != tail:
            tail = shorter
    told = head + tail
    return "" if _PLACEHOLDER.fullmatch(told) else told


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
        fault = f"not well-formed: {str(error.msg).partition(chr(10))[0]}"
    try:
        sound = mended(text, one_case="mismatch" in fault)
        return etree.fromstring(sound.encode(), _parser(recover=True)), fault
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


def _channel(root: etree._Element, url: str, fault: str, now: datetime) -> Channel:
    kind = name_of(root).rpartition(":")[2]
    head = root if kind == "feed" else next((child for child in root if name_of(child) == "channel"), root)
    feed = Facts(head, url if head is root else base_of(root, url), url)
    site = feed.link()
    elements = _elements(root, broken=bool(fault))
    # RSS has no base of its own: relative links start at the site.
    home = site or url
    bases = {head: feed.base if feed.base != url else home}
    found = []
    for element in elements:
        around = element.getparent()
        if around not in bases:
            bases[around] = based if (based := base_around(element, url)) != url else home
        found.append(Facts(element, bases[around], url))
    dates = reader([words for facts in found for words in facts.dates(*PUBLISHED)], now)
    entries, lost = read_each(found, partial(_entry, feed=feed, origin=url, dates=dates))
    lacking = f"{lost} of {len(elements)} entries could not be read" if lost else ""
    return Channel(
        form={"feed": "atom"}.get(kind, kind),
        title=plain(feed.text("title")),
        site=site,
        entries=tuple(entries),
        ttl=_ttl(feed),
        fault="; ".join(filter(None, (fault or lacking, doubts(entries, len(elements))))),
    )


def _elements(root: etree._Element, *, broken: bool) -> list[etree._Element]:
    """The entries of a feed. One that stands in another is taken out of it where broken markup put it there."""
    usual = list(root.iter("{*}item", "{*}entry", "{*}Item", "{*}Entry", "{*}ITEM", "{*}ENTRY"))
    found = usual or [element for element in root.iter() if name_of(element) in ITEMS]
    nested = [element for element in found if any(name_of(around) in ITEMS for around in element.iterancestors())]
    if not broken:
        return [element for element in found if element not in nested] if nested else found
    for element in nested:
        around = element.getparent()
        if around is not None:
            around.remove(element)
    return found


def _entry(facts: Facts, *, feed: Facts, origin: str, dates: Reader) -> Entry:
    summary, summary_base = facts.markup(
        *("description", "summary", "dc:description", "tagline", "media:description", "itunes:summary", "abstract")
    )
    content, content_base = facts.markup("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fulltext")
    published, day_only = dates.first(facts.dates(*PUBLISHED))
    updated, updated_day = dates.first(facts.dates(*UPDATED))
    image = (
        facts.image()
        or first_image(content, content_base, origin)
        or first_image(summary, summary_base, origin)
        or facts.thumbnail()
        or facts.own_image()
        # The cover of a podcast stands for its episodes; a site's logo says nothing of its news.
        or (feed.own_image() if facts.has_recording() else None)
    )
    return Entry(
        guid=" ".join(facts.text("guid", "id", "dc:identifier").split()) or facts.about(),
        link=facts.link(),
        title=plain(facts.markup("title", "dc:title", "media:title")[0]),
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        day_only=day_only if published else updated_day,
        undated="" if published or updated else next(facts.dates(*PUBLISHED, *UPDATED), ""),
        categories=tuple(dict.fromkeys(facts.categories())),
        author=plain(facts.text("dc:creator", "author", "itunes:author")),
        image=image,
    )


def _ttl(facts: Facts) -> timedelta | None:
    minutes = number(facts.text("ttl"))
    return timedelta(minutes=minutes) if minutes else None
