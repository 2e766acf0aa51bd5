"""Each update is handled once, however often the platform brings it, and on however many nodes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from telegram import Update

from feeds.errors import StoreError
from feeds.store import Store

log = logging.getLogger(__name__)

TOGETHER_SECONDS = 0.05
"""For how long updates that were handled are gathered: each note is a transaction."""


class Once:
    """What this node has taken, in the store.

    Args:
        store: where it is remembered.
        owner: this node.
        ended: whether a node is known to have ended, so that what it took and left is taken again.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        owner: str,
        *,
        ended: Callable[[str], bool] = lambda _owner: False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._updates = store.updates
        self._owner = owner
        self._ended = ended
        self._now = now
        self._handled: set[int] = set()
        self._noting: asyncio.Task[None] | None = None

    async def take(self, came: Sequence[Update]) -> list[Update]:
        """Those of some updates that are ours to handle.

        While the store is away, all are: people are told then that it failed.
        """
        numbers = [update.update_id for update in came]
        if not numbers:
            return []
        try:
            ours = await asyncio.to_thread(self._updates.take, numbers, self._owner, self._now(), ended=self._ended)
        except StoreError as error:
            log.warning("that updates were taken can't be remembered: %s", error)
            return list(came)
        return [update for update in came if update.update_id in ours]

    async def done(self, update: Update) -> None:
        """It was handled; that is noted with whatever else was handled at about the same time."""
        self._handled.add(update.update_id)
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note(), name="updates")

    async def _note(self) -> None:
        while self._handled:
            await asyncio.sleep(TOGETHER_SECONDS)
            await self.note()

    async def note(self) -> None:
        """Note what was handled until now."""
        handled, self._handled = self._handled, set()
        if not handled:
            return
        try:
            await asyncio.to_thread(self._updates.done, handled)
        except StoreError as error:
            log.warning("that updates were handled can't be remembered: %s", error)
