"""Following feeds, beside lemon24/reader, and reading damaged ones, beside feedparser: the same feeds in the same run.

Claims: a first update costs at most what reader's update and index of the same entries cost, with the Persian work
(cleaning, province, summary, story) included; an unchanged update asks with conditions and costs under 5% of a full
one; of damaged feeds at least as many entries are read as by feedparser.

    python bench/sources.py [--feeds 200] [--entries 50] [--peer PYTHON]     PYTHON: one that has reader installed
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
CITIES = ("قم", "تهران", "اصفهان", "شیراز", "مشهد", "اهواز", "رشت", "ساری", "تبریز", "ارومیه", "همدان", "یزد")
WORDS = (
    "استاندار فرماندار شهردار مردم کشاورزان دانش‌آموزان پروژه بیمارستان جاده مدرسه آب برق گاز راه‌آهن فرودگاه بازار "
    "جشنواره کتاب نمایشگاه موزه باران سیل زلزله تولید صادرات گندم برنج زعفران پسته خرما معدن کارخانه سرمایه‌گذاری "
    "گردشگری بودجه اعتبار درصد میلیارد افتتاح بهره‌برداری توسعه برنامه طرح همکاری آموزش ورزش مسابقه قهرمانی"
)


def entry(feed: int, number: int, now: datetime) -> str:
    """An item such as agencies' feeds hold: a lead behind its dateline, a link with a number and a Persian slug."""
    chance = random.Random(feed * 100_000 + number)
    words = WORDS.split()
    city = chance.choice(CITIES)
    title = f"{' '.join(chance.choices(words, k=6))} در {city}"
    lead = f"{city}- نمونه- {' '.join(chance.choices(words, k=30))} {chance.randint(10, 999)} نفر گفت."
    link = f"https://feed{feed}.example/news/{feed:04}{number:05}/{title.replace(' ', '-')}"
    published = format_datetime(now - timedelta(minutes=number % 600))
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{lead}</description>"
        f'<category domain="x">استان‌ها &gt; {city}</category><pubDate>{published}</pubDate></item>'
    )


