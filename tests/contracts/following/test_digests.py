"""Digests: all that was announced since the last one, once, at the hour that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from newspaper import GILAN, QOM, TEHRAN, Newspaper

from feeds.models import Article
from feeds.store.following.rhythm import Quiet, Rhythm, next_digest


def whole(articles: Sequence[Article]) -> list[Sequence[Article]]:
    return [articles]


def compose(newspaper: Newspaper) -> int:
    due = newspaper.store.digests.due(newspaper.now, 100)
    return sum(newspaper.store.digests.compose(key, newspaper.now, TEHRAN, whole) for key in due)


def items(newspaper: Newspaper) -> list[list[int]]:
    found = newspaper.store.outbox.personal_candidates(newspaper.now, 100)
    return [[article.id for article in newspaper.store.digests.items(one.delivery.id)] for one in found]


def test_after_six_hours_of_outage_one_digest_holds_everything(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM, GILAN)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, rhythm="daily", hour=20)
    first = newspaper.publish("a", provinces=("qom", "gilan"))
    newspaper.spread()
    newspaper.passes(hours=13)  # past eight, and nobody was there
    second = newspaper.publish("b")
    newspaper.spread()
    assert compose(newspaper) == 1
    assert items(newspaper) == [[second.id, first.id]]
    assert compose(newspaper) == 0
    assert newspaper.send() == 1
    newspaper.passes(days=1)
    assert compose(newspaper) == 0, "there is nothing new"


def test_nothing_comes_at_once_to_who_wants_a_digest_and_what_was_sent_at_once_is_not_in_it(
    newspaper: Newspaper,
) -> None:
    person = newspaper.person(1, QOM)
    newspaper.publish("at once")
    newspaper.spread()
    assert newspaper.send() == 1
    newspaper.publish("under way")
    newspaper.passes(seconds=1)
    newspaper.store.announcements.take(newspaper.now)
    newspaper.store.chats.set(person, newspaper.passes(seconds=1), TEHRAN, rhythm="daily", hour=20)
    late = newspaper.publish("late")
    newspaper.spread()
    assert newspaper.send() == 0
    newspaper.passes(hours=12)
    assert compose(newspaper) == 1
    assert len(items(newspaper)[0]) == 2
    assert items(newspaper)[0][0] == late.id


def test_who_changes_to_at_once_gets_what_the_digest_would_have_brought(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, rhythm="weekly", hour=20)
    newspaper.publish("a")
    newspaper.spread()
    newspaper.store.chats.set(person, newspaper.passes(seconds=1), TEHRAN, rhythm="now")
    assert compose(newspaper) == 1
    newspaper.publish("b")
    newspaper.spread()
    assert newspaper.send() == 2


def test_what_comes_in_quiet_hours_is_told_in_one_message_when_they_end(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, quiet="23-7")
    newspaper.now = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)  # half past eleven
    newspaper.publish("a")
    newspaper.publish("b")
    newspaper.spread()
    assert newspaper.send() == 0
    newspaper.passes(hours=7)
    assert compose(newspaper) == 0
    newspaper.passes(minutes=30)
    assert compose(newspaper) == 1
    assert len(items(newspaper)[0]) == 2
    newspaper.publish("c")
    newspaper.spread()
    assert newspaper.send() == 2
    assert newspaper.store.chats.get(person).due is None


def test_what_a_digest_told_and_was_corrected_or_retracted_is_told_once(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, rhythm="daily", hour=20)
    article = newspaper.publish(body="سه تن.")
    newspaper.publish("b")
    newspaper.spread()
    newspaper.passes(hours=12)
    compose(newspaper)
    newspaper.send()
    newspaper.publish(body="پنج تن.", published=article.published)
    newspaper.spread()
    newspaper.send()
    newspaper.store.editorial.retract(article.uid, newspaper.passes(seconds=1))
    newspaper.spread()
    mine = [kind for who, kind, number in newspaper.queued() if who == person and number == article.id]
    assert [kind for kind in mine if kind != "digest"] == ["correction", "retraction"]


def test_what_was_withdrawn_before_the_digest_is_not_in_it(newspaper: Newspaper) -> None:
    person = newspaper.person(1, QOM)
    newspaper.store.chats.set(person, newspaper.now, TEHRAN, rhythm="daily", hour=20)
    article = newspaper.publish()
    newspaper.spread()
    newspaper.store.editorial.retract(article.uid, newspaper.passes(seconds=1))
    newspaper.passes(hours=12)
    assert compose(newspaper) == 0


@pytest.mark.parametrize(
    ("rhythm", "hour", "weekday", "expected"),
    [
        (Rhythm.NOW, 8, 4, None),
        (Rhythm.DAILY, 20, 4, datetime(2026, 3, 1, 16, 30, tzinfo=UTC)),
        (Rhythm.DAILY, 8, 4, datetime(2026, 3, 2, 4, 30, tzinfo=UTC)),
        (Rhythm.WEEKLY, 8, 4, datetime(2026, 3, 6, 4, 30, tzinfo=UTC)),
    ],
)
def test_a_digest_comes_at_the_readers_hour(rhythm: Rhythm, hour: int, weekday: int, expected: datetime | None) -> None:
    noon = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert next_digest(rhythm, hour, weekday, noon, TEHRAN) == expected


def test_a_daily_digest_comes_every_day_where_clocks_change() -> None:
    berlin, moment = ZoneInfo("Europe/Berlin"), datetime(2026, 3, 27, 12, tzinfo=UTC)
    days = []
    for _ in range(4):
        moment = next_digest(Rhythm.DAILY, 2, 0, moment, berlin) or moment
        days.append(moment.astimezone(berlin).day)
    assert days == [28, 29, 30, 31]


def test_quiet_hours_may_go_over_midnight() -> None:
    quiet = Quiet.parse("23-7")
    assert quiet is not None
    night = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    assert quiet.until(night, TEHRAN) == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    assert quiet.until(datetime(2026, 3, 1, 8, 30, tzinfo=UTC), TEHRAN) is None
    assert [Quiet.parse(text) for text in ("", "24-7", "7-7", "a")] == [None] * 4
