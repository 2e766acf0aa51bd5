"""Answers whose heads are broken in the usual ways are read, as browsers and curl read them; the limits stay."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import hpack
import httpcore
import httpx
import pytest
from hyperframe.frame import DataFrame, HeadersFrame, SettingsFrame
from hypothesis import given
from hypothesis import strategies as st
from sources_site import Site

from feeds.sources.fetching import wire
from feeds.sources.fetching.fetch import Fetched, Fetcher, FetchError, Limits, Wanted
from feeds.sources.fetching.wire import mended

BODY = "<rss>قم</rss>".encode()
LENGTH = b"Content-Length: %d" % len(BODY)


def raw(
    *lines: bytes, body: bytes = BODY, status: bytes = b"HTTP/1.1 200 OK", close: bool = True
) -> Callable[..., None]:
    """An answer, byte for byte."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\r\n".join([status, *lines]) + b"\r\n\r\n" + body)
        handler.close_connection = close

    return answer


async def fetched(site: Site, seconds: float = 5.0) -> Fetched:
    async with Fetcher(Limits(size=100_000, seconds=seconds)) as fetcher:
        answer = await fetcher.fetch(Wanted(f"{site.url}/f", allow_private=True))
    assert isinstance(answer, Fetched)
    return answer


@pytest.mark.parametrize(
    "lines",
    [
        [LENGTH, LENGTH],
        [b"Transfer-Encoding: identity", LENGTH],
        [b"Transfer-Encoding:", LENGTH],
        [b"X Powered By: something", LENGTH],
        [b"no field at all", LENGTH],
        [b" a field that goes on, before any", LENGTH],
        [b": nameless", LENGTH],
        ["نام: ارزش".encode(), LENGTH],
        [b"Content-Length : %d" % len(BODY)],
        [b"X-Debug: a\0b\x01", LENGTH],
        [b"X-Two: one\rX-Lines: other", LENGTH],
        [b"X-Folded: one", b"  other", LENGTH],
        [b"Content-Length: ", b"Connection: close"],
        [b"Content-Length: -1", b"Connection: close"],
        [b"Content-Length: unknown"],
    ],
)
async def test_header_lines_that_are_none_are_passed_over(site: Site, lines: list[bytes]) -> None:
    site.pages["/f"] = raw(b"Content-Type: text/xml; charset=utf-8", *lines, b'ETag: "1"')
    answer = await fetched(site)
    assert (answer.body, answer.fault, answer.charset, answer.etag) == (BODY, "", "utf-8", '"1"')


@pytest.mark.parametrize(
    "lines",
    [
        [b"Transfer-Encoding: chunked"] * 2,
        [b"Transfer-Encoding: Chunked, identity"],
        [b"transfer-encoding: gzip, chunked"],
    ],
)
async def test_chunks_are_read_however_often_they_are_announced(site: Site, lines: list[bytes]) -> None:
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
    site.pages["/f"] = raw(*lines, LENGTH, body=body, close=False)
    answer = await fetched(site)
    assert (answer.body, answer.fault) == (BODY, "")


@pytest.mark.parametrize("status", [b"HTTP/1.1 200OK", b"http/1.1 200 OK", b"HTTP/2 200", b"\r\nHTTP/1.1 200 OK"])
async def test_a_status_line_is_read_as_it_is_meant(site: Site, status: bytes) -> None:
    site.pages["/f"] = raw(LENGTH, status=status)
    assert (await fetched(site)).body == BODY


