"""Sound feeds beside hostile ones: what is lost, told twice or overwritten, and how long news takes, with and without.

Claims: beside feeds that break in every way we know, the 95th percentile of the lag of sound feeds is at most 1.2 times
what it is without them; none of their articles is lost, comes twice or is overwritten.

The sound feeds publish at random moments, each under the numbers of a site of its own. The hostile ones list these
numbers ahead of time and change what they say there; answer with loops, bombs, drips, garbage, thousands of entries and
dates of all times; lead into private networks; and what the store knows of them is damaged again and again. Both runs
see the same moments, on a clock that runs faster than ours: what costs a second here costs `--speed` seconds there.

    python bench/hostile.py [--minutes 3] [--speed 10] [--sound 20]
"""

from __future__ import annotations

import argparse
import gzip
import logging
import random
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOK = timedelta(seconds=10)
"""How often it is looked which feeds are due, on the fast clock."""
KEPT = 30
"""Entries that a sound feed holds."""
THINGS = (
    *("سیب", "پل", "موزه", "باران", "راه", "مدرسه", "بازار", "کتاب", "گندم", "پسته", "خرما", "معدن", "برق", "آب"),
    *("گاز", "فرودگاه", "بیمارستان", "جشنواره"),
)
PLACES = (
    *("قم", "رشت", "ساری", "تبریز", "همدان", "یزد", "شیراز", "اهواز", "مشهد", "بجنورد", "ایلام", "سنندج", "بوشهر"),
    *("زاهدان", "کرمان", "قزوین"),
)
DAMAGE = ("'x'", "-1", "9223372036854775807", "x'ff'", "0", "NULL", "''")
COLUMNS = ("habit", "interval", "polled", "next_poll", "newest", "entries", "failures", "digest", "title", "error")


class Clock:
    """A clock that runs faster than ours, from now."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.began = datetime.now(UTC)
        self.real = time.monotonic()

    def now(self) -> datetime:
        """The time."""
        return self.began + timedelta(seconds=(time.monotonic() - self.real) * self.speed)


class Sound:
    """A sound feed: the moments at which it publishes, and what."""

    def __init__(self, number: int, length: timedelta) -> None:
        chance = random.Random(number)
        self.number = number
        moments, at = [], timedelta(minutes=-10)
        while at < length:
            moments.append(at)
            at += timedelta(seconds=chance.expovariate(1 / 240))
        self.moments = moments

    def key(self, article: int) -> str:
        """The number that the site gives an article."""
        return f"{self.number:03}{article:05}"

    def link(self, article: int) -> str:
        """Where the article stands."""
        return f"https://sound{self.number}.example/news/{self.key(article)}/slug"

    def title(self, article: int) -> str:
        """Its headline, unlike any other."""
        chance = random.Random(self.number * 100_000 + article)
        return f"{' '.join(chance.sample(THINGS, 5))} {self.key(article)} {chance.choice(PLACES)}"

    def body(self, clock: Clock) -> bytes:
        """The feed as it is now."""
        now = clock.now()
        out = [n for n, moment in enumerate(self.moments) if clock.began + moment <= now][-KEPT:]
        return feed(
            entry(self.title(n), self.link(n), clock.began + self.moments[n], text(self.number * 1000 + n))
            for n in reversed(out)
        )


def text(seed: int) -> str:
    chance = random.Random(seed)
    return f"{chance.choice(PLACES)} – {' '.join(chance.choices(THINGS, k=30))} {seed} نفر گفت."


def entry(title: str, link: str, moment: datetime | str, lead: str) -> str:
    date = moment if isinstance(moment, str) else format_datetime(moment)
    words = f"<title>{title}</title><link>{link}</link><description>{lead}</description>"
    return f"<item>{words}<guid>{link}</guid><pubDate>{date}</pubDate></item>"


def feed(entries: object) -> bytes:
    items = "".join(entries)  # type: ignore[call-overload]
    return f'<rss version="2.0"><channel><title>نمونه</title>{items}</channel></rss>'.encode()


class Site:
    """Serves all feeds: `/s/N` sound ones, `/h/N` hostile ones, each of which changes its way at every request."""

    def __init__(self, sound: list[Sound], clock: Clock) -> None:
        self.sound, self.clock = sound, clock
        self.asked: Counter[str] = Counter()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked[self.path] += 1
                kind, _, number = self.path.strip("/").partition("/")
                with suppress(OSError):
                    if kind == "s":
                        site.send(self, site.sound[int(number)].body(site.clock))
                    else:
                        ways = [*WAYS.values()]
                        ways[(int(number[:2]) + site.asked[self.path]) % len(ways)](site, self)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @staticmethod
    def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer a request."""
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def steal(site: Site, handler: BaseHTTPRequestHandler) -> None:
    """The numbers of the sound feeds, out or not yet, with words that change each time."""
    now = site.clock.now()
    turn = sum(site.asked.values())
    site.send(
        handler,
        feed(
            entry(f"دروغ {turn} {one.key(n)}", one.link(n), now - timedelta(minutes=1), f"{text(turn + n)} دروغ {turn}")
            for one in site.sound
            for n in range(len(one.moments))
        ),
    )


def many(site: Site, handler: BaseHTTPRequestHandler) -> None:
    """Thousands of entries."""
    now = site.clock.now()
    site.send(
        handler,
        feed(
            entry(f"انبوه {n} {text(n)[:40]}", f"https://many.example/p/{n}", now - timedelta(hours=n), text(n))
            for n in range(5000)
        ),
    )


def drip(_site: Site, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(250):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.1)


def answers(body: Callable[[Site], bytes], status: int = 200, **headers: str) -> Callable[..., None]:
    return lambda site, handler: site.send(handler, body(site), status, **headers)


