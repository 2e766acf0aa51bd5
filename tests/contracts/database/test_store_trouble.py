"""What goes wrong with a store is one clear sentence, and leaves nothing half-written."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from feeds.errors import ReplacedError, StoreError
from feeds.models import Draft, Outcome, Problem, Route, SearchQuery, SourceState
from feeds.store import Arrival, Store, open_store
from feeds.store.database.engine import fetch, parse, reading
from feeds.store.sources import Noted

MakeDraft = Callable[..., Draft]
NOON = datetime.fromisoformat("2026-03-01T12:00:00+03:30")

WRITES: dict[str, Callable[[Store, Draft], object]] = {
    "save": lambda store, draft: store.articles.save(draft, [Route("@a")], NOON),
    "save_all": lambda store, draft: store.articles.save_all([Arrival(draft)], NOON),
    "editorial.set_provinces": lambda store, _: store.editorial.set_provinces("x", ["qom"], NOON),
    "editorial.hold": lambda store, _: store.editorial.hold("me", NOON, article_id=1),
    "editorial.release": lambda store, _: store.editorial.release("me", NOON),
    "editorial.embargo": lambda store, _: store.editorial.embargo("me", NOON, article_id=1, until=NOON),
    "editorial.correct": lambda store, one: store.editorial.correct("x", one, NOON),
    "editorial.retract": lambda store, _: store.editorial.retract("x", NOON),
    "editorial.restore": lambda store, _: store.editorial.restore("x", NOON),
    "editorial.merge": lambda store, _: store.editorial.merge("x", "y", NOON),
    "editorial.split": lambda store, _: store.editorial.split("x", NOON),
    "reindex": lambda store, _: list(store.articles.reindex()),
    "refresh_keys": lambda store, _: store.articles.refresh_keys(),
    "tidy_index": lambda store, _: store.articles.tidy_index(),
    "catch_up": lambda store, _: store.articles.catch_up("seeds", Route("@a"), NOON),
    "problems.set": lambda store, _: store.problems.set(Problem("a", 1, "b", NOON)),
    "problems.clear": lambda store, _: store.problems.clear("a"),
    "key_values.put": lambda store, _: store.key_values.put("a", 1, NOON),
    "key_values.remove": lambda store, _: store.key_values.remove("a"),
    "key_values.prune": lambda store, _: store.key_values.prune("a", NOON),
    "sources.put": lambda store, _: store.sources.put(SourceState("a", "https://example.org/"), now=NOON),
    "sources.put_all": lambda store, _: store.sources.put_all([Noted(SourceState("a", "b"))], now=NOON),
    "sources.prune": lambda store, _: store.sources.prune(NOON),
}
READS: dict[str, Callable[[Store], object]] = {
    "get": lambda store: store.articles.get(1),
    "by_uid": lambda store: store.articles.by_uid("x"),
    "original": lambda store: store.articles.original(1),
    "fingerprints": lambda store: store.articles.fingerprints("seeds"),
    "latest": lambda store: store.articles.latest(limit=1),
    "stored": lambda store: store.articles.stored(limit=1),
    "by_ids": lambda store: store.articles.by_ids([1]),
    "retracted": lambda store: store.articles.retracted(limit=1),
    "sharing": lambda store: store.articles.sharing(["باران"], limit=1),
    "stories.families": lambda store: store.stories.families([1]),
    "search": lambda store: store.articles.search(SearchQuery("", terms=("باران",)), limit=1),
    "suggest": lambda store: store.articles.suggest("باران"),
    "counts": lambda store: store.articles.counts(),
    "total": lambda store: store.articles.total(),
    "earliest": lambda store: store.articles.earliest(),
    "per_span": lambda store: store.articles.per_span([NOON, NOON]),
    "editorial.held": lambda store: store.editorial.held(),
    "editorial.newly_held": lambda store: store.editorial.newly_held(NOON),
    "editorial.next_due": lambda store: store.editorial.next_due(),
    "editorial.release_due": lambda store: store.editorial.release_due(NOON),
    "problems.all": lambda store: store.problems.all(),
    "key_values.get": lambda store: store.key_values.get("a"),
    "key_values.all": lambda store: store.key_values.all("a"),
    "sources.all": lambda store: store.sources.all(),
    "sources.get": lambda store: store.sources.get("a"),
    "sources.known": lambda store: store.sources.known("a", keys=["b"]),
    "sources.stored": lambda store: store.sources.stored([("a", "b")]),
    "sources.published_at": lambda store: store.sources.published_at("a", [NOON]),
    "sources.beginnings": lambda store: store.sources.beginnings([("a", "b")]),
    "sources.titles": lambda store: store.sources.titles([("a", "b")]),
    "sources.lags": lambda store: store.sources.lags(NOON),
    "stories.story_sources": lambda store: store.stories.story_sources([1]),
    "stories.tells_alone": lambda store: store.stories.tells_alone(1),
    "stories.others": lambda store: store.stories.others(1),
    "stories.lead_of": lambda store: store.stories.lead_of(1),
    "stories.whole": lambda store: store.stories.whole(1),
    "stories.chain": lambda store: store.stories.chain(1),
    "stories.parted": lambda store: store.stories.parted(1),
    "stories.recent": lambda store: store.stories.recent(NOON),
    "stories.begun_by": lambda store: store.stories.begun_by([1]),
    "stories.named": lambda store: store.stories.named(["a"]),
}


@pytest.fixture
def impatient(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url, busy_timeout=0.05)) as store:
        yield store


@pytest.fixture
def other(impatient: Store, sqlite_url: str) -> Iterator[sqlite3.Connection]:
    """Another program's connection to the same file."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize("name", WRITES)
