"""Articles that wait for a moment are let go at that moment, by whichever node looks first.

The moment stands in the store, and so does the clock that it is read on: on PostgreSQL, a node whose own clock is wrong
lets nothing go too early. What came while no node ran is let go at the start.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from feeds.errors import StoreError
from feeds.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""How often it is looked what waits: another process may set a moment, and clocks are set."""


async def keep(store: Store, stop: asyncio.Event, freed: Callable[[], None]) -> None:
    """Let go what is due, until `stop` is set; `freed` hears of it."""
    while not stop.is_set():
        pause = LOOK_SECONDS
        try:
            count, pause = await asyncio.to_thread(release, store)
        except StoreError as error:  # locked, full, gone: it comes back, and others say so
            log.debug("what waits for its moment can't be looked at: %s", error)
        else:
            if count:
                log.info("%d articles had their moment, and are let go", count)
                freed()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


def release(store: Store) -> tuple[int, float]:
    """Let go what is due: how many articles, and in how many seconds to look again."""
    count = len(store.editorial.release_due(store.now()))
    following = store.editorial.next_due()
    wait = LOOK_SECONDS if following is None else (following - store.now()).total_seconds()
    return count, min(max(wait, 0.0), LOOK_SECONDS)
