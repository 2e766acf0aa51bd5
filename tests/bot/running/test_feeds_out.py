"""Feeds are written as soon as something changes, here or elsewhere, and the hub hears of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import draft
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bot.running import feeds_out
from bot.running.feeds_out import FeedsOut
from bot.settings import Settings
from feeds.store import Store, open_store

NOW = datetime(2025, 9, 24, 9, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str, httpserver: HTTPServer) -> Settings:
    return Settings(  # type: ignore[call-arg]
        _env_file=None,
        database_url=sqlite_url,
        feeds_dir=tmp_path / "feeds",
        public_url="https://chapar.example",
        websub_hub=httpserver.url_for("/hub"),
    )


@asynccontextmanager
async def writing(store: Store, settings: Settings, *, leads: bool = True) -> AsyncIterator[FeedsOut]:
    out, stop = FeedsOut(store, settings, lambda: leads), asyncio.Event()
    tasks = [asyncio.create_task(work(stop)) for work in (out.run, out.tell)]
    try:
        yield out
    finally:
        stop.set()
        await asyncio.gather(*tasks)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - files and another thread set no event
            await asyncio.sleep(0.02)


def has(settings: Settings, words: str) -> Callable[[], bool]:
    file = settings.feeds_dir / "qom.rss"
    return lambda: file.exists() and words in file.read_text("utf-8")


async def test_a_new_article_is_in_the_feeds_at_once_and_the_hub_is_told(
    sqlite_url: str, settings: Settings, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_out, "LOOK_SECONDS", 60.0)  # nothing but the word of who took it in
    httpserver.expect_request("/hub").respond_with_data("", status=202)
    with closing(open_store(sqlite_url)) as store:
        async with writing(store, settings) as out:
            store.articles.save(draft(1), (), NOW)
            out.wake()
            await until(has(settings, "خبر شمارهٔ 1"))
            await until(lambda: len(httpserver.log) >= 9)
            await asyncio.sleep(0.1)
        told = sorted(request.form["hub.url"] for request, _ in httpserver.log)
    sources = "sources/%D8%AE%D8%A8%D8%B1%DA%AF%D8%B2%D8%A7%D8%B1%DB%8C-%D8%A2%D8%B2%D9%85%D9%88%D9%86"
    names = [f"{slug}.{form}" for slug in ("all", "qom", sources) for form in ("atom", "json", "rss")]
    assert told == [f"https://chapar.example/feeds/{name}" for name in names]


async def test_what_another_process_changes_is_found_in_the_journal(
    sqlite_url: str, settings: Settings, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds_out, "LOOK_SECONDS", 0.05)
    with closing(open_store(sqlite_url)) as store, closing(open_store(sqlite_url)) as other:
        async with writing(store, settings, leads=False):
            article = other.articles.save(draft(1), (), NOW).article
            await until(has(settings, "خبر شمارهٔ 1"))
            other.editorial.retract(article.uid, NOW)
            await until(has(settings, "تکذیب شد"))
    assert httpserver.log == []  # another node leads


async def test_a_hub_that_is_away_holds_nothing_up_and_is_told_again(
    sqlite_url: str,
    settings: Settings,
    httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(feeds_out, "PAUSES", (0.05,))
    monkeypatch.setattr(feeds_out, "HUB_SECONDS", 0.05)
    answers = iter([503, 503, 503])

    def answer(_request: Request) -> Response:
        return Response("", status=next(answers, 204))

    httpserver.expect_request("/hub").respond_with_handler(answer)
    with closing(open_store(sqlite_url)) as store, caplog.at_level(logging.WARNING):
        async with writing(store, settings) as out:
            store.articles.save(draft(1), (), NOW)
            out.wake()
            await until(has(settings, "خبر شمارهٔ 1"))
            await until(lambda: sum(response.status_code == 204 for _, response in httpserver.log) >= 9)
    assert 1 <= sum("is told again" in record.getMessage() for record in caplog.records) <= 3