class Server:
    """Serves the feeds; knows conditional requests."""

    def __init__(self, feeds: int, entries: int) -> None:
        self.now = datetime.now(UTC)
        self.feeds = {number: self.body(number, range(entries)) for number in range(feeds)}
        self.version = dict.fromkeys(self.feeds, 1)
        self.sent = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16

            def do_GET(self) -> None:
                number = int(self.path.rpartition("/")[2])
                etag = f'"{server.version[number]}"'
                known = self.headers.get("If-None-Match") == etag
                body = b"" if known else server.feeds[number]
                self.send_response(304 if known else 200)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                if not known:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                server.sent += len(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        """Where a feed is."""
        return f"http://127.0.0.1:{self.http.server_address[1]}/{number}"

    def body(self, feed: int, numbers: range) -> bytes:
        """A feed of these entries."""
        items = "".join(entry(feed, number, self.now) for number in numbers)
        return f"{HEAD}<title>{feed}</title>{items}</channel></rss>".encode()

    def renew(self, share: float, entries: int) -> None:
        """Put one new entry into as many feeds as make up a share of all entries."""
        for number in range(round(len(self.feeds) * entries * share)):
            feed = number % len(self.feeds)
            fresh = entry(feed, 90_000 + number, self.now).encode()
            self.feeds[feed] = self.feeds[feed].replace(b"<item>", fresh + b"<item>", 1)
            self.version[feed] += 1


STEPS = ("first update", "unchanged update", "update with 1% new")

CHAPAR = """
import json, resource, sys, time
from bot.running import allocation
from feeds.models import Route
from feeds.pipeline import follow
from feeds.sources import SourceSettings
from feeds.sources.following.poll import Poller
from feeds.store import open_store
from feeds.stories.coverage import Coverage
allocation.share_one_arena()  # this and the next, as `chapar run` does
allocation.settle()
urls = json.loads(sys.argv[1])
store = open_store(f"sqlite:///{sys.argv[2]}")
coverage = Coverage(store)
poller = Poller(store, [SourceSettings(url, full_text=False, allow_private=True) for url in urls])
def step():
    polls = poller.poll(due_only=False)
    return sum(hasattr(one, "outcome") for one in follow(store, polls, lambda _: [Route("preview")], coverage))
"""
READER = """
import json, resource, sys, time
from reader import make_reader
urls = json.loads(sys.argv[1])
reader = make_reader(sys.argv[2])
for url in urls: reader.add_feed(url)
reader.enable_search()
def step():
    new = 0
    for result in reader.update_feeds_iter(workers=16, scheduled=False):
        new += getattr(result.value, "new", 0)
    reader.update_search()
    return new
"""
LOOP = """
for line in sys.stdin:
    begin, cpu = time.perf_counter(), time.process_time()
    count = step()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("RESULT", json.dumps([count, time.perf_counter() - begin, time.process_time() - cpu, peak]), flush=True)
"""


class Peer:
    """A process that updates all feeds when it is told to, and says what that took."""

    def __init__(self, python: str, program: str, urls: list[str], folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        command = [python, "-c", program + LOOP, json.dumps(urls), str(folder / "store.db")]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder
        )

    def step(self) -> tuple[int, float, float, float]:
        """Update once: new entries, seconds, seconds of CPU, megabytes at the peak."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("RESULT "):
                count, seconds, cpu, peak = json.loads(line[7:])
                return count, seconds, cpu, peak
        raise SystemExit("the process ended early")

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def compare(feeds: int, entries: int, peer: str) -> None:
    contestants = {"Chapar": (sys.executable, CHAPAR)} | ({"reader": (peer, READER)} if peer else {})
    print(f"{feeds} feeds x {entries} entries\n\n| | | entries | s | CPU s | CPU ms/entry | body kB | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (python, program) in contestants.items():
        server = Server(feeds, entries)
        with tempfile.TemporaryDirectory() as folder:
            runner = Peer(python, program, [server.url(number) for number in server.feeds], Path(folder))
            for label in STEPS:
                if label == STEPS[2]:
                    server.renew(0.01, entries)
                server.sent = 0
                count, seconds, cpu, peak = runner.step()
                each, sent = f"{cpu / count * 1000:.2f}" if count else "", server.sent / 1000
                print(
                    f"| {name} | {label} | {count} | {seconds:.1f} | {cpu:.2f} | {each} | {sent:.0f} | {peak:.0f} |",
                    flush=True,
                )
            runner.close()
        server.http.shutdown()


def damages(sound: str) -> Iterator[tuple[str, bytes]]:
    """Feeds as they are found: one sound feed, broken in the usual ways."""
    half = len(sound) // 2
    yield "sound", sound.encode()
    yield "truncated", sound.encode()[: half * 2]
    yield "bare ampersands", sound.replace(" در ", " & ").encode()
    yield "entities of HTML", sound.replace(" در ", "&nbsp;&laquo;").encode()
    yield "control characters", sound.replace(" در ", " \x0b\x01 ").encode()
    yield "a NUL", sound.replace(" در ", " \0 ").encode()
    yield "stray angles", sound.replace(" در ", " < ").encode()
    yield "an unclosed tag", sound.replace("</description>", "", 1).encode()
    yield "Latin declared", sound.replace('"utf-8"', '"iso-8859-1"').encode()
    yield "Windows-1256", sound.replace('"utf-8"', '"windows-1256"').encode("cp1256", "xmlcharrefreplace")
    yield "Windows-1256 as 1252", sound.replace('"utf-8"', '"windows-1252"').encode("cp1256", "xmlcharrefreplace")
    yield "damaged bytes", sound.encode().replace("در".encode(), "در".encode() + b"\xff")
    yield "a warning before it", b"<br/>Warning: x in y.php\n" + sound.encode()
    yield "UTF-16", sound.replace('"utf-8"', '"utf-16"').encode("utf-16")


def read_damaged() -> None:
    import feedparser  # noqa: PLC0415

    from feeds.sources.reading.formats.syndication import NotAFeedError, read  # noqa: PLC0415

    def ours(data: bytes) -> list[str]:
        try:
            return [one.title for one in read(data, "https://example.org/rss").entries]
        except NotAFeedError:
            return []

    def theirs(data: bytes) -> list[str]:
        return [one.get("title", "") for one in feedparser.parse(data).entries]

    now = datetime.now(UTC)
    items = "".join(entry(1, number, now) for number in range(50))
    sound = f"{HEAD}{items}</channel></rss>"
    titles = {" ".join(title.split()) for title in ours(sound.encode())}

    def right(found: list[str]) -> int:
        """Entries with a readable title: letters as they were, but for what the damage put in their place."""
        return sum(any(part in whole for whole in titles for part in [title.split(" ")[0]] if part) for title in found)

    def cost(parse: Callable[[bytes], list[str]], data: bytes) -> float:
        parse(data)
        begin = time.process_time()
        for _ in range(5):
            parse(data)
        return (time.process_time() - begin) / 5 / 50 * 1e6

    print("\n| feed of 50 entries | Chapar reads | feedparser reads | Chapar µs/entry | feedparser µs/entry |")
    print("|---|---|---|---|---|")
    for name, data in damages(sound):
        counts = f"{right(ours(data))} | {right(theirs(data))}"
        print(f"| {name} | {counts} | {cost(ours, data):.0f} | {cost(theirs, data):.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--peer", default="", help="an interpreter that has lemon24/reader installed")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    compare(options.feeds, options.entries, options.peer)
    read_damaged()
    print(f"\npeak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
