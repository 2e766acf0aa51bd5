"""Idempotent ticks: what is due, done again and again, on APScheduler.

A tick may come late, twice, or on two nodes: it looks at what there is to do and does that. One that fails is logged,
noted for the status page, and comes again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

JUMP_SECONDS = 10.0
"""A clock that moves by more was set; less is what time services correct."""
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

    def __init__(
        self,
        ticks: Sequence[Tick],
        report: Callable[[TickReport], Awaitable[None]],
        *,
        offset: Callable[[], float] = lambda: time.time() - time.monotonic(),
        look_seconds: float = 5.0,
    ) -> None:
        """Plan the ticks.

        Args:
            ticks: what is to be done.
            report: is told how each turn went.
            offset: seconds between the wall clock and one that nobody sets; it moves when the clock is set.
            look_seconds: how often it is looked at.
        """
        self._report = report
        self._offset = offset
        self._look_seconds = look_seconds
        self._watching: asyncio.Task[None] | None = None
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
        self._watching = asyncio.create_task(self._watch_clock(), name="clock")

    async def _watch_clock(self) -> None:
        """Bring all turns forward when the clock was set: the scheduler sleeps until a time that may be far off now."""
        before = self._offset()
        while True:
            await asyncio.sleep(self._look_seconds)
            offset = self._offset()
            if abs(offset - before) > JUMP_SECONDS:
                log.warning("the clock was set by %.0f s; all ticks come now", offset - before)
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))
            before = offset

    async def stop(self) -> None:
        """Begin no more turns, and wait for those under way (the scheduler's own shutdown would cancel them)."""
        if self._watching is not None:
            self._watching.cancel()
        if self._scheduler.running:
            self._scheduler.pause()
            await asyncio.gather(*self._running, return_exceptions=True)
            self._scheduler.shutdown(wait=False)
