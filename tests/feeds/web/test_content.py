"""Conditional requests and compression, by RFC 9110."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import brotli
import pytest
from starlette.types import Message

from feeds.web.content import Content, coding_for, is_known
from feeds.web.serving.answer import Answer

MODIFIED = datetime(2026, 3, 1, 8, 30, 0, 500_000, tzinfo=UTC)
SAME, EARLIER, LATER = "Sun, 01 Mar 2026 08:30:00 GMT", "Sun, 01 Mar 2026 08:29:59 GMT", "Sun, 01 Mar 2026 09:00:00 GMT"
CONTENT = Content("خبر ".encode() * 1000, "text/html; charset=utf-8", modified=MODIFIED)
TAG = CONTENT.tag


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        ({}, False),
        ({"if-none-match": f'"{TAG}"'}, True),
        ({"if-none-match": f'W/"{TAG}-gzip"'}, True),
        ({"if-none-match": f'"other", "{TAG}-br"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"other"'}, False),
        ({"if-none-match": ""}, False),
        ({"if-modified-since": SAME}, True),
        ({"if-modified-since": LATER}, True),
        ({"if-modified-since": EARLIER}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-modified-since": "Sun, 01 Mar 2026 08:30:00"}, False),
        ({"if-none-match": '"other"', "if-modified-since": LATER}, False),
        ({"if-none-match": f'"{TAG}"', "if-modified-since": EARLIER}, True),
    ],
)
def test_a_client_that_has_the_bytes_is_known_by_its_tag_or_else_by_its_date(
    headers: dict[str, str], known: bool
) -> None:
    assert is_known(CONTENT, headers) is known


def test_a_date_alone_proves_nothing_where_the_content_has_none() -> None:
    assert not is_known(Content(b"", "text/plain"), {"if-modified-since": LATER})


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("GZIP;q=0.8", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity", ""),
        ("gzip;q=nonsense", ""),
        (";;;,,,", ""),
    ],
)
def test_the_best_coding_that_the_client_takes_is_used(accepted: str, coding: str) -> None:
    assert coding_for(accepted, True) == coding


def test_little_is_not_packed() -> None:
    assert coding_for("br, gzip", False) == ""


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_packed_bytes_unpack_to_the_same_and_have_a_tag_of_their_own(
    coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    start, body = _answered({"accept-encoding": coding}, CONTENT)
    headers = _named(start)
    assert headers["content-encoding"] == coding
    assert headers["vary"] == "accept-encoding"
    assert headers["etag"] == f'"{TAG}-{coding}"'
    assert headers["content-length"] == str(len(body["body"]))
    assert unpack(body["body"]) == CONTENT.body


def test_a_304_has_no_body_and_all_that_a_cache_needs() -> None:
    start, body = _answered({"if-none-match": f'"{TAG}"'}, CONTENT)
    assert (start["status"], body["body"]) == (304, b"")
    headers = _named(start)
    assert headers["etag"] == f'"{TAG}"'
    assert headers["last-modified"] == SAME
    assert "cache-control" in headers
    assert "content-length" not in headers


def test_an_error_page_is_sent_even_to_who_has_it() -> None:
    content = Content(b"gone", "text/plain", status=404)
    assert _answered({"if-none-match": f'"{content.tag}"'}, content)[0]["status"] == 404


def test_large_content_is_packed_in_a_thread_and_once() -> None:
    answer = Answer(Content("خبر ".encode() * 30_000, "text/plain"), {})
    asked = [(b"accept-encoding", b"br")]
    assert answer.messages("GET", asked) is None
    start, body = asyncio.run(answer.made("GET", asked))
    assert brotli.decompress(body["body"]) == answer.content.body
    assert answer.messages("GET", asked) == (start, body)


def _answered(headers: dict[str, str], content: Content) -> tuple[Message, Message]:
    messages = Answer(content, {}).messages("GET", [(name.encode(), value.encode()) for name, value in headers.items()])
    assert messages is not None
    return messages


def _named(start: Message) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in start["headers"]}