def test_a_write_says_that_the_store_is_locked(
    impatient: Store, other: sqlite3.Connection, draft: MakeDraft, name: str
) -> None:
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"chapar\.db is locked: another program"):
        WRITES[name](impatient, draft())
    other.execute("ROLLBACK")
    WRITES[name](impatient, draft())


@pytest.mark.parametrize("name", READS)
def test_a_read_does_not_wait_for_a_writer(impatient: Store, other: sqlite3.Connection, name: str) -> None:
    other.execute("BEGIN IMMEDIATE")
    READS[name](impatient)


@pytest.mark.parametrize("name", READS)
def test_a_read_says_that_the_store_is_locked(sqlite_url: str, name: str) -> None:
    with open_store(sqlite_url, busy_timeout=0.05) as store:
        store.close()
        path = sqlite_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="is locked"):
                READS[name](store)


@pytest.mark.parametrize("name", READS)
def test_a_read_says_that_the_store_was_moved_away(sqlite_url: str, tmp_path: Path, name: str) -> None:
    with open_store(sqlite_url) as store:
        READS[name](store)
        Path(sqlite_url.removeprefix("sqlite:///")).rename(tmp_path / "elsewhere.db")
        with pytest.raises(ReplacedError, match="moved away"):
            READS[name](store)


def test_what_is_fetched_first_is_of_the_same_state_as_the_rest(store: Store) -> None:
    names = "SELECT name FROM facts"
    store.key_values.put("a", 1, NOON)
    with reading(store._engine) as connection:
        assert [row[0] for row in fetch(connection, names, {})] == ["a"]
        store.key_values.put("b", 1, NOON)
        seen = len(fetch(connection, names, {}))
        assert seen == (2 if connection.dialect.name == "postgresql" else 1)
        assert connection.scalar(text("SELECT count(*) FROM facts")) == seen


def test_every_public_method_is_tried_against_a_lock(store: Store) -> None:
    public = {name for name in dir(store.articles) if not name.startswith("_")}
    for topic in ("editorial", "problems", "key_values", "sources", "stories"):
        public |= {f"{topic}.{name}" for name in dir(getattr(store, topic)) if not name.startswith("_")}
    assert public == {*WRITES, *READS}


def test_a_lock_is_waited_for_before_it_is_given_up(sqlite_url: str, other: sqlite3.Connection) -> None:
    with open_store(sqlite_url, busy_timeout=0.4) as store:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(StoreError, match="locked"):
            store.key_values.put("a", 1, NOON)
        assert 0.3 < time.monotonic() - started < 4.5  # it would be 5 unasked