async def test_early_hints_come_before_the_answer(site: Site) -> None:
    site.pages["/f"] = raw(LENGTH, status=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nbad line")
    assert (await fetched(site)).body == BODY


async def test_two_lengths_that_disagree_are_refused(site: Site) -> None:
    site.pages["/f"] = raw(LENGTH, b"Content-Length: 3")
    with pytest.raises(FetchError, match="Content-Length"):
        await fetched(site)


@pytest.mark.parametrize("told", [0, 5, len(BODY.decode())])
async def test_a_length_that_counts_letters_loses_nothing_where_the_connection_ends_with_the_answer(
    site: Site, told: int
) -> None:
    site.pages["/f"] = raw(b"Content-Length: %d" % told, b"Connection: close")
    answer = await fetched(site)
    assert (answer.body, answer.fault) == (BODY, "")


async def test_who_says_close_and_does_not_is_waited_for_a_moment_only(site: Site) -> None:
    def lingering(handler: BaseHTTPRequestHandler) -> None:
        raw(LENGTH, b"Connection: close")(handler)
        handler.wfile.flush()
        time.sleep(8)

    site.pages["/f"] = lingering
    begin = time.monotonic()
    answer = await fetched(site, seconds=60)
    assert (answer.body, answer.fault) == (BODY, "")
    assert time.monotonic() - begin < 7


async def test_less_than_was_told_is_known_to_be_cut_off(site: Site) -> None:
    site.pages["/f"] = raw(b"Content-Length: 1000", b"Connection: close")
    answer = await fetched(site)
    assert answer.body == BODY
    assert "broke off" in answer.fault
    assert "1,000" in answer.fault


async def test_a_head_without_end_is_no_answer(site: Site) -> None:
    site.pages["/f"] = raw(*[b"X-More: " + b"x" * 1000] * 300)
    with pytest.raises(FetchError):
        await fetched(site)


async def test_the_connection_is_used_again_behind_a_mended_head(site: Site) -> None:
    site.pages["/f"] = raw(b"no field", LENGTH, close=False)
    async with Fetcher(Limits(size=100_000, seconds=5)) as fetcher:
        wanted = Wanted(f"{site.url}/f", allow_private=True)
        answers = [await fetcher.fetch(wanted) for _ in range(3)]
    assert [answer.body for answer in answers if isinstance(answer, Fetched)] == [BODY] * 3


@pytest.mark.parametrize(
    "answer",
    [
        raw(b"Content-Length: 5", close=False),
        raw(LENGTH, body=BODY + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL", close=False),
        raw(
            LENGTH,
            b"Transfer-Encoding: chunked",
            body=b"1\r\nx\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL",
            close=False,
        ),
    ],
)
async def test_what_comes_behind_an_answer_is_not_the_next_one(site: Site, answer: Callable[..., None]) -> None:
    site.pages |= {"/f": answer, "/g": raw(LENGTH, close=False)}
    async with Fetcher(Limits(size=100_000, seconds=5)) as fetcher:
        places = [f"{site.url}{place}" for place in ("/f", "/g", "/g")]
        _, *came = [await fetcher.fetch(Wanted(place, allow_private=True)) for place in places]
    assert [one.body for one in came if isinstance(one, Fetched)] == [BODY] * 2


async def test_a_body_of_http_2_stays_as_it_is_wherever_a_read_begins() -> None:
    heads = HeadersFrame(1, data=hpack.Encoder().encode([(":status", "200")]), flags=["END_HEADERS"])
    lines = [DataFrame(1, data=b"\r\n" * 500), DataFrame(1, data=b"HTTP/" * 200, flags=["END_STREAM"])]
    sent = b"".join(frame.serialize() for frame in (SettingsFrame(0), heads, *lines))
    reads = [sent[start : start + 97] for start in range(0, len(sent), 97)]
    transport = wire.transport(verify=httpx.create_ssl_context(verify=False), limits=httpx.Limits())
    transport._pool._network_backend._inner = httpcore.AsyncMockBackend(reads, http2=True)  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, timeout=5) as client:
        assert (await client.get("https://nemune.example/f")).content == b"\r\n" * 500 + b"HTTP/" * 200


@given(st.binary(max_size=300))
def test_whatever_a_head_holds_it_is_read_or_left_as_it_is(words: bytes) -> None:
    head = mended(b"HTTP/1.1 200 OK\r\n" + words + b"\r\n\r\n")
    assert head.data.startswith(b"HTTP/1.1 200 OK\r\n")
    assert head.data.endswith(b"\r\n\r\n")
    assert mended(words).data == words or words.lstrip(b"\r\n")[:5].upper() == b"HTTP/"
