"""How much of Telegram's limits is used, how often it refuses, and what is lost or repeated when things go wrong.

Claim: no refusal and at least 0.97 of what the limits allow; under faults nothing is lost, nothing repeated.
Peer: python-telegram-bot's AIORateLimiter (with `max_retries`) sending the same texts, against the same server, in the
same run. The server is strict (sliding windows, Telegram's parser, penalties) and the time is virtual: an hour of
publishing takes seconds, and the figures do not depend on the machine.

    python bench/publish.py [--latency 0.05] [--storm 300]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "bot")]
os.environ.setdefault("PTB_TIMEDELTA", "true")

from newsroom import BEGIN, Newsroom, draft  # noqa: E402
from telegram.error import TelegramError  # noqa: E402
from telegram.ext import AIORateLimiter, ExtBot  # noqa: E402
from telegram.request import HTTPXRequest  # noqa: E402
from telegram_server.api import Api  # noqa: E402
from telegram_server.server import TelegramServer  # noqa: E402
from telegram_server.virtual_time import VirtualTimeLoop  # noqa: E402
from test_publisher_model import storm  # noqa: E402

from bot.publishing.pacing import Rates  # noqa: E402
from feeds.store import open_store  # noqa: E402


@dataclass(frozen=True)
class Scene:
    """So many articles to so many chats, and the least time that the limits allow for it."""

    name: str
    chats: tuple[int, ...]
    each: int
    least: float
    """Seconds from the first message to the last."""


SCENES = (
    Scene("300 articles, one channel (20 a minute)", (-1001000000001,), 300, (300 / 20 - 1) * 60),
    Scene(
        "3,000 posts over 200 private chats (30 a second)", tuple(range(100_001, 100_201)), 15, (3000 / 30 - 1) * 1.0
    ),
)


@dataclass(frozen=True)
class Figure:
    """What a run came to."""

    delivered: int
    seconds: float
    refusals: int
    during_penalty: int


def measure(scene: Scene, send: Callable[[Scene, TelegramServer], Awaitable[None]], latency: float) -> Figure:
    async def run() -> Figure:
        loop = asyncio.get_running_loop()
        server = TelegramServer(Api(clock=lambda: BEGIN.timestamp() + loop.time()), latency=latency / 2)
        for chat_id in scene.chats:
            server.api.add_channel(chat_id, kind="channel" if chat_id < 0 else "private", status="administrator")
        await server.start()
        try:
            await send(scene, server)
        finally:
            await server.stop()
        times = [call.at for call in server.api.calls if call.method == "sendmessage" and call.ok]
        limits = server.api.limits
        return Figure(len(times), max(times) - min(times), limits.refusals, limits.during_penalty)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(run())


async def with_chapar(scene: Scene, server: TelegramServer) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/chapar.db") as store:
        newsroom = Newsroom(store, server, asyncio.get_running_loop(), Rates())
        for number in range(scene.each):
            newsroom.save(draft(number), to=scene.chats)
        publisher = newsroom.publisher()
        await newsroom.drain(publisher)
        await publisher.close()


async def with_rate_limiter(scene: Scene, server: TelegramServer) -> None:
    request = HTTPXRequest(connection_pool_size=512, pool_timeout=1e6, read_timeout=60)
    limiter = AIORateLimiter(max_retries=20)
    bot = ExtBot(server.api.token, base_url=f"{server.url}/bot", request=request, rate_limiter=limiter)

    async def post(chat_id: int) -> None:
        for number in range(scene.each):
            try:
                await bot.send_message(chat_id, f"خبر {number}")
            except TelegramError as error:
                print(f"lost: {error}", file=sys.stderr)

    async with bot:
        await asyncio.gather(*(post(chat_id) for chat_id in scene.chats))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--latency", type=float, default=0.05, help="seconds of a round trip")
    arguments.add_argument("--storm", type=int, default=300, help="articles under faults, each to three channels")
    chosen = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    print(f"Round trip {chosen.latency * 1000:.0f} ms\n")
    print("| | delivered | of what the limits allow | refusals | during a penalty |")
    print("|---|---|---|---|---|")
    for scene in SCENES:
        for name, send in (("Chapar", with_chapar), ("AIORateLimiter", with_rate_limiter)):
            figure = measure(scene, send, chosen.latency)
            used = scene.least / figure.seconds
            print(
                f"| {scene.name}: {name} | {figure.delivered} | {used:.3f} | {figure.refusals} |"
                f" {figure.during_penalty} |"
            )
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        simulation = storm(Path(folder), articles=chosen.storm, seed=1)
        try:
            simulation.finish()
            simulation.check()
            struck = sum(simulation.server.api.faults.struck.values())
            refused = simulation.server.api.limits.during_penalty
        finally:
            simulation.close()
    print(
        f"\nStorm: {chosen.storm} articles to {len(simulation.server.api.chats)} channels, {struck} faults, "
        f"{simulation.born} nodes started: 0 lost, 0 repeated, in order; {refused} calls during a penalty "
        f"({time.monotonic() - begun:.0f} s on this machine)"
    )


if __name__ == "__main__":
    main()
