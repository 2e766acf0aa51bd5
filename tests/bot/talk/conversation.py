"""The bot, running against the tests' own Bot API server, and people who write to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from empty_store import empty_store
from telegram_server.api import Api
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

from bot.publishing.pacing import Rates
from bot.talk import application
from bot.talk.answers import Answers
from bot.talk.replies import ReplyPacer
from feeds.store import Store, open_store

EDITOR = 9001


@dataclass
class Conversation:
    """A running bot and its server."""

    api: Api
    server: TelegramServer
    store: Store

    def replies(self, user: int) -> list[str]:
        """What the bot has said to a person."""
        return [message.text for message in self.api._private(user).history if message.by_bot]

    async def until(self, true: Callable[[], object], seconds: float = 60.0) -> float:
        """Wait until something is true; how long that took."""
        began = time.monotonic()
        while not true():
            assert time.monotonic() - began < seconds, "it did not come about in time"
            await asyncio.sleep(0.02)
        return time.monotonic() - began


@asynccontextmanager
async def conversation(
    folder: Path, *, limits: Limits | None = None, before: Callable[[Api], None] = lambda _api: None
) -> AsyncIterator[Conversation]:
    """A bot that answers, with `EDITOR` as its desk; `before` prepares the server."""
    api = Api(limits=limits or Limits())
    before(api)
    with TelegramServer.running(api) as server, open_store(empty_store(folder)) as store:
        answers = Answers(store, ZoneInfo("Asia/Tehran"), "https://news.example")
        pacer = ReplyPacer(store, Rates(), desk=[EDITOR])
        bot = application.build(api.token, answers, pacer, api_url=server.url, admins=[EDITOR])
        stop = asyncio.Event()
        running = asyncio.create_task(application.run(bot, stop, alert_seconds=0.5))
        try:
            yield Conversation(api, server, store)
        finally:
            stop.set()
            await asyncio.wait_for(running, 15)
            # A thread that is still reading would give its connection back to a store that is closed by then.
            await asyncio.get_running_loop().shutdown_default_executor()
