"""Whoever makes the search keys anew may be ended at any moment: no article is lost, and the next one goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from feeds.models import Draft, SearchQuery
from feeds.store import Arrival, Store
from feeds.store.archive import articles as articles_of_store

ARTICLES = 120
PROGRAM = """
import sys
from feeds.store import open_store
from feeds.store.archive import articles
articles._BATCH = 3
with open_store(sys.argv[1]) as store:
    print("begun", flush=True)
    while store.articles.refresh_keys():
        pass
"""


def found(store: Store) -> int:
    return store.articles.search(SearchQuery("باران", terms=("باران",)), limit=1).complete


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.1])
def test_killed_in_the_middle_all_are_found_and_the_rest_is_done_later(
    store: Store, store_url: str, draft: Callable[..., Draft], noon: datetime, seconds: float
) -> None:
    drafts = [
        draft(str(number), f"باران {number}", "برف آمد", published=noon + timedelta(minutes=number))
        for number in range(ARTICLES)
    ]
    store.articles.save_all([Arrival(one) for one in drafts], noon)
    work = store.articles.reindex()
    next(work)  # from here on it is another process's
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, store_url], stdout=subprocess.PIPE)
    assert program.stdout
    assert program.stdout.readline().strip() == b"begun"
    time.sleep(seconds)
    program.kill()
    program.wait(30)
    program.stdout.close()
    assert found(store) == ARTICLES
    while store.articles.refresh_keys():
        assert found(store) == ARTICLES
    assert found(store) == ARTICLES


def test_an_article_that_comes_meanwhile_has_new_keys(
    store: Store, draft: Callable[..., Draft], noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_of_store, "_BATCH", 1)
    store.articles.save(draft("1", "باران", "برف"), [], noon)
    work = store.articles.reindex()
    next(work)
    store.articles.save(draft("0", "باران پیشین", "برف", published=noon - timedelta(days=1)), [], noon)
    assert sum(work) >= 1
    assert found(store) == 2
