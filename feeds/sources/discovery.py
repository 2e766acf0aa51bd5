"""The feeds of a site, found from its address: what the page announces, what it links to, and the usual places."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml import html as lxml_html

from feeds.sources import SourceSettings, agencies
from feeds.sources.fetching.addresses import absolute, public_page
from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Unchanged, Wanted
from feeds.sources.fetching.login import Login, apart, is_same_site
from feeds.sources.reading.content import channel_of
from feeds.sources.reading.entry import Channel, NotAFeedError
from feeds.sources.reading.text.decoding import decode, without_declaration
from feeds.sources.reading.text.markup import parse_page, plain
from feeds.sources.reading.text.signs import legal

USUAL = ("/rss", "/feed", "/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/fa/rss/allnews")
_TYPES = re.compile(r"(?:application|text)/(?:(?:rss|atom|rdf)(?:\+xml)?|xml|feed\+json)", re.IGNORECASE)
_HINT = re.compile(r"(?<![a-z])(?:rss|feeds?|atom)(?![a-z])|خوراک|آر\s?اس\s?اس", re.IGNORECASE)
_REFRESH = re.compile(
    r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(?P<quote>['\"]?)(?P<url>.+?)(?P=quote)$",
    re.IGNORECASE | re.DOTALL,
)
_SOON = 30  # seconds; a page that stays longer before it goes on is to be read
_ONWARD = 3  # pages that only send their reader on
_BEGINNING = 20_000  # bytes of a page in which it sends its reader on
_SENDS_ON = re.compile(
    rb"(?:\xef\xbb\xbf|\s)*<(?:!doctype html|html|head|meta)\b.*?http-equiv\s*=\s*[\"']?refresh",
    re.IGNORECASE | re.DOTALL,
)
_MOST = 12  # addresses that are tried of one site


@dataclass(frozen=True, slots=True)
class Found:
    """A feed of a site."""

    url: str
    title: str
    entries: int
    login: Login | None = None
    """What opens it, where the address that was given says so."""


async def discover(fetcher: Fetcher, url: str, *, proxy: str = "", allow_private: bool = False) -> tuple[Found, ...]:
    """Find the feeds behind an address: a feed's own, or a site's.

    Args:
        fetcher: What to fetch with.
        url: With or without `https://`; without, `http://` is tried too. With the user and password of the site.
        proxy: As for the source that it will become.
        allow_private: Likewise.

    Raises:
        FetchError: The address itself can't be fetched, or nothing behind it is a feed.
    """
    addresses, logins = zip(*map(apart, addresses_of(url)), strict=True)
    login = logins[0]

    async def fetch(target: str) -> Fetched:
        site = next((address for address in addresses if is_same_site(target, address)), addresses[0])
        wanted = Wanted(public_page(target), proxy=proxy, allow_private=allow_private, site=site, login=login)
        answer = await fetcher.fetch(wanted)
        if not isinstance(answer, Fetched):
            raise FetchError("nothing came")
        return answer

    def feed_at(address: str, channel: Channel) -> Found:
        opened = login if login and login.opens(address) else None
        return Found(address, channel.title, len(channel.entries), opened)

    page, refused = await _first(fetch, addresses)
    page, announced = await _landed(fetch, page)
    channel = _channel(page)
    if channel is not None:
        return (feed_at(page.url, channel),)
    found: dict[str, Found] = {}
    for target in [*announced, *usual(page.url)]:
        if found and target not in announced:
            break  # the usual places are for sites that announce nothing
        try:
            answer = await fetch(target)
        except FetchError:
            continue
        channel = _channel(answer)
        if channel is not None:
            found.setdefault(agencies.plain_url(answer.url), feed_at(answer.url, channel))
    if found:
        return tuple(found.values())
    raise refused or FetchError(
        "no feed was found on this page or in the usual places; give the address of the feed itself"
    )


async def _first(
    fetch: Callable[[str], Awaitable[Fetched]], addresses: Sequence[str]
) -> tuple[Fetched, FetchError | None]:
    """The page at the first of these addresses that answers; an empty one, and why, where the site refuses the page."""
    failure = FetchError("no address")
    for address in addresses:
        try:
            return await fetch(address), None
        except FetchError as error:
            if error.status:
                return Fetched(address, b""), error  # its feeds may be open all the same
            failure = error
    raise failure


async def _landed(fetch: Callable[[str], Awaitable[Fetched]], page: Fetched) -> tuple[Fetched, list[str]]:
    """The page that a site's address leads to, behind those that send their reader on, and what it names as feeds."""
    for _ in range(_ONWARD):
        markup = decode(page.body, page.charset)
        target = "" if _channel(page) or candidates(markup, page.url) else sent_on(markup, page.url)
        if not target or target == page.url:
            break
        try:
            page = await fetch(target)
        except FetchError:  # the usual places of this page may do
            break
    return page, candidates(decode(page.body, page.charset), page.url)[:_MOST]


