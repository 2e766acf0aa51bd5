"""The desk's buttons: the queue, an article's card, what touches more than one, and alerts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conversation import EDITOR, conversation

from bot.desk import Desk
from bot.posts.markup import html
from bot.talk import cards, texts
from bot.talk.alerts import Alerts
from bot.talk.commands.desk import commands
from bot.talk.commands.desk.buttons import PATTERN, _Press, _pressed
from bot.talk.listing import Reply
from feeds.models import Article, DeliveryState, Document, Problem, Route
from feeds.pipeline import edit
from feeds.store import Store, open_store

NOW = datetime.now(UTC)
TEHRAN = ZoneInfo("Asia/Tehran")
PLACED = Route("@yazd")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


def save(store: Store, key: str = "1", *, held: bool = False) -> Article:
    document = Document("seeds", key, f"باران {key} در قم", "قم – باران آمد.", NOW, fingerprint=key)
    return store.articles.save(edit(document), [Route("@qom", held)], NOW).article


def labels(reply: Reply) -> dict[str, str]:
    """The buttons of a message: what each calls back, by its label."""
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return {button.text: str(button.callback_data) for row in rows for button in row}


@pytest.fixture
def press(store: Store) -> Callable[[str], Reply]:
    """Presses a button as a member of the desk."""

    def pressed(data: str) -> Reply:
        assert re.fullmatch(PATTERN, data), data
        assert len(data.encode()) <= 64
        _, act, *words = data.split(":")
        hand = _Press(Desk(store, f"telegram:{EDITOR}"), TEHRAN, lambda _former, _now: [PLACED], words)
        return _pressed(hand, act, words[0] if words else "")[1]

    return pressed


def test_each_article_of_the_queue_has_its_buttons(store: Store, press: Callable[[str], Reply]) -> None:
    held, waits = save(store, "1", held=True), save(store, "2")
    dated = save(store, "3")
    store.editorial.embargo("me", NOW, article_id=dated.id, until=NOW + timedelta(hours=2))
    reply = press("d:q")
    said = html(reply.lines)
    assert all(word in said for word in (held.title, waits.uid, "نگه‌داشته", "در نوبت", "نه پیش از", "۲. "))
    assert labels(reply) == {
        "۱ · ✅ آزاد کردن": f"d:r:{held.uid}",
        "۱ · کارهای دیگر": f"d:c:{held.uid}",
        "۲ · ⏸ نگه داشتن": f"d:h:{waits.uid}",
        "۲ · کارهای دیگر": f"d:c:{waits.uid}",
        "۳ · ✅ آزاد کردن": f"d:r:{dated.uid}",
        "۳ · کارهای دیگر": f"d:c:{dated.uid}",
    }


def test_a_card_holds_releases_retracts_and_restores(store: Store, press: Callable[[str], Reply]) -> None:
    article = save(store)
    card = press(f"d:c:{article.uid}")
    for label, expected in (
        (texts.DO_HOLD, "نگه داشته شد"),
        (texts.DO_RELEASE, "آزاد شد"),
        (texts.DO_RETRACT, "تکذیب شد"),
        (texts.DO_RESTORE, "پس گرفته شد"),
    ):
        card = press(labels(card)[label])
        assert expected in html(card.lines)
        assert labels(card)[texts.TO_QUEUE] == "d:q"
    acts = [(act.act, act.who) for act in store.desk.acts(limit=9)]
    assert acts == [(act, f"telegram:{EDITOR}") for act in ("restore", "retract", "release", "hold")]


def test_a_button_pressed_twice_says_that_there_was_nothing_to_do(store: Store, press: Callable[[str], Reply]) -> None:
    article = save(store)
    press(f"d:x:{article.uid}")
    assert texts.DESK_IDLE in html(press(f"d:x:{article.uid}").lines)
    assert html(press(f"d:x:{'0' * 16}").lines) == texts.DESK_TOO_LATE
    assert len(store.desk.acts(limit=9)) == 1


def test_an_article_is_published_later_or_at_once(store: Store, press: Callable[[str], Reply]) -> None:
    article = save(store)
    when = press(labels(press(f"d:c:{article.uid}"))[texts.DO_LATER])
    said = html(press(labels(when)["۳ ساعت دیگر"]).lines)
    assert "خودبه‌خود منتشر می‌شود" in said
    assert "نگه‌داشته تا" in said
    due = store.articles.get(article.id).due  # type: ignore[union-attr]
    assert due is not None
    assert timedelta(hours=2, minutes=59) < due - datetime.now(UTC) <= timedelta(hours=3)
    card = press(labels(when)["فردا ساعت ۸"])
    due = store.articles.get(article.id).due  # type: ignore[union-attr]
    assert due is not None
    morning = due.astimezone(TEHRAN)
    assert (morning.hour, morning.date()) == (8, datetime.now(TEHRAN).date() + timedelta(days=1))
    assert "تا آزادش نکنید" in html(press(labels(card)[texts.DO_HOLD]).lines)
    assert store.articles.get(article.id).due is None  # type: ignore[union-attr]
    assert "آزاد شد" in html(press(labels(when)[texts.AT_ONCE]).lines)
    assert store.articles.get(article.id).held is None  # type: ignore[union-attr]


def test_an_article_is_put_where_it_belongs(store: Store, press: Callable[[str], Reply]) -> None:
    article = save(store)
    menu = press(labels(press(f"d:c:{article.uid}"))[texts.DO_PLACE])
    assert len(labels(menu)) == 32
    assert "استان این خبر اکنون یزد است" in html(press(labels(menu)["یزد"]).lines)
    assert store.articles.by_uid(article.uid).provinces == ("yazd",)  # type: ignore[union-attr]
    assert {one.channel for one in store.deliveries.of_article(article.id)} == {"@qom", "@yazd"}


def test_what_touches_more_than_one_article_is_confirmed(store: Store, press: Callable[[str], Reply]) -> None:
    desk = Desk(store, "telegram:1")
    save(store, "1", held=True)
    assert "آزاد شد" in html(commands.release(desk, "همه").lines)
    for key in ("2", "3"):
        save(store, key, held=True)
    asked = commands.release(desk, "همه")
    assert "۲ خبر و ۲ ارسال" in html(asked.lines)
    assert store.deliveries.counts()[DeliveryState.HELD] == 2
    assert html(press(labels(asked)[texts.LEAVE_IT]).lines) == texts.DESK_LEFT
    press(labels(asked)[texts.YES_DO_IT])
    assert store.deliveries.counts()[DeliveryState.HELD] == 0
    desk.pause("شایعه")
    asked = commands.resume(desk, "")
    assert "۳ ارسال" in html(asked.lines)
    assert store.desk.paused()
    press(labels(asked)[texts.YES_DO_IT])
    assert not store.desk.paused()


def test_what_was_confirmed_is_done_and_no_more(store: Store, press: Callable[[str], Reply]) -> None:
    for key in ("1", "2"):
        save(store, key, held=True)
    yes = labels(commands.release(Desk(store, "me"), "همه"))[texts.YES_DO_IT]
    save(store, "3", held=True)
    for data in (yes, "d:A"):  # the question is older than what waits; or of an earlier version
        again = press(data)
        assert "۳ خبر" in html(again.lines)
        assert store.deliveries.counts()[DeliveryState.HELD] == 3
    press(labels(again)[texts.YES_DO_IT])
    assert store.deliveries.counts()[DeliveryState.HELD] == 0


def test_many_problems_are_one_message_with_the_articles_that_they_are_about(store: Store) -> None:
    article = save(store)
    for number in range(12):
        store.problems.set(Problem(f"{number:02}.txt", 1, "it is broken", NOW))
    store.problems.set(
        Problem(f"article {article.id} to @qom", 0, "the post is too long", NOW - timedelta(1), "channel")
    )
    ((keys, reply),) = Alerts(store, [EDITOR])._fresh()
    said = html(reply.lines)
    assert len(keys) == 13
    assert said.splitlines()[0] == "⚠️ <b>۱۳ گرفتاری تازه</b>"
    assert "و ۳ گرفتاری دیگر: /status" in said
    assert list(labels(reply).values()) == [f"d:c:{article.uid}"]


@pytest.mark.parametrize(
    "where", ["article {id} to @qom", "article {uid}", "delivery 1 to @qom", "retraction of {uid} in @qom"]
)
def test_the_article_that_a_problem_is_about_is_found(store: Store, where: str) -> None:
    article = save(store)
    assert Desk(store, "me").concerned(where.format(id=article.id, uid=article.uid)) == article
    assert Desk(store, "me").concerned("channel @qom") is None


def test_buttons_work_in_the_desk_s_chat_and_for_nobody_else(tmp_path: Path) -> None:
    async def story() -> None:
        async with conversation(tmp_path) as talk:
            article = save(talk.store, held=True)
            talk.api.say("/queue", user=EDITOR)
            await talk.until(lambda: talk.replies(EDITOR))
            message = talk.api._private(EDITOR).history[-1]
            data = message.markup["inline_keyboard"][0][0]["callback_data"]
            talk.api.press(data, message, user=7002)
            talk.api.press(data, message, user=EDITOR)
            await talk.until(lambda: "آزاد شد" in message.text)
            assert [act.who for act in talk.store.desk.acts(limit=9)] == [f"telegram:{EDITOR}"]
            assert talk.store.articles.by_uid(article.uid).held is None  # type: ignore[union-attr]

    asyncio.run(story())


def test_the_longest_queue_fits_into_one_message(store: Store, press: Callable[[str], Reply]) -> None:
    for number in range(30):
        document = Document("seeds", str(number), "باران " * 90, "قم – باران آمد.", NOW, fingerprint=str(number))
        store.articles.save(edit(document), [Route("@qom", held=True)], NOW)
    reply = press("d:q")
    assert len(html(reply.lines)) < 4096
    assert len(labels(reply)) == 2 * commands.QUEUE_LINES
    assert cards.time_of("0", TEHRAN, NOW) is None
