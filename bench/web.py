"""Pages and feeds over a socket: requests a second and times, beside nginx with the same feed file.

Claims: what did not change is answered from memory, a feed's 304 at 0.45 of nginx's rate. The peer: nginx with one
process, as the service is one, that serves the very file that the service wrote. The load is wrk's, from the same
machine. A store of invented articles; one of them changes each second of the run for the last line.

    python bench/web.py [--articles 1500] [--seconds 4]      (Debian: apt install wrk nginx)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from feeds.models import Document, Draft, Image, Summary
from feeds.provinces import gazetteer
from feeds.store import Store, open_store
from feeds.store.archive.arrivals import Arrival
from feeds.syndication import Site, write

ZONE = ZoneInfo("Asia/Tehran")
AGENCIES = ("خبرگزاری مهر", "خبرگزاری ایرنا", "خبرگزاری ایسنا", "روابط عمومی")
WORDS = (
    *("باران", "سیل", "زلزله", "برف", "جاده", "مدرسه", "بیمارستان", "کشاورزی", "گندم"),
    *("نان", "آب", "برق", "گاز", "هوا", "بازار", "فرودگاه", "قطار"),
)
LEAD = "مدیر هواشناسی استان گفت بارش باران از بامداد امروز آغاز شد و تا پایان هفته ادامه دارد."
SENTENCE = "به گفتهٔ او راه‌های کوهستانی لغزنده است و رانندگان باید زنجیر چرخ همراه داشته باشند. "


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(Path(options.serve)))
        return
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing: apt install wrk nginx")
    with tempfile.TemporaryDirectory(prefix="chapar-http-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's process is another user's
        with open_store(f"sqlite:///{folder}/chapar.db") as store:
            fill(store, options.articles)
            write(store, folder / "feeds", Site("http://127.0.0.1", ZONE), now=datetime.now(UTC))
            with service(folder) as ours, nginx(folder) as peer:
                Measured(store, folder, ours, peer, options.seconds).all()


def fill(store: Store, count: int) -> None:
    """Articles, half an hour between two, the newest a minute old."""
    now = datetime.now(UTC)
    for first in range(0, count, 50):
        drafts = [draft(number, now - timedelta(minutes=1 + 30 * number)) for number in range(first, first + 50)]
        store.articles.save_all([Arrival(one, ()) for one in drafts[: count - first]], now)


def draft(number: int, published: datetime, *, mark: str = "") -> Draft:
    """An article of invented words."""
    words = " ".join(WORDS[(number * step + step) % len(WORDS)] for step in (3, 5, 7))
    title = f"{words} در خبر شمارهٔ {number}{mark}"
    body = f"{LEAD}\n\n{words} {SENTENCE * 4}\n\n{SENTENCE * 3}"
    url = f"https://www.agency.example.ir/news/{1404000000 + number}/{words.replace(' ', '-')}"
    image = Image(f"https://media.example.ir/{number}/picture.jpg") if number % 3 == 0 else None
    document = Document(
        "bench", str(number), title, body, published, fingerprint=f"{number}{mark}", url=url, image=image
    )
    province = gazetteer.PROVINCES[number % 31].slug
    agency = AGENCIES[number % len(AGENCIES)]
    return Draft(document, title, LEAD, body, Summary(LEAD), (province,), agency=agency, urgent=number % 60 == 0)


async def serve(folder: Path) -> None:
    """The pages as the service serves them, in a process of their own; prints its port."""
    from bot.running import listener, server  # noqa: PLC0415
    from bot.running.allocation import share_one_arena  # noqa: PLC0415
    from feeds.web.app import create_app  # noqa: PLC0415

    share_one_arena()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with open_store(f"sqlite:///{folder}/chapar.db") as store, listener.bind("127.0.0.1", 0) as bound:
        print(bound.getsockname()[1], flush=True)
        app = create_app(store, public_url="http://127.0.0.1", feeds_dir=folder / "feeds", zone=ZONE)
        await server.serve(app, bound, stop)


@contextmanager
def service(folder: Path) -> Iterator[tuple[str, int]]:
    """Our address and process."""
    command = [sys.executable, __file__, "--serve", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = f"http://127.0.0.1:{int(process.stdout.readline())}"
        wait_for(f"{address}/robots.txt")
        yield address, process.pid
        process.terminate()


@contextmanager
def nginx(folder: Path) -> Iterator[tuple[str, int]]:
    """The peer's address, and the process that answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "nginx.conf"
    settings.write_text(
        f"""worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
        events {{ worker_connections 512; }}
        http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; gzip off;
        types {{ application/rss+xml rss; }}
        server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"""
    )
    with subprocess.Popen(["nginx", "-c", str(settings), "-p", str(folder)], stderr=subprocess.DEVNULL) as process:
        wait_for(f"http://127.0.0.1:{port}/feeds/all.rss")
        worker = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()[0]
        yield f"http://127.0.0.1:{port}", int(worker)
        process.terminate()


