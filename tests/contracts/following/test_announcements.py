"""Who gets what, once: articles, corrections and retractions on their way from the store to those who follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from newspaper import GILAN, QOM, TEHRAN, Newspaper
from sqlalchemy import text

from feeds import search
from feeds.models import FOLLOWERS, Route
from feeds.store.database.engine import reading
from feeds.store.delivery.claims import Claim, ClaimRequest
from feeds.store.delivery.rate import Rate
from feeds.store.following import spreading, topics


def test_an_article_goes_once_to_each_who_follows_its_province_its_words_or_both(newspaper: Newspaper) -> None:
    rain = topics.of_query(search.parse("باران", newspaper.now, TEHRAN), "باران")
    assert rain is not None
    both = newspaper.person(1, QOM, rain)
    words = newspaper.person(2, rain)
    newspaper.person(3, GILAN)
    article = newspaper.publish(title="باران در قم")
    newspaper.spread()
    newspaper.spread()
    assert newspaper.queued() == [(both, "alert", article.id), (words, "alert", article.id)]


def test_what_came_before_somebody_followed_is_not_sent(newspaper: Newspaper) -> None:
    newspaper.publish("early")
    newspaper.spread()
    newspaper.passes(minutes=1)
    person = newspaper.person(1, QOM)
    article = newspaper.publish("late")
    newspaper.spread()
    assert newspaper.queued() == [(person, "alert", article.id)]


def test_a_held_article_goes_to_nobody_until_it_is_released(newspaper: Newspaper) -> None:
    newspaper.person(1, QOM)
    article = newspaper.publish(held=True)
    newspaper.spread()
    assert newspaper.queued() == []
    newspaper.store.editorial.release("desk", newspaper.now, article_id=article.id)
    newspaper.spread()
    assert len(newspaper.queued()) == 1


def test_who_got_an_article_is_told_once_of_each_correction_and_of_the_retraction(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.person(2, GILAN)
    article = newspaper.publish(body="سه تن زخمی شدند.")
    newspaper.spread()
    newspaper.send()
    newspaper.publish(body="پنج تن زخمی شدند.")
    newspaper.spread()
    newspaper.send()
    newspaper.store.editorial.retract(article.uid, newspaper.passes(minutes=1))
    newspaper.spread()
    newspaper.spread()
    assert newspaper.send() == 1
    kinds = ["alert", "correction", "retraction"]
    assert newspaper.queued() == [(person, kind, article.id) for kind in kinds]


def test_spellings_and_marks_are_no_correction(newspaper: Newspaper) -> None:
    newspaper.person(1, QOM)
    newspaper.publish(body="سه تن زخمی می شوند")
    newspaper.spread()
    newspaper.send()
    newspaper.publish(body="سه تن زخمی می‌شوند.")
    newspaper.spread()
    assert [kind for _, kind, _ in newspaper.queued()] == ["alert"]


def test_a_correction_before_the_article_was_sent_is_sent_with_it(newspaper: Newspaper) -> None:
    newspaper.person(1, QOM)
    newspaper.publish(body="سه تن زخمی شدند.")
    newspaper.spread()
    newspaper.publish(body="پنج تن زخمی شدند.")
    newspaper.spread()
    assert [kind for _, kind, _ in newspaper.queued()] == ["alert"]


def test_a_retracted_article_reaches_nobody_else_and_goes_on_once_it_is_restored(newspaper: Newspaper) -> None:
    article = newspaper.publish()
    people = [newspaper.person(number, QOM) for number in (1, 2)]
    newspaper.publish("other")
    newspaper.now = newspaper.now.replace(microsecond=0)
    second = newspaper.publish("second")
    newspaper.spread()
    newspaper.store.editorial.retract(second.uid, newspaper.passes(seconds=1))
    newspaper.spread()
    assert all(number != second.id for _, _, number in newspaper.queued())
    newspaper.store.editorial.restore(second.uid, newspaper.passes(seconds=1))
    newspaper.spread()
    assert {who for who, kind, number in newspaper.queued() if number == second.id and kind == "alert"} == set(people)
    assert article.id < second.id


def test_a_story_that_is_followed_brings_what_goes_on_with_it(newspaper: Newspaper) -> None:
    first = newspaper.publish("first", provinces=())
    newspaper.spread()
    newspaper.passes(minutes=1)
    person = newspaper.person(1, topics.of_story(first.id, "خبر نخست"))
    newspaper.passes(minutes=1)
    written = newspaper.draft("second", title="خبر دوم", provinces=(), published=newspaper.now)
    saved = newspaper.store.articles.save(written, [Route(FOLLOWERS)], newspaper.now, goes_on=first.uid)
    newspaper.spread()
    assert newspaper.queued() == [(person, "alert", saved.article.id)]
    newspaper.store.editorial.retract(first.uid, newspaper.passes(minutes=1))
    newspaper.spread()
    assert (person, "retraction", first.id) in newspaper.queued()


def test_blocked_words_keep_an_article_away(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, blocks=["فوتبال", "لیگ برتر"])
    newspaper.publish("a", body="بازی فوتبال امروز بود.")
    newspaper.publish("b", body="لیگ آغاز شد.")
    newspaper.publish("c", body="برترین‌های لیگ برتر معرفی شدند.")
    newspaper.spread()
    assert len(newspaper.queued()) == 1


def test_many_followers_are_reached_in_turns_and_breaking_news_goes_first(
    newspaper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "BATCH", 3)
    for number in range(10, 20):
        newspaper.person(number, QOM)
    few = [newspaper.person(number, GILAN) for number in (30, 31)]
    big = newspaper.publish("big")
    small = newspaper.publish("small", provinces=("gilan",))
    newspaper.passes(seconds=1)
    newspaper.store.announcements.take(newspaper.now)
    newspaper.store.announcements.expand(newspaper.now, TEHRAN, 5)
    assert {who for who, _, number in newspaper.queued() if number == small.id} == set(few)
    urgent = newspaper.publish("urgent", urgent=True)
    newspaper.spread()
    assert sum(number == big.id for _, _, number in newspaper.queued()) == 10
    order = newspaper.store.outbox.personal_candidates(newspaper.now, 5)
    assert {candidate.delivery.article_id for candidate in order} == {urgent.id}


def test_after_stop_nothing_waits_and_nothing_comes(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM, GILAN)
    newspaper.publish("a")
    newspaper.spread()
    assert newspaper.store.chats.stop(person) == 2
    newspaper.publish("b")
    newspaper.spread()
    assert newspaper.queued() == []
    assert newspaper.store.chats.followed(person) == ()


def test_to_unfollow_one_thing_drops_what_waits_for_it_alone(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM, GILAN)
    newspaper.publish("qom")
    both = newspaper.publish("both", provinces=("qom", "gilan"))
    newspaper.spread()
    topic = next(one for one in newspaper.store.chats.followed(person) if one.name == "qom")
    assert newspaper.store.chats.unfollow(person, topic.topic_id)
    assert newspaper.queued() == [(person, "alert", both.id)]
    assert not newspaper.store.chats.unfollow(person, topic.topic_id)


def test_a_chat_is_lost_after_proof_and_comes_back_where_it_talks_to_the_bot(newspaper: Newspaper) -> None:
    person, chats = newspaper.person(1, QOM), newspaper.store.chats
    assert not chats.refuse(person, newspaper.now)
    chats.heard(person)
    assert [chats.refuse(person, newspaper.passes(hours=1)) for _ in range(3)] == [False, False, True]
    newspaper.publish("a")
    newspaper.spread()
    assert newspaper.queued() == []
    assert chats.welcome(person, newspaper.passes(hours=1))
    assert not chats.welcome(person, newspaper.now)
    newspaper.publish("b")
    newspaper.spread()
    assert len(newspaper.queued()) == 1
    assert newspaper.send() == 1


def test_all_that_is_stored_about_a_person_is_forgotten(newspaper: Newspaper) -> None:
    store = newspaper.store
    search_of = topics.of_query(search.parse("واژهٔ یگانه", newspaper.now, TEHRAN), "واژهٔ یگانه")
    assert search_of is not None
    person = newspaper.person(7001, QOM, search_of)
    newspaper.publish("a")
    newspaper.spread()
    newspaper.send()
    store.calls.end(store.calls.count("7001", newspaper.now), newspaper.now, 55)
    store.chats.forget(person)
    with reading(store._engine) as connection:
        for table, column in (
            ("followers", "key"),
            ("follows", "follower"),
            ("channels", "key"),
            ("deliveries", "channel"),
        ):
            assert not connection.scalar(text(f"SELECT count(*) FROM {table} WHERE {column} LIKE '%7001%'")), table
        assert not connection.scalar(text("SELECT count(*) FROM topics"))
        assert not connection.scalar(text("SELECT count(message_id) FROM calls"))  # what counts is kept for its minute


def test_a_group_that_moved_keeps_what_it_follows(newspaper: Newspaper) -> None:
    old = newspaper.person(-100, QOM)
    newspaper.publish("a")
    newspaper.spread()
    new = newspaper.store.chats.move(old, -1001, newspaper.now)
    assert new == "to:-1001"
    assert [one.name for one in newspaper.store.chats.followed(new)] == ["qom"]
    assert [who for who, _, _ in newspaper.queued()] == [new]
    assert not newspaper.store.chats.knows(old)


def test_an_article_that_is_moved_goes_to_those_of_its_new_province_and_to_nobody_who_came_since(
    newspaper: Newspaper,
) -> None:
    first, other = newspaper.person(1, QOM), newspaper.person(2, GILAN)
    article = newspaper.publish()
    newspaper.spread()
    newspaper.passes(minutes=1)
    rain = topics.of_query(search.parse("باران", newspaper.now, TEHRAN), "باران")
    assert rain is not None
    newspaper.person(3, rain)
    newspaper.store.editorial.set_provinces(article.uid, ["gilan"], newspaper.passes(minutes=1))
    newspaper.spread()
    assert newspaper.queued() == [(first, "alert", article.id), (other, "alert", article.id)]


def test_an_id_that_was_given_out_later_bounds_where_a_lost_message_can_be(newspaper: Newspaper) -> None:
    newspaper.person(1, QOM)
    newspaper.person(2, QOM)
    article = newspaper.publish()
    newspaper.spread()
    outbox, rate = newspaper.store.outbox, Rate(100, 1)
    lost, later = [
        ClaimRequest(candidate, {"html": "x"}, article.revision, rate)
        for candidate in sorted(outbox.personal_candidates(newspaper.now, 9), key=lambda one: one.delivery.id)
    ]

    def claim(request: ClaimRequest) -> Claim:
        (made,) = outbox.claim(
            [request], owner="node", now=newspaper.now, lease=timedelta(seconds=30), overall=Rate(100, 1)
        )
        return made

    missing = claim(lost)
    newspaper.passes(seconds=6)
    outbox.mark_sent(claim(later), 500, newspaper.now)
    assert outbox.passed(missing, timedelta(seconds=5)) == 500
    assert outbox.passed(missing, timedelta(seconds=7)) is None
