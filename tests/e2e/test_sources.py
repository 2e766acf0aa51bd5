"""A followed feed, from its server to the channel's preview."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from desk import Desk
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

NOW = datetime.now(UTC)
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>خبرگزاری آزمون</title><link>{site}</link><description>-</description>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{site}/news/{number}/slug-{slug}</link><guid>{site}/news/{number}</guid>
<description>{lead}</description><category domain="qom">استان‌ها &gt; قم</category><pubDate>{date}</pubDate></item>"""


@pytest.fixture
def feed(httpserver: HTTPServer, desk: Desk) -> HTTPServer:
    """A feed on this machine, which the desk follows."""
    toml = (
        f'[[source]]\nurl = "{httpserver.url_for("/rss")}"\nname = "آزمون"\nfull_text = false\nallow_private = true\n'
    )
    (desk.folder / "chapar.toml").write_text(toml, encoding="utf-8")
    return httpserver


def serve(server: HTTPServer, *items: tuple[int, str, int]) -> None:
    """Let the feed hold items: number, title, age in minutes."""
    site = server.url_for("").rstrip("/")
    written = (
        ITEM.format(
            title=title,
            site=site,
            number=100_000 + number,
            slug=abs(hash(title)),
            lead=f"قم - متن خبر {title} در قم آمد و مردم از آن آگاه شدند.",
            date=format_datetime(NOW - timedelta(minutes=age)),
        )
        for number, title, age in items
    )
    server.clear()
    server.expect_request("/rss").respond_with_data(
        FEED.format(site=site, items="".join(written)), content_type="application/rss+xml; charset=utf-8"
    )


def titles(desk: Desk) -> list[str]:
    found = json.loads(desk.run("search", "قم", "--json").stdout)
    return [article["title"] for article in found["articles"]]


def test_what_a_feed_brings_is_published_once(desk: Desk, feed: HTTPServer) -> None:
    serve(feed, (1, "همایش سفال برگزار شد", 30), (2, "پل تازه گشایش یافت", 20))
    done = desk.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert titles(desk) == ["پل تازه گشایش یافت", "همایش سفال برگزار شد"]
    sent = desk.status()["deliveries"]["sent"]
    serve(feed, (1, "همایش سفال برگزار شد", 30), (2, "پل تازه گشایش یافت", 20), (3, "باغ کتاب باز شد", 5))
    assert desk.run("run", "--once").returncode == 0
    assert titles(desk)[0] == "باغ کتاب باز شد"
    assert desk.status()["deliveries"]["sent"] == sent + 1


def test_an_edited_headline_corrects_the_article(desk: Desk, feed: HTTPServer) -> None:
    serve(feed, (1, "همایش سفال برگزار شد", 30))
    desk.run("run", "--once")
    serve(feed, (1, "همایش سفال و سرامیک برگزار شد", 30))
    desk.run("run", "--once")
    assert titles(desk) == ["همایش سفال و سرامیک برگزار شد"]


def test_a_source_that_can_not_be_read_is_named_and_the_rest_goes_on(desk: Desk, feed: HTTPServer) -> None:
    desk.write("a.txt", "خبری از پوشه")
    feed.expect_request("/rss").respond_with_data("<html><body>سلام</body></html>", content_type="text/html")
    done = desk.run("run", "--once")
    assert done.returncode == 1
    assert feed.url_for("/rss") in done.stderr
    assert titles(desk) == ["خبری از پوشه"]
    status = desk.status()
    assert [source["failures"] for source in status["sources"] if "failures" in source] == [1]
    serve(feed, (1, "همایش سفال برگزار شد", 30))
    assert desk.run("run", "--once").returncode == 0
    assert desk.status()["problems"] == []


def test_loopback_addresses_are_refused_unless_the_source_allows_them(desk: Desk, feed: HTTPServer) -> None:
    serve(feed, (1, "همایش سفال برگزار شد", 30))
    toml = desk.folder / "chapar.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("allow_private = true", ""), encoding="utf-8")
    done = desk.run("run", "--once")
    assert done.returncode == 1
    assert "allow_private" in done.stderr
    assert titles(desk) == []


def test_the_running_service_follows_the_feed(desk: Desk, feed: HTTPServer) -> None:
    serve(feed, (1, "همایش سفال برگزار شد", 30))
    with desk.running() as process:
        desk.until(lambda: "همایش سفال برگزار شد" in desk.get("/preview").text, process)


def test_a_store_that_can_not_be_written_ends_the_pass_and_loses_nothing(desk: Desk, feed: HTTPServer) -> None:
    toml = desk.folder / "chapar.toml"
    table = toml.read_text(encoding="utf-8")
    toml.write_text("".join(table.replace("/rss", f"/rss?{n}") for n in range(40)), encoding="utf-8")
    serve(feed, (1, "همایش سفال برگزار شد", 30))
    desk.forked = False
    desk.run("db", "upgrade")
    desk.forked = True
    with closing(sqlite3.connect(desk.folder / "var" / "chapar.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        done = desk.run("run", "--once", timeout=90)
        assert done.returncode != 0
        assert "locked" in done.stderr
    assert desk.run("run", "--once").returncode == 0
    assert desk.status()["articles"] == 40


def test_ctrl_c_does_not_wait_for_a_source_that_answers_slowly(desk: Desk, feed: HTTPServer) -> None:
    asked, answer = threading.Event(), threading.Event()

    def slow(_request: Request) -> Response:
        asked.set()
        answer.wait(60)
        return Response("")

    feed.expect_request("/rss").respond_with_handler(slow)
    took = []
    try:
        while not took or took[-1] >= 2:  # a machine that is busy with other things delays one, but hardly three
            asked.clear()
            process = desk.start()
            assert asked.wait(60), desk.log()
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0  # the source would be waited for much longer
            took.append(time.monotonic() - began)
            assert len(took) < 3 or took[-1] < 2, took
    finally:
        answer.set()
    assert "stopping, and waiting for" in desk.log()
