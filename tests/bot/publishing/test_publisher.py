"""Every article once, in order, complete, whatever the network does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from newsroom import CHANNEL, Newsroom, draft, illustrated, play
from telegram_server.faults import Kind

from bot.posts.style import Style
from bot.publishing.telegram_channel import TelegramChannel, connect
from bot.talk.replies import ReplyPacer
from feeds.models import DeliveryState, Draft

Story = Callable[[Newsroom], Any]
Play = Callable[..., None]
DELETING = {str(CHANNEL): Style(retraction="delete")}
"""A channel where what is withdrawn is taken away."""


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story, **settings: play(sqlite_url, story, **settings)


def titles(newsroom: Newsroom, chat_id: int = CHANNEL) -> list[str]:
    return [text.splitlines()[0] for text in newsroom.api.chats[chat_id].texts]


def expected(count: int, revision: int = 1) -> list[str]:
    return [f"🔹 خبر شمارهٔ {number} از نسخهٔ {revision}" for number in range(count)]


def test_every_article_is_posted_once_in_the_order_of_publication(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(2), draft(0), draft(1))
        await newsroom.drain()
        assert titles(newsroom) == expected(3)
        assert newsroom.counts == {"sent": 3}

    stage(story)


def test_a_second_start_sends_nothing(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        await newsroom.drain()
        before = len(newsroom.api.chats[CHANNEL].history)
        newsroom.save(draft(0), draft(1))
        await newsroom.drain(newsroom.publisher("node-2"))
        assert len(newsroom.api.chats[CHANNEL].history) == before

    stage(story)


@pytest.mark.parametrize(
    "kind", [Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.GARBAGE_AFTER, Kind.DROP_BEFORE, Kind.ERROR_BEFORE, Kind.TOO_MANY]
)
@pytest.mark.parametrize("struck", [0, 1])
def test_a_fault_neither_loses_nor_repeats_a_post(stage: Play, kind: Kind, struck: int) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=500)
        newsroom.save(*(draft(number) for number in range(struck)))
        await newsroom.drain()
        newsroom.save(*(draft(number) for number in range(3)))
        newsroom.api.faults.plan(kind, "sendMessage", seconds=7)
        await newsroom.drain()
        assert titles(newsroom) == expected(3)
        assert newsroom.counts == {"sent": 3}
        assert newsroom.api.limits.during_penalty == 0

    stage(story)


def test_an_answer_that_comes_too_late_is_not_waited_for_and_not_sent_again(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.SLOW_AFTER, "sendMessage", seconds=60)
        await newsroom.drain()
        assert titles(newsroom) == expected(2)

    stage(story)


def test_a_slow_answer_is_waited_for(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.SLOW, "sendMessage", seconds=15)
        await newsroom.drain()
        assert titles(newsroom) == expected(2)
        assert [call.method for call in newsroom.api.calls].count("sendmessage") == 2

    stage(story)


def test_a_node_that_was_frozen_before_its_call_does_not_make_it(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1))
        frozen = newsroom.publisher("node-1")
        look = await frozen._step()
        while not look.claims:
            await asyncio.sleep(0.01)
            look = await asyncio.to_thread(frozen._look, 1)
        await asyncio.sleep(30)
        await newsroom.drain(newsroom.publisher("node-2", ended=lambda owner: owner == "node-1"))
        await frozen._deliver(look.claims[0])
        assert titles(newsroom) == expected(2)
        assert [call.method for call in newsroom.api.calls].count("sendmessage") == 2

    stage(story)


def test_an_outage_delays_and_nothing_else(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        await newsroom.server.stop()
        newsroom.save(draft(1), draft(2))
        publisher, stop = newsroom.publisher(), asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(300)
        assert newsroom.counts == {"sent": 1, "pending": 2}
        await newsroom.server.start()
        await asyncio.sleep(60)
        stop.set()
        await running
        assert titles(newsroom) == expected(3)

    stage(story)


def test_a_single_pass_gives_up_on_an_outage_that_does_not_end(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.server.stop()
        await newsroom.drain(seconds=600)
        assert newsroom.counts == {"pending": 1}

    stage(story)


def test_a_lost_post_is_found_behind_posts_of_others(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        for number in range(5):
            channel.post_by_others(f"پست مدیر {number}")
        del channel.messages[3], channel.messages[4]
        newsroom.save(draft(1))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain()
        assert [text for text in titles(newsroom) if "خبر" in text] == expected(2)
        assert [text for text in titles(newsroom) if "مدیر" in text] == ["پست مدیر 0", "پست مدیر 3", "پست مدیر 4"]

    stage(story)


def test_no_mark_stays_where_the_first_post_of_an_old_channel_was_uncertain(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel(next_id=4_000)
        channel.post_by_others("پست مدیر")
        newsroom.save(draft(0))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain()
        assert titles(newsroom) == ["پست مدیر", *expected(1)]

    stage(story)


@pytest.mark.parametrize("may_edit", [False, True])
@pytest.mark.parametrize("told", [draft, illustrated])
@pytest.mark.parametrize("lost", [1, 3])
def test_no_mark_stays_where_the_first_post_never_arrived_and_the_marks_answers_were_lost(
    stage: Play, may_edit: bool, told: Callable[[int], Draft], lost: int
) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel(may_edit=may_edit, may_delete=True)
        desk = newsroom.api._private(77)
        channel.post_by_others("پست مدیر")
        newsroom.save(told(0))
        newsroom.api.faults.plan(Kind.DROP_BEFORE, "sendMessage" if told is draft else "sendPhoto")
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage", times=lost)
        await newsroom.drain(newsroom.publisher(desk=desk.id) if may_edit else None)
        shown = [message.text or message.caption for message in channel.messages.values()]
        assert shown[0] == "پست مدیر"
        assert len(shown) == 2
        assert "خبر شمارهٔ 0" in shown[1]
        assert not channel.history[0].edited

    stage(story)


def test_other_peoples_posts_are_never_edited_where_the_bot_may_edit_them(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel(may_edit=True)
        desk = newsroom.api._private(77)
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1), draft(2))
        channel.post_by_others("پست مدیر")
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain(newsroom.publisher(desk=desk.id))
        assert titles(newsroom) == [expected(1)[0], "پست مدیر", *expected(3)[1:]]
        assert not any(message.edited for message in channel.history)
        assert not desk.messages

    stage(story)


def test_the_desk_is_asked_where_nothing_else_can_tell(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain()
        assert newsroom.counts == {"uncertain": 1, "pending": 1}
        assert titles(newsroom) == expected(1)
        (problem,) = newsroom.store.problems.all("channel")
        assert "not known whether" in problem.what

    stage(story)


def test_a_channel_that_refuses_the_bot_holds_its_posts_until_the_rights_are_back(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        other = newsroom.open_channel(-1001000000002)
        newsroom.save(draft(0), draft(1), to=(channel.id, other.id))
        await newsroom.drain()
        channel.may_post = False
        newsroom.save(draft(2), to=(channel.id, other.id))
        publisher, stop = newsroom.publisher(), asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(90)
        assert titles(newsroom) == expected(2)
        assert titles(newsroom, other.id) == expected(3)
        (problem,) = newsroom.store.problems.all("channel")
        assert "administrator" in problem.what
        channel.may_post = True
        await asyncio.sleep(120)
        stop.set()
        await running
        assert titles(newsroom) == expected(3)
        assert newsroom.store.problems.all("channel") == ()

    stage(story)


def test_a_group_that_became_a_supergroup_is_followed(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        group = newsroom.open_channel(-500, kind="group")
        newsroom.save(draft(0), to=(-500,))
        publisher = newsroom.publisher()
        await newsroom.drain(publisher)
        moved = newsroom.open_channel(-1009000000009, kind="supergroup")
        group.moved_to = moved.id
        newsroom.save(draft(1), draft(2), to=(-500,))
        await newsroom.drain(publisher)
        assert titles(newsroom, moved.id) == expected(3)[1:]

    stage(story)


def test_a_group_that_moved_while_nobody_looked_is_found_under_its_old_number(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        group = newsroom.open_channel(-500, kind="group", next_id=900)
        newsroom.save(draft(0), to=(-500,))
        await newsroom.drain()
        only = newsroom.publisher("node-2")
        moved = newsroom.open_channel(-1009000000009, kind="supergroup")
        group.moved_to = moved.id
        newsroom.save(draft(1), draft(2), to=(-500,))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain(only)
        assert titles(newsroom, moved.id) == expected(3)[1:]

    stage(story)


def test_what_was_posted_before_a_group_moved_changes_no_post_of_today(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        group = newsroom.open_channel(-500, kind="group")
        newsroom.save(draft(0), draft(1), to=(-500,))
        publisher = newsroom.publisher()
        await newsroom.drain(publisher)
        moved = newsroom.open_channel(-1009000000009, kind="supergroup")  # its ids begin at 1, as the group's did
        group.moved_to = moved.id
        newsroom.save(draft(2), draft(3), to=(-500,))
        await newsroom.drain(publisher)
        newsroom.save(draft(0, revision=2), to=(-500,))
        await newsroom.drain(publisher)
        assert titles(newsroom, moved.id) == expected(4)[2:]
        assert [message.edited for message in moved.history] == [0, 0]
        (problem,) = newsroom.store.problems.all("channel")
        assert "by hand" in problem.what

    stage(story)


def test_a_channel_that_another_node_found_closed_is_looked_at_again(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        publisher, stop = newsroom.publisher(), asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(5)
        channel.may_post = False
        newsroom.store.channels.block(str(CHANNEL), "not enough rights")  # by a node that is no more
        newsroom.save(draft(0))
        await asyncio.sleep(100)
        assert [problem.where for problem in newsroom.store.problems.all("channel")] == [f"channel {CHANNEL}"]
        channel.may_post = True
        await asyncio.sleep(120)
        stop.set()
        await running
        assert titles(newsroom) == expected(1)

    stage(story)


@pytest.mark.parametrize("stopped_by", ["the desk", "Telegram"])
def test_a_single_pass_ends_where_nobody_may_look_for_a_post_in_doubt(stage: Play, stopped_by: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel(next_id=50)
        newsroom.save(draft(0))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.run_for(newsroom.publisher(), 0.5)
        assert newsroom.counts == {"uncertain": 1}
        if stopped_by == "the desk":
            newsroom.store.desk.pause("editor", newsroom.now(), "storm")
        else:
            channel.status = "left"
        await newsroom.drain(seconds=1000)
        assert newsroom.counts == {"uncertain": 1}

    stage(story)


@pytest.mark.parametrize("status", ["unknown", "blocked"])
@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.DROP_BEFORE])
def test_a_group_goes_on_where_the_desk_never_started_the_bot(stage: Play, status: str, kind: Kind) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(kind="supergroup")
        if status == "blocked":
            newsroom.open_channel(9001, kind="private", status="blocked")
        publisher = newsroom.publisher(desk=9001)
        newsroom.save(draft(0))
        await newsroom.drain(publisher)
        newsroom.save(draft(1), draft(2))
        newsroom.api.faults.plan(kind, "sendMessage")
        await newsroom.drain(publisher)
        assert titles(newsroom) == expected(3)
        assert newsroom.store.problems.all("channel") == ()

    stage(story)


def test_a_channel_that_only_an_unreachable_desk_could_read_is_put_to_the_desk(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        newsroom.save(draft(0))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain(newsroom.publisher(desk=9001))
        (problem,) = newsroom.store.problems.all("channel")
        assert problem.where.startswith("delivery")
        assert "the desk (9001)" in problem.what

    stage(story)


def test_markup_that_telegram_refuses_goes_out_once_as_plain_text(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(
            Kind.REFUSED, "sendMessage", description="Bad Request: can't parse entities: unexpected end of something"
        )
        await newsroom.drain()
        assert titles(newsroom) == expected(2)
        first, second = newsroom.api.chats[CHANNEL].history
        assert not first.entities
        assert "https://news.example.com/0" in first.text
        assert second.links == ["https://news.example.com/1"]
        assert len(newsroom.store.problems.all("channel")) == 1

    stage(story)


def test_a_post_that_telegram_never_takes_does_not_stop_the_others(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.REFUSED, "sendMessage", description="Bad Request: strange things in it")
        await newsroom.drain()
        assert titles(newsroom) == expected(2)[1:]
        assert newsroom.counts == {"sent": 1, "dead": 1}
        (problem,) = newsroom.store.problems.all("channel")
        assert "Strange things" in problem.what

    stage(story)


def test_a_correction_edits_the_post(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        await newsroom.drain()
        await asyncio.sleep(600)
        newsroom.save(draft(0, revision=2))
        await newsroom.drain()
        assert titles(newsroom) == ["🔹 خبر شمارهٔ 0 از نسخهٔ 2", expected(2)[1]]
        assert "✏️ به‌روزرسانی چهارشنبه ۲ مهر ۱۴۰۴ | ۱۲:۱۰" in newsroom.api.chats[CHANNEL].texts[0]
        assert newsroom.counts == {"sent": 3}

    stage(story)


def test_quick_corrections_collapse_into_the_last(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        for revision in range(2, 7):
            newsroom.save(draft(0, revision=revision))
        await newsroom.drain()
        assert titles(newsroom) == ["🔹 خبر شمارهٔ 0 از نسخهٔ 6"]
        assert channel.history[0].edited == 1

    stage(story)


def test_an_article_corrected_before_it_was_posted_is_posted_once_and_newest(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        newsroom.save(draft(0))
        newsroom.save(draft(0, revision=2))
        await newsroom.drain()
        assert titles(newsroom) == ["🔹 خبر شمارهٔ 0 از نسخهٔ 2"]
        assert channel.history[0].edited == 0
        assert "به‌روزرسانی" not in channel.texts[0]

    stage(story)


def test_a_correction_of_a_post_that_was_deleted_is_given_up(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        del channel.messages[1]
        newsroom.save(draft(0, revision=2))
        await newsroom.drain()
        assert newsroom.counts == {"sent": 1, "skipped": 1}

    stage(story)


def test_breaking_news_goes_before_the_backlog(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(*(draft(number) for number in range(60)))
        publisher, stop = newsroom.publisher(), asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(30)
        newsroom.save(replace(draft(99), urgent=True))
        publisher.wake()
        await asyncio.sleep(200)
        stop.set()
        await running
        assert titles(newsroom)[20] == "🔴 فوری | خبر شمارهٔ 99 از نسخهٔ 1"
        assert len(titles(newsroom)) == 61

    stage(story)


def test_held_posts_wait_for_the_desk(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), held=True)
        newsroom.save(draft(1))
        await newsroom.drain()
        assert titles(newsroom) == expected(2)[1:]
        assert newsroom.counts == {"held": 1, "sent": 1}

    stage(story)


def test_a_paused_channel_waits_and_goes_on(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.store.channels.pause(str(CHANNEL), "the desk looks into it")
        newsroom.save(draft(1))
        await newsroom.drain()
        assert titles(newsroom) == expected(1)
        newsroom.store.channels.pause(str(CHANNEL), "")
        await newsroom.drain()
        assert titles(newsroom) == expected(2)

    stage(story)


def test_a_penalty_is_remembered_over_a_restart(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.TOO_MANY, "sendMessage", seconds=400)
        await newsroom.run_for(newsroom.publisher("before"), 5)
        began = newsroom.now()
        await newsroom.drain(newsroom.publisher("after"))
        assert newsroom.now() - began > timedelta(seconds=390)
        assert newsroom.api.limits.during_penalty == 0
        assert titles(newsroom) == expected(2)

    stage(story)


def test_a_penalty_for_looking_at_a_channel_holds_its_posts_back_too(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0))
        newsroom.api.faults.plan(Kind.TOO_MANY, "getChat", seconds=90)
        await newsroom.drain()
        assert newsroom.api.limits.during_penalty == 0
        assert titles(newsroom) == expected(1)

    stage(story)


def test_a_process_that_died_while_sending_is_looked_after_by_the_next(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.SLOW, "sendMessage", seconds=15)
        doomed = asyncio.create_task(newsroom.publisher("doomed").run(asyncio.Event()))
        await asyncio.sleep(3)
        (delivery,) = newsroom.store.deliveries.queue(states=[DeliveryState.SENDING], limit=5)
        assert delivery.payload is not None
        doomed.cancel()
        await asyncio.gather(doomed, return_exceptions=True)
        await newsroom.drain(newsroom.publisher("heir", ended=lambda owner: owner == "doomed"))
        assert titles(newsroom) == expected(2)
        assert newsroom.counts == {"sent": 2}

    stage(story)


def test_sigterm_ends_within_five_seconds_though_an_answer_is_late(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.SLOW, "sendMessage", seconds=15)
        began = newsroom.now()
        await newsroom.run_for(newsroom.publisher(), 2)
        assert newsroom.now() - began < timedelta(seconds=7)
        await newsroom.drain(newsroom.publisher("next"))
        assert titles(newsroom) == expected(2)

    stage(story)


def test_the_desks_answer_ends_the_doubt(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        newsroom.save(draft(0), draft(1))
        newsroom.api.faults.plan(Kind.DROP_BEFORE, "sendMessage")
        await newsroom.drain()
        (asked,) = newsroom.store.deliveries.queue(states=[DeliveryState.UNCERTAIN], limit=5)
        newsroom.store.desk.decide("editor", newsroom.now(), asked.id, arrived=False)
        await newsroom.drain()
        assert titles(newsroom) == expected(2)

    stage(story)


def test_the_preview_settles_everything_at_once_and_corrects_it(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.save(*(draft(number) for number in range(450)), to=("preview",))
        await newsroom.drain(newsroom.preview())
        newsroom.save(draft(3, revision=2), to=("preview",))
        await newsroom.drain(newsroom.preview())
        posts = newsroom.store.deliveries.posts("preview", limit=500)
        assert [post.message_id for post in posts] == list(range(450, 0, -1))
        assert posts[-4].payload is not None
        assert "از نسخهٔ 2" in posts[-4].payload["html"]
        assert "به‌روزرسانی" in posts[-4].payload["html"]
        assert newsroom.api.calls == []

    stage(story)


def test_a_retracted_post_is_marked(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        await newsroom.drain()
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        await newsroom.drain()
        assert titles(newsroom) == ["❌ تکذیب شد | خبر شمارهٔ 0 از نسخهٔ 1", expected(2)[1]]

    stage(story)


def test_a_retracted_post_is_taken_away_where_the_desk_wants_that(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        await newsroom.drain()
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        await newsroom.drain(newsroom.publisher(styles=DELETING))
        assert titles(newsroom) == expected(2)[1:]
        assert newsroom.counts == {"sent": 2, "skipped": 1}

    stage(story)


@pytest.mark.parametrize("deletes", [False, True])
def test_a_restored_post_has_its_text_again(stage: Play, deletes: bool) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        publisher = newsroom.publisher(styles=DELETING if deletes else {})
        await newsroom.drain(publisher)
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        await newsroom.drain(publisher)
        newsroom.store.editorial.restore(first.uid, newsroom.now())
        await newsroom.drain(publisher)
        assert sorted(titles(newsroom)) == expected(2)
        assert len(chat.history) == (3 if deletes else 2)  # what was taken away is posted again
        assert not any("تکذیب" in text for text in chat.texts)
        assert "pending" not in newsroom.counts

    stage(story)


@pytest.mark.parametrize("kind", [Kind.TOO_MANY, Kind.DROP_BEFORE, Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.SLOW])
def test_what_is_restored_while_it_is_deleted_stands_there_again_once(stage: Play, kind: Kind) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        publisher, stop = newsroom.publisher(styles=DELETING), asyncio.Event()
        await newsroom.drain(publisher)
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        newsroom.api.faults.plan(kind, "deleteMessage", seconds=5)
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(0.5)
        newsroom.store.editorial.restore(first.uid, newsroom.now())
        await asyncio.sleep(400)
        stop.set()
        await running
        assert sorted(titles(newsroom)) == expected(2)
        assert newsroom.counts.keys() <= {"sent", "skipped"}

    stage(story)


def test_a_deletion_whose_answer_was_lost_is_done_and_can_be_restored(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        publisher = newsroom.publisher(styles=DELETING)
        await newsroom.drain(publisher)
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        newsroom.api.faults.plan(Kind.DROP_AFTER, "deleteMessage")
        await newsroom.drain(publisher)
        newsroom.store.editorial.restore(first.uid, newsroom.now())
        await newsroom.drain(publisher)
        assert sorted(titles(newsroom)) == expected(2)

    stage(story)


def test_a_post_that_may_not_be_deleted_is_marked(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        (first,) = newsroom.save(draft(0))
        publisher = newsroom.publisher(styles=DELETING)
        await newsroom.drain(publisher)
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        refusal = "Bad Request: message can't be deleted for everyone"
        newsroom.api.faults.plan(Kind.REFUSED, "deleteMessage", description=refusal)
        await newsroom.drain(publisher)
        assert titles(newsroom) == ["❌ تکذیب شد | خبر شمارهٔ 0 از نسخهٔ 1"]
        assert newsroom.counts == {"sent": 2}

    stage(story)


def test_what_was_restored_before_its_turn_goes_out_once(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        newsroom.store.editorial.restore(first.uid, newsroom.now())
        await newsroom.drain()
        assert titles(newsroom) == expected(2)

    stage(story)


def test_what_was_retracted_before_it_was_posted_never_goes_out(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        first, _ = newsroom.save(draft(0), draft(1))
        newsroom.store.editorial.retract(first.uid, newsroom.now())
        await newsroom.drain()
        assert titles(newsroom) == expected(2)[1:]

    stage(story)


@pytest.mark.parametrize("channel", ["preview", CHANNEL])
def test_an_article_that_can_not_be_rendered_does_not_stop_the_others(stage: Play, channel: int | str) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        newsroom.save(draft(0), replace(draft(1), provinces=("atlantis",)), draft(2), to=(channel,))
        await newsroom.drain(newsroom.preview() if channel == "preview" else None)
        assert newsroom.counts == {"sent": 2, "dead": 1}

    stage(story)


def test_the_bots_answers_in_a_group_are_not_mistaken_for_a_lost_post(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        group = newsroom.open_channel(kind="supergroup")
        desk = newsroom.api._private(77)
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1))
        newsroom.api.faults.plan(Kind.DROP_BEFORE, "sendMessage")
        answer = {"chat_id": CHANNEL, "text": "پاسخ به یک پرسش"}
        newsroom.api.answer(newsroom.api.token, "sendMessage", answer)
        await newsroom.drain(newsroom.publisher(desk=desk.id))
        assert titles(newsroom) == [expected(1)[0], "پاسخ به یک پرسش", expected(2)[1]]
        assert not any(message.edited for message in group.history)

    stage(story)


def test_without_a_desk_too_the_bots_answers_are_known_and_left_alone(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        group = newsroom.open_channel(kind="supergroup")
        newsroom.save(draft(0))
        await newsroom.drain()
        newsroom.save(draft(1))
        newsroom.api.faults.plan(Kind.DROP_BEFORE, "sendMessage")
        running = asyncio.create_task(newsroom.drain())
        await asyncio.sleep(0.5)
        assert newsroom.counts == {"sent": 1, "uncertain": 1}
        bot = connect(newsroom.api.token, api_url=newsroom.server.url)

        async def answer() -> dict[str, Any]:
            message = await bot.send_message(CHANNEL, "پاسخ به یک پرسش")
            return message.to_dict()

        pacer = ReplyPacer(newsroom.store, newsroom.rates, now=newsroom.now)
        await pacer.process_request(answer, (), {}, "sendMessage", {"chat_id": CHANNEL}, None)
        await bot.request.shutdown()
        await running
        assert titles(newsroom) == [expected(1)[0], "پاسخ به یک پرسش", expected(2)[1]]
        assert not any(message.edited for message in group.history)

    stage(story)


def test_a_chat_that_was_named_twice_is_served_once(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(username="qom_news")
        newsroom.save(draft(0), to=(CHANNEL, "@qom_news"))
        bot = connect(newsroom.api.token, api_url=newsroom.server.url)
        twins = {key: TelegramChannel(key, bot) for key in (str(CHANNEL), "@qom_news")}
        await newsroom.drain(newsroom.made("node-1", twins))
        assert titles(newsroom) == expected(1)
        (problem,) = newsroom.store.problems.all("channel")
        assert "the same chat" in problem.what

    stage(story)
