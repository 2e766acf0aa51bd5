"""The outbox on both stores: its transitions, and the races between nodes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from feeds.models import Article, DeliveryKind, DeliveryState, Document, Draft, Route, Summary
from feeds.store import Store, open_store
from feeds.store.database.tables import deliveries
from feeds.store.delivery.claims import Candidate, Claim, ClaimRequest
from feeds.store.delivery.rate import Rate

NOW = datetime(2025, 9, 24, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)
PLENTY = Rate(1000, 1)
CHANNEL = "@qom"


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        opened.channels.ensure(CHANNEL)
        yield opened


def save(
    store: Store, number: int, *, revision: int = 1, to: str = CHANNEL, held: bool = False, **facts: Any
) -> Article:
    published = NOW - timedelta(days=1) + timedelta(seconds=number)
    document = Document("tests", str(number), "عنوان", "متن", published, fingerprint=str(revision))
    written = Draft(document, f"عنوان {number}", "متن", f"متن نسخهٔ {revision}", Summary("متن"), ("qom",))
    return store.articles.save(replace(written, **facts), [Route(to, held)], NOW).article


def request(store: Store, head: Candidate, rate: Rate = PLENTY) -> ClaimRequest:
    article = store.articles.get(head.delivery.article_id)
    assert article is not None
    return ClaimRequest(head, {"html": article.body}, article.revision, rate)


def claim(store: Store, *, owner: str = "a", now: datetime = NOW, rate: Rate = PLENTY) -> tuple[Claim, ...]:
    requests = [request(store, head, rate) for head in store.outbox.candidates(now)]
    return store.outbox.claim(requests, owner=owner, now=now, lease=LEASE, overall=PLENTY)


def send(store: Store, message_id: int, now: datetime = NOW) -> Claim:
    (claimed,) = claim(store, now=now)
    assert store.outbox.mark_sent(claimed, message_id, now)
    return claimed


def states(store: Store) -> dict[str, int]:
    return {state: number for state, number in store.deliveries.counts().items() if number}


def test_a_claim_is_stored_with_its_payload_before_anything_is_sent(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store)
    stored = store.deliveries.get(claimed.delivery.id)
    assert stored is not None
    assert (stored.state, stored.owner, stored.attempts) == (DeliveryState.SENDING, "a", 1)
    assert stored.payload == {"html": "متن نسخهٔ 1"}


def test_posts_go_in_the_order_of_publication_whatever_order_they_came_in(store: Store) -> None:
    articles = {number: save(store, number).id for number in (3, 1, 2)}
    order = [send(store, number).delivery.article_id for number in (1, 2, 3)]
    assert order == [articles[1], articles[2], articles[3]]


def test_a_channel_has_one_delivery_under_way(store: Store) -> None:
    save(store, 1)
    save(store, 2)
    (claimed,) = claim(store)
    assert store.outbox.candidates(NOW) == ()
    store.outbox.mark_uncertain(claimed, NOW, "no answer")
    assert store.outbox.candidates(NOW) == ()


def test_the_table_itself_refuses_a_second_one_under_way(store: Store) -> None:
    save(store, 1)
    save(store, 2)
    claim(store)
    with pytest.raises(IntegrityError), store.outbox._engine.begin() as connection:
        connection.execute(deliveries.update().values(state="sending"))


def test_two_nodes_never_claim_the_same(store: Store) -> None:
    for number in range(8):
        store.channels.ensure(f"@c{number}")
        save(store, number, to=f"@c{number}")
    requests = [request(store, head) for head in store.outbox.candidates(NOW)]
    won: list[Claim] = []

    def work(owner: str) -> None:
        won.extend(store.outbox.claim(requests, owner=owner, now=NOW, lease=LEASE, overall=PLENTY))

    nodes = [threading.Thread(target=work, args=(f"node-{number}",)) for number in range(4)]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()
    assert sorted(claimed.delivery.channel for claimed in won) == [f"@c{number}" for number in range(8)]


def test_nodes_share_one_limit(store: Store) -> None:
    for number in range(8):
        store.channels.ensure(f"@c{number}")
        save(store, number, to=f"@c{number}")
    requests = [request(store, head) for head in store.outbox.candidates(NOW)]
    first = store.outbox.claim(requests[:4], owner="a", now=NOW, lease=LEASE, overall=Rate(5, 1))
    second = store.outbox.claim(requests[4:], owner="b", now=NOW, lease=LEASE, overall=Rate(5, 1))
    assert (len(first), len(second)) == (4, 1)


def test_a_call_counts_from_its_answer(store: Store) -> None:
    save(store, 1)
    save(store, 2)
    (claimed,) = claim(store, rate=Rate(1, 10))
    store.outbox.mark_sent(claimed, 1, at(3))
    assert claim(store, now=at(12.9), rate=Rate(1, 10)) == ()
    assert len(claim(store, now=at(13), rate=Rate(1, 10))) == 1


def test_a_call_that_never_left_does_not_count(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store, rate=Rate(1, 10))
    store.outbox.put_back(claimed, at(1), "no connection", counted=False)
    assert len(claim(store, now=at(1), rate=Rate(1, 10))) == 1


def test_what_was_put_back_is_the_head_again(store: Store) -> None:
    save(store, 1)
    save(store, 2)
    (claimed,) = claim(store)
    store.outbox.put_back(claimed, at(1), "too many requests", counted=True)
    (again,) = claim(store, now=at(2))
    assert again.delivery.id == claimed.delivery.id
    assert again.delivery.fence > claimed.delivery.fence


def test_a_node_that_lost_its_lease_settles_nothing(store: Store) -> None:
    save(store, 1)
    (lost,) = claim(store)
    assert store.outbox.expire(at(31)) == 1
    (head,) = store.outbox.uncertain(at(31))
    taken = store.outbox.take(head, owner="b", now=at(31), lease=LEASE)
    assert taken is not None
    assert not store.outbox.mark_sent(lost, 7, at(32))
    assert not store.outbox.put_back(lost, at(32), "late", counted=True)
    assert not store.outbox.refuse(lost, at(32), "late")
    assert store.outbox.mark_sent(taken, 8, at(33))
    assert states(store) == {"sent": 1}


def test_a_lease_is_good_until_it_ends(store: Store) -> None:
    save(store, 1)
    claim(store)
    assert store.outbox.expire(at(29)) == 0


def test_the_lease_of_a_process_that_ended_is_not_waited_for(store: Store) -> None:
    save(store, 1)
    claim(store, owner="dead")
    assert store.outbox.expire(at(1), dead=lambda owner: owner == "other") == 0
    assert store.outbox.expire(at(1), dead=lambda owner: owner == "dead") == 1
    assert states(store) == {"uncertain": 1}


def test_one_node_resolves_an_uncertain_delivery(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store)
    store.outbox.mark_uncertain(claimed, NOW, "no answer")
    (head,) = store.outbox.uncertain(NOW)
    assert store.outbox.take(head, owner="a", now=NOW, lease=LEASE) is not None
    assert store.outbox.take(head, owner="b", now=NOW, lease=LEASE) is None
    assert store.outbox.uncertain(NOW) == ()


def test_calls_of_a_search_wait_for_the_limits_and_keep_the_claim(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store, rate=Rate(2, 10))
    store.outbox.mark_uncertain(claimed, at(1), "no answer")
    (head,) = store.outbox.uncertain(at(1))
    taken = store.outbox.take(head, owner="a", now=at(1), lease=LEASE)
    assert taken is not None
    limits: dict[str, Any] = {"lease": LEASE, "bucket": CHANNEL, "rate": Rate(2, 10), "overall": PLENTY}
    first = store.outbox.begin_call(taken, now=at(2), **limits)
    assert isinstance(first, Claim)
    store.outbox.end_call(first, at(3))
    assert store.outbox.begin_call(taken, now=at(4), **limits) == at(11)
    assert store.outbox.expire(at(40)) == 0
    assert store.outbox.expire(at(42)) == 1
    with pytest.raises(LookupError):
        store.outbox.begin_call(taken, now=at(43), **limits)


def test_an_older_revision_than_the_stored_one_is_not_claimed(store: Store) -> None:
    save(store, 1)
    (head,) = store.outbox.candidates(NOW)
    outdated = request(store, head)
    save(store, 1, revision=2)
    assert store.outbox.claim([outdated], owner="a", now=NOW, lease=LEASE, overall=PLENTY) == ()


def test_a_correction_waits_for_its_post_and_then_names_it(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store)
    save(store, 1, revision=2)
    assert store.outbox.candidates(NOW) == ()
    store.outbox.mark_sent(claimed, 41, NOW)
    (head,) = store.outbox.candidates(NOW)
    assert (head.delivery.kind, head.target) == (DeliveryKind.EDIT, 41)


def test_a_correction_that_the_post_shows_already_is_skipped(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store)
    save(store, 1, revision=2)
    store.outbox.put_back(claimed, NOW, "no connection", counted=False)
    send(store, 41)
    assert states(store) == {"sent": 1, "skipped": 1}


def test_a_corrected_post_shows_the_correction(store: Store) -> None:
    save(store, 1)
    send(store, 41)
    save(store, 1, revision=2)
    send(store, 41)
    (shown,) = store.deliveries.posts(CHANNEL, limit=5)
    assert (shown.payload, shown.rendered) == ({"html": "متن نسخهٔ 2"}, 2)


def test_where_there_is_no_post_nothing_is_corrected(store: Store) -> None:
    save(store, 1)
    (claimed,) = claim(store)
    save(store, 1, revision=2)
    store.outbox.refuse(claimed, NOW, "Bad Request")
    assert states(store) == {"dead": 1, "skipped": 1}


def test_urgent_posts_go_first_and_corrections_last(store: Store) -> None:
    first = save(store, 1)
    send(store, 1)
    save(store, 1, revision=2)
    second, urgent = save(store, 2), save(store, 3, urgent=True)
    order = [send(store, number).delivery.article_id for number in (2, 3, 1)]
    assert order == [urgent.id, second.id, first.id]


def test_a_correction_that_waited_long_goes_before_the_backlog_but_not_before_breaking_news(store: Store) -> None:
    corrected = save(store, 1)
    send(store, 1)
    save(store, 1, revision=2)
    backlog, urgent = save(store, 2), save(store, 3, urgent=True)
    later = at(301)
    order = [send(store, number, later).delivery.article_id for number in (2, 1, 3)]
    assert order == [urgent.id, corrected.id, backlog.id]


def test_a_retraction_does_not_wait_for_the_backlog(store: Store) -> None:
    withdrawn = save(store, 1)
    send(store, 1)
    save(store, 2)
    store.editorial.retract(withdrawn.uid, NOW)
    (head,) = store.outbox.candidates(NOW)
    assert (head.delivery.article_id, head.delivery.kind) == (withdrawn.id, DeliveryKind.DELETE)


def test_paused_and_blocked_channels_have_no_head(store: Store) -> None:
    save(store, 1)
    store.channels.pause(CHANNEL, "by the desk")
    assert store.outbox.candidates(NOW) == ()
    store.channels.pause(CHANNEL, "")
    store.channels.block(CHANNEL, "no rights")
    assert store.outbox.candidates(NOW) == ()
    store.channels.block(CHANNEL, "")
    assert len(store.outbox.candidates(NOW)) == 1


def test_a_pause_that_comes_after_the_look_still_holds_the_claim_back(store: Store) -> None:
    save(store, 1)
    (head,) = store.outbox.candidates(NOW)
    store.channels.pause(CHANNEL, "by the desk")
    assert store.outbox.claim([request(store, head)], owner="a", now=NOW, lease=LEASE, overall=PLENTY) == ()


def test_held_posts_are_no_heads(store: Store) -> None:
    save(store, 1, held=True)
    assert store.outbox.candidates(NOW) == ()


def test_a_penalty_never_gets_shorter(store: Store) -> None:
    store.channels.postpone(CHANNEL, at(100))
    store.channels.postpone(CHANNEL, at(50))
    assert store.channels.get(CHANNEL).not_before == at(100)


def test_a_batch_is_settled_in_order_with_growing_ids(store: Store) -> None:
    for number in (2, 1, 3):
        save(store, number)
    done = [(delivery, {"html": str(delivery.article_id)}, 1) for delivery in store.direct.batch(CHANNEL, NOW, 10)]
    assert store.direct.settle(CHANNEL, done, NOW) == 3
    assert store.direct.settle(CHANNEL, done, NOW) == 0
    shown = store.deliveries.posts(CHANNEL, limit=10)
    assert [post.message_id for post in shown] == [3, 2, 1]
    assert [post.article_id for post in shown] == sorted((post.article_id for post in shown), reverse=True)


def test_old_calls_are_forgotten(store: Store) -> None:
    save(store, 1)
    send(store, 1)
    assert store.outbox.prune(at(60)) == 0
    assert store.outbox.prune(at(7200)) == 1
    assert store.outbox.recent_calls(at(-60)) == {}


TOPICS = ("-100500", "-100500/7", "-100500/9")


@pytest.fixture
def forum(store: Store) -> Store:
    """A group with topics, each a channel."""
    for key in TOPICS:
        store.channels.ensure(key)
        store.channels.describe(key, chat_id=-100500)
    return store


def test_one_call_is_under_way_in_a_chat_whatever_its_topics(forum: Store) -> None:
    for number, key in enumerate(TOPICS):
        save(forum, number, to=key)
    (claimed,) = claim(forum)
    assert claim(forum, owner="b") == ()
    assert forum.outbox.mark_uncertain(claimed, NOW, "no answer")
    assert claim(forum, owner="b") == ()
    (head,) = forum.outbox.uncertain(NOW)
    found = forum.outbox.take(head, owner="b", now=NOW, lease=LEASE)
    assert found is not None
    assert forum.outbox.mark_sent(found, 71, NOW)
    assert len(claim(forum, owner="b")) == 1


def test_the_database_itself_holds_a_chat_to_one_call(forum: Store) -> None:
    save(forum, 1, to=TOPICS[0])
    save(forum, 2, to=TOPICS[1])
    claim(forum)
    with pytest.raises(IntegrityError), forum.outbox._engine.begin() as connection:
        connection.execute(deliveries.update().values(state=DeliveryState.SENDING, chat="-100500"))


def test_topics_know_the_same_of_their_chat(forum: Store) -> None:
    save(forum, 1, to=TOPICS[1])
    send(forum, 88)
    forum.channels.postpone(TOPICS[0], at(60))
    forum.channels.ensure("-100500/11")
    forum.channels.describe("-100500/11", chat_id=-100500)
    for key in (*TOPICS, "-100500/11"):
        channel = forum.channels.get(key)
        assert (channel.last_message_id, channel.not_before) == (88, at(60))
    assert forum.channels.get(CHANNEL).last_message_id == 0


def test_a_chat_that_has_another_number_counts_its_messages_anew(forum: Store) -> None:
    forum.channels.learn_message(TOPICS[0], 88)
    forum.channels.describe(TOPICS[0], chat_id=-100501)
    assert forum.channels.get(TOPICS[0]).last_message_id == 0


def test_a_topic_that_is_named_anew_keeps_its_posts_and_no_other_takes_them(forum: Store) -> None:
    save(forum, 1, to="-100500/7")
    send(forum, 5)
    for key in ("@forum/7", "@forum/8", "@forum"):
        forum.channels.ensure(key)
        forum.channels.describe(key, chat_id=-100500)
    assert forum.channels.adopt("@forum/8", -100500, served=("@forum/7", "@forum/8", "@forum")) == 0
    assert forum.channels.adopt("@forum", -100500, served=("@forum/7", "@forum/8", "@forum")) == 0
    assert forum.channels.adopt("@forum/7", -100500, served=("@forum/7", "@forum/8", "@forum")) == 1
