"""Feeds and pages: what a pass over the feeds costs, and how many answers a second one process gives.

Claims: a pass without news costs next to nothing, and a feed is served as fast as memory allows.
Peers, in the same run: feedgen writing all 32 feeds at each tick, as its manual shows; and Starlette's StaticFiles on
the same feed file. Requests go straight into the application, without a socket between.

    python bench/pages.py [--articles 3000]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from feedgen.feed import FeedGenerator
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from feeds.models import Document, Draft, Summary
from feeds.provinces import gazetteer
from feeds.store import Store, open_store
from feeds.syndication import Site, write
from feeds.web.app import create_app

ZONE = ZoneInfo("Asia/Tehran")
NEWEST = datetime(2026, 3, 1, tzinfo=UTC)
SITE = "https://chapar.example"
LEAD = "باران از بامداد امروز در استان آغاز شد و تا پایان هفته ادامه دارد."
BODY = "\n\n".join([LEAD, *["مدیر هواشناسی گفت بارش در بیشتر شهرستان‌ها پراکنده و در بلندی‌ها برف است. " * 4] * 5])
PATHS = {"/feeds/all.rss": 5000, "/": 200, "/p/qom": 200, "/preview": 500, "/search?q=باران": 100, "/healthz": 1000}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=3000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chapar-") as name:
        folder = Path(name)
        with open_store(f"sqlite:///{folder}/chapar.db") as store:
            for number in range(options.articles):
                save(store, number)
            bench_writing(store, folder / "feeds")
            asyncio.run(bench_serving(store, folder / "feeds"))


def save(store: Store, number: int) -> None:
    """One article more, an hour older than the last."""
    document = Document("bench", str(number), "", "", NEWEST - timedelta(hours=number), fingerprint=str(number))
    province = gazetteer.PROVINCES[number % 31].slug
    store.articles.save(
        Draft(document, f"باران در استان، خبر {number}", LEAD, BODY, Summary(LEAD), (province,)), (), NEWEST
    )


def bench_writing(store: Store, folder: Path) -> None:
    """The first pass, one without news, one with one article more; and all feeds by feedgen alone."""
    passing = partial(write, store, folder, Site(SITE, ZONE), now=NEWEST)
    print("A pass over the feeds (32 of them, in RSS, Atom and JSON Feed, with an OPML)")
    print(f"  the first                       {timed(passing) * 1000:8.1f} ms")
    print(f"  without news                    {timed(passing) * 1000:8.1f} ms")
    runs = [one_more(store, passing, number) for number in range(1, 8)]
    peer = sorted(timed(partial(plain_feedgen, store, folder)) for _ in range(5))[2]
    more = sorted(runs)[len(runs) // 2]
    print(f"  with one article more           {more * 1000:8.1f} ms, {more / peer:.2f} of the peer's")
    print(f"  peer: feedgen, RSS alone        {peer * 1000:8.1f} ms at each tick")


def one_more(store: Store, passing: Callable[..., object], number: int) -> float:
    """Seconds of the processor for a pass after one new article, as the service makes it: it knows what has changed."""
    before = store.journal.since(None).seq
    save(store, -number)
    return timed(partial(passing, touched=store.journal.since(before).tags))


def plain_feedgen(store: Store, folder: Path) -> None:
    """All RSS feeds as feedgen's manual shows it, written in place."""
    for province in (None, *(province.slug for province in gazetteer.PROVINCES)):
        generator = FeedGenerator()
        generator.title("چاپار")
        generator.description("خبر")
        generator.link(href=SITE, rel="alternate")
        for article in store.articles.latest(province=province, limit=60):
            entry = generator.add_entry()
            entry.id(article.uid)
            entry.title(article.title)
            entry.link(href=f"{SITE}/a/{article.uid}")
            entry.description(article.summary.text)
            entry.content(article.body)
            entry.published(article.published)
        generator.rss_file(str(folder / f"plain-{province}.rss"))


async def bench_serving(store: Store, folder: Path) -> None:
    """Answers a second, one after another."""
    app = create_app(store, public_url=SITE, feeds_dir=folder, zone=ZONE)
    print("Answers of one process, one after another, packed with gzip where it takes it")
    for path, times in PATHS.items():
        print(f"  {path:<31} {await rate(app, path, times):8.0f} /s")
    print(
        f"  {'peer: StaticFiles on all.rss':<31} {await rate(StaticFiles(directory=folder), '/all.rss', 1000):8.0f} /s"
    )


async def rate(app: ASGIApp, target: str, times: int) -> float:
    """How many requests for a target the application answers in a second, after a first one."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"chapar.example"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await answer(app, scope)
    began = time.perf_counter()
    for _ in range(times):
        await answer(app, scope)
    return times / (time.perf_counter() - began)


async def answer(app: ASGIApp, scope: dict[str, Any]) -> None:
    """One request; anything but 200 ends the benchmark."""

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()  # the client says nothing more, and stays
        raise AssertionError

    async def send(message: Any) -> None:
        if message.get("status", 200) != 200:
            raise RuntimeError(f"{scope['path']} answered {message['status']}")

    await app(dict(scope), receive, send)


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor: what waits for the disk (every file is synced) depends on the machine."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
