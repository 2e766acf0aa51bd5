"""A minute without Telegram, however it is away: the bot answers again within ten seconds, and the desk knows of it.

In virtual time, so that a minute is none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store
from newsroom import TEHRAN, Newsroom, play
from telegram_server.faults import Kind

from bot.talk import application
from bot.talk.answers import Answers
from bot.talk.once import Once
from bot.talk.replies import ReplyPacer

READER, EDITOR = 7001, 9001
OUTAGE, WITHIN = 60.0, 10.0
FAULTS: dict[str, dict[str, Any]] = {
    "401": {"kind": Kind.STATUS, "code": 401, "description": "Unauthorized"},
    "404": {"kind": Kind.STATUS, "code": 404},
    "409": {"kind": Kind.STATUS, "code": 409, "description": "Conflict: terminated by other getUpdates request"},
    "429": {"kind": Kind.TOO_MANY, "seconds": 3},
    "502": {"kind": Kind.ERROR_BEFORE},
    "HTML": {"kind": Kind.GARBAGE_AFTER},
    "a cut": {"kind": Kind.DROP_BEFORE},
    "silence": {"kind": Kind.SLOW_AFTER, "seconds": OUTAGE * 2},
}


class Bot:
    """The bot, running in virtual time."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.api = newsroom.api
        for user in (READER, EDITOR):
            self.api._private(user)

    async def run(self, stop: asyncio.Event) -> None:
        room = self.newsroom
        answers = Answers(room.store, TEHRAN, "https://news.example", now=room.now)
        pacer = ReplyPacer(room.store, room.rates, now=room.now, desk=[EDITOR])
        once = Once(room.store, "node-1", now=room.now)
        made = application.build(self.api.token, answers, pacer, api_url=room.server.url, admins=[EDITOR], once=once)
        await application.run(made, stop)

    def said(self, user: int) -> list[str]:
        return [message.text for message in self.api.chats[user].history if message.by_bot]

    async def answers(self, within: float) -> None:
        before = len(self.said(READER))
        self.api.say("/help", user=READER)
        async with asyncio.timeout(within):
            while len(self.said(READER)) == before:  # noqa: ASYNC110
                await asyncio.sleep(0.1)


def told(
    newsroom: Newsroom, run: Callable[[Bot], Awaitable[None]], *, at_start: Callable[[], None] = lambda: None
) -> Any:
    """A story of a running bot."""

    async def story() -> None:
        bot, stop = Bot(newsroom), asyncio.Event()
        at_start()
        running = asyncio.create_task(bot.run(stop))
        await run(bot)
        stop.set()
        await running

    return story()


@pytest.fixture(autouse=True)
def timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the service has it; else the library warns at each 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.parametrize(
    ("method", "when"), [("getUpdates", "at the start"), ("getUpdates", "later"), ("getMe", "at the start")]
)
@pytest.mark.parametrize("how", FAULTS)
def test_after_a_minute_the_bot_answers_again_and_the_desk_knows(
    tmp_path: Path, how: str, method: str, when: str
) -> None:
    def fail(newsroom: Newsroom) -> None:
        newsroom.api.faults.plan(method=method, times=10**6, **FAULTS[how])

    async def outage(bot: Bot) -> None:
        if when == "later":
            await bot.answers(60)
            fail(bot.newsroom)
        await asyncio.sleep(OUTAGE)
        bot.api.faults.clear()
        await bot.answers(WITHIN)
        async with asyncio.timeout(60):
            while not any("the bot" in said for said in bot.said(EDITOR)):  # noqa: ASYNC110
                await asyncio.sleep(1)

    def story(newsroom: Newsroom) -> Any:
        return told(newsroom, outage, at_start=lambda: fail(newsroom) if when == "at the start" else None)

    play(empty_store(tmp_path), story)


def test_what_fails_once_ends_nothing(tmp_path: Path) -> None:
    async def hiccups(bot: Bot) -> None:
        await bot.answers(OUTAGE * 2)  # eight at the start, one after the other
        for how in FAULTS.values():
            bot.api.faults.plan(method="getUpdates", **how)
            await bot.answers(WITHIN)

    def story(newsroom: Newsroom) -> Any:
        def refuse() -> None:
            for how in FAULTS.values():
                newsroom.api.faults.plan(method="getMe", **how)

        return told(newsroom, hiccups, at_start=refuse)

    play(empty_store(tmp_path), story)
