"""Reads what stands in a channel, within the limits.

A message is read from a forward into the desk's chat. Without one, a post of the bot's own is read from the answer to a
change of its buttons, which leaves its text alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from bot.posts.payload import Payload
from bot.publishing.channel import CALL_SECONDS, Channel, Seen
from bot.publishing.errors import BarredError, FixedError, RefusedError, UnknownError
from bot.publishing.pacing import Rates
from bot.publishing.reconcile import MARK
from bot.publishing.registry import ChannelRegistry
from feeds.models import ChannelState
from feeds.store import Store
from feeds.store.delivery.claims import bucket_of

log = logging.getLogger(__name__)

CALL_LEASE = timedelta(seconds=CALL_SECONDS + 15)


class AskError(Exception):
    """Only the desk can tell."""


class Reader:
    """Reads messages of the node's channels. Every method raises a `ChannelError` where its call fails.

    Args:
        store: where calls are counted.
        registry: the node's channels.
        rates: the limits.
        desk: the chat that messages are forwarded to for reading; None where there is none.
        now: the clock.
    """

    def __init__(
        self, store: Store, registry: ChannelRegistry, rates: Rates, *, desk: int | None, now: Callable[[], datetime]
    ) -> None:
        self._calls = store.calls
        self._registry = registry
        self._rates = rates
        self._desk = desk
        self._now = now

    async def read(self, state: ChannelState, message_id: int) -> tuple[Seen, bool]:
        """A message, and whether its buttons were changed to read it."""
        channel = self._channel(state)
        if self._desk is not None:
            try:
                async with self._permitted(state, chat_id=self._desk):
                    return await channel.read(state, message_id, self._desk), False
            except (BarredError, FixedError) as error:  # the desk never started the bot, or the chat is protected
                log.info("message %d of %s can't be forwarded to the desk: %s", message_id, state.key, error)
        if self._registry.facts[state.key].may_edit_others:
            raise AskError("the bot may edit other people's posts, and there is no desk chat to read them in")
        async with self._permitted(state):
            return await channel.read_own(state, message_id), True

    async def reach(self, state: ChannelState) -> int:
        """The newest message of a chat of which nothing is known, by a mark that is taken away at once."""
        channel = self._channel(state)
        async with self._permitted(state):
            mark = await channel.send(state, MARK)
        await self.take_away(state, mark)
        return mark - 1

    async def set_buttons(self, state: ChannelState, message_id: int, payload: Payload | None) -> None:
        """Put back the buttons of a post that was changed to read it."""
        with suppress(RefusedError):
            async with self._permitted(state):
                await self._channel(state).set_buttons(state, message_id, payload)

    async def take_away(self, state: ChannelState, mark: int) -> None:
        """Delete a mark; without the right to delete, it stays, and nothing else is wrong."""
        with suppress(RefusedError):
            async with self._permitted(state):
                await self._channel(state).delete(state, mark)

    def _channel(self, state: ChannelState) -> Channel:
        return self._registry.channels[state.key]

    @asynccontextmanager
    async def _permitted(self, state: ChannelState, *, chat_id: int | None = None) -> AsyncIterator[None]:
        """Wait until the limits allow one more call to the channel (or to another chat)."""
        bucket = bucket_of(state) if chat_id is None else str(chat_id)
        rate = self._rates.of_channel(state) if chat_id is None else self._rates.of(chat_id)
        calls, overall = self._calls, self._rates.overall
        while True:
            now = self._now()
            begin = await asyncio.to_thread(calls.begin, bucket, rate=rate, overall=overall, now=now, lease=CALL_LEASE)
            if isinstance(begin, int):
                break
            await asyncio.sleep(max((begin - self._now()).total_seconds(), 0.0))
        try:
            async with asyncio.timeout(CALL_SECONDS):
                yield
        except TimeoutError:
            raise UnknownError("no answer in time") from None
        finally:
            await asyncio.to_thread(calls.end, begin, self._now())
