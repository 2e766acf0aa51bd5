"""The bot's answers to people, at Telegram's pace.

Answers count in the same windows as posts: a person who asks waits a moment rather than being refused, and an answer
whose turn does not come in time is left out, as no call is ever made past a limit. All people together get half of
what the bot may send, so that talk never holds up posts; the desk is not counted among them.
python-telegram-bot's own AIORateLimiter knows nothing of the posts, nor of other nodes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.publishing.pacing import Rates
from feeds.errors import ReplacedError
from feeds.store import Store
from feeds.store.delivery.rate import Rate

SENT = frozenset({"sendMessage", "sendDocument"})
COUNTED = SENT | {"editMessageText", "editMessageReplyMarkup"}
LONGEST_WAIT = timedelta(seconds=20)
"""A person who gets no answer by then has asked again."""
LEASE = timedelta(seconds=30)
SHARE = 0.5
"""Of all calls that the bot may make, what people's questions may take."""
Result = bool | dict[str, Any] | list[dict[str, Any]]
UNCOUNTED = 0
"""The number of a call that could not be counted, as the store's file is gone."""


class TooLateError(TelegramError):
    """An answer whose turn did not come in time; no call was made."""

    def __init__(self) -> None:
        super().__init__("the limits leave no room for this answer")


class ReplyPacer(BaseRateLimiter[None]):
    """Holds a call back until the limits allow it; a flood is waited out once, as Telegram says."""

    def __init__(
        self,
        store: Store,
        rates: Rates,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        desk: Collection[int] = (),
    ) -> None:
        self._store = store
        self._rates = rates
        self._now = now
        self._desk = frozenset(map(str, desk))
        self._people = Rate(max(int(rates.overall.count * SHARE), 1), rates.overall.seconds)
        self._answered: deque[datetime] = deque(maxlen=self._people.count)
        """When people were answered last, newest first."""

    async def initialize(self) -> None:
        """There is nothing to prepare."""

    async def shutdown(self) -> None:
        """There is nothing to let go of."""

    async def process_request(  # noqa: PLR0917 - the library's interface
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> Result:
        """Make the call when its turn comes; what it said is remembered, as nobody may take it for a lost post."""
        chat = data.get("chat_id")
        if endpoint not in COUNTED or chat is None:
            return await callback(*args, **kwargs)
        deadline = self._now() + LONGEST_WAIT
        while True:
            call, said = await self._turn(str(chat), deadline), None
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = _seconds(error.retry_after)
                if self._now() + timedelta(seconds=wait) > deadline:
                    raise
                await asyncio.sleep(wait)
            else:
                said = _said(endpoint, result)
                return result
            finally:
                if call != UNCOUNTED:
                    await asyncio.to_thread(self._store.calls.end, call, self._now(), said)

    async def _turn(self, chat: str, deadline: datetime) -> int:
        """Wait for room in the windows.

        Raises:
            TooLateError: there is none before the deadline.
        """
        number = int(chat) if chat.lstrip("-").isdecimal() else None
        rate, overall = self._rates.of(number), self._rates.overall
        while True:
            now = self._now()
            free = now if chat in self._desk else self._people.opens(self._answered, now)
            begun: int | datetime = free
            if free <= now:
                if chat not in self._desk:
                    self._answered.appendleft(now)
                try:
                    begun = await asyncio.to_thread(
                        self._store.calls.begin, chat, rate=rate, overall=overall, now=now, lease=LEASE
                    )
                except ReplacedError:  # people are told that it failed; no post is sent meanwhile that it could delay
                    await asyncio.sleep(rate.seconds / rate.count)
                    return UNCOUNTED
            if isinstance(begun, int):
                return begun
            if begun > deadline:
                raise TooLateError
            await asyncio.sleep(max((begun - now).total_seconds(), 0.01))


def _said(endpoint: str, result: Result) -> int | None:
    """The id of the message that an answer to a call says was sent."""
    return result.get("message_id") if endpoint in SENT and isinstance(result, dict) else None


def _seconds(span: float | timedelta) -> float:
    return span.total_seconds() if isinstance(span, timedelta) else float(span)
