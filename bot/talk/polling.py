"""Long polling: what people write, from getUpdates into the bot's queue, through every outage.

python-telegram-bot's Updater ends its polling for good, and calls nobody, on a 401 or a 404; a proxy before a
self-hosted Bot API server gives one while it restarts. So the loop is ours: whatever comes, it asks again, ever more
slowly, and what keeps it deaf is a problem on record that ends with it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from feeds.errors import StoreError
from feeds.models import Problem
from feeds.store import Store

log = logging.getLogger(__name__)

POLL_SECONDS = 6
"""For how long Telegram may hold a question back. Short: a connection that fell silent is noticed this soon."""
SILENCE_SECONDS = 3
"""How much later an answer may come; then nobody is there."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
"""Seconds between two questions while none is answered; the bot answers again this soon after an outage."""
WHERE = "the bot"
"""What its problem is filed under."""
WORTH_TELLING = timedelta(seconds=30)
"""An outage that is shorter is told to nobody."""
TOLD_FOR = timedelta(minutes=2)
"""For how long an outage that is over stays on record, so that the desk hears of it."""


Taker = Callable[[Sequence[Update]], Awaitable[Sequence[Update]]]
"""Those of some updates that were not taken before, by this node or another."""


class Ear:
    """Whether the bot hears, on record."""

    def __init__(self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._now = now
        self._deaf_since: datetime | None = None
        self._cleared = False
        self._forget_at: datetime | None = None

    async def heard(self) -> None:
        """An answer came."""
        now = self._now()
        if self._deaf_since is not None and now - self._deaf_since >= WORTH_TELLING:
            minutes = max(round((now - self._deaf_since).total_seconds() / 60), 1)
            log.info("the bot hears again")
            await self._record(f"it heard nobody for {minutes} min, and answers again")
            self._forget_at = now + TOLD_FOR
        elif self._forget_at is None and (self._deaf_since is not None or not self._cleared):
            await self._record("")
        elif self._forget_at is not None and now >= self._forget_at:
            self._forget_at = None
            await self._record("")
        self._deaf_since, self._cleared = None, True

    async def failed(self, why: str) -> None:
        """No answer came."""
        now = self._now()
        first, self._deaf_since = self._deaf_since is None, self._deaf_since or now
        if first:
            log.warning("polling Telegram failed: %s; the bot asks again", why)
        if first or now - self._deaf_since >= WORTH_TELLING:
            await self._record(f"it hears nobody: {why}")

    async def _record(self, what: str) -> None:
        try:
            if what:
                problem = Problem(WHERE, 0, what, self._now(), "bot")
                await asyncio.to_thread(self._store.problems.set, problem)
            else:
                await asyncio.to_thread(self._store.problems.clear, WHERE)
        except StoreError as error:
            log.warning("what keeps the bot deaf can't be put on record: %s", error)


async def poll(
    bot: Bot,
    updates: asyncio.Queue[object],
    ear: Ear,
    stop: asyncio.Event,
    *,
    allowed: Sequence[str],
    take: Taker | None = None,
) -> None:
    """Put every update that `take` says is ours into the queue, until `stop` is set."""
    offset, wait = 0, FIRST_WAIT
    while not stop.is_set():
        try:
            came = await _unless(stop, bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=allowed))
        except TelegramError as error:
            await ear.failed(reason_of(error))
            await _pause(stop, _seconds(error) if isinstance(error, RetryAfter) else wait)
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait = FIRST_WAIT
        await ear.heard()
        for update in came if take is None else await take(came):
            await updates.put(update)
        if came:
            offset = came[-1].update_id + 1
    if offset:  # what is in the queue is not to come again with the next start
        with suppress(TelegramError):
            await bot.get_updates(offset, timeout=0, allowed_updates=allowed)


async def _unless(stop: asyncio.Event, asked: Coroutine[Any, Any, tuple[Update, ...]]) -> tuple[Update, ...]:
    """What is asked for; nothing where `stop` is set first."""
    question, stopped = asyncio.ensure_future(asked), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({question, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return question.result() if question.done() else ()
    finally:
        for one in (question, stopped):
            one.cancel()
        await asyncio.gather(question, stopped, return_exceptions=True)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def reason_of(error: TelegramError) -> str:
    """Why the bot is deaf, and what to do about it."""
    match error:
        case InvalidToken():
            return (
                f"Telegram does not take its token ({error.message}); see TELEGRAM_TOKEN, "
                "or the proxy before TELEGRAM_API_URL"
            )
        case Conflict() if "webhook" in error.message.lower():
            return "somebody set a webhook for it; `chapar webhook` says where it leads, and removes it with --remove"
        case Conflict():
            return "another program polls with its token; only one can: give Chapar a bot of its own"
        case TimedOut():
            return "Telegram does not answer"
    return error.message


def _seconds(error: RetryAfter) -> float:
    span = error.retry_after
    return span.total_seconds() if isinstance(span, timedelta) else float(span)
