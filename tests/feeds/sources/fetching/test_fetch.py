"""Fetching: conditional, limited, and never into the desk's own network by accident."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli
import pytest
from sources_site import Site, reply, validated

from feeds.sources.fetching.fetch import PER_HOST, Fetched, Fetcher, FetchError, Limits, Unchanged, Wanted

LIMITS = Limits(size=100_000, seconds=1.0)


async def fetch(url: str, **wanted: Any) -> Fetched | Unchanged:
    async with Fetcher(LIMITS) as fetcher:
        return await fetcher.fetch(Wanted(url, **{"allow_private": True, **wanted}))


async def refusal(url: str, **wanted: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetch(url, **wanted)
    return caught.value


async def body_of(url: str) -> Fetched:
    answer = await fetch(url)
    assert isinstance(answer, Fetched)
    return answer


async def test_a_body_comes_with_what_is_needed_to_ask_again(site: Site) -> None:
    site.pages["/f"] = reply(
        b"<rss/>", ETag='"1"', Last_Modified="Wed, 24 Sep 2025 14:22:10 GMT", Cache_Control="max-age=600"
    )
    answer = await body_of(f"{site.url}/f")
    assert (answer.body, answer.etag, answer.modified) == (b"<rss/>", '"1"', "Wed, 24 Sep 2025 14:22:10 GMT")
    assert answer.charset == "utf-8"
    assert answer.max_age is not None
    assert answer.max_age.total_seconds() == 600
    assert "Chapar" in site.requests[0][1]["user-agent"]


async def test_what_is_unchanged_is_not_sent_again(site: Site) -> None:
    site.pages["/f"] = validated(b"<rss/>", '"1"')
    assert isinstance(await fetch(f"{site.url}/f", etag='"1"'), Unchanged)
    assert isinstance(await fetch(f"{site.url}/f", etag='"2"'), Fetched)


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
async def test_packed_bodies_are_unpacked(site: Site, name: str, pack: Any) -> None:
    site.pages["/f"] = reply(pack(b"<rss/>" * 100), Content_Encoding=name)
    assert (await body_of(f"{site.url}/f")).body == b"<rss/>" * 100
    assert "br" in site.requests[0][1]["accept-encoding"]


@pytest.mark.parametrize("label", ["gzip", "gzip, gzip", ""])
async def test_what_was_packed_twice_is_unpacked_twice_and_no_further(site: Site, label: str) -> None:
    once = gzip.compress(b"<rss/>")  # which holds the second of its making
    twice = gzip.compress(once)
    site.pages["/f"] = reply(twice, Content_Encoding=label)
    assert (await body_of(f"{site.url}/f")).body == b"<rss/>"
    site.pages["/f"] = reply(gzip.compress(twice), Content_Encoding=label)
    assert (await body_of(f"{site.url}/f")).body == once


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
async def test_a_bomb_is_cut_off_before_it_is_large(site: Site, name: str, pack: Any) -> None:
    bomb = pack(b"\0" * (16 << 20))
    site.pages["/f"] = reply(bomb, Content_Encoding=name)
    tracemalloc.start()
    error = await refusal(f"{site.url}/f")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 100,000 bytes" in str(error)
    assert peak < 4 << 20


async def test_a_body_that_is_too_large_is_cut_off(site: Site) -> None:
    site.pages["/f"] = reply(b"x" * 200_000)
    assert "more than 100,000 bytes" in str(await refusal(f"{site.url}/f"))


async def test_an_endless_stream_is_cut_off(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1000)

    site.pages["/f"] = endless
    assert "more than" in str(await refusal(f"{site.url}/f"))


def slowly(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(2000):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


async def test_slow_headers_are_not_waited_for(site: Site) -> None:
    site.pages["/f"] = slowly
    begin = time.monotonic()
    assert "within 1 seconds" in str(await refusal(f"{site.url}/f"))
    assert time.monotonic() - begin < 50  # and not 100


async def test_slow_bytes_are_not_waited_for_and_those_that_came_are_kept(site: Site) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        slowly(handler)

    site.pages["/f"] = slow
    begin = time.monotonic()
    answer = await body_of(f"{site.url}/f")
    assert time.monotonic() - begin < 50  # and not 100
    assert set(answer.body) == set(b"H")
    assert "within 1 seconds" in answer.fault


async def test_what_came_before_a_connection_broke_is_kept_and_the_break_is_named(site: Site) -> None:
    def broken(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<rss>half")
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    site.pages["/f"] = broken
    answer = await body_of(f"{site.url}/f")
    assert answer.body == b"<rss>half"
    assert "broke off" in answer.fault


@pytest.mark.parametrize(("status", "words"), [(403, "proxy"), (404, "new one"), (410, "remove"), (500, "trouble")])
async def test_a_refusal_says_what_to_do(site: Site, status: int, words: str) -> None:
    site.pages["/f"] = reply(b"", status=status)
    error = await refusal(f"{site.url}/f")
    assert error.status == status
    assert words in str(error)


@pytest.mark.parametrize(("value", "seconds"), [("120", 120), ("9999999", 86_400), ("soon", None)])
async def test_a_server_may_ask_to_be_left_alone_for_a_day_at_most(site: Site, value: str, seconds: int | None) -> None:
    site.pages["/f"] = reply(b"", status=429, Retry_After=value)
    error = await refusal(f"{site.url}/f")
    assert (error.retry_after.total_seconds() if error.retry_after else None) == seconds


async def test_permanent_redirects_are_told_and_others_are_followed(site: Site) -> None:
    site.pages["/a"] = reply(b"", status=301, Location="/b")
    site.pages["/b"] = reply(b"", status=308, Location=f"{site.url}/c")
    site.pages["/c"] = reply(b"", status=302, Location="/d")
    site.pages["/d"] = reply(b"<rss/>")
    answer = await body_of(f"{site.url}/a")
    assert (answer.url, answer.moved_to) == (f"{site.url}/d", f"{site.url}/c")


async def test_a_redirect_loop_ends(site: Site) -> None:
    site.pages["/a"] = reply(b"", status=302, Location="/b")
    site.pages["/b"] = reply(b"", status=302, Location="/a")
    assert "in a circle" in str(await refusal(f"{site.url}/a"))
    assert len(site.requests) <= 6


async def test_a_site_that_wants_its_cookie_back_gets_it(site: Site) -> None:
    def gate(handler: BaseHTTPRequestHandler) -> None:
        passed = "pass=1" in (handler.headers.get("Cookie") or "")
        (reply(b"<rss/>") if passed else reply(b"", status=302, Location="/f", Set_Cookie="pass=1; Path=/"))(handler)

    site.pages["/f"] = gate
    assert (await body_of(f"{site.url}/f")).body == b"<rss/>"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/", "", "http://", "gopher://x/"])
async def test_a_redirect_leads_to_the_web_or_nowhere(site: Site, location: str) -> None:
    site.pages["/a"] = reply(b"", status=302, Location=location)
    await refusal(f"{site.url}/a")


async def test_a_host_is_asked_for_a_few_pages_at_a_time(site: Site) -> None:
    running, most = 0, 0

    def count(handler: BaseHTTPRequestHandler) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.05)
        running -= 1
        reply(b"<rss/>")(handler)

    site.pages |= {f"/{number}": count for number in range(12)}
    async with Fetcher(LIMITS) as fetcher:
        await asyncio.gather(*(fetcher.fetch(Wanted(f"{site.url}/{n}", allow_private=True)) for n in range(12)))
    assert most == PER_HOST


async def test_a_proxys_password_is_in_no_message() -> None:
    error = await refusal("http://example.org/", proxy="http://desk:secret@127.0.0.1:9")
    assert "secret" not in str(error)


async def test_a_proxy_is_asked_for_the_address(site: Site) -> None:
    site.pages["http://news.example/f"] = reply(b"<rss/>")
    answer = await fetch("http://news.example/f", proxy=site.url, allow_private=False)
    assert isinstance(answer, Fetched)
    assert answer.body == b"<rss/>"


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("gzip", b"<rss/>"),
        ("br", b"<rss/>"),
        ("gzip", b"Note: <rss/>"),
        ("br", b"Note: <rss/>"),
        ("utf-8", b"<rss/>"),
        ("", gzip.compress(b"<rss/>")),
        ("br", gzip.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>", wbits=-15)),
    ],
    ids=[
        "gzip, plain",
        "br, plain",
        "gzip, words",
        "br, words",
        "utf-8, plain",
        "none, gzip",
        "br, gzip",
        "deflate",
        "deflate, raw",
    ],
)
async def test_a_body_is_unpacked_by_what_it_is_not_by_its_label(site: Site, label: str, body: bytes) -> None:
    site.pages["/f"] = reply(body, **({"Content_Encoding": label} if label else {}))
    fetched = await body_of(f"{site.url}/f")
    assert (fetched.body.removeprefix(b"Note: "), fetched.fault) == (b"<rss/>", "")


async def test_a_body_that_is_packed_in_parts_is_unpacked_as_a_whole(site: Site) -> None:
    site.pages["/f"] = reply(gzip.compress(b"<rss>") + gzip.compress(b"</rss>"), Content_Encoding="gzip")
    fetched = await body_of(f"{site.url}/f")
    assert (fetched.body, fetched.fault) == (b"<rss></rss>", "")


async def test_parts_without_end_and_with_nothing_in_them_are_cut_off(site: Site) -> None:
    site.pages["/f"] = reply(gzip.compress(b"<rss>") + gzip.compress(b"") * 50_000, Content_Encoding="gzip")
    assert "parts" in str(await refusal(f"{site.url}/f"))


@pytest.mark.parametrize(("label", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
async def test_a_packed_body_without_its_end_is_known_to_be_cut_off(site: Site, label: str, pack: Any) -> None:
    body = pack(bytes(range(256)) * 40)
    site.pages["/f"] = reply(body[: len(body) // 2], Content_Encoding=label)
    fetched = await body_of(f"{site.url}/f")
    assert "broke off" in fetched.fault


async def test_a_server_that_says_unchanged_of_what_was_never_fetched_has_trouble(site: Site) -> None:
    site.pages["/f"] = reply(b"", status=304)
    assert "304" in str(await refusal(f"{site.url}/f"))
