"""The bot's answers to people, at Telegram's pace.

Answers count in the same windows as posts: a person who asks waits a moment rather than being refused, and the
publisher leaves room for them. python-telegram-bot's own AIORateLimiter knows nothing of the posts, nor of other nodes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.publishing.pacing import Rates
from feeds.store import Store

COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})
LONGEST_WAIT = timedelta(seconds=20)
"""A person who gets no answer by then has asked again."""
LEASE = timedelta(seconds=30)
Result = bool | dict[str, Any] | list[dict[str, Any]]


class ReplyPacer(BaseRateLimiter[None]):
    """Holds a call back until the limits allow it; a flood is waited out once, as Telegram says."""

    def __init__(self, store: Store, rates: Rates, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._rates = rates
        self._now = now

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
                await asyncio.to_thread(self._store.calls.end, call, self._now(), said)

    async def _turn(self, chat: str, deadline: datetime) -> int:
        """Wait for room in the windows; past the deadline the call is made anyway, and Telegram decides."""
        number = int(chat) if chat.lstrip("-").isdecimal() else None
        rate, overall = self._rates.of(number), self._rates.overall
        while True:
            now = self._now()
            begun = await asyncio.to_thread(
                self._store.calls.begin, chat, rate=rate, overall=overall, now=now, lease=LEASE
            )
            if isinstance(begun, int):
                return begun
            if begun > deadline:
                return await asyncio.to_thread(self._store.calls.count, chat, now + LEASE)
            await asyncio.sleep((begun - now).total_seconds())


def _said(endpoint: str, result: Result) -> int | None:
    """The id of the message that an answer to a call says was sent."""
    return result.get("message_id") if endpoint == "sendMessage" and isinstance(result, dict) else None


def _seconds(span: float | timedelta) -> float:
    return span.total_seconds() if isinstance(span, timedelta) else float(span)
