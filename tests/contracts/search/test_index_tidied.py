"""The full-text index is brought together in short steps: nothing is lost, and an idle store is left alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from feeds.models import Draft, SearchQuery
from feeds.store import Store
from feeds.store.database.engine import make_engine, reading
from feeds.store.search.index import fts5

SAVES = 59
"""With what is changed, 63 transactions: FTS5 leaves three segments of each of three sizes."""
PROGRAM = """
import sys
from feeds.store import open_store
from feeds.store.search.index import fts5
fts5._MERGED_PAGES = 1
with open_store(sys.argv[1]) as store:
    store.articles.tidy_index()
    print("begun", flush=True)
    while store.articles.tidy_index():
        pass
    sys.stdin.read()
"""


@pytest.fixture
def titles(store: Store, draft: Callable[..., Draft], noon: datetime) -> Sequence[str]:
    """What is found, the best first, of a store whose articles came one by one; some changed, one was withdrawn."""
    for number in range(SAVES):
        body = " ".join(f"واژه{number * 40 + at} برف" for at in range(60))
        moment = noon + timedelta(minutes=number)
        saved = store.articles.save(draft(str(number), f"باران {number}", body, published=moment), [], noon)
        if number % 20 == 0:
            store.articles.save(draft(str(number), f"باران تازه {number}", body, published=moment), [], noon)
    store.editorial.retract(saved.article.uid, noon)
    return found(store)


def found(store: Store) -> Sequence[str]:
    store.articles._kept.forget()
    page = store.articles.search(SearchQuery("باران", terms=("باران", "برف")), limit=SAVES)
    assert len(page.articles) == SAVES - 1
    return [article.title for article in page.articles]


def segments(url: str) -> int:
    """Of FTS5's index: its format has a page's segment above 37 bits of the page's number."""
    engine = make_engine(url, busy_timeout=5)
    with closing(engine.raw_connection()) as connection:
        (number,) = (
            connection.cursor().execute("SELECT count(DISTINCT id >> 37) FROM fulltext_data WHERE id > 10").fetchone()
        )
    engine.dispose()
    return int(number)


def test_the_same_is_found_before_within_and_after(
    store: Store, titles: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fts5, "_MERGED_PAGES", 1)
    steps = 0
    while store.articles.tidy_index():
        steps += 1
        assert found(store) == titles
    assert steps
    assert found(store) == titles


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("titles")
def test_a_word_is_looked_up_in_fewer_places_afterwards(store: Store, store_url: str) -> None:
    before = segments(store_url)
    while store.articles.tidy_index():
        pass
    assert segments(store_url) <= before / 2


def test_where_nothing_came_in_the_store_is_not_written(store: Store, store_url: str, titles: Sequence[str]) -> None:
    while store.articles.tidy_index():
        pass
    engine = make_engine(store_url, busy_timeout=5)
    version = "PRAGMA data_version" if engine.dialect.name == "sqlite" else "SELECT pg_current_wal_insert_lsn()"
    with reading(engine) as connection:
        before = connection.scalar(text(version))
        assert not store.articles.tidy_index()
        assert connection.scalar(text(version)) == before
    engine.dispose()


def test_whoever_is_killed_over_it_loses_nothing(store: Store, store_url: str, titles: Sequence[str]) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, store_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert program.stdout
    assert program.stdout.readline().strip() == b"begun"
    program.kill()
    program.communicate()
    assert found(store) == titles
    while store.articles.tidy_index():
        assert found(store) == titles
    assert found(store) == titles
    assert not store.articles.tidy_index()