def wait_for(url: str) -> None:
    """Until it answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"{url} does not answer")


class Measured:
    """The measurements of one run."""

    def __init__(self, store: Store, folder: Path, ours: tuple[str, int], peer: tuple[str, int], seconds: int) -> None:
        self.store = store
        self.folder = folder
        self.ours, self.pid = ours
        self.peer, self.peer_pid = peer
        self.seconds = seconds

    def all(self) -> None:
        """Print the tables."""
        self.feeds()
        self.pages()
        self.searches()
        self.changes()
        print(f"\nMemory of the process, its peak: {self.peak()} MB")

    def feeds(self) -> None:
        """A feed beside nginx's, each twice, in turns."""
        path, file = "/feeds/all.rss", self.folder / "feeds/all.rss"
        tags = {base: tag_of(base + path) for base in (self.ours, self.peer)}
        print(f"\n32 connections, plain bytes; the feed has {file.stat().st_size // 1000} kB\n")
        print("| | Chapar, /s | nginx, /s | ratio | Chapar, CPU µs | nginx, CPU µs | ratio |\n|---" + "|---:" * 6 + "|")
        for name, tagged in (("304 of a feed", True), (f"the feed, {file.stat().st_size // 1000} kB", False)):
            rates: dict[str, list[float]] = {self.ours: [], self.peer: []}
            costs: dict[str, list[float]] = {self.ours: [], self.peer: []}
            for base in (self.ours, self.peer) * 3:
                headers = {"If-None-Match": tags[base]} if tagged else {}
                process = self.pid if base == self.ours else self.peer_pid
                before = processor(process)
                rate = wrk(base + path, self.seconds, headers=headers)["rate"]
                rates[base].append(rate)
                costs[base].append((processor(process) - before) / (rate * self.seconds) * 1e6)
            mine, theirs = (sorted(rates[base])[1] for base in (self.ours, self.peer))
            ours, its = (sorted(costs[base])[1] for base in (self.ours, self.peer))
            print(
                f"| {name} | {mine:,.0f} | {theirs:,.0f} | {mine / theirs:.2f} "
                f"| {ours:.1f} | {its:.1f} | {its / ours:.2f} |"
            )

    def pages(self) -> None:
        """Home, article, province: one connection, and many."""
        (article,) = self.store.articles.latest(limit=1)
        print("\n| | 1 connection: p50, ms | 32 connections: /s | p50, ms | p99, ms |\n|---|---:|---:|---:|---:|")
        for name, path in (("home", "/"), ("an article", f"/a/{article.uid}"), ("a province", "/p/qom")):
            one = wrk(self.ours + path, self.seconds, connections=1)
            many = wrk(self.ours + path, self.seconds)
            print(f"| {name} | {one['p50']:.2f} | {many['rate']:,.0f} | {many['p50']:.1f} | {many['p99']:.1f} |")
        uids = [one.uid for one in self.store.articles.latest(limit=1000)]
        many = self.costing(self.ours, paths=[f"/a/{uid}" for uid in uids])
        print(f"| {len(uids)} articles in turn | | {many['rate']:,.0f} | {many['p50']:.1f} | {many['p99']:.1f} |")
        print(f"\nAn article of these took {many['cost']:.2f} ms of a processor.")

    def searches(self) -> None:
        """Questions that were asked before, and new ones."""
        asked = f"/search?q={quote('باران قم')}"
        urllib.request.urlopen(self.ours + asked, timeout=30).close()
        cached = self.costing(self.ours + asked)
        pairs = [f"{one} {two}" for one in WORDS for two in WORDS if one != two]
        new = [
            f"/search?q={'+' * number}{quote(pair)}" for number in range(60) for pair in pairs
        ]  # blanks: no answer twice
        fresh = self.costing(self.ours, paths=new)
        print("\n| search, 32 connections | /s | p50, ms | p99, ms | CPU ms |\n|---|---:|---:|---:|---:|")
        for name, found in (("asked before", cached), ("new each time", fresh)):
            print(f"| {name} | {found['rate']:,.0f} | {found['p50']:.1f} | {found['p99']:.1f} | {found['cost']:.3f} |")

    def costing(self, url: str, *, paths: list[str] | None = None) -> dict[str, float]:
        """As `wrk`, with the milliseconds of a processor that an answer took."""
        before = processor(self.pid)
        measured = wrk(url, self.seconds, paths=paths)
        cost = (processor(self.pid) - before) * 1000 / (measured["rate"] * self.seconds)
        return measured | {"cost": cost}

    def changes(self) -> None:
        """Home while an article comes each second; and how long what is withdrawn is still read."""
        over = threading.Event()

        def save() -> None:
            number = -1
            while not over.wait(1):
                self.store.articles.save(draft(number, datetime.now(UTC)), (), datetime.now(UTC))
                number -= 1

        saving = threading.Thread(target=save)
        saving.start()
        many = wrk(self.ours + "/", self.seconds)
        over.set()
        saving.join()
        print(f"\nHome, a new article each second: {many['rate']:,.0f} /s, p99 {many['p99']:.1f} ms")
        waits = sorted(self.until_withdrawn() for _ in range(20))
        print(
            f"What another process withdraws is read for {waits[10] * 1000:.0f} ms more, {waits[-1] * 1000:.0f} at most"
        )

    def until_withdrawn(self) -> float:
        """Seconds from the commit of a retraction to the first page that tells it, asked for without a pause."""
        (article,) = self.store.articles.latest(limit=1)
        url = f"{self.ours}/a/{article.uid}"
        urllib.request.urlopen(url).close()
        self.store.editorial.retract(article.uid, datetime.now(UTC))
        began = time.perf_counter()
        while "تکذیب شد" not in urllib.request.urlopen(url).read().decode():
            pass
        return time.perf_counter() - began

    def peak(self) -> int:
        """Megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


def processor(pid: int) -> float:
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tag_of(url: str) -> str:
    """The ETag of an address."""
    with urllib.request.urlopen(url) as answer:
        return str(answer.headers["etag"])


def wrk(
    url: str,
    seconds: int,
    *,
    connections: int = 32,
    headers: dict[str, str] | None = None,
    paths: list[str] | None = None,
) -> dict[str, float]:
    """What wrk measures: requests a second, the median and the 99th hundredth in ms. Failed answers end the run."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        if paths:
            script.write(f"local paths = {{{','.join(json.dumps(path) for path in paths)}}}\nlocal at = 0\n")
            script.write('request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end\n')
        script.write(
            "done = function(summary, latency) local e = summary.errors; io.write(string.format("
            "'RESULT %f %f %f %d\\n', summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,"
            "latency:percentile(99) / 1000, e.status + e.connect + e.read + e.write + e.timeout)) end\n"
        )
        script.flush()
        named = [word for name, value in (headers or {}).items() for word in ("-H", f"{name}: {value}")]
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "-s",
            script.name,
            *named,
            url,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
    rate, p50, p99, errors = (re.search(r"RESULT (\S+) (\S+) (\S+) (\S+)", said) or sys.exit(said)).groups()
    if int(errors):
        sys.exit(f"{url}: {errors} requests failed")
    return {"rate": float(rate), "p50": float(p50), "p99": float(p99)}


if __name__ == "__main__":
    main()
