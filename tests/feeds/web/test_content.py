"""Conditional requests and compression, by RFC 9110."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import brotli
import pytest
from starlette.requests import Request

from feeds.web.content import Content, coding_for, is_known, respond

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
    assert coding_for(accepted, 10_000) == coding


def test_little_is_not_packed() -> None:
    assert coding_for("br, gzip", 100) == ""


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_packed_bytes_unpack_to_the_same_and_have_a_tag_of_their_own(
    coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    response = respond(_request({"accept-encoding": coding}), CONTENT)
    assert response.headers["content-encoding"] == coding
    assert response.headers["vary"] == "accept-encoding"
    assert response.headers["etag"] == f'"{TAG}-{coding}"'
    assert unpack(response.body) == CONTENT.body


def test_a_304_has_no_body_and_all_that_a_cache_needs() -> None:
    response = respond(_request({"if-none-match": f'"{TAG}"'}), CONTENT)
    assert (response.status_code, response.body) == (304, b"")
    assert response.headers["etag"] == f'"{TAG}"'
    assert response.headers["last-modified"] == SAME
    assert "cache-control" in response.headers


def test_an_error_page_is_sent_even_to_who_has_it() -> None:
    content = Content(b"gone", "text/plain", status=404)
    assert respond(_request({"if-none-match": f'"{content.tag}"'}), content).status_code == 404


def _request(headers: dict[str, str]) -> Request:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": pairs})
