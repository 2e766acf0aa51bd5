"""A channel that was renamed is posted to by its number, signed with its new name, and the desk is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from newsroom import CHANNEL, Newsroom, draft, play

from bot.publishing import publisher
from bot.publishing.publisher import Publisher
from bot.publishing.telegram_channel import TelegramChannel, connect

Story = Callable[[Newsroom], Any]
KEY = "@qom_news"


@pytest.fixture
def stage(sqlite_url: str) -> Callable[[Story], None]:
    return lambda story: play(sqlite_url, story)


def node(newsroom: Newsroom, name: str = "node-1") -> Publisher:
    bot = connect(newsroom.api.token, api_url=newsroom.server.url)
    return newsroom.made(name, {KEY: TelegramChannel(KEY, bot)})


@pytest.mark.parametrize(("name", "said"), [("qom_today", "is called @qom_today now"), ("", "has no public name")])
def test_posts_go_on_and_the_desk_is_told(stage: Callable[[Story], None], name: str, said: str) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel(username="qom_news")
        newsroom.save(draft(0), to=[KEY])
        await newsroom.drain(node(newsroom))
        chat.username = name
        newsroom.save(draft(1), to=[KEY])
        await newsroom.drain(node(newsroom, "node-2"))
        assert len(chat.texts) == 2
        assert ("🆔 @qom_today" in chat.texts[1]) == bool(name)
        assert "@qom_news" not in chat.texts[1]
        (problem,) = newsroom.store.problems.all()
        assert said in problem.what
        assert str(CHANNEL) in problem.what
        chat.username = "qom_news"
        await newsroom.drain(node(newsroom, "node-3"))
        assert newsroom.store.problems.all() == ()

    stage(story)


def test_a_running_service_notices_it(stage: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "POLL_SECONDS", 30.0)  # an hour has 1,800 looks otherwise

    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel(username="qom_news")
        newsroom.save(draft(0), to=[KEY])
        publisher = node(newsroom)
        await newsroom.run_for(publisher, 60)
        chat.username = "qom_today"
        await newsroom.run_for(publisher, timedelta(hours=1, minutes=1).total_seconds())
        newsroom.save(draft(1), to=[KEY])
        await newsroom.run_for(publisher, 60)
        assert "🆔 @qom_today" in chat.texts[1]

    stage(story)


def test_a_channel_that_lost_its_bot_is_no_renamed_one(stage: Callable[[Story], None]) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel(username="qom_news")
        newsroom.save(draft(0), to=[KEY])
        await newsroom.drain(node(newsroom))
        chat.username, chat.status = "qom_today", "left"
        newsroom.save(draft(1), to=[KEY])
        await newsroom.drain(node(newsroom, "node-2"))
        assert newsroom.counts == {"sent": 1, "pending": 1}
        assert [problem.where for problem in newsroom.store.problems.all()] == [f"channel {KEY}"]

    stage(story)
