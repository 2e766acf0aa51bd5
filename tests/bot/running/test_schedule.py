"""Ticks come again, whatever happens in them."""

import asyncio
from collections.abc import Callable

import pytest

from bot.running.schedule import Schedule, Tick, TickReport


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition is any function
            await asyncio.sleep(0.01)


async def test_a_tick_comes_at_once_and_again() -> None:
    turns: list[int] = []
    reports: list[TickReport] = []

    async def do() -> None:
        turns.append(1)

    async def report(turn: TickReport) -> None:
        reports.append(turn)

    schedule = Schedule([Tick("ingest", 0.05, do)], report)
    schedule.start()
    try:
        await until(lambda: len(turns) >= 3)
    finally:
        await schedule.stop()
    assert {turn.name for turn in reports} == {"ingest"}
    assert not any(turn.error for turn in reports)


async def test_a_tick_that_fails_is_reported_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    reports: list[TickReport] = []

    async def do() -> None:
        raise ConnectionError("no way")

    async def report(turn: TickReport) -> None:
        reports.append(turn)
        raise OSError("and it can't be noted either")

    schedule = Schedule([Tick("feeds", 0.05, do)], report)
    schedule.start()
    try:
        await until(lambda: len(reports) >= 2)
    finally:
        await schedule.stop()
    assert reports[0].error == "ConnectionError: no way"
    assert "the tick feeds failed" in caplog.text


async def test_a_tick_that_takes_long_does_not_overtake_itself() -> None:
    running = most = 0

    async def do() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1

    async def report(_turn: TickReport) -> None:
        return

    schedule = Schedule([Tick("slow", 0.02, do)], report)
    schedule.start()
    await asyncio.sleep(0.5)
    await schedule.stop()
    assert running == 0
    assert most == 1


async def test_a_clock_that_is_set_brings_the_ticks_forward(caplog: pytest.LogCaptureFixture) -> None:
    turns: list[int] = []
    offset = 0.0

    async def do() -> None:
        turns.append(1)

    async def report(_turn: TickReport) -> None:
        return

    schedule = Schedule([Tick("sources", 3600, do, at_start=False)], report, offset=lambda: offset, look_seconds=0.02)
    schedule.start()
    await asyncio.sleep(0.2)
    assert turns == []
    offset = -7200.0
    await until(lambda: turns == [1])
    await schedule.stop()
    assert "the clock was set by -7200 s" in caplog.text
