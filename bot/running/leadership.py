"""What one node does for all (polling Telegram and the sources, keeping house), and the others stand by for.

The leader renews a lease. One that can't renew it (the store is away, the machine slept) ends its duty before the
lease runs out, so that two never lead at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.running import node
from feeds.errors import StoreError
from feeds.store import Store

log = logging.getLogger(__name__)

NAME = "leader"
LIFE = timedelta(seconds=30)
RENEW_SECONDS = 8.0
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
        self.leading = False

    async def run(self, duty: Duty, stop: asyncio.Event) -> None:
        """Do the duty whenever this node leads, until `stop` is set."""
        while not stop.is_set():
            if await self._hold():
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
            if stop.is_set() or not await self._hold():
                continue
            renewed = asked
        self.leading = False
        over.set()
        await work
        with suppress(StoreError):
            await asyncio.to_thread(self._store.leases.release, NAME, self._owner)

    async def _hold(self) -> bool:
        now = datetime.now(UTC)
        try:
            return await asyncio.to_thread(
                self._store.leases.hold, NAME, self._owner, now, self._life, ended=node.has_ended
            )
        except StoreError as error:
            log.warning("the leader's lease can't be renewed: %s", error)
            return False


async def _outlive(duty: Duty, over: asyncio.Event) -> None:
    """A duty that falls is logged, and the node goes on leading: the ticks are its duty too."""
    try:
        await duty(over)
    except Exception:
        log.exception("the leader's duty ended")


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
