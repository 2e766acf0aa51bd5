"""One node leads; when it ends, another takes over; two never lead at once."""

import asyncio
import time
from contextlib import closing
from datetime import timedelta

import psycopg

from bot.running.leadership import Leadership
from feeds.store import Store, open_store

LIFE = timedelta(seconds=2)


def node(store: Store, name: str, *, life: timedelta = LIFE) -> Leadership:
    return Leadership(store, name, renew_seconds=0.2, life=life)


async def wait(_over: asyncio.Event) -> None:
    await _over.wait()


async def until(condition: object, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # type: ignore[operator]  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_one_of_two_leads_and_the_other_takes_over(store: Store) -> None:
    first, second = node(store, "a"), node(store, "b")
    ends = asyncio.Event(), asyncio.Event()
    tasks = [asyncio.create_task(first.run(wait, ends[0]))]
    await until(lambda: first.leading)
    tasks.append(asyncio.create_task(second.run(wait, ends[1])))
    await asyncio.sleep(0.6)
    assert not second.leading
    ends[0].set()
    await until(lambda: second.leading)
    assert not first.leading
    ends[1].set()
    await asyncio.gather(*tasks)


async def test_the_duty_ends_with_the_lead(store: Store) -> None:
    seen: list[str] = []

    async def duty(over: asyncio.Event) -> None:
        seen.append("begun")
        await over.wait()
        seen.append("ended")

    leader, end = node(store, "a"), asyncio.Event()
    task = asyncio.create_task(leader.run(duty, end))
    await until(lambda: seen == ["begun"])
    end.set()
    await task
    assert seen == ["begun", "ended"]


async def test_a_duty_that_falls_does_not_cost_the_lead(store: Store) -> None:
    async def duty(_over: asyncio.Event) -> None:
        raise ConnectionError

    leader, end = node(store, "a"), asyncio.Event()
    task = asyncio.create_task(leader.run(duty, end))
    await until(lambda: leader.leading)
    await asyncio.sleep(0.5)
    assert leader.leading
    end.set()
    await task


async def test_a_leader_that_can_not_renew_steps_back_before_its_lease_runs_out(store: Store) -> None:
    leader, end = node(store, "a"), asyncio.Event()
    task = asyncio.create_task(leader.run(wait, end))
    await until(lambda: leader.leading)
    rival = asyncio.create_task(asyncio.to_thread(_take_over, store))
    await until(lambda: not leader.leading)
    await rival
    end.set()
    await task


async def test_a_leader_whose_store_falls_silent_steps_back_before_its_lease_runs_out(postgres_url: str) -> None:
    with closing(open_store(postgres_url, busy_timeout=60)) as silent, closing(open_store(postgres_url)) as store:
        ended: list[float] = []

        async def duty(over: asyncio.Event) -> None:
            await over.wait()
            ended.append(time.monotonic())

        life = LIFE * 3
        leader, rival, end = node(silent, "a", life=life), node(store, "b", life=life), asyncio.Event()
        tasks = [asyncio.create_task(leader.run(duty, end))]
        await until(lambda: leader.leading)
        with psycopg.connect(postgres_url) as lock:  # every question about leases waits for this one
            lock.execute("LOCK TABLE leases")
            locked = time.monotonic()
            await until(lambda: bool(ended))
            assert ended[0] - locked < life.total_seconds()
        tasks.append(asyncio.create_task(rival.run(wait, end)))
        await until(lambda: leader.leading or rival.leading)
        assert not (leader.leading and rival.leading)
        end.set()
        await asyncio.gather(*tasks)


def _take_over(store: Store) -> None:
    """As after a sleep of the machine: the lease is another's."""
    from datetime import UTC, datetime  # noqa: PLC0415

    now = datetime.now(UTC)
    assert store.leases.hold("leader", "b", now, timedelta(minutes=5), ended=lambda _owner: True)
