"""The rules that feeds are held to: RSS 2.0, RFC 4287, JSON Feed 1.1, and what readers choke on beyond them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}content"

CHANNEL_ONCE = {"title", "link", "description", "language", "copyright", "docs", "generator", "lastBuildDate", "ttl"}
CHANNEL_TOO = {"image", "item", f"{ATOM}link", "{http://purl.org/syndication/history/1.0}archive"}
ITEM_ONCE = {"title", "link", "description", "guid", "pubDate", CONTENT, CREATOR, f"{ATOM}updated"}
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$._!~*'()%,#-]*")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]+(/([A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*)?")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffd-\uffff\u202a-\u202e\u2066-\u2069]")
BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
ENTITY = re.compile(r"&(#\d+|#x[0-9a-f]+|lt|gt|amp|quot|nbsp|zwnj);")
SAFE_TAGS = {"div", "h3", "p", "b", "a", "br", "img"}


def broken_in_rss(data: bytes, address: str, *, now: datetime) -> list[str]:
    """Which rules an RSS feed breaks; empty for a good one."""
    return list(_rss(data, address, now))


def _rss(data: bytes, address: str, now: datetime) -> Iterator[str]:
    yield from _document(data)
    root = etree.fromstring(data)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        yield "the root is not <rss version=2.0> with one channel"
    channel = root[0]
    counts = Counter(child.tag for child in channel)
    yield from (f"channel has {counts[name]} <{name}>" for name in CHANNEL_ONCE if counts[name] != 1)
    yield from (f"channel has <{name}>" for name in counts if name not in CHANNEL_ONCE | CHANNEL_TOO)
    if channel.findtext("language") != "fa":
        yield "the language is not exactly fa"
    own = [link for link in channel.iter(f"{ATOM}link") if link.get("rel") == "self"]
    if [(link.get("href"), link.get("type")) for link in own] != [(address, "application/rss+xml")]:
        yield "atom:self is not the public address with its type"
    if not ADDRESS.fullmatch(channel.findtext("link", "")):
        yield "the channel's link is no address"
    if int(channel.findtext("ttl", "0")) < 1:
        yield "ttl is no number of minutes"
    image = {child.tag: child.text for child in channel.find("image")}
    if image.get("title") != channel.findtext("title") or image.get("link") != channel.findtext("link"):
        yield "the image's title and link are not the channel's"
    if not re.fullmatch(r".*\.(png|gif|jpe?g)", image.get("url", "")) or int(image.get("width", "0")) > 144:
        yield "the image is no PNG, GIF or JPEG of 144 pixels at most"
    yield from _date(channel.findtext("lastBuildDate", ""), RFC822, now)
    items = channel.findall("item")
    for item in items:
        yield from (f"{item.findtext('guid')}: {rule}" for rule in _rss_item(item, now))
    yield from _list([item.findtext("guid") for item in items], [item.findtext("pubDate") for item in items])
    changes = [datetime.fromisoformat(item.findtext(f"{ATOM}updated")) for item in items]
    if changes and parsedate_to_datetime(channel.findtext("lastBuildDate")) != max(changes):
        yield "lastBuildDate is not the newest change"


def _rss_item(item: Any, now: datetime) -> Iterator[str]:
    counts = Counter(child.tag for child in item)
    required = ITEM_ONCE - {CREATOR}
    yield from (f"item has {counts[name]} <{name}>" for name in required if counts[name] != 1)
    yield from (f"item has {counts[name]} <{name}>" for name in (CREATOR, MEDIA) if counts[name] > 1)
    yield from (f"item has <{name}>" for name in counts if name not in ITEM_ONCE | {"category", MEDIA})
    if item.find("guid").get("isPermaLink") != "false" or not TAG_URI.fullmatch(item.findtext("guid")):
        yield "the guid is no tag: URI"
    for category in item.iter("category"):
        if not (category.text or "").strip():
            yield "a category is blank"
    for picture in item.iter(MEDIA):
        if not ADDRESS.fullmatch(picture.get("url", "")) or picture.get("medium") != "image":
            yield "media:content has no address or no medium"
    yield from _date(item.findtext("pubDate"), RFC822, now)
    yield from _date(item.findtext(f"{ATOM}updated"), RFC3339, now)
    yield from _words(
        item.findtext("title"), item.findtext("link"), item.findtext("description"), item.findtext(CONTENT)
    )


def broken_in_atom(data: bytes, address: str, *, now: datetime) -> list[str]:
    """Which rules an Atom feed breaks; empty for a good one."""
    return list(_atom(data, address, now))


def _atom(data: bytes, address: str, now: datetime) -> Iterator[str]:
    yield from _document(data)
    root = etree.fromstring(data)
    if root.tag != f"{ATOM}feed" or root.get("{http://www.w3.org/XML/1998/namespace}lang") != "fa":
        yield "the root is not <feed xml:lang=fa>"
    if [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] != [address]:
        yield "self is not the public address"
    if not root.findtext(f"{ATOM}author/{ATOM}name") or not TAG_URI.fullmatch(root.findtext(f"{ATOM}id")):
        yield "the feed has no author or no tag: URI"
    yield from _date(root.findtext(f"{ATOM}updated"), RFC3339, now)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("published", "updated"):
            yield from _date(entry.findtext(f"{ATOM}{name}"), RFC3339, now)
        if entry.find(f"{ATOM}content").get("type") != "html":
            yield "content is not of type html"
        yield from _words(
            entry.findtext(f"{ATOM}title"),
            entry.find(f"{ATOM}link").get("href"),
            entry.findtext(f"{ATOM}summary"),
            entry.findtext(f"{ATOM}content"),
        )
    yield from _list(
        [entry.findtext(f"{ATOM}id") for entry in entries], [entry.findtext(f"{ATOM}published") for entry in entries]
    )


def broken_in_json(data: bytes, address: str, *, now: datetime) -> list[str]:
    """Which rules a JSON Feed breaks; empty for a good one."""
    return list(_json(data, address, now))


def _json(data: bytes, address: str, now: datetime) -> Iterator[str]:
    feed = json.loads(data)
    if feed["version"] != "https://jsonfeed.org/version/1.1" or feed["feed_url"] != address or feed["language"] != "fa":
        yield "version, feed_url or language is wrong"
    for item in feed["items"]:
        for name in ("date_published", "date_modified"):
            yield from _date(item[name], RFC3339, now)
        yield from _words(item["title"], item["url"], item["summary"], item["content_html"])
    yield from _list([item["id"] for item in feed["items"]], [item["date_published"] for item in feed["items"]])


def _document(data: bytes) -> Iterator[str]:
    if not re.match(rb"<\?xml version='1.0' encoding='UTF-8'\?>", data):
        yield "no XML declaration with UTF-8"
    if b"<!DOCTYPE" in data:
        yield "a DOCTYPE"
    if len(data) > 1_000_000:
        yield "larger than a megabyte"
    if CONTROL.search(data.decode()):
        yield "a control character"


def _date(text: str, form: re.Pattern[str], now: datetime) -> Iterator[str]:
    if not form.fullmatch(text):
        yield f"{text} has not the form of its format"
        return
    moment = parsedate_to_datetime(text) if form is RFC822 else datetime.fromisoformat(text)
    if not datetime(1990, 1, 1, tzinfo=UTC) <= moment <= now:
        yield f"{text} is in the future, or of another calendar"
    if form is RFC822 and moment.strftime("%a") != text[:3]:
        yield f"{text} names another day of the week"


def _words(title: str, link: str, summary: str, content: str) -> Iterator[str]:
    if not ADDRESS.fullmatch(link):
        yield f"{link} is no absolute, encoded address"
    if not title or title != " ".join(title.split()) or BIDI.search(title) or ENTITY.search(title):
        yield "the title is not one line of plain text"
    if not summary or ENTITY.search(summary):
        yield "the summary is not plain text"
    if len(content) <= len(summary):
        yield "the content is not longer than the summary"
    yield from _content(content)


def _content(content: str) -> Iterator[str]:
    try:
        body = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        yield f"the content is not balanced: {error}"
        return
    if body.tag != "div" or dict(body.attrib) != {"dir": "rtl", "lang": "fa"}:
        yield "the content is not one <div dir=rtl lang=fa>"
    for element in body.iter():
        names = set(element.attrib)
        if element.tag not in SAFE_TAGS or names - {"dir", "lang", "href", "src", "alt", "width", "height"}:
            yield f"the content has <{element.tag} {names}>"
        yield from (
            f"the content points to {element.get(name)}"
            for name in names & {"href", "src"}
            if not ADDRESS.fullmatch(element.get(name))
        )
        if element.tag == "img" and not element.get("alt"):
            yield "a picture without words"


def _list(guids: list[str], dates: list[str]) -> Iterator[str]:
    if len(set(guids)) != len(guids):
        yield "a guid twice"
    if len(guids) > 100:
        yield "more than a hundred items"
    moments = [parsedate_to_datetime(date) if "," in date else datetime.fromisoformat(date) for date in dates]
    if moments != sorted(moments, reverse=True):
        yield "not newest first"
