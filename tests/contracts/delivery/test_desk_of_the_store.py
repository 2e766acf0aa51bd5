"""The desk's hand on the outbox, on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feeds.models import Article, DeliveryState, Document, Draft, Problem, Route, Summary
from feeds.store import Store, open_store
from feeds.store.archive.editorial import Handled
from feeds.store.database.engine import writing
from feeds.store.database.tables import deliveries
from feeds.store.delivery.claims import Claim, ClaimRequest
from feeds.store.delivery.deliveries import Traffic
from feeds.store.delivery.desk import Act
from feeds.store.delivery.rate import Rate

NOW = datetime(2025, 9, 24, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CHANNEL, OTHER = "@qom", "@yazd"
EDITOR = "editor 77"
PLENTY = Rate(1000, 1)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        opened.channels.ensure(CHANNEL)
        opened.channels.ensure(OTHER)
        yield opened


def save(store: Store, number: int, *, to: tuple[str, ...] = (CHANNEL,), held: bool = False) -> Article:
    document = Document("tests", str(number), "عنوان", "متن", NOW + timedelta(seconds=number), fingerprint="1")
    written = Draft(document, f"عنوان {number}", "متن", "متن", Summary("متن"), ("qom",))
    return store.articles.save(written, [Route(channel, held) for channel in to], NOW).article


def ready(store: Store, now: datetime = NOW) -> list[str]:
    return sorted(head.delivery.channel for head in store.outbox.candidates(now))


def claim(store: Store) -> Claim:
    (head,) = store.outbox.candidates(NOW)
    request = ClaimRequest(head, {"html": "متن"}, 1, PLENTY)
    (claimed,) = store.outbox.claim([request], owner="node", now=NOW, lease=timedelta(seconds=30), overall=PLENTY)
    return claimed


def test_held_posts_are_released_of_one_channel_or_of_all(store: Store) -> None:
    save(store, 1, to=(CHANNEL, OTHER), held=True)
    assert store.editorial.release(EDITOR, NOW, channel=CHANNEL) == Handled(1, 1)
    assert ready(store) == [CHANNEL]
    assert store.editorial.release(EDITOR, NOW) == Handled(1)
    assert ready(store) == [CHANNEL, OTHER]


def test_what_was_not_begun_can_be_held_again(store: Store) -> None:
    article = save(store, 1)
    assert store.editorial.hold(EDITOR, NOW, article_id=article.id) == Handled(1, 1)
    assert ready(store) == []


@pytest.mark.parametrize("back", ["put back", "lost", "dead"])
def test_what_is_under_way_is_held_if_it_comes_back(store: Store, back: str) -> None:
    article = save(store, 1)
    claimed = claim(store)
    assert store.editorial.hold(EDITOR, NOW, article_id=article.id) == Handled(under_way=1)
    assert not store.editorial.hold(EDITOR, NOW, article_id=article.id)
    if back == "put back":
        store.outbox.put_back(claimed, NOW, "no connection", counted=False)
    elif back == "lost":
        store.outbox.ask_desk(claimed, NOW, "nobody can tell")
        store.desk.decide(EDITOR, NOW, claimed.delivery.id, arrived=False)
    else:
        store.outbox.refuse(claimed, NOW, "Bad Request")
        store.desk.retry(EDITOR, NOW, claimed.delivery.id)
    assert ready(store) == []
    assert store.editorial.release(EDITOR, NOW, article_id=article.id) == Handled(1)
    assert ready(store) == [CHANNEL]
    store.outbox.put_back(claim(store), NOW, "no connection", counted=False)
    assert ready(store) == [CHANNEL]


def test_a_release_lets_go_what_is_under_way_too(store: Store) -> None:
    article = save(store, 1)
    claimed = claim(store)
    store.editorial.hold(EDITOR, NOW, article_id=article.id)
    assert store.editorial.release(EDITOR, NOW, article_id=article.id) == Handled(under_way=1)
    store.outbox.put_back(claimed, NOW, "no connection", counted=False)
    assert ready(store) == [CHANNEL]


def test_what_has_had_its_time_is_caught_no_more(store: Store) -> None:
    article = save(store, 1)
    claimed = claim(store)
    store.editorial.hold(EDITOR, NOW, article_id=article.id)
    store.outbox.refuse(claimed, NOW, "Bad Request")
    store.editorial.embargo(EDITOR, NOW, article_id=article.id, until=NOW + timedelta(hours=1))
    assert store.editorial.release_due(NOW + timedelta(hours=1)) == [article.id]
    store.desk.retry(EDITOR, NOW, claimed.delivery.id)
    assert ready(store) == [CHANNEL]


def test_a_release_of_all_takes_no_time_from_posts_that_an_older_store_gave_one(store: Store) -> None:
    article = save(store, 1, held=True)
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().values(not_before=LATER))
    assert store.editorial.release(EDITOR, NOW) == Handled(1, 1)
    assert (ready(store), ready(store, LATER)) == ([], [CHANNEL])
    store.editorial.release(EDITOR, NOW, article_id=article.id)
    assert ready(store) == [CHANNEL]


def test_the_kill_switch_stops_every_channel_also_one_that_comes_later(store: Store) -> None:
    save(store, 1, to=(CHANNEL, OTHER, "@new"))
    assert store.desk.pause(EDITOR, NOW, "a false report is out")
    store.channels.ensure("@new")
    assert ready(store) == []
    assert store.desk.paused() == "a false report is out"
    assert not store.desk.pause(EDITOR, NOW, "a false report is out")
    assert store.desk.resume(EDITOR, NOW)
    assert ready(store) == ["@new", CHANNEL, OTHER]


def test_the_kill_switch_is_no_channel(store: Store) -> None:
    store.desk.pause(EDITOR, NOW, "stop")
    assert [channel.key for channel in store.channels.all()] == [CHANNEL, OTHER]


def test_the_kill_switch_stops_the_preview_too(store: Store) -> None:
    save(store, 1)
    store.desk.pause(EDITOR, NOW, "stop")
    assert store.direct.batch(CHANNEL, NOW, 10) == ()


def test_a_channel_is_paused_alone(store: Store) -> None:
    save(store, 1, to=(CHANNEL, OTHER))
    store.desk.pause(EDITOR, NOW, "", channel=CHANNEL)
    assert ready(store) == [OTHER]
    store.desk.resume(EDITOR, NOW, channel=CHANNEL)
    assert ready(store) == [CHANNEL, OTHER]


def test_the_posts_of_an_article_that_is_out_already_wait_for_its_time_and_hold_nobody_up(store: Store) -> None:
    article = save(store, 1, to=(CHANNEL, OTHER))
    first, other = (head for head in store.outbox.candidates(NOW))
    request = ClaimRequest(first, {"html": "متن"}, 1, PLENTY)
    (claimed,) = store.outbox.claim([request], owner="node", now=NOW, lease=timedelta(seconds=30), overall=PLENTY)
    save(store, 2, to=(OTHER,))
    assert store.editorial.embargo(EDITOR, NOW, article_id=article.id, until=LATER) == Handled(1)
    (head,) = store.outbox.candidates(NOW)
    assert head.delivery.article_id != article.id
    assert other.delivery.id in {head.delivery.id for head in store.outbox.candidates(LATER)}
    store.outbox.put_back(claimed, NOW, "no connection", counted=False)
    assert ready(store) == [OTHER]
    assert store.articles.latest(limit=1, province="qom")
    assert store.editorial.release(EDITOR, NOW, article_id=article.id) == Handled(2)
    assert ready(store) == [CHANNEL, OTHER]


def test_a_dead_post_is_tried_again(store: Store) -> None:
    save(store, 1)
    claimed = claim(store)
    store.outbox.refuse(claimed, NOW, "Bad Request")
    assert store.desk.retry(EDITOR, NOW, claimed.delivery.id)
    assert not store.desk.retry(EDITOR, NOW, claimed.delivery.id)
    assert ready(store) == [CHANNEL]


@pytest.mark.parametrize(("arrived", "state"), [(True, DeliveryState.SENT), (False, DeliveryState.PENDING)])
def test_the_desk_decides_what_no_machine_can(store: Store, arrived: bool, state: DeliveryState) -> None:
    save(store, 1)
    claimed = claim(store)
    assert not store.desk.decide(EDITOR, NOW, claimed.delivery.id, arrived=arrived)
    store.outbox.ask_desk(claimed, NOW, "nobody can tell")
    assert store.outbox.uncertain(NOW) == ()
    assert store.outbox.expire(LATER) == 0
    assert store.deliveries.under_way() == frozenset()
    assert store.desk.decide(EDITOR, NOW, claimed.delivery.id, arrived=arrived)
    assert not store.desk.decide(EDITOR, NOW, claimed.delivery.id, arrived=arrived)
    delivery = store.deliveries.get(claimed.delivery.id)
    assert delivery is not None
    assert delivery.state is state


def test_what_the_desk_took_in_hand_is_no_problem_any_more(store: Store) -> None:
    save(store, 1)
    claimed = claim(store)
    where = f"delivery {claimed.delivery.id} to {CHANNEL}"
    store.problems.set(Problem(where, 0, "Telegram refused the post", NOW, "channel"))
    store.problems.set(Problem(f"delivery {claimed.delivery.id}0 to {CHANNEL}", 0, "another", NOW, "channel"))
    store.outbox.refuse(claimed, NOW, "Bad Request")
    store.desk.retry(EDITOR, NOW, claimed.delivery.id)
    assert [problem.what for problem in store.problems.all()] == ["another"]


def test_what_was_said_of_a_post_that_is_out_is_forgotten_after_a_day(store: Store) -> None:
    save(store, 1)
    claimed = claim(store)
    where = f"delivery {claimed.delivery.id} to {CHANNEL}"
    store.problems.set(Problem(where, 0, "the post went out as plain text", NOW, "channel"))
    store.outbox.prune(NOW + timedelta(days=2))
    assert len(store.problems.all()) == 1
    store.outbox.mark_sent(claimed, 1, NOW)
    store.outbox.prune(NOW + timedelta(hours=23))
    assert len(store.problems.all()) == 1
    store.outbox.prune(NOW + timedelta(days=2))
    assert store.problems.all() == ()


def test_the_question_is_taken_back_when_a_machine_can_tell(store: Store) -> None:
    save(store, 1)
    store.outbox.ask_desk(claim(store), NOW, "nobody can tell")
    assert store.outbox.reconsider(CHANNEL) == 1
    assert len(store.outbox.uncertain(NOW)) == 1


def test_every_act_is_written_down(store: Store) -> None:
    article = save(store, 1, held=True)
    store.editorial.release(EDITOR, NOW, article_id=article.id)
    store.desk.pause("editor 78", LATER, "a false report", channel=CHANNEL)
    store.editorial.retract(article.uid, LATER, who=EDITOR)
    assert store.editorial.retract(article.uid, LATER, who=EDITOR)  # nothing is done, and nothing written down
    assert not store.desk.resume(EDITOR, LATER)
    assert not store.desk.retry(EDITOR, LATER, 1)
    assert store.desk.acts(limit=10) == (
        Act(LATER, EDITOR, "retract", f"article {article.id}"),
        Act(LATER, "editor 78", "pause", CHANNEL, "a false report"),
        Act(NOW, EDITOR, "release", f"article {article.id}", "1 article, 1 post"),
    )


def test_a_channel_is_forgotten_with_all_that_was_to_go_there(store: Store) -> None:
    first, second = save(store, 1), save(store, 2, to=(CHANNEL, OTHER))
    store.problems.set(Problem(f"article {first.id} to {CHANNEL}", 0, "?", NOW, "channel"))
    assert store.deliveries.traffic()[CHANNEL] == Traffic(waiting=2)
    assert store.desk.forget(EDITOR, NOW, CHANNEL, to=OTHER) == 1
    assert [channel.key for channel in store.channels.all()] == [OTHER]
    waiting = store.deliveries.queue(states=[DeliveryState.PENDING], limit=9)
    assert [(one.article_id, one.channel) for one in waiting] == [(first.id, OTHER), (second.id, OTHER)]
    assert store.problems.all() == ()


def test_a_channel_with_a_post_on_its_way_is_not_forgotten(store: Store) -> None:
    save(store, 1)
    claim(store)
    assert store.desk.forget(EDITOR, NOW, CHANNEL) is None
    assert store.deliveries.traffic()[CHANNEL].waiting == 1
    assert store.desk.acts(limit=9) == ()


def test_what_a_channel_has_and_waits_for_is_counted(store: Store) -> None:
    save(store, 1)
    claimed = claim(store)
    store.outbox.mark_sent(claimed, 7, LATER)
    save(store, 2)
    save(store, 3, held=True)
    assert store.deliveries.traffic() == {CHANNEL: Traffic(posts=1, last=LATER, waiting=1, held=1)}
