"""Topics of a group: each is a channel of its own, and all of them are one chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from newsroom import Newsroom, draft, play
from telegram_server.chats import Chat
from telegram_server.faults import Kind

Story = Callable[[Newsroom], Any]
Play = Callable[[Story], None]
FORUM = -1001000000077
GENERAL, SPORT, QOM = f"{FORUM}", f"{FORUM}/5", f"{FORUM}/9"


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story: play(sqlite_url, story)


def open_forum(newsroom: Newsroom) -> Chat:
    return newsroom.open_channel(FORUM, kind="supergroup", topics={5, 9}, next_id=40)


def titles(chat: Chat, thread: int | None) -> list[str]:
    return [text.splitlines()[0] for text in chat.in_topic(thread)]


def expected(*numbers: int) -> list[str]:
    return [f"🔹 خبر شمارهٔ {number} از نسخهٔ 1" for number in numbers]


def test_each_topic_gets_its_posts(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        forum = open_forum(newsroom)
        newsroom.save(draft(0), draft(3), to=[SPORT])
        newsroom.save(draft(1), to=[SPORT, QOM])
        newsroom.save(draft(2), to=[GENERAL])
        await newsroom.drain()
        assert titles(forum, 5) == expected(0, 1, 3)
        assert titles(forum, 9) == expected(1)
        assert titles(forum, None) == expected(2)

    stage(story)


def test_all_topics_share_the_limit_of_their_chat(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        forum = open_forum(newsroom)
        newsroom.save(*(draft(number) for number in range(15)), to=[GENERAL, SPORT, QOM])
        await newsroom.drain()
        assert [len(titles(forum, thread)) for thread in (None, 5, 9)] == [15, 15, 15]
        assert newsroom.api.limits.refusals == 0
        assert newsroom.loop.time() < 45 / 20 * 60 + 10

    stage(story)


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.DROP_BEFORE, Kind.ERROR_AFTER, Kind.SLOW_AFTER])
@pytest.mark.parametrize("posts_before", [0, 2])
def test_a_lost_answer_in_one_topic_changes_no_post_of_another(stage: Play, kind: Kind, posts_before: int) -> None:
    async def story(newsroom: Newsroom) -> None:
        forum = open_forum(newsroom)
        everywhere = [GENERAL, SPORT, QOM]
        newsroom.save(*(draft(number) for number in range(posts_before)), to=everywhere)
        await newsroom.drain()
        newsroom.save(draft(5), draft(6), to=everywhere)
        for _ in range(3):
            newsroom.api.faults.plan(kind, "sendMessage", seconds=60)
        await newsroom.drain()
        for thread in (None, 5, 9):
            assert titles(forum, thread) == expected(*range(posts_before), 5, 6)
        assert all(message.edited == 0 for message in forum.history)
        assert newsroom.counts == {"sent": (posts_before + 2) * 3}

    stage(story)


def test_a_closed_topic_waits_alone_and_its_alert_stands_until_it_takes_a_post(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        forum = open_forum(newsroom)
        forum.closed.add(5)
        newsroom.save(draft(0), draft(1), to=[SPORT, QOM])
        publisher, stop = newsroom.publisher(), asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        for _ in range(30):
            await asyncio.sleep(10)
            assert newsroom.store.problems.all("channel")
        assert (titles(forum, 5), titles(forum, 9)) == ([], expected(0, 1))
        (problem,) = newsroom.store.problems.all("channel")
        assert problem.where == f"channel {SPORT}"
        assert "topic" in problem.what
        forum.closed.clear()
        await asyncio.sleep(90)
        stop.set()
        await running
        assert titles(forum, 5) == expected(0, 1)
        assert newsroom.store.problems.all("channel") == ()

    stage(story)


def test_a_topic_of_a_chat_without_topics_is_an_alert(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        forum = open_forum(newsroom)
        newsroom.save(draft(0), to=[SPORT])
        publisher = newsroom.publisher()
        forum.topics.clear()
        await newsroom.drain(publisher)
        (problem,) = [one for one in newsroom.store.problems.all("channel") if one.where == f"channel {SPORT}"]
        assert "no topics" in problem.what
        assert newsroom.counts == {"pending": 1}

    stage(story)
