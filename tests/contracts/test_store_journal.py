"""What has changed since: every transaction that changes what readers see, numbered as it becomes visible."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from feeds.models import Article, Draft
from feeds.store import Store

Make = Callable[..., Draft]


@pytest.fixture
def save(store: Store, draft: Make, noon: datetime) -> Callable[..., Article]:
    return lambda key="one", **changes: store.articles.save(draft(key, **changes), (), noon).article


def tags_of(store: Store, change: Callable[[], Any]) -> set[str]:
    """The tags of all that a change does."""
    before = store.journal.since(None).seq
    change()
    return set(store.journal.since(before).tags)


def test_who_has_seen_nothing_is_told_that_anything_may_have_changed(store: Store) -> None:
    assert store.journal.since(None).tags == {"*"}


def test_a_new_article_is_told_with_its_lists(store: Store, save: Callable[..., Article]) -> None:
    tags = tags_of(store, lambda: save(provinces=("qom", "yazd"), urgent=True))
    assert {"province:qom", "province:yazd", "urgent", "agency:"} < tags
    assert len([tag for tag in tags if tag.startswith("article:")]) == 1


def test_what_changes_nothing_is_not_told(store: Store, save: Callable[..., Article], noon: datetime) -> None:
    save()
    before = store.journal.since(None).seq
    save()
    store.key_values.put("tick", 1, noon)
    assert store.journal.since(before).seq == before


@pytest.mark.parametrize("kind", ["revised", "retracted", "restored", "moved", "merged", "split"])
def test_every_word_of_the_desk_and_of_the_source_is_told(
    store: Store, save: Callable[..., Article], noon: datetime, kind: str
) -> None:
    one, two = save("one"), save("two", title="سیل در یزد", provinces=("yazd",), published=noon - timedelta(hours=1))
    later = noon + timedelta(hours=1)
    if kind == "restored":
        store.editorial.retract(one.uid, later)
    if kind == "split":
        store.editorial.merge(one.uid, two.uid, later)
    change: Callable[[], object] = {
        "revised": lambda: save("one", title="باران سنگین در قم"),
        "retracted": lambda: store.editorial.retract(one.uid, later),
        "restored": lambda: store.editorial.restore(one.uid, later),
        "moved": lambda: store.editorial.set_provinces(one.uid, ("tehran",), later),
        "merged": lambda: store.editorial.merge(one.uid, two.uid, later),
        "split": lambda: store.editorial.split(one.uid, later),
    }[kind]
    tags = tags_of(store, change)
    assert {f"article:{one.id}", "province:qom"} <= tags
    if kind == "moved":
        assert "province:tehran" in tags
    if kind in ("merged", "split"):  # the one that leads names other sources
        assert {f"article:{two.id}", "province:yazd"} <= tags
    else:
        assert "province:yazd" not in tags


def test_nobody_misses_what_others_write_at_the_same_time(store: Store, draft: Make, noon: datetime) -> None:
    """Numbers become visible in their order: who has seen 7 will never find a 6 that came later."""
    seen: set[str] = set()
    over = threading.Event()

    def watch(seq: int) -> None:
        while True:
            last = over.is_set()
            changes = store.journal.since(seq)
            seq = changes.seq
            seen.update(changes.tags)
            if last:
                return

    def write(name: str) -> None:
        for number in range(15):
            key = f"{name}-{number}"
            store.articles.save(draft(key, published=noon + timedelta(seconds=number)), (), noon)

    store.articles.save(draft("before"), (), noon)
    watching = threading.Thread(target=watch, args=(store.journal.since(None).seq,))
    watching.start()
    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    watching.join()
    told = {f"article:{one.id}" for one in store.articles.latest(limit=100) if one.key != "before"}
    assert len(told) == 45
    assert told <= seen


def test_after_more_changes_than_are_remembered_anything_may_have_changed(
    store: Store, save: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.store.database.touched.KEPT", 2)
    save("first")
    before = store.journal.since(None).seq
    for number in range(5):
        save(str(number))
    assert store.journal.since(before).tags == {"*"}
    assert "*" not in store.journal.since(before + 4).tags


def test_a_store_that_was_put_back_counts_anew(store: Store, save: Callable[..., Article]) -> None:
    save()
    assert store.journal.since(10_000).tags == {"*"}
