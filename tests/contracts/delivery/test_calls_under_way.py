"""A call that is under way keeps the next one waiting for its answer, and not for its caller's lease."""

from __future__ import annotations

from datetime import datetime, timedelta

from feeds.store import Store
from feeds.store.delivery.rate import Rate

CHAT, ALL = Rate(1, 1), Rate(30, 1)
LEASE = timedelta(seconds=30)


def begin(store: Store, now: datetime, bucket: str = "9001") -> int | datetime:
    return store.calls.begin(bucket, rate=CHAT, overall=ALL, now=now, lease=LEASE)


def test_the_next_call_to_a_chat_waits_for_the_answer(store: Store, noon: datetime) -> None:
    first = begin(store, noon)
    assert isinstance(first, int)
    ask_again = begin(store, noon)
    assert isinstance(ask_again, datetime)
    assert ask_again - noon <= CHAT.window
    answered = noon + timedelta(seconds=0.3)
    store.calls.end(first, answered)
    assert begin(store, answered) == answered + CHAT.window
    assert isinstance(begin(store, answered + CHAT.window), int)


def test_a_caller_that_died_is_waited_for_until_its_lease_ends(store: Store, noon: datetime) -> None:
    begin(store, noon)
    later = noon + LEASE - timedelta(seconds=1)
    ask_again = begin(store, later)
    assert isinstance(ask_again, datetime)
    assert later < ask_again <= later + CHAT.window
    assert isinstance(begin(store, noon + LEASE + CHAT.window), int)


def test_what_others_have_under_way_holds_no_chat_up(store: Store, noon: datetime) -> None:
    begin(store, noon)
    assert isinstance(begin(store, noon, "9002"), int)
