"""Who asks for what did not change gets bytes; who asks after a change gets the change, on every node."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from visitor import Save, Visitor

from feeds.errors import StoreError
from feeds.store import Store, open_store
from feeds.store.journal import Changes
from feeds.web import serving
from feeds.web.app import create_app
from feeds.web.content import Content
from feeds.web.pages import Pages
from feeds.web.serving.responder import FIELDS, Responder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were rendered."""
    names: list[str] = []
    render = Pages._render

    def counted(self: Pages, template: str, *args: Any, **values: Any) -> str:
        names.append(template)
        return render(self, template, *args, **values)

    monkeypatch.setattr(Pages, "_render", counted)
    return names


def test_a_page_that_did_not_change_is_made_once(site: Visitor, save: Save, made: list[str]) -> None:
    article = save()
    for path in (f"/a/{article.uid}", "/p/qom", "/", "/search?q=باران") * 3:
        assert site.get(path).status_code == 200
    assert sorted(made) == ["article.html", "home.html", "province.html", "search.html"]


def test_what_apps_add_to_a_link_makes_no_other_page(site: Visitor, save: Save, made: list[str]) -> None:
    article = save()
    for added in ("", "?utm_source=telegram&utm_medium=social", "?fbclid=IwAR0", "?fbclid=IwAR1", "?_=1", "?=&&"):
        assert site.get(f"/a/{article.uid}{added}").status_code == 200
    assert made == ["article.html"]
    assert site.get("/search?fbclid=1&q=باران&utm_source=x").text == site.get("/search?q=باران").text
    assert site.get("/feed?fbclid=IwAR0").headers["location"] == "/feeds/all.rss"


def test_every_field_that_a_view_reads_is_heard() -> None:
    folder = Path(serving.__file__).parents[1]
    written = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    read = re.findall(r'''(?:query_params\.get\(|fields\.get\(|whole\(request, )"(\w+)"''', written)
    assert {name.encode() for name in read} == FIELDS


def test_a_change_of_an_article_makes_just_its_pages_anew(site: Visitor, save: Save, made: list[str]) -> None:
    one, two = save("one"), save("two", title="سیل در یزد", provinces=("yazd",))
    paths = (f"/a/{one.uid}", f"/a/{two.uid}", "/p/qom", "/p/yazd")
    for path in paths:
        site.get(path)
    made.clear()
    save("one", title="باران سنگین در قم")
    pages = {path: site.get(path).text for path in paths}
    assert sorted(made) == ["article.html", "province.html"]
    assert "باران سنگین" in pages[f"/a/{one.uid}"]
    assert "باران سنگین" in pages["/p/qom"]


def test_a_new_article_is_on_the_pages_of_its_province_at_once(site: Visitor, save: Save) -> None:
    one = save("one")
    assert "سیل" not in site.get(f"/a/{one.uid}").text
    save("two", title="سیل در قم")
    assert "سیل در قم" in site.get(f"/a/{one.uid}").text  # among the related
    assert "سیل در قم" in site.get("/p/qom").text
    assert "<mark>سیل</mark> در قم" in site.get("/search?q=سیل").text


def test_who_tells_a_story_too_is_on_the_page_of_who_told_it(
    site: Visitor, save: Save, archive: Store, noon: datetime
) -> None:
    lead, other = save("lead"), save("other", agency="خبرگزاری دیگر", provinces=("yazd",))
    assert "روایت‌های دیگر" not in site.get(f"/a/{lead.uid}").text
    archive.editorial.merge(other.uid, lead.uid, noon)
    assert "خبرگزاری دیگر" in site.get(f"/a/{lead.uid}").text
    archive.editorial.split(other.uid, noon)
    assert "روایت‌های دیگر" not in site.get(f"/a/{lead.uid}").text


def test_what_another_node_withdraws_is_read_nowhere_after_it(
    site: Visitor, save: Save, sqlite_url: str, noon: datetime
) -> None:
    article = save()
    for path in (f"/a/{article.uid}", "/p/qom", "/"):
        assert "تکذیب" not in site.get(path).text
    with closing(open_store(sqlite_url)) as other:
        other.editorial.retract(article.uid, noon)
    assert "این خبر تکذیب شد" in site.get(f"/a/{article.uid}").text
    assert article.title not in site.get("/p/qom").text
    assert article.title not in site.get("/").text


def test_relative_times_grow_older_although_nothing_changes(
    archive: Store, tmp_path: Path, save: Save, now: datetime, visit: type[Visitor]
) -> None:
    article = save()
    clock, zone = [now], ZoneInfo("Asia/Tehran")
    site = visit(create_app(archive, public_url="http://x", feeds_dir=tmp_path, zone=zone, clock=lambda: clock[0]))
    first = site.get(f"/a/{article.uid}").text
    clock[0] += timedelta(minutes=5)
    second = site.get(f"/a/{article.uid}").text
    assert ("۱۵ دقیقه پیش" in first, "۲۰ دقیقه پیش" in second) == (True, True)


def test_the_desk_s_pages_are_kept_for_nobody(site: Visitor, service: dict[str, Any]) -> None:
    assert site.get("/status").status_code == 200
    assert site.get("/status", x_forwarded_for="192.0.2.1").status_code == 404


@pytest.fixture
def responder() -> Iterator[Callable[..., Responder]]:
    def make(since: Callable[[int | None], Changes]) -> Responder:
        return Responder(since, lambda: datetime.now().astimezone(), {}, fresh_within=0)

    return make


async def ask(responder: Responder, make: Callable[[], Content]) -> bytes:
    """The body of an answer, through the whole of the responder."""
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    got: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await (await responder.answer(scope, make))(scope, receive, send)

    async def send(message: Any) -> None:
        got.append(message)

    responder.app = app
    await responder(scope, None, send)  # type: ignore[arg-type]
    return bytes(got[1]["body"])


async def test_what_changes_while_a_page_is_made_is_not_kept_from_the_next_reader(
    responder: Callable[..., Responder],
) -> None:
    seq = [1]
    serving = responder(lambda _seen: Changes(seq[0], frozenset("*") if seq[0] > 1 else frozenset()))

    def make() -> Content:
        seq[0] += 1  # it changes after the journal was looked at
        return Content(str(seq[0]).encode(), "text/plain")

    await ask(serving, make)
    assert await ask(serving, lambda: Content(b"new", "text/plain")) == b"new"


async def test_many_who_ask_for_the_same_wait_for_one(responder: Callable[..., Responder]) -> None:
    serving, calls, go = responder(lambda _seen: Changes(1, frozenset())), [], threading.Event()

    def make() -> Content:
        calls.append(1)
        go.wait(5)
        return Content(b"x", "text/plain")

    asking = [asyncio.create_task(ask(serving, make)) for _ in range(20)]
    await asyncio.sleep(0.05)
    go.set()
    assert await asyncio.gather(*asking) == [b"x"] * 20
    assert len(calls) == 1


async def test_where_the_journal_can_t_be_read_nothing_kept_is_given(
    responder: Callable[..., Responder], caplog: pytest.LogCaptureFixture
) -> None:
    away = [False]

    def since(_seen: int | None) -> Changes:
        if away[0]:
            raise StoreError("it is locked")
        return Changes(1, frozenset())

    serving = responder(since)
    assert await ask(serving, lambda: Content(b"kept", "text/plain")) == b"kept"
    away[0] = True
    with caplog.at_level(logging.WARNING):
        assert await ask(serving, lambda: Content(b"says why", "text/plain", status=503)) == b"says why"
