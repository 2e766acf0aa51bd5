"""Finding the feeds of a site, and lists of feeds from and for other readers."""

from __future__ import annotations

import pytest
from sources_site import Site, feed, item, reply

from feeds.sources.discovery import Found, candidates, discover, sent_on
from feeds.sources.fetching.fetch import Fetcher, FetchError, Limits


async def found(url: str) -> tuple[Found, ...]:
    async with Fetcher(Limits(seconds=2)) as fetcher:
        return await discover(fetcher, url, allow_private=True)


def html(head: str = "", body: str = "") -> bytes:
    return f"<!doctype html><html><head><title>سایت</title>{head}</head><body>{body}</body></html>".encode()


async def test_the_address_of_a_feed_is_that_feed(site: Site) -> None:
    site.pages["/f"] = reply(feed(item(1), item(2)))
    assert await found(f"{site.url}/f") == (Found(f"{site.url}/f", "نمونه", 2),)


async def test_a_site_announces_its_feeds(site: Site) -> None:
    site.pages["/"] = reply(html('<link rel="alternate" type="application/rss+xml" href="/one">'), kind="text/html")
    site.pages["/one"] = reply(feed(item(1)))
    assert [one.url for one in await found(site.url)] == [f"{site.url}/one"]


async def test_a_page_of_feeds_gives_those_that_are_feeds(site: Site) -> None:
    links = '<a href="/rss/tp/19">استان‌ها</a><a href="/rss/dead">x</a><a href="/about">درباره</a><a href="/x">خوراک</a>'
    site.pages["/"] = reply(html(body=links), kind="text/html")
    site.pages["/rss/tp/19"] = reply(feed(item(1)))
    site.pages["/x"] = reply(feed(item(2)))
    assert [one.url for one in await found(site.url)] == [f"{site.url}/rss/tp/19", f"{site.url}/x"]


async def test_the_usual_places_are_tried_where_nothing_is_announced(site: Site) -> None:
    site.pages["/"] = reply(html(), kind="text/html")
    site.pages["/rss"] = reply(feed(item(1)))
    assert [one.url for one in await found(site.url)] == [f"{site.url}/rss"]


@pytest.mark.parametrize(
    ("page", "place", "address"),
    [
        ('<base href="/fa/"><link rel="alternate" type="application/rss+xml" href="rss.xml">', "/fa/rss.xml", "{}/"),
        ('<link rel="alternate" type="application/xml" href="/r">', "/r", "{}/"),
        ('<link rel="feed" href="/r">', "/r", "{}/"),
        ("".join(f'<a href="/feedback/{n}">x</a>' for n in range(30)) + '<a href="/r">RSS</a>', "/r", "{}/"),
        ("", "/feed.xml", "{}/"),
        ("", "/news/rss", "{}/news/"),
        ('<link rel="alternate" type="application/rss+xml" href="/r">', "/r", "without a scheme"),
        ("", "/r", "feed:{}/r"),
    ],
)
async def test_feeds_are_found_where_sites_hide_them(site: Site, page: str, place: str, address: str) -> None:
    site.pages |= dict.fromkeys(("/", "/news/"), reply(html(page), kind="text/html")) | {place: reply(feed(item(1)))}
    asked = address.format(site.url) if "{}" in address else site.url.removeprefix("http://")
    assert [one.url for one in await found(asked)] == [f"{site.url}{place}"]


async def test_a_site_that_refuses_its_front_page_may_have_an_open_feed(site: Site) -> None:
    site.pages["/"] = reply(b"", status=403)
    with pytest.raises(FetchError, match="HTTP 403"):
        await found(site.url)
    site.pages["/rss"] = reply(feed(item(1)))
    assert [one.url for one in await found(site.url)] == [f"{site.url}/rss"]


async def test_a_site_without_feeds_says_so(site: Site) -> None:
    site.pages["/"] = reply(html(), kind="text/html")
    with pytest.raises(FetchError, match="no feed was found"):
        await found(site.url)


def test_a_page_that_is_nothing_has_no_candidates() -> None:
    assert candidates("", "https://example.org/") == []


@pytest.mark.parametrize(
    "content", ["0;url=/fa/", "0; URL='{}/fa/'", "5, /fa/", '3;url="/fa/"', " 0 ; url = /fa/ ", "1.5;url=fa/"]
)
async def test_a_page_that_sends_its_reader_on_is_followed(site: Site, content: str) -> None:
    escaped = content.format(site.url).replace('"', "&quot;")
    site.pages["/"] = reply(html(f'<META HTTP-EQUIV="Refresh" CONTENT="{escaped}">'), kind="text/html")
    site.pages["/fa/"] = reply(html("<a href='own'>RSS</a>"), kind="text/html")
    site.pages["/fa/own"] = reply(feed(item(1)))
    assert [one.url for one in await found(f"{site.url}/")] == [f"{site.url}/fa/own"]


async def test_a_page_may_send_its_reader_on_to_the_feed_itself(site: Site) -> None:
    site.pages["/"] = reply(html("<meta http-equiv='refresh' content='0;url=/f'>"), kind="text/html")
    site.pages["/f"] = reply(feed(item(1)))
    assert [one.url for one in await found(f"{site.url}/")] == [f"{site.url}/f"]


@pytest.mark.parametrize("content", ["300", "0;url=/", "0;url=javascript:x()", "0;url=/gone", "600;url=/other/", "x"])
async def test_a_page_that_only_loads_itself_again_or_leads_nowhere_is_read_itself(site: Site, content: str) -> None:
    site.pages["/"] = reply(html(f"<meta http-equiv='refresh' content='{content}'>"), kind="text/html")
    site.pages["/other/"] = reply(html("<a href='/wrong'>RSS</a>"), kind="text/html")
    site.pages["/wrong"] = site.pages["/rss"] = reply(feed(item(1)))
    assert [one.url for one in await found(f"{site.url}/")] == [f"{site.url}/rss"]


async def test_pages_that_send_their_reader_in_a_circle_end(site: Site) -> None:
    for here, there in (("/", "/b"), ("/b", "/")):
        site.pages[here] = reply(html(f"<meta http-equiv='refresh' content='0;url={there}'>"), kind="text/html")
    with pytest.raises(FetchError, match="no feed was found"):
        await found(f"{site.url}/")


def test_a_page_that_sends_its_reader_on_behind_a_sea_of_spaces_takes_no_time() -> None:
    page = '<html><meta http-equiv="refresh" content="0; url={}"></html>'
    assert sent_on(page.format(f"/a{' ' * 500_000}b"), "https://a.example/") == ""
    assert sent_on(page.format(f"'/a'{' ' * 500_000}"), "https://a.example/") == "https://a.example/a"
