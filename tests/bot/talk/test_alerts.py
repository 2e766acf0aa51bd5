"""The desk hears of each trouble once, for as long as it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from newsroom import TEHRAN, Newsroom, draft, play
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest
from telegram_server.faults import Kind

from bot.publishing.telegram_channel import tls
from bot.talk.alerts import Alerts
from bot.talk.held import HeldNews
from bot.talk.replies import ReplyPacer
from feeds.models import Problem

Story = Callable[[Newsroom], Any]
Play = Callable[[Story], None]
EDITOR = 7001


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story: play(sqlite_url, story)


class Desk:
    """The desk's chat, and a clock that a test moves."""

    def __init__(self, newsroom: Newsroom, *admins: int) -> None:
        self._newsroom = newsroom
        self._later = timedelta()
        for admin in admins:
            newsroom.api._private(admin)
        self._alerts = Alerts(newsroom.store, admins, now=self.now)

    def now(self) -> Any:
        return self._newsroom.now() + self._later

    def wait(self, **span: float) -> None:
        self._later += timedelta(**span)

    def trouble(self, where: str, what: str) -> None:
        self._newsroom.store.problems.set(Problem(where, 0, what, self.now(), "channel"))

    async def hears(self, admin: int = EDITOR) -> list[str]:
        """What comes with the next turn."""
        chat = self._newsroom.api._private(admin)
        before = len(chat.history)
        newsroom = self._newsroom
        pacer = ReplyPacer(newsroom.store, newsroom.rates, now=newsroom.now)
        request = HTTPXRequest(httpx_kwargs={"verify": tls()})
        bot = ExtBot(
            newsroom.api.token,
            f"{newsroom.server.url}/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=pacer,
        )
        await self._tell(bot)
        await request.shutdown()
        return [message.text for message in chat.history[before:]]

    async def _tell(self, bot: ExtBot[Any]) -> None:
        await self._alerts.tell(bot)


class WaitingRoom(Desk):
    """The same chat, told of what waits."""

    def __init__(self, newsroom: Newsroom, *admins: int) -> None:
        super().__init__(newsroom, *admins)
        self._held = HeldNews(newsroom.store, self._alerts, TEHRAN, now=self.now)

    async def hears_after_a_restart(self) -> list[str]:
        self._held = HeldNews(self._newsroom.store, self._alerts, TEHRAN, now=self.now)
        return await self.hears()

    async def _tell(self, bot: ExtBot[Any]) -> None:
        await self._held.tell(bot)


