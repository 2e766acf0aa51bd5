"""The feeds of a site, found from its address: what the page announces, what it links to, and the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from feeds.sources import agencies
from feeds.sources.decoding import ILLEGAL, decode, without_declaration
from feeds.sources.fetch import Fetched, Fetcher, FetchError, Wanted
from feeds.sources.markup import absolute, plain
from feeds.sources.syndication import Channel, NotAFeedError, read

USUAL = ("/rss", "/feed", "/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/fa/rss/allnews")
_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml)|text/xml", re.IGNORECASE)
_HINT = re.compile(r"rss|feed|atom|خوراک|آر\s?اس\s?اس", re.IGNORECASE)
_MOST = 12  # addresses that are tried of one site


@dataclass(frozen=True, slots=True)
class Found:
    """A feed of a site."""

    url: str
    title: str
    entries: int


async def discover(fetcher: Fetcher, url: str, *, proxy: str = "", allow_private: bool = False) -> tuple[Found, ...]:
    """Find the feeds behind an address: a feed's own, or a site's.

    Args:
        fetcher: What to fetch with.
        url: With or without `https://`.
        proxy: As for the source that it will become.
        allow_private: Likewise.

    Raises:
        FetchError: The address itself can't be fetched, or nothing behind it is a feed.
    """
    address = url if "://" in url else f"https://{url}"

    async def fetch(target: str) -> Fetched:
        answer = await fetcher.fetch(Wanted(target, proxy=proxy, allow_private=allow_private))
        if not isinstance(answer, Fetched):
            raise FetchError("nothing came")
        return answer

    page = await fetch(address)
    channel = _channel(page)
    if channel is not None:
        return (Found(page.url, channel.title, len(channel.entries)),)
    found: dict[str, Found] = {}
    announced = candidates(decode(page.body, page.charset), page.url)
    usual = [absolute(path, page.url) for path in USUAL]
    # The usual places are for sites that announce nothing.
    for target in [*announced, *usual][:_MOST]:
        if target in usual and found:
            break
        try:
            answer = await fetch(target)
        except FetchError:
            continue
        channel = _channel(answer)
        if channel is not None:
            found.setdefault(agencies.plain_url(answer.url), Found(answer.url, channel.title, len(channel.entries)))
    if not found:
        raise FetchError("no feed was found on this page or in the usual places; give the address of the feed itself")
    return tuple(found.values())


def candidates(markup: str, base: str) -> list[str]:
    """The addresses that a page names as feeds, announced ones first; without duplicates."""
    try:
        tree = lxml_html.document_fromstring(without_declaration(ILLEGAL.sub("", markup)))
    except (etree.ParserError, ValueError):
        return []
    return list(dict.fromkeys(filter(None, (absolute(address, base) for address in _addresses(tree)))))


def _addresses(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for link in tree.xpath("//link[@rel and @href]"):
        if "alternate" in link.get("rel").lower().split() and _TYPES.search(link.get("type") or ""):
            yield link.get("href")
    for link in tree.xpath("//a[@href]"):
        if _HINT.search(link.get("href")) or _HINT.search(plain(link.text_content())):
            yield link.get("href")


def _channel(answer: Fetched) -> Channel | None:
    try:
        return read(answer.body, answer.url, charset=answer.charset, media_type=answer.media_type)
    except NotAFeedError:
        return None
