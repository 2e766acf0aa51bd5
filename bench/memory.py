"""What the service takes of memory with a large archive, while it is read: all of `chapar run`, phase by phase.

Claims: 200 MB at the most with 100,000 articles while wrk asks for everything that there is.

    python bench/memory.py [--articles 100000] [--seconds 8] [--folder X]      (Debian: apt install wrk)

The articles are those of `bench/search.py`, five minutes apart, the newest of now. No bot; no channel but the preview.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import search  # beside this file
from start import port
from web import ZONE, wait_for, wrk

from feeds.layout import calendar
from feeds.provinces import gazetteer
from feeds.store import open_store
from feeds.store.database.engine import make_engine, writing
from feeds.store.search.index import upkeep

SEED, READERS = 1404, 8


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--seconds", type=int, default=8)
    arguments.add_argument("--folder", type=Path)
    options = arguments.parse_args()
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chapar-memory-")))
        url = f"sqlite:///{folder}/var/chapar.db"
        search.START = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5 * options.articles)
        (folder / "seeds").mkdir(parents=True, exist_ok=True)
        with open_store(url) as store:
            engine = make_engine(url, busy_timeout=60.0)
            if not store.articles.total():
                search.fill(engine, options.articles)
            with writing(engine) as connection:
                upkeep.note(connection, None)  # else the service would make all search keys anew
            engine.dispose()
        address = f"127.0.0.1:{port()}"
        variables = os.environ | {"DATABASE_URL": url, "HTTP_ADDRESS": address, "LOG_LEVEL": "WARNING"}
        with subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=variables) as service:
            try:
                wait_for(f"http://{address}/feeds/all.rss")
                report(service.pid, f"http://{address}", options.articles, options.seconds)
            finally:
                service.terminate()


def report(pid: int, base: str, articles: int, seconds: int) -> None:
    """Ask for one kind of thing after another, and print what the process takes after each."""
    print(f"| {articles:,} articles | asked for, /s | after it, MB | most of it so far, MB |\n|---|---:|---:|---:|")
    print(f"| started | | {memory(pid)['VmRSS']:.0f} | {memory(pid)['VmHWM']:.0f} |", flush=True)
    for name, paths in kinds(articles).items():
        rate = wrk(base, seconds, paths=paths, connections=READERS)["rate"]
        taken = memory(pid)
        print(f"| {name} | {rate:,.0f} | {taken['VmRSS']:.0f} | {taken['VmHWM']:.0f} |", flush=True)
    time.sleep(seconds)
    print(f"| nobody asks | | {memory(pid)['VmRSS']:.0f} | {memory(pid)['VmHWM']:.0f} |")


def kinds(articles: int) -> dict[str, list[str]]:
    """The addresses of each kind, in no order."""
    chance = random.Random(SEED)
    slugs = [province.slug for province in gazetteer.PROVINCES]
    today = datetime.now(ZONE).date()
    days = [calendar.address_of(today - timedelta(days=number)) for number in range(min(articles // 288, 300))]

    def typed() -> str:
        title, _, _ = search.LANGUAGE.article(chance.randrange(articles))
        return " ".join(chance.sample(title, 2))

    return {
        "home and provinces": ["/", "/provinces", *(f"/p/{slug}" for slug in slugs)],
        "articles": [f"/a/{chance.randrange(articles):016x}" for _ in range(20_000)],
        "searches": [f"/search?q={quote(typed())}" for _ in range(5_000)],
        "feeds": [f"/feeds/{slug}.{form}" for slug in ("all", *slugs) for form in ("rss", "atom", "json")],
        "feeds of searches": [f"/search.{form}?q={quote(typed())}" for _ in range(1_000) for form in ("rss", "json")],
        "archive": [f"/archive/{day}{place}" for day in days for place in ("", *(f"/{slug}" for slug in slugs))],
        "days as files": [
            f"/archive/{day}/{slug}.{form}" for day in days for slug in slugs for form in ("html", "epub")
        ],
    }


def memory(pid: int) -> dict[str, float]:
    """What a process takes now and took at most, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return {name: int(size) / 1024 for name, size in re.findall(r"(VmRSS|VmHWM):\s+(\d+)", status)}


if __name__ == "__main__":
    main()
