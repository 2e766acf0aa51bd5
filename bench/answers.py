"""How soon the bot has its answer, with 50 people who ask at once, beside the same questions one by one.

    python bench/answers.py --articles 100000               SQLite, in a temporary folder
    python bench/answers.py --articles 100000 --folder X    keeps what was made, for the next run

The articles are those of `bench/search.py`, and beside them the invented ones of `bench/checking.py` for checks.
Each person asks, reads for some seconds, and asks again: a search, a page of it, a province, a whole article, an inline
query, a text to be checked. What is measured is the answer, from the update to its text; Telegram's own limits (30
messages a second) come on top, as the bot keeps them. Last, all fifty ask in one instant, which people do not do: there
every answer waits for those before it, here for a processor, and in Telegram for its turn besides.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from checking import articles, copied, save  # beside this file
from search import LANGUAGE, fill

from bot.talk.answers import Answers
from feeds.store import open_store
from feeds.store.database.engine import make_engine
from feeds.stories.checking import Checking, TooShortError

PEOPLE, QUESTIONS, READING_SECONDS = 50, 12, 5.0
ZONE = ZoneInfo("Asia/Tehran")
Ask = Callable[[], Awaitable[object]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--folder", type=Path)
    chosen = arguments.parse_args()
    with ExitStack() as stack:
        folder = chosen.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/answers-{chosen.articles}.db"
        store = stack.enter_context(open_store(url))
        rng = random.Random(1404)
        stored, _ = articles(rng)
        if not store.articles.total():
            fill(make_engine(url, busy_timeout=60.0), chosen.articles)
            save(store, stored)
        answers = Answers(store, ZONE, "https://chapar.example.com", lambda: datetime(2017, 1, 1, tzinfo=UTC))
        checking = Checking(store)
        questions = [question(answers, checking, stored, rng) for _ in range(PEOPLE * QUESTIONS)]
        began = time.process_time()
        alone = asyncio.run(one_by_one(questions[: PEOPLE * 2]))
        print(f"an answer takes {(time.process_time() - began) / (PEOPLE * 2) * 1000:.1f} ms of a processor")
        together = asyncio.run(at_once(questions))
        report("one by one", alone)
        report(f"{PEOPLE} people at once", together)
        report(f"{PEOPLE} people in one instant", asyncio.run(in_one_instant(questions[:PEOPLE])))
        whole = [times for kind in (alone, together) for times in [p95([t for one in kind.values() for t in one])]]
        print(f"p95 at once / one by one: {whole[1] / whole[0]:.1f}")


def question(answers: Answers, checking: Checking, stored: list[dict[str, str]], rng: random.Random) -> tuple[str, Ask]:
    """What somebody asks next."""
    title, _, _ = LANGUAGE.article(rng.randrange(100_000))
    words = " ".join(rng.sample(title, 2))
    uid = f"{rng.randrange(100_000):016x}"

    async def check() -> None:
        with suppress(TooShortError):
            await answers.check(checking, copied(rng.choice(stored), rng)[0])

    kinds: list[tuple[str, Ask]] = [
        ("search", lambda: answers.search(words)),
        ("search", lambda: answers.search(words, 5)),
        ("period", lambda: answers.search(words, period="30")),
        ("province", lambda: answers.search("قم")),
        ("inline", lambda: answers.inline(words, 0, "chapar_bot")),
        ("whole", lambda: answers.whole(uid)),
        ("check", check),
    ]
    return rng.choice(kinds)


async def one_by_one(questions: list[tuple[str, Ask]]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {}
    for kind, ask in questions:
        began = time.perf_counter()
        await ask()
        took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
    return took


async def at_once(questions: list[tuple[str, Ask]]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {}

    async def person(number: int) -> None:
        rng = random.Random(number)
        for kind, ask in questions[number::PEOPLE]:
            await asyncio.sleep(rng.uniform(0, 2 * READING_SECONDS))
            began = time.perf_counter()
            await ask()
            took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)

    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return took


async def in_one_instant(questions: list[tuple[str, Ask]]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {}
    began = time.perf_counter()

    async def person(kind: str, ask: Ask) -> None:
        await ask()
        took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)

    await asyncio.gather(*(person(kind, ask) for kind, ask in questions))
    return took


def report(name: str, took: dict[str, list[float]]) -> None:
    everything = [one for times in took.values() for one in times]
    print(f"{name}: median {statistics.median(everything):.0f} ms, p95 {p95(everything):.0f} ms")
    for kind, times in sorted(took.items()):
        print(f"  {kind}: median {statistics.median(times):.0f} ms, p95 {p95(times):.0f} ms ({len(times)})")


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
