"""Idempotent ticks: what is due, done again and again, on APScheduler.

A tick may come late, twice, or on two nodes: it looks at what there is to do and does that. One that fails is logged,
noted for the status page, and comes again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

JITTER = 0.1
"""Of the interval: nodes that start together do not stay together."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every so often."""

    name: str
    seconds: float
    do: Callable[[], Awaitable[object]]
    at_start: bool = True


@dataclass(frozen=True, slots=True)
class TickReport:
    """How the last turn of a tick went, for the status page."""

    name: str
    began: datetime
    seconds: float
    error: str = ""


class Schedule:
    """The ticks of one node."""

    def __init__(self, ticks: Sequence[Tick], report: Callable[[TickReport], Awaitable[None]]) -> None:
        self._report = report
        self._running: set[asyncio.Task[object]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            job_defaults={
                "max_instances": 1,  # a tick that takes long is not overtaken by itself
                "coalesce": True,  # after a sleep of the machine one turn is enough
                "misfire_grace_time": None,  # late is better than never
            },
        )
        for tick in ticks:
            self._scheduler.add_job(
                self._turn,
                IntervalTrigger(seconds=tick.seconds, jitter=tick.seconds * JITTER, timezone=UTC),
                args=[tick],
                id=tick.name,
                replace_existing=True,
                **({"next_run_time": datetime.now(UTC)} if tick.at_start else {}),
            )

    async def _turn(self, tick: Tick) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        began, error = datetime.now(UTC), ""
        try:
            await tick.do()
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
            log.exception("the tick %s failed; it comes again in %.0f s", tick.name, tick.seconds)
        seconds = (datetime.now(UTC) - began).total_seconds()
        try:
            await self._report(TickReport(tick.name, began, seconds, error))
        except Exception:
            log.exception("the turn of %s could not be noted", tick.name)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin no more turns, and wait for those under way (the scheduler's own shutdown would cancel them)."""
        if self._scheduler.running:
            self._scheduler.pause()
            await asyncio.gather(*self._running, return_exceptions=True)
            self._scheduler.shutdown(wait=False)
