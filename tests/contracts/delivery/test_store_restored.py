"""What a restored store does not know of its channels is the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from feeds.models import DeliveryState, Draft, Route
from feeds.store import Store
from feeds.store.delivery.restored import ALL, Behind

MakeDraft = Callable[..., Draft]
CHAT = -1001000000001
SHOWN = {"html": "باران", "plain": "باران"}


def waiting(store: Store, draft: MakeDraft, noon: datetime, *keys: str) -> None:
    for key in ("@a", "@b"):
        store.channels.ensure(key)
    store.channels.describe("@a", chat_id=CHAT)
    store.channels.describe("@b", chat_id=CHAT - 1)
    for key in keys:
        store.articles.save(draft(key, title=f"خبر {key}"), [Route("@a"), Route("@b")], noon)


def test_all_channels_are_held_and_let_go_one_by_one(store: Store, noon: datetime) -> None:
    store.restored.mark(ALL, Behind("a backup"), noon)
    store.restored.spread(store.restored.behind()[ALL], ["@a", "@b"], noon)
    assert store.restored.behind() == {"@a": Behind("a backup"), "@b": Behind("a backup")}
    store.restored.clear("@a")
    assert store.restored.behind().keys() == {"@b"}


def test_a_message_settles_the_post_that_it_is_and_no_other(store: Store, draft: MakeDraft, noon: datetime) -> None:
    waiting(store, draft, noon, "one", "two")
    (delivery, article), _ = store.restored.not_out(CHAT)
    assert (delivery.channel, article.title) == ("@a", "خبر one")
    store.restored.keep(CHAT, 7, {"text": "خبر one", "links": [], "photo": False}, noon)
    assert store.restored.unclaimed() == {(CHAT, 7): {"text": "خبر one", "links": [], "photo": False}}
    assert store.restored.settle(delivery, article, (CHAT, 7), SHOWN, noon, stale=False)
    assert not store.restored.settle(delivery, article, (CHAT, 8), SHOWN, noon, stale=False)
    assert store.restored.unclaimed() == {}
    assert store.restored.posted_as(CHAT, 7) == SHOWN
    assert store.restored.posted_as(CHAT - 1, 7) is None
    assert [one.title for _, one in store.restored.not_out(CHAT)] == ["خبر two"]
    assert len(store.restored.not_out(CHAT - 1)) == 2
    assert store.deliveries.counts()["sent"] == 1


def test_a_message_that_says_something_else_is_corrected(store: Store, draft: MakeDraft, noon: datetime) -> None:
    waiting(store, draft, noon, "one")
    [(delivery, article)] = store.restored.not_out(CHAT)
    store.restored.settle(delivery, article, (CHAT, 7), SHOWN, noon, stale=True)
    edits = store.deliveries.queue(states=[DeliveryState.PENDING], limit=9, channel="@a")
    assert [edit.kind for edit in edits] == ["edit"]


def test_the_desk_decides_for_one_channel(store: Store, draft: MakeDraft, noon: datetime) -> None:
    waiting(store, draft, noon, "one", "two")
    assert store.restored.decide("desk", noon, "@a", send=False) is None
    for key in ("@a", "@b"):
        store.restored.mark(key, Behind("a backup", newest=40), noon)
    assert store.restored.decide("desk", noon, "@a", send=False) == 2
    assert store.restored.decide("desk", noon, "@b", send=True) == 2
    assert store.restored.behind() == {}
    counts = store.deliveries.counts()
    assert (counts["sent"], counts["pending"]) == (2, 2)
    assert store.channels.get("@a").last_message_id == 40
    assert [(act.act, act.target) for act in store.desk.acts(limit=2)] == [
        ("send", "@b"),
        ("settle", "@a"),
    ]
