"""Updates are taken once, whichever node they come to."""

from __future__ import annotations

from datetime import datetime, timedelta

from feeds.store import Store


def test_an_update_is_taken_by_one_node_and_once(store: Store, noon: datetime) -> None:
    assert store.updates.take([5], "a", noon)
    assert not store.updates.take([5], "b", noon)
    store.updates.done([5])
    assert not store.updates.take([5], "b", noon + timedelta(hours=1))


def test_what_a_node_took_and_left_is_taken_again(store: Store, noon: datetime) -> None:
    store.updates.take([5], "a", noon)
    assert store.updates.take([5], "b", noon, ended=lambda owner: owner == "a")
    assert not store.updates.take([5], "c", noon + timedelta(minutes=1))
    assert store.updates.take([5], "c", noon + timedelta(minutes=3))


def test_old_updates_are_forgotten(store: Store, noon: datetime) -> None:
    store.updates.take([5], "a", noon)
    assert store.updates.prune(noon + timedelta(days=3)) == 1