def sent_on(markup: str, base: str) -> str:
    """Where a page sends its reader on to (`<meta http-equiv="refresh">`); "" for one to stay on."""
    tree = parse_page(without_declaration(legal(markup)))
    for meta in () if tree is None else tree.xpath("//meta[@http-equiv and @content]"):
        told = _REFRESH.match(meta.get("content").strip())
        if meta.get("http-equiv").strip().lower() == "refresh" and told and int(told[1]) <= _SOON:
            return absolute(told["url"], base)
    return ""


async def fetch_onward(fetcher: Fetcher, wanted: Wanted) -> Fetched | Unchanged:
    """What is at an address, behind pages that only send their reader on.

    Raises:
        FetchError: As `Fetcher.fetch` does.
    """
    answer = await fetcher.fetch(wanted)
    for _ in range(_ONWARD):
        if not isinstance(answer, Fetched) or not _SENDS_ON.match(answer.body[:_BEGINNING]):
            break
        target = sent_on(decode(answer.body[:_BEGINNING], answer.charset), answer.url)
        if not target or target == answer.url:
            break
        there = replace(wanted, url=target, etag="", modified="", site=wanted.site or wanted.url)
        answer = await fetcher.fetch(there)
    return answer


def addresses_of(url: str) -> list[str]:
    """What a person may mean by an address: without a scheme, and with that of a feed reader's links."""
    bare = re.sub(r"^feed:(?://)?", "", url.strip(), flags=re.IGNORECASE)
    return [bare] if "://" in bare else [f"https://{bare}", f"http://{bare}"]


def usual(url: str) -> list[str]:
    """Where sites keep their feeds, below a page of theirs and below their root; without duplicates."""
    below = url.partition("?")[0].rstrip("/") + "/"
    return list(dict.fromkeys([absolute(below + "rss", url), *(absolute(path, url) for path in USUAL)]))


def candidates(markup: str, base: str) -> list[str]:
    """The addresses that a page names as feeds, announced ones first; without duplicates."""
    tree = parse_page(without_declaration(legal(markup)))
    if tree is None:
        return []
    start = next((href for href in tree.xpath("//base/@href")), "")
    base = urljoin(base, str(start))
    return list(dict.fromkeys(filter(None, (absolute(address, base) for address in _addresses(tree)))))


def _addresses(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for link in tree.xpath("//link[@rel and @href]"):
        rel = link.get("rel").lower().split()
        if "feed" in rel or ("alternate" in rel and _TYPES.fullmatch((link.get("type") or "").strip())):
            yield link.get("href")
    for link in tree.xpath("//a[@href]"):
        if _HINT.search(link.get("href")) or _HINT.search(plain(link.text_content())):
            yield link.get("href")


def _channel(answer: Fetched) -> Channel | None:
    try:
        return channel_of(answer, answer.body, SourceSettings(answer.url))
    except (FetchError, NotAFeedError):
        return None
