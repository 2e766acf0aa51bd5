"""Nobody keeps others waiting: each chat is answered one message at a time, and what it sends meanwhile is bounded.

A chat that writes faster than Telegram lets it be answered gets an answer to its newest messages, and is told once that
others were left out. Chats wait for themselves alone; the desk's private chats leave nothing out.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

log = logging.getLogger(__name__)

AT_ONCE = 2048
"""Updates that are known at once, of all chats; what comes beyond it waits in the order of its coming."""
WAITING = 2
"""Messages of one chat that wait for their answer."""
TOLD_AT_ONCE = 8
"""Buttons of one chat that are answered at a time although they are left out: each is a call."""

Left = Callable[[Update], Awaitable[None]]
"""Tells a chat that messages of it were left out."""
Done = Callable[[Update], Awaitable[None]]
"""Takes note of an update that was dealt with."""


@dataclass(slots=True)
class _Chat:
    """Who waits in one chat."""

    busy: bool = False
    waiting: deque[asyncio.Future[bool]] = field(default_factory=deque)
    told: bool = False
    """It knows that messages are left out, until it has been quiet."""
    telling: int = 0
    """How many of its updates are being told so at this moment."""


class PerChat(BaseUpdateProcessor):
    """One update of a chat at a time; of those that wait, the newest."""

    def __init__(
        self, left: Left, *, spared: Collection[int] = (), waiting: int = WAITING, done: Done | None = None
    ) -> None:
        """Answer chats side by side.

        Args:
            left: is called once for each time that a chat sends too much, and for each button that is left out.
            spared: private chats of which nothing is left out: the desk's.
            waiting: how many of a chat's updates wait.
            done: is told of each update that was dealt with, or left out.
        """
        super().__init__(AT_ONCE)
        self._left = left
        self._done = done
        self._spared = frozenset(spared)
        self._most = waiting
        self._chats: dict[int | str, _Chat] = {}

    async def initialize(self) -> None:
        """There is nothing to prepare."""

    async def shutdown(self) -> None:
        """There is nothing to let go of."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Answer when the chat's turn comes; never, if newer ones of it have pushed this one out."""
        await self._in_turn(update, coroutine)
        if self._done is not None and isinstance(update, Update):
            await self._done(update)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        key = _chat_of(update)
        if key is None:
            await coroutine
            return
        chat = self._chats.setdefault(key, _Chat())
        if chat.busy and not await self._turn(chat, spared=key in self._spared):
            _drop(coroutine)
            if isinstance(update, Update) and _waits(update, chat):
                chat.told = True
                await self._tell(chat, update)
            return
        chat.busy = True
        try:
            await coroutine
        finally:
            self._next(key, chat)

    async def _turn(self, chat: _Chat, *, spared: bool) -> bool:
        """Wait; whether this one is to be answered."""
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        chat.waiting.append(mine)
        while not spared and len(chat.waiting) > self._most:
            _answer(chat.waiting.popleft(), go=False)
        try:
            return await mine
        except asyncio.CancelledError:
            if mine in chat.waiting:
                chat.waiting.remove(mine)
            raise

    def _next(self, key: int | str, chat: _Chat) -> None:
        while chat.waiting:
            if _answer(chat.waiting.popleft(), go=True):
                return  # it is busy on
        chat.busy = False
        self._chats.pop(key, None)

    async def _tell(self, chat: _Chat, update: Update) -> None:
        chat.telling += 1
        try:
            await self._left(update)
        except Exception:
            log.warning("a chat could not be told that it writes too fast", exc_info=True)
        finally:
            chat.telling -= 1


def _waits(update: Update, chat: _Chat) -> bool:
    """Whether to tell a chat of an update that was left out: once, and for each button while there is room."""
    return (update.callback_query is not None or not chat.told) and chat.telling < TOLD_AT_ONCE


def _answer(waiting: asyncio.Future[bool], *, go: bool) -> bool:
    if waiting.done():
        return False
    waiting.set_result(go)
    return True


def _chat_of(update: object) -> int | str | None:
    """Whose update it is: its chat, or the person who asks inline, whose letters leave out nothing they wrote to us."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return f"inline {update.effective_user.id}" if update.effective_user is not None else None


def _drop(coroutine: Awaitable[Any]) -> None:
    """A coroutine that is never awaited says so loudly, unless it is closed."""
    close = getattr(coroutine, "close", None)
    if close is not None:
        close()
