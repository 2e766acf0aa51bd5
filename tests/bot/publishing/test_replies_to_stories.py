"""What goes on with a story answers the story's first post, in each channel its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from newsroom import CHANNEL, Newsroom, draft, illustrated, play
from telegram_server.chats import Message
from telegram_server.faults import Kind

from bot.posts.style import Style
from feeds.models import Article, Route

Story = Callable[[Newsroom], Any]
Play = Callable[[Story], None]
OTHER = -1001000000002


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story: play(sqlite_url, story)


def goes_on(newsroom: Newsroom, number: int, first: Article, *, to: tuple[int | str, ...] = (CHANNEL,)) -> Article:
    routes = [Route(str(chat)) for chat in to]
    return newsroom.store.articles.save(draft(number), routes, newsroom.now(), goes_on=first.uid).article


def messages(newsroom: Newsroom, chat: int = CHANNEL) -> list[Message]:
    return [message for _, message in sorted(newsroom.api.chats[chat].messages.items())]


@pytest.mark.parametrize("told", [draft, illustrated])
def test_a_sequel_answers_the_first_post_and_so_does_the_next_one(stage: Play, told: Callable[..., Any]) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        [first] = newsroom.save(told(0))
        newsroom.save(draft(1))
        second = goes_on(newsroom, 2, first)
        goes_on(newsroom, 3, second)
        await newsroom.drain()
        assert [message.reply_to for message in messages(newsroom)] == [None, None, 70, 70]

    stage(story)


def test_each_channel_answers_what_it_has_itself(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        newsroom.open_channel(OTHER, next_id=900)
        [first] = newsroom.save(draft(0), to=(CHANNEL,))
        goes_on(newsroom, 1, first, to=(CHANNEL, OTHER))
        goes_on(newsroom, 2, first, to=(OTHER,))
        await newsroom.drain()
        assert [message.reply_to for message in messages(newsroom)] == [None, 70]
        assert [message.reply_to for message in messages(newsroom, OTHER)] == [None, 900]

    stage(story)


def test_where_the_first_post_is_gone_the_sequel_stands_alone(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        channel = newsroom.open_channel()
        [first] = newsroom.save(draft(0))
        await newsroom.drain()
        channel.messages.clear()
        goes_on(newsroom, 1, first)
        await newsroom.drain()
        assert len(messages(newsroom)) == 1
        assert newsroom.counts == {"sent": 2}

    stage(story)


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.DROP_BEFORE])
def test_a_sequel_whose_answer_was_lost_is_there_once_and_still_an_answer(stage: Play, kind: Kind) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        [first] = newsroom.save(draft(0))
        await newsroom.drain()
        goes_on(newsroom, 1, first)
        newsroom.api.faults.plan(kind, "sendMessage")
        await newsroom.drain()
        assert [message.reply_to for message in messages(newsroom)] == [None, 70]

    stage(story)


def test_a_corrected_sequel_is_still_shown_as_an_answer(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(next_id=70)
        [first] = newsroom.save(draft(0))
        second = goes_on(newsroom, 1, first)
        await newsroom.drain()
        newsroom.save(draft(1, revision=2))
        await newsroom.drain()
        shown = newsroom.store.deliveries.shown(second.id, str(CHANNEL)) or {}
        assert (shown["reply_to"], shown["reply_title"]) == (70, first.title)
        assert "نسخهٔ 2" in messages(newsroom)[1].text

    stage(story)


def test_on_bale_nothing_is_answered(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        newsroom.open_channel(next_id=70)
        [first] = newsroom.save(draft(0))
        goes_on(newsroom, 1, first)
        style = Style(platform="bale")
        await newsroom.drain(newsroom.publisher(styles={str(CHANNEL): style}))
        assert [message.reply_to for message in messages(newsroom)] == [None, None]

    stage(story)
