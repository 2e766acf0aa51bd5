"""Each update is handled once, however often the platform brings it, and on however many nodes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from telegram import Update

from feeds.errors import StoreError
from feeds.store import Store

log = logging.getLogger(__name__)


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

    async def take(self, update: Update) -> bool:
        """Whether it is ours to handle. While the store is away it is: people are told then that it failed."""
        try:
            return await asyncio.to_thread(
                self._updates.take, update.update_id, self._owner, self._now(), ended=self._ended
            )
        except StoreError as error:
            log.warning("that an update was taken can't be remembered: %s", error)
            return True

    async def done(self, update: Update) -> None:
        """It was handled."""
        try:
            await asyncio.to_thread(self._updates.done, update.update_id)
        except StoreError as error:
            log.warning("that an update was handled can't be remembered: %s", error)
