"""One node does a thing for all; another takes over when it is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from feeds.store import Store

NOW = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
LIFE = timedelta(seconds=30)


def test_the_first_node_holds_the_lease_and_the_second_does_not(store: Store) -> None:
    assert store.leases.hold("ticks", "a", NOW, LIFE)
    assert not store.leases.hold("ticks", "b", NOW, LIFE)
    assert store.leases.hold("other", "b", NOW, LIFE)


def test_a_node_that_renews_keeps_it(store: Store) -> None:
    for seconds in range(0, 100, 10):
        assert store.leases.hold("ticks", "a", NOW + timedelta(seconds=seconds), LIFE)
    assert not store.leases.hold("ticks", "b", NOW + timedelta(seconds=100), LIFE)


def test_another_takes_over_when_it_ran_out(store: Store) -> None:
    store.leases.hold("ticks", "a", NOW, LIFE)
    assert store.leases.hold("ticks", "b", NOW + LIFE, LIFE)
    assert not store.leases.hold("ticks", "a", NOW + LIFE, LIFE)


def test_another_takes_over_at_once_from_a_node_that_is_known_to_have_ended(store: Store) -> None:
    store.leases.hold("ticks", "a", NOW, LIFE)
    assert store.leases.hold("ticks", "b", NOW, LIFE, ended=lambda owner: owner == "a")


def test_a_lease_that_was_given_back_is_free(store: Store) -> None:
    store.leases.hold("ticks", "a", NOW, LIFE)
    store.leases.release("ticks", "b")
    assert not store.leases.hold("ticks", "b", NOW, LIFE)
    store.leases.release("ticks", "a")
    assert store.leases.hold("ticks", "b", NOW, LIFE)
    assert store.leases.holder("ticks") == "b"


def test_of_many_at_once_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda name: store.leases.hold("ticks", name, NOW, LIFE), "abcdefgh"))
    assert taken.count(True) == 1
