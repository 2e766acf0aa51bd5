"""What came instead of a feed, for the desk: what it is, and what to do. Pure."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from feeds.sources.fetching.addresses import absolute
from feeds.sources.reading.text.decoding import without_declaration
from feeds.sources.reading.text.markup import parse_page, plain

_CHALLENGES = re.compile(
    r"document\.cookie|__arcs|arvancloud|cf[-_]chl|just a moment|checking your browser|captcha|location\.reload",
    re.IGNORECASE,
)
_FILTER = re.compile(r"//10\.10\.3[0-9]\.\d{1,3}[/?:\"']")
"""What Iran's network shows in place of sites that it blocks."""
# Atomic: a page of nothing but comments must not be parted in all ways that there are.
_BEFORE = r"(?:(?><!--.*?-->)|(?><\?.*?\?>)|\s)*+"
_HTML = re.compile(rf"{_BEFORE}<(?:!doctype\s+)?(?:html|head|body|script|meta)\b", re.IGNORECASE | re.DOTALL)
_LISTS = re.compile(rf"{_BEFORE}<(opml|urlset|sitemapindex)\b", re.IGNORECASE | re.DOTALL)
_XML_ROOT = re.compile(rf"{_BEFORE}<([A-Za-z][\w:.-]{{0,40}})", re.DOTALL)
_FEED_TYPES = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json)", re.IGNORECASE)
_FILES = {"PK\x03\x04": "a ZIP file", "%PDF": "a PDF", "PNG\r\n": "a picture", "GIF8": "a picture"}
"""By what they begin with, as far as it is text."""
_BEGINNING = 5000  # characters
_LOOKED_AT = 20_000


def what_it_is(text: str, url: str) -> str:
    """What a text is that is no feed, in a sentence that says what to do.

    Args:
        text: As it was decoded.
        url: Where it came from.
    """
    head = text[:_LOOKED_AT]
    if known := _of_another_kind(text, head):
        return known
    title = re.search(r"<title[^>]*>(.*?)</title>", head, re.IGNORECASE | re.DOTALL)
    if _HTML.match(text[:_BEGINNING]) or (title and not text.startswith("<?xml")):
        return _of_page(head, plain(title[1])[:60] if title else "", url)
    root = _XML_ROOT.match(text[:_BEGINNING]) if text.startswith("<?xml") or "xmlns" in head else None
    kind = f", but XML of another kind (<{root[1]}>)" if root else ""
    says = plain(without_declaration(text[:_BEGINNING]))[:60]
    said = f" («{says}»)" if says.isprintable() and any(map(str.isalpha, says)) else ""
    return f"neither RSS, RDF, Atom nor JSON Feed{kind}{said}: give the address of a feed"


def _of_another_kind(text: str, head: str) -> str:
    """What is known by its marks, and what to do about it; "" for anything else."""
    if _FILTER.search(head):
        return "the page that a network shows instead of sites which it blocks: reach the feed by a proxy"
    if _CHALLENGES.search(head):
        return "a challenge page (cookie or captcha) instead of a feed: the site wants a browser; try a proxy"
    if lists := _LISTS.match(text[:_BEGINNING]):
        if lists[1].lower() == "opml":
            return "a list of feeds (OPML) instead of a feed: save it, and give it to `chapar sources import`"
        return "a site map without headlines instead of a feed: look for the site's feed, or its site map of news"
    file = next((name for mark, name in _FILES.items() if mark in text[:8]), "")
    return f"{file} instead of a feed: give the address of a feed" if file else ""


def _of_page(head: str, title: str, url: str) -> str:
    page = f"an HTML page{f' («{title}»)' if title else ''} instead of a feed"
    tree = parse_page(without_declaration(head))
    if tree is not None:
        if feeds := _announced(tree, url):
            return f"{page}: it names {feeds} as its feed; use that address"
        if tree.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']"):
            return f"{page}: it asks to log in; look for a feed that is open, or for the user and password of this one"
    return f"{page}: the feed has moved, or the site refuses; look for its new address"


def _announced(tree: lxml_html.HtmlElement, url: str) -> str:
    links = (link for link in tree.xpath("//link[@href and @type]") if _FEED_TYPES.fullmatch(link.get("type").strip()))
    found = next((address for link in links if (address := absolute(link.get("href"), url))), "")
    return "" if found == url else found[:200]
