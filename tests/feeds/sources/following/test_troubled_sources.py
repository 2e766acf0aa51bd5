"""One feed must never stop the others, whatever is wrong with it, with what is noted of it, or with who listens."""

from __future__ import annotations

import gzip
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import psycopg
import pytest
from empty_store import empty_store
from sources_site import Answer, Site, feed, item, reply

from bot.service import status
from bot.settings import Settings
from feeds.models import Article, Draft, Problem, Route
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.fetching.fetch import Limits
from feeds.sources.following import health
from feeds.sources.following.poll import Poller
from feeds.sources.following.polled import Polled
from feeds.store import open_store
from feeds.stories.coverage import Coverage

SOUND = ("a", "b")
BAD = "bad"
GARBAGE = ("'x'", "x'ff00'", "-1", "9223372036854775807", "0.5", "NULL")
COLUMNS = (
    *("url", "title", "site", "etag", "modified", "digest", "polled", "next_poll", "interval", "succeeded", "newest"),
    *("habit", "entries", "failures", "error"),
)


class Desk:
    """A store, two sound feeds and a bad one, polled round by round as the service does."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.path = folder / "chapar.db"
        self.store = open_store(empty_store(folder), busy_timeout=1)
        self.now = datetime.now(UTC)
        self.sources = [
            SourceSettings(f"{site.url}/{name}", key=name, allow_private=True, full_text=False)
            for name in (*SOUND, BAD)
        ]
        self.poller = Poller(self.store, self.sources)
        self.coverage = Coverage(self.store)
        self.count = 0
        site.pages[f"/{BAD}"] = reply(feed(item(90, guid="bad-90"), item(91, guid="bad-91")))
        for name in SOUND:
            site.pages[f"/{name}"] = reply(feed(item(1, guid=f"{name}-1")))

    def round(self, **hooks: Any) -> list[Article]:
        """One round half an hour later, in which every sound feed has an article more: what was stored."""
        self.count += 1
        self.now += timedelta(minutes=31)
        for name in SOUND:
            entries = (item(n, guid=f"{name}-{n}", title=f"خبر {n} از {name}") for n in range(self.count, 0, -1))
            self.site.pages[f"/{name}"] = reply(feed(*entries))
        polls = self.poller.poll(self.now, told=hooks.get("told", lambda _: None))
        route = hooks.get("route", lambda _: [Route("@a")])
        results = list(follow(self.store, polls, route, self.coverage, hooks.get("move", lambda *_: ())))
        return [result.article for result in results if not isinstance(result, Problem)]

    def damage(self, statement: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement, values)

    def all_pages_work(self) -> None:
        told = status(Settings.load(dotenv=Path("no.env"), toml=Path("no.toml")), self.store)
        assert told["articles"] >= 0
        for one in health.report(self.store, self.sources, self.now):
            assert health.as_dict(one)["key"] == one.key


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(site, tmp_path)
    yield opened
    opened.store.close()


def sound(articles: list[Article]) -> list[str]:
    return sorted(one.key for one in articles if one.source in SOUND)


def pace(desk: Desk) -> set[timedelta]:
    """The pauses that the sound feeds have."""
    states = desk.store.sources.all()
    return {(states[name].next_poll or desk.now) - desk.now for name in SOUND}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_damaged_value_of_one_state_is_that_feeds_alone(desk: Desk, column: str) -> None:
    desk.round()
    for value in GARBAGE:
        try:
            desk.damage(f"UPDATE sources SET {column} = {value} WHERE key = ?", BAD)
        except sqlite3.IntegrityError:
            continue  # the table itself refuses it
        desk.all_pages_work()
        assert sound(desk.round()) == [f"a-{desk.count}", f"b-{desk.count}"], value
        assert all(pause > timedelta(minutes=2) for pause in pace(desk))
        desk.all_pages_work()
    state = desk.store.sources.all()[BAD]
    assert (state.damage, state.failures, state.entries) == ("", 0, 2)
    assert desk.store.articles.total() == 2 * desk.count + 2


def test_a_damaged_state_is_said_until_it_is_written_anew(desk: Desk) -> None:
    desk.round()
    desk.damage("UPDATE sources SET habit = 'x', newest = 'y' WHERE key = ?", BAD)
    (bad,) = (one for one in health.report(desk.store, desk.sources, desk.now) if one.key == BAD)
    assert "could not be read (newest, habit)" in bad.trouble
    desk.round()
    assert not [one.trouble for one in health.report(desk.store, desk.sources, desk.now) if one.trouble]


def test_what_is_new_while_a_state_is_damaged_is_posted(desk: Desk) -> None:
    desk.round()
    desk.damage("UPDATE sources SET succeeded = 'x', digest = x'fe', entries = -5 WHERE key = ?", BAD)
    new = [item(n, guid=f"new-{n}") for n in range(1, 13)]
    desk.site.pages[f"/{BAD}"] = reply(feed(*new, item(90, guid="bad-90")))
    desk.round()
    posts = desk.store.deliveries.counts(["@a"])["pending"]
    assert posts == 2 * desk.count + 2 + 12


@pytest.mark.parametrize("value", ["'x'", "x'ff'", "9223372036854775807"])
@pytest.mark.parametrize("column", ["published", "link", "words", "fingerprint", "source", "article_key"])
def test_a_damaged_memory_of_an_entry_brings_nothing_twice(desk: Desk, column: str, value: str) -> None:
    desk.round()
    desk.damage(f"UPDATE entries SET {column} = {value} WHERE feed = ?", BAD)
    desk.site.pages[f"/{BAD}"] = reply(feed(item(90, guid="bad-90"), item(91, guid="bad-91"), head="<ttl>1</ttl>"))
    assert sound(desk.round()) == ["a-2", "b-2"]
    posts = desk.store.deliveries.counts(["@a"])["pending"]
    assert posts == 2 * desk.count + 2


@pytest.mark.parametrize("value", ["{", "[]", "null", '{"document": {}}', '{"document": 5, "since": 1}', '"x"', "NaN"])
def test_a_damaged_page_that_waits_is_forgotten(desk: Desk, value: str) -> None:
    desk.round()
    desk.damage("INSERT INTO facts (name, value, at) VALUES ('page:0123', ?, 5)", value)
    assert sound(desk.round()) == ["a-2", "b-2"]
    desk.all_pages_work()


def test_a_damaged_problem_hides_no_other(desk: Desk) -> None:
    desk.site.pages[f"/{BAD}"] = reply(b"", status=500)
    desk.round()
    desk.damage("UPDATE problems SET since = 'x'")
    assert "HTTP 500" in desk.store.problems.all()[0].what
    assert sound(desk.round()) == ["a-2", "b-2"]
    desk.all_pages_work()


def test_a_row_that_can_not_be_written_is_that_feeds_problem_and_its_pace_is_kept(desk: Desk) -> None:
    desk.round()
    desk.damage(
        "CREATE TRIGGER broken BEFORE UPDATE ON sources WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    assert sound(desk.round()) == ["a-2", "b-2"]
    (problem,) = desk.store.problems.all(kind="source")
    assert problem.where.endswith("/bad")
    assert "could not be noted" in problem.what
    asked = len(desk.site.requests)
    assert list(desk.poller.poll(desk.now + timedelta(seconds=30))) == []
    assert len(desk.site.requests) == asked
    desk.damage("DROP TRIGGER broken")
    assert sound(desk.round()) == ["a-3", "b-3"]
    assert desk.store.problems.all(kind="source") == ()
    assert desk.store.articles.total() == 2 * desk.count + 2


def breaks(what: str) -> Callable[..., Any]:
    def broken(given: Any, *_others: Any) -> Any:
        feed_of = {
            "told": lambda: given.source.key if isinstance(given, Polled) else "",
            "route": lambda: given.document.feed if isinstance(given, Draft) else "",
            "move": lambda: given.feed,
        }[what]()
        if feed_of == BAD:
            raise RuntimeError(what)
        return [Route("@a")] if what == "route" else ()

    return broken


@pytest.mark.parametrize("hook", ["told", "route", "move"])
def test_who_listens_and_breaks_at_one_feed_stops_no_other(desk: Desk, hook: str) -> None:
    desk.round()
    corrected = item(90, guid="bad-90", title="تیتر تازهٔ خبر")
    desk.site.pages[f"/{BAD}"] = reply(feed(corrected, item(5, guid="bad-5")))
    assert sound(desk.round(**{hook: breaks(hook)})) == ["a-2", "b-2"]
    assert all(pause > timedelta(minutes=2) for pause in pace(desk))
    assert sound(desk.round()) == ["a-3", "b-3"]


def test_a_reader_that_breaks_at_one_feed_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from feeds.sources.reading.formats import syndication  # noqa: PLC0415

    real = syndication.read

    def read(data: bytes, url: str, **options: Any) -> Any:
        if url.endswith(BAD):
            raise RecursionError("too deep")
        return real(data, url, **options)

    monkeypatch.setattr(syndication, "read", read)
    assert sound(desk.round()) == ["a-1", "b-1"]
    (problem,) = desk.store.problems.all(kind="source")
    assert "RecursionError" in problem.what


def loops(handler: BaseHTTPRequestHandler) -> None:
    reply(b"", status=302, Location=handler.path + "x")(handler)


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(35):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.1)
    handler.close_connection = True


def dated(date: str) -> Answer:
    one = "<item><title>{0}</title><guid>{0}</guid>{1}<description>متن خبر شمارهٔ {0} که همین است.</description></item>"
    return reply(feed(*(one.format(f"خبر {n}", date) for n in range(5))))


ANSWERS: dict[str, Answer] = {
    "no dates": dated(""),
    "one date": dated("<pubDate>Wed, 24 Sep 2025 14:22:10 GMT</pubDate>"),
    "days without a clock": dated("<pubDate>Sep 24, 2025</pubDate>"),
    "the end of time": dated("<pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate>"),
    "before all time": dated("<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"),
    "a circle": loops,
    "a slow loris": drips,
    "a bomb": reply(gzip.compress(b"<rss>" + b"\0" * (40 << 20)), Content_Encoding="gzip"),
    "a nest": reply(b"<rss><channel>" + b"<item>" * 100_000),
    "a billion laughs": reply(
        b'<!DOCTYPE l [<!ENTITY a "' + b"lol" * 99 + b'"><!ENTITY b "' + b"&a;" * 99 + b'">]>'
        b"<rss><channel><item><title>&b;</title></item></channel></rss>"
    ),
    "nothing": reply(b""),
    "a far pause": reply(b"", status=429, Retry_After="99999999999"),
    "an endless ttl": reply(feed(item(1), head="<ttl>99999999999999999999</ttl>")),
    "an endless age": reply(feed(item(1)), Cache_Control="max-age=99999999999999999999"),
    "an address to nowhere": reply(b"", status=301, Location="http://[::1"),
    "no guid, one headline": reply(feed(*["<item><title>خبر</title></item>"] * 50)),
    "an endless headline": reply(feed(item(1, title="خبر " * 300_000))),
}

ENDLESS = [name for name, answer in ANSWERS.items() if answer is drips]


@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_a_feed_answers_the_others_keep_their_pace(desk: Desk, answer: str) -> None:
    desk.site.pages[f"/{BAD}"] = ANSWERS[answer]
    if answer in ENDLESS:
        desk.poller = Poller(desk.store, desk.sources, limits=Limits(seconds=3))
    desk.site.pages |= {f"/{BAD}{'x' * n}": loops for n in range(1, 9)}
    for number in (1, 2):
        assert sound(desk.round()) == [f"a-{number}", f"b-{number}"]
        assert all(timedelta(minutes=2) < pause <= timedelta(minutes=30) for pause in pace(desk))
        desk.all_pages_work()
    bad = desk.store.sources.all()[BAD]
    assert bad.next_poll is not None
    assert desk.now < bad.next_poll <= desk.now + timedelta(days=1)


def test_a_row_that_another_program_holds_is_that_feeds_problem(site: Site, postgres_url: str) -> None:
    sources = [
        SourceSettings(f"{site.url}/{name}", key=name, allow_private=True, full_text=False) for name in (*SOUND, BAD)
    ]
    site.pages |= {f"/{name}": reply(feed(item(1, guid=f"{name}-1"))) for name in (*SOUND, BAD)}
    now = datetime.now(UTC)
    with open_store(postgres_url, busy_timeout=0.5) as store, psycopg.connect(postgres_url) as other:
        poller = Poller(store, sources)
        list(follow(store, poller.poll(now), lambda _: [Route("@a")], Coverage(store)))
        other.execute("SELECT * FROM sources WHERE key = %s FOR UPDATE", [BAD])
        later = now + timedelta(minutes=31)
        list(follow(store, poller.poll(later), lambda _: [Route("@a")], Coverage(store)))
        states = store.sources.all()
        assert [states[name].polled == later for name in (*SOUND, BAD)] == [True, True, False]
        (problem,) = store.problems.all(kind="source")
        assert problem.where == f"{site.url}/{BAD}"
        assert "locked" in problem.what
        other.rollback()
        list(poller.poll(later + timedelta(minutes=31)))
        assert store.problems.all(kind="source") == ()