def test_a_trouble_is_told_once_and_again_when_it_comes_back(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        desk = Desk(newsroom, EDITOR)
        desk.trouble("channel @qom", "the bot is not a member")
        (first,) = await desk.hears()
        assert "@qom" in first
        desk.wait(days=3)
        assert await desk.hears() == []
        newsroom.store.problems.clear("channel @qom")
        assert await desk.hears() == []
        desk.wait(days=1)
        assert await desk.hears() == []
        desk.trouble("channel @qom", "the bot is not a member")
        assert await desk.hears() == [first]

    stage(story)


def test_the_desk_in_telegram_is_told_of_a_source_without_its_token(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        desk = Desk(newsroom, EDITOR)
        desk.trouble("https://a.example/rss?token=geheim", "https://ali:geheim@a.example refuses")
        (heard,) = await desk.hears()
        assert "geheim" not in heard
        assert "a.example/rss?token=***" in heard

    stage(story)


def test_a_trouble_that_comes_and_goes_is_no_flood(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        desk, heard = Desk(newsroom, EDITOR), []
        for _ in range(10):
            desk.trouble("source x", "no answer in 30 s")
            heard += await desk.hears()
            newsroom.store.problems.clear("source x")
            heard += await desk.hears()
            desk.wait(minutes=2)
        assert len(heard) == 1

    stage(story)


def test_what_only_a_person_can_tell_is_asked_with_both_buttons(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel(may_edit=True)
        newsroom.save(draft(0))
        desk = Desk(newsroom, EDITOR)
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain()
        heard = await desk.hears()
        assert any("خبر شمارهٔ 0" in text for text in heard)
        asked = newsroom.api._private(EDITOR).history[-1]
        assert len([button for row in asked.markup["inline_keyboard"] for button in row]) >= 2
        assert await desk.hears() == []

    stage(story)


def test_one_who_never_started_the_bot_keeps_nobody_else_from_hearing(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        desk = Desk(newsroom, 99, EDITOR)
        newsroom.api.chats[99].status = "blocked"
        desk.trouble("channel @qom", "the bot is not a member")
        assert len(await desk.hears()) == 1
        assert await desk.hears() == []

    stage(story)


def test_ten_long_troubles_have_room_in_one_message(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        desk = Desk(newsroom, EDITOR)
        for number in range(12):
            desk.trouble(
                f"source {number} https://news.example.com/{'feed' * 60}", "it can't be read: " + "long " * 200
            )
        (said,) = await desk.hears()
        assert "source 0 " in said
        assert await desk.hears() == []

    stage(story)


class TestWhatWaits:
    """What newly waits for the desk is told once, many in one message."""

    def test_many_are_one_message_with_the_buttons_of_the_queue(self, stage: Play) -> None:
        async def story(newsroom: Newsroom) -> None:
            room = WaitingRoom(newsroom, EDITOR)
            articles = newsroom.save(*map(draft, range(12)), held=True)
            (said,) = await room.hears()
            assert said.splitlines()[0] == "⏳ ۱۲ خبر منتظر تأیید شماست"
            assert said.splitlines()[-1] == "و ۲ خبر دیگر: /queue"
            assert "خبر شمارهٔ 9" in said
            message = newsroom.api._private(EDITOR).history[-1]
            assert message.button("۱ · ✅") == f"d:r:{articles[0].uid}"
            assert await room.hears() == []

        stage(story)

    def test_a_message_has_as_many_as_fit(self, stage: Play) -> None:
        async def story(newsroom: Newsroom) -> None:
            room = WaitingRoom(newsroom, EDITOR)
            long = [draft(number, title=f"{number} " + "خبری که نامی دراز دارد " * 8) for number in range(10)]
            newsroom.save(*long, to=[f"@channel_of_a_province_{number}" for number in range(8)], held=True)
            (said,) = await room.hears()
            assert "خبر دیگر: /queue" in said.splitlines()[-1]
            assert await room.hears() == []

        stage(story)

    def test_a_message_in_five_minutes_but_breaking_news_at_once_and_never_twice(self, stage: Play) -> None:
        async def story(newsroom: Newsroom) -> None:
            room = WaitingRoom(newsroom, EDITOR)
            newsroom.save(draft(1), held=True)
            assert len(await room.hears()) == 1
            newsroom.save(draft(2), held=True)
            assert await room.hears() == []
            assert await room.hears_after_a_restart() == []
            newsroom.save(replace(draft(3), urgent=True), held=True)
            (said,) = await room.hears()
            assert said.splitlines()[0] == "⏳ ۲ خبر تازه منتظر تأیید شماست (در مجموع ۳ خبر)"
            assert said.index("شمارهٔ 3") < said.index("شمارهٔ 2")
            for _ in range(3):
                room.wait(minutes=6)
                assert await room.hears_after_a_restart() == []
            newsroom.save(draft(4), held=True)
            assert len(await room.hears()) == 1

        stage(story)

    def test_what_the_desk_knows_is_no_news(self, stage: Play) -> None:
        async def story(newsroom: Newsroom) -> None:
            room = WaitingRoom(newsroom, EDITOR)
            editorial, now = newsroom.store.editorial, newsroom.now()
            held, dated, free = newsroom.save(*map(draft, range(3)))
            (gone,) = newsroom.save(draft(4), held=True)
            editorial.hold("me", now, article_id=held.id)
            editorial.embargo("me", now, article_id=dated.id, until=now + timedelta(hours=1))
            editorial.release("me", now, article_id=gone.id)
            newsroom.save(replace(draft(5), section="نمونه"), held=True)
            assert free.held is None
            assert await room.hears() == []

        stage(story)

    def test_where_nobody_can_be_told_it_stays_news(self, stage: Play) -> None:
        async def story(newsroom: Newsroom) -> None:
            room = WaitingRoom(newsroom, EDITOR)
            newsroom.save(draft(1), held=True)
            newsroom.api._private(EDITOR).status = "blocked"
            assert await room.hears() == []
            newsroom.api._private(EDITOR).status = "member"
            assert len(await room.hears()) == 1

        stage(story)