def test_a_row_that_another_node_holds_is_a_lock_too(postgres_url: str, draft: MakeDraft) -> None:
    with open_store(postgres_url, busy_timeout=0.1) as store, psycopg.connect(postgres_url) as other:
        store.articles.save(draft(body="یک"), [], NOON)
        other.execute("SELECT * FROM articles FOR UPDATE")
        with pytest.raises(StoreError, match="is locked"):
            store.articles.save(draft(body="دو"), [], NOON)


def test_a_full_disk_stores_nothing_of_an_article(sqlite_url: str, draft: MakeDraft) -> None:
    with open_store(sqlite_url) as store:
        store.articles.save(draft("first"), [Route("@a")], NOON)
        _limit_growth(store, pages=3)
        with pytest.raises(StoreError, match=r"No room is left on the disk of the store .*chapar\.db"):
            store.articles.save(draft("large", body="سیل " * 20_000), [Route("@a")], NOON)
        assert (store.articles.total(), store.articles.counts()) == (1, {"qom": 1})
        assert store.articles.search(SearchQuery("", terms=("سیل",)), limit=5).total == 0
        assert len(store.deliveries.queue(states=["pending"], limit=9)) == 1  # type: ignore[list-item]
        _limit_growth(store, pages=10_000)
        assert store.articles.save(draft("large", body="سیل " * 20_000), [], NOON).outcome is Outcome.NEW


def test_a_full_disk_keeps_the_old_revision_whole(sqlite_url: str, draft: MakeDraft) -> None:
    with open_store(sqlite_url) as store:
        article = store.articles.save(draft(body="باران بارید."), [Route("@a")], NOON).article
        _limit_growth(store, pages=3)
        with pytest.raises(StoreError, match="No room"):
            store.articles.save(draft(body="سیل " * 20_000), [], NOON)
        assert store.articles.get(article.id) == article
        assert store.articles.search(SearchQuery("", terms=("بارید",)), limit=5).articles == (article,)


def _limit_growth(store: Store, pages: int) -> None:
    """Let the file grow by so many pages; every connection has a limit of its own, so the pool is emptied first."""
    store.close()
    with reading(store._engine) as connection:
        used = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {(used or 0) + pages}"))


def test_what_an_exception_leaves_is_not_stored(store: Store, draft: MakeDraft) -> None:
    class Interrupted(list[Route]):
        def __iter__(self) -> Iterator[Route]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.articles.save(draft(), Interrupted(), NOON)
    assert store.articles.total() == 0
    assert store.articles.search(SearchQuery("", terms=("باران",)), limit=5).total == 0


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "not an address"),
        ("chapar.db", "not an address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://root:secret@db/x", "names mysql; write sqlite"),
        ("postgresql+asyncpg://u:secret@db/x", "names postgresql.asyncpg; write sqlite"),
    ],
)
def test_a_wrong_address_says_what_a_right_one_is(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_same_driver(scheme: str) -> None:
    assert parse(f"{scheme}://u@h/d").drivername == "postgresql+psycopg"


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"store postgresql.*127\.0\.0\.1:1/news can't be reached") as caught:
        open_store("postgresql://chapar:secret@127.0.0.1:1/news")
    assert "secret" not in str(caught.value)


def test_a_user_who_may_not_make_tables_is_told_so(new_database: Callable[[], str]) -> None:
    url = new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(StoreError, match=r"permission denied for schema public.*; make the user owner"):
        open_store(url.replace("//postgres", "//guest"))


def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    with pytest.raises(StoreError, match=r"notes\.txt is not a sound SQLite file"):
        open_store(f"sqlite:///{path}")
    assert path.read_text() == "not a database " * 100


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreError, match=r"folder .*var can't be made"):
        open_store(f"sqlite:///{tmp_path / 'var' / 'chapar.db'}")


def test_a_server_that_restarts_is_reached_again(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        store.key_values.put("a", 1, NOON)
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = current_database()"
            )
        assert store.key_values.get("a") == 1