def dated(date: str) -> Callable[[Site], bytes]:
    return lambda site: feed(
        entry(f"خبر {n} {site.asked.total()}", f"{site.url}/x/{n}", date, text(n)) for n in range(30)
    )


BOMB = gzip.compress(b"<rss>" + b"\0" * (64 << 20))
WAYS: dict[str, Callable[[Site, BaseHTTPRequestHandler], None]] = {
    "numbers of others": steal,
    "thousands": many,
    "one date": answers(dated("Wed, 24 Sep 2025 14:22:10 GMT")),
    "a drip": drip,
    "no date": answers(dated("")),
    "a bomb": answers(lambda _site: BOMB, Content_Encoding="gzip"),
    "the end of time": answers(dated("Fri, 31 Dec 9999 23:59:59 GMT")),
    "a circle": lambda site, handler: site.send(handler, b"", 302, Location=handler.path),
    "into the private network": answers(lambda _site: b"", 302, Location="http://10.1.2.3/feed"),
    "to another port": answers(lambda _site: b"", 302, Location="http://127.0.0.1:9/feed"),
    "to nowhere": answers(lambda _site: b"", 302, Location="http://[::1"),
    "garbage": answers(lambda _site: bytes(range(256)) * 400),
    "a nest": answers(lambda _site: b"<rss><channel>" + b"<item><title>x" * 100_000),
    "one guid": answers(
        lambda s: feed(f"<item><guid>N/A</guid><title>{n} {s.asked.total()}</title></item>" for n in range(200))
    ),
    "a huge headline": answers(lambda s: feed([entry("خبر " * 500_000, f"{s.url}/y", "", "")])),
    "an error": answers(lambda _site: b"", 500),
}


def run(minutes: float, speed: float, sound_feeds: int, hostile_feeds: int) -> dict[str, object]:
    """Follow the feeds for a while."""
    from feeds.errors import SourceError  # noqa: PLC0415
    from feeds.models import Outcome, Problem, Route  # noqa: PLC0415
    from feeds.pipeline import follow  # noqa: PLC0415
    from feeds.sources import SourceSettings  # noqa: PLC0415
    from feeds.sources.following.poll import Poller  # noqa: PLC0415
    from feeds.store import open_store, uid_of  # noqa: PLC0415
    from feeds.stories.coverage import Coverage  # noqa: PLC0415
    from feeds.text.fold import fold  # noqa: PLC0415

    length = timedelta(minutes=minutes) * speed
    sound = [Sound(number, length) for number in range(sound_feeds)]
    clock = Clock(speed)
    site = Site(sound, clock)
    common = {"full_text": False, "allow_private": True}
    sources = [
        *(SourceSettings(f"{site.url}/h/{n:02}", key=f"h{n}", **common) for n in range(hostile_feeds)),
        *(
            SourceSettings(
                f"{site.url}/s/{one.number}", key=f"s{one.number}", speaks_for=f"sound{one.number}.example", **common
            )
            for one in sound
        ),
    ]
    came: dict[tuple[str, str], list[datetime]] = {}
    rounds = 0
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/chapar.db") as store:
        poller, coverage = Poller(store, sources), Coverage(store)
        chance = random.Random(1)
        while (now := clock.now()) < clock.began + length:
            if hostile_feeds:
                damage(Path(folder, "chapar.db"), chance, hostile_feeds)
            for result in follow(store, poller.poll(now), lambda _: [Route("@a")], coverage):
                if not isinstance(result, (Problem, SourceError)) and result.outcome is Outcome.NEW:
                    came.setdefault((result.article.source, result.article.key), []).append(clock.now())
            rounds += 1
            time.sleep(max(0.0, (now + LOOK - clock.now()).total_seconds() / speed))
        end = clock.now()
        lags, lost, twice, overwritten = [], 0, 0, 0
        settled = end - timedelta(minutes=35)  # what is younger may still be on its way
        for one in sound:
            for number, moment in enumerate(one.moments):
                at = clock.began + moment
                found = came.get((f"sound{one.number}.example", one.key(number)), [])
                twice += len(found) > 1
                if found and moment > timedelta(minutes=5):
                    lags.append((found[0] - at).total_seconds())
                lost += not found and at < settled
                article = store.articles.by_uid(uid_of(f"sound{one.number}.example", one.key(number)))
                overwritten += article is not None and fold(article.title) != fold(one.title(number))
        total = store.articles.total()
    site.http.shutdown()
    lags.sort()
    return {
        "rounds": rounds,
        "articles": total,
        "of sound feeds": len(lags),
        "lag p50 s": round(lags[len(lags) // 2]),
        "lag p95 s": round(lags[len(lags) * 95 // 100]),
        "lost": lost,
        "twice": twice,
        "overwritten": overwritten,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def damage(path: Path, chance: random.Random, hostile_feeds: int) -> None:
    """Spoil a value of what is known of a hostile feed."""
    where = f"key = 'h{chance.randrange(hostile_feeds)}'"
    with closing(sqlite3.connect(path, timeout=5)) as connection, connection, suppress(sqlite3.Error):
        connection.execute(f"UPDATE sources SET {chance.choice(COLUMNS)} = {chance.choice(DAMAGE)} WHERE {where}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--speed", type=float, default=10)
    parser.add_argument("--sound", type=int, default=20)
    parser.add_argument("--hostile", type=int, default=8)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    logging.disable(logging.CRITICAL)
    for name, hostile in (("without", 0), ("with", options.hostile)):
        found = run(options.minutes, options.speed, options.sound, hostile)
        print(
            f"{name} {hostile} hostile feeds: " + ", ".join(f"{key} {value}" for key, value in found.items()),
            flush=True,
        )


if __name__ == "__main__":
    main()
