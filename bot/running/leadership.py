"""What one node does for all (polling Telegram and the sources, keeping house), and the others stand by for.

The leader renews a lease. One that can't renew it (the store is away, or silent; the machine slept) ends its duty
before the lease runs out, so that two never lead at once. No question to the store is waited for longer than that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.running import node
from feeds.errors import StoreError
from feeds.store import Store

log = logging.getLogger(__name__)

NAME = "leader"
LIFE = timedelta(seconds=30)
RENEW_SECONDS = 8.0
ENDING_SECONDS = 5.0
"""What a duty may take to end, once it is over."""
TRUSTED = 0.7
"""For how much of its life a lease is relied on after it was renewed."""

Duty = Callable[[asyncio.Event], Awaitable[None]]
"""What the leader does until the event is set."""


class Leadership:
    """This node's part in the choice of the leader."""

    def __init__(
        self, store: Store, owner: str, *, renew_seconds: float = RENEW_SECONDS, life: timedelta = LIFE
    ) -> None:
        self._store = store
        self._owner = owner
        self._renew_seconds = renew_seconds
        self._life = life
        self._asked: asyncio.Future[bool] | None = None
        """A question that the store has not answered yet."""
        self.leading = False

    async def run(self, duty: Duty, stop: asyncio.Event) -> None:
        """Do the duty whenever this node leads, until `stop` is set."""
        while not stop.is_set():
            if await self._hold(within=self._renew_seconds):
                await self._lead(duty, stop)
            else:
                await _pause(stop, self._renew_seconds)

    async def _lead(self, duty: Duty, stop: asyncio.Event) -> None:
        log.info("this node leads")
        over = asyncio.Event()
        work = asyncio.create_task(_outlive(duty, over))
        self.leading = True
        renewed = datetime.now(UTC)
        while not stop.is_set() and datetime.now(UTC) - renewed < self._life * TRUSTED:
            await _pause(stop, self._renew_seconds)
            asked = datetime.now(UTC)
            trusted = (renewed + self._life * TRUSTED - asked).total_seconds()
            if stop.is_set() or trusted <= 0 or not await self._hold(within=trusted):
                continue
            renewed = asked
        self.leading = False
        over.set()
        await asyncio.wait({work}, timeout=ENDING_SECONDS)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        release = asyncio.ensure_future(asyncio.to_thread(self._store.leases.release, NAME, self._owner))
        release.add_done_callback(_heard)
        await asyncio.wait({release}, timeout=ENDING_SECONDS)

    async def _hold(self, within: float) -> bool:
        """Take or renew the lease; False also where the store does not answer within so many seconds."""
        if self._asked is None:  # else the store is silent: it is asked nothing more until it has answered
            ask = partial(self._store.leases.hold, NAME, self._owner, datetime.now(UTC), self._life)
            self._asked = asyncio.ensure_future(asyncio.to_thread(ask, ended=node.has_ended))
            self._asked.add_done_callback(_heard)
            fresh = True
        else:
            fresh = False
        asked = self._asked
        await asyncio.wait({asked}, timeout=within)
        if not asked.done():
            log.warning("the store does not answer: the leader's lease can't be renewed")
            return False
        self._asked = None
        try:
            return asked.result() and fresh  # an answer that comes late is of a lease that may have run out
        except StoreError as error:
            log.warning("the leader's lease can't be renewed: %s", error)
            return False


def _heard(answer: asyncio.Future[Any]) -> None:
    """Take note of an error that nobody waits for any more."""
    if not answer.cancelled():
        answer.exception()


async def _outlive(duty: Duty, over: asyncio.Event) -> None:
    """A duty that falls is logged, and the node goes on leading: the ticks are its duty too."""
    try:
        await duty(over)
    except Exception:
        log.exception("the leader's duty ended")


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
