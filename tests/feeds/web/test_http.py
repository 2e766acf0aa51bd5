"""What every answer has in common, and how feeds are served."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from visitor import Save, Visitor

from feeds.store import Store
from feeds.syndication import Site, Written, write
from feeds.web.app import create_app


@pytest.fixture
def write_feeds(archive: Store, feeds_dir: Path, now: datetime, tehran: ZoneInfo) -> Callable[..., Written]:
    return partial(write, archive, feeds_dir, Site("http://testserver", tehran), now=now)


@pytest.mark.parametrize("path", ["/", "/nothing", "/healthz", "/static/style.css", "/robots.txt", "/feeds/all.rss"])
def test_every_answer_carries_the_headers_of_safety(site: Visitor, path: str) -> None:
    headers = site.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/search", "/static/style.css", "/feeds/all.rss", "/opml", "/robots.txt"])
def test_who_has_the_bytes_gets_304(site: Visitor, write_feeds: Callable[..., Written], path: str) -> None:
    write_feeds()
    first = site.get(path)
    assert first.status_code == 200
    again = site.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/feeds/all.rss", "/healthz", "/static/icon.png"])
def test_head_answers_like_get_without_a_body(site: Visitor, write_feeds: Callable[..., Written], path: str) -> None:
    write_feeds()
    get, head = site.get(path), site.get(path, method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(site: Visitor, method: str) -> None:
    response = site.get("/", method=method)
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "این کار شدنی نیست" in response.text


def test_pages_are_packed_for_who_asks(site: Visitor, save: Save) -> None:
    save()
    assert site.get("/", accept_encoding="br").headers["content-encoding"] == "br"
    assert site.get("/", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in site.get("/", accept_encoding="identity").headers


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("feeds/all.rss", "application/rss+xml; charset=utf-8"),
        ("feeds/qom.atom", "application/atom+xml; charset=utf-8"),
        ("feeds/qom.json", "application/feed+json; charset=utf-8"),
        ("opml", "text/x-opml; charset=utf-8"),
    ],
)
def test_a_feed_is_served_as_it_was_written(
    site: Visitor, write_feeds: Callable[..., Written], feeds_dir: Path, name: str, media_type: str
) -> None:
    write_feeds()
    response = site.get(f"/{name}")
    file = feeds_dir / ("feeds.opml" if name == "opml" else name.removeprefix("feeds/"))
    assert response.content == file.read_bytes()
    assert response.headers["content-type"] == media_type
    assert response.headers["access-control-allow-origin"] == "*"
    assert 60 <= int(response.headers["cache-control"].partition("max-age=")[2]) <= 900


def test_the_date_of_a_feed_stays_with_its_bytes(site: Visitor, write_feeds: Callable[..., Written]) -> None:
    write_feeds()
    first = site.get("/feeds/all.rss")
    write_feeds()
    assert site.get("/feeds/all.rss", if_modified_since=first.headers["last-modified"]).status_code == 304


def test_a_feed_that_was_written_again_is_served_at_once(
    site: Visitor, write_feeds: Callable[..., Written], save: Save
) -> None:
    write_feeds()
    before = site.get("/feeds/qom.rss")
    save()
    write_feeds()
    after = site.get("/feeds/qom.rss", if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert "باران در قم" in after.text
    assert "باران" not in before.text


def test_a_feed_that_is_not_written_yet_is_asked_for_again(site: Visitor) -> None:
    response = site.get("/feeds/all.rss")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize("name", ["..%2Fchapar.db", ".manifest.json", "all.rss%00", "%2e%2e/x", "all.xml"])
def test_nothing_but_feeds_is_served_from_their_folder(
    site: Visitor, write_feeds: Callable[..., Written], name: str
) -> None:
    write_feeds()
    assert site.get(f"/feeds/{name}").status_code == 404


def test_fifty_readers_at_once_all_get_the_feed(site: Visitor, write_feeds: Callable[..., Written], save: Save) -> None:
    save()
    write_feeds()
    answers = site.get_all(["/feeds/all.rss", "/"] * 25)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["etag"] for answer in answers}) == 2


def test_the_style_sheet_lasts_for_ever_under_its_own_address(site: Visitor) -> None:
    address = site.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in site.get(address).headers["cache-control"]
    assert "immutable" not in site.get("/static/style.css").headers["cache-control"]


def test_a_healthy_store_is_told(site: Visitor) -> None:
    response = site.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_store_that_can_t_be_read_is_told_to_machines_and_people(
    site: Visitor, archive: Store, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    archive.close()
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("ALTER TABLE articles RENAME TO gone")
    connection.close()
    assert site.get("/healthz").status_code == 503
    page = site.get("/")
    assert page.status_code == 503
    assert "بایگانی در دسترس نیست" in page.text


def test_an_error_has_an_id_on_the_page_and_in_the_log(
    site: Visitor, service: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    service["sources"] = 5  # what no page can draw
    with caplog.at_level(logging.ERROR, logger="feeds.web.app"):
        response = site.get("/status")
    assert response.status_code == 500
    error_id = response.text.partition("<code>")[2].partition("</code>")[0]
    (record,) = caplog.records
    assert f"GET /status failed [{error_id}]" in record.getMessage()
    assert record.exc_info
    assert "Traceback" not in response.text


def test_search_engines_are_kept_to_the_news(site: Visitor) -> None:
    rules = site.get("/robots.txt").text
    assert "Disallow: /search" in rules
    assert "Disallow: /a/" not in rules


def test_pages_behind_a_path_link_to_that_path(
    visit: type[Visitor], archive: Store, feeds_dir: Path, tehran: ZoneInfo, save: Save
) -> None:
    save()
    app = create_app(archive, public_url="https://example.ir/news/", feeds_dir=feeds_dir, zone=tehran)
    page = visit(app).get("/").text
    assert 'href="/news/a/' in page
    assert 'href="https://example.ir/news/feeds/all.rss"' in page
    assert 'href="/news/p/yazd"' in page
    assert 'href="/a/' not in page
    assert 'href="/p/' not in page
