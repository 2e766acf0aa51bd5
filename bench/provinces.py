"""Which province an article is about: how often right, and how long it takes.

Claims: an article of 2,000 characters takes less than 0.5 ms, and finding names takes as long among thirty times as
many, because one walk over the words finds them all. Peers, in the same run on the same texts: naive matching, as most
projects do it (is the name of a province or of a town in the text?), and one regular expression of all names.

    python bench/provinces.py [--cases FILE] [--rounds 3]

The cases are the project's own (`tests/feeds/provinces/locate_cases.tsv`), so the shares show the traps, not life.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from feeds.provinces import gazetteer, names, words
from feeds.provinces.gazetteer import Needs
from feeds.provinces.locate import locate
from feeds.provinces.lookup import lookup

CASES = Path(__file__).parent.parent / "tests/feeds/provinces/locate_cases.tsv"
FILLER = "این گزارش می‌افزاید که کارها با همراهی مردم و دستگاه‌ها پیش می‌رود و تا پایان سال به نتیجه می‌رسد. "

Locator = Callable[[str, str], tuple[str, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    cases = list(read(arguments.cases))
    peers: dict[str, Locator] = {
        "chapar": lambda title, body: locate(title, body).provinces,
        "names of provinces in the text": naive({p.name: p.slug for p in gazetteer.PROVINCES}),
        "names of all places in the text": naive({p.name: p.province for p in gazetteer.PLACES}),
        "one regular expression": expression(),
    }
    print(f"{len(cases)} cases; processor time of an article of 2,000 characters")
    for name, locator in peers.items():
        print(
            f"{name:34}{share_right(locator, cases):6.3f} right{milliseconds(locator, cases, arguments.rounds):9.3f} ms"
        )
    for times in (1, 30):
        took = finding(cases, arguments.rounds, times)
        print(f"{f'finding names, {times} times as many':34}{'':12}{took:9.3f} ms")
    print(f"{'lookup of a query':34}{'':12}{lookup_time(arguments.rounds):9.3f} ms")


def read(path: Path) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _, slugs, title, body = line.split("\t")
            yield tuple(filter(None, slugs.split(";"))), title, body


def naive(table: dict[str, str]) -> Locator:
    def locator(title: str, body: str) -> tuple[str, ...]:
        text = f"{title} {body}"
        counts: Counter[str] = Counter()
        for name, slug in table.items():
            counts[slug] += text.count(name)
        return tuple(slug for slug, count in counts.most_common(1) if count)

    return locator


def expression() -> Locator:
    table = {place.name: place.province for place in gazetteer.PLACES if place.needs is Needs.NOTHING}
    table |= {province.name: province.slug for province in gazetteer.PROVINCES}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")\b")

    def locator(title: str, body: str) -> tuple[str, ...]:
        counts = Counter(table[name] for name in pattern.findall(f"{title} {body}"))
        return tuple(slug for slug, _ in counts.most_common(1))

    return locator


def share_right(locator: Locator, cases: list[tuple[tuple[str, ...], str, str]]) -> float:
    """How often the first province is one of the right ones, or none where none is."""
    right = 0
    for slugs, title, body in cases:
        found = locator(title, body)
        right += found[0] in slugs if found and slugs else not found and not slugs
    return right / len(cases)


def milliseconds(locator: Locator, cases: list[tuple[tuple[str, ...], str, str]], rounds: int) -> float:
    texts = [(title, (body + "\n\n" + FILLER * 20)[:2000]) for _, title, body in cases]
    locator(*texts[0])
    start = time.process_time()
    for _ in range(rounds):
        for title, body in texts:
            locator(title, body)
    return (time.process_time() - start) * 1000 / len(texts) / rounds


def finding(cases: list[tuple[tuple[str, ...], str, str]], rounds: int, times: int) -> float:
    """The time to find the names of an article among `times` as many names as there are."""
    table = dict(names.spellings())
    for name, places in names.spellings().items():
        table |= {f"{name}{number}": places for number in range(1, times)}
    root = names.build(table)
    texts = [words.split((body + "\n\n" + FILLER * 20)[:2000]) for _, _, body in cases]
    start = time.process_time()
    for _ in range(rounds):
        for text in texts:
            list(names.find(text, root))
    return (time.process_time() - start) * 1000 / len(texts) / rounds


def lookup_time(rounds: int) -> float:
    queries = ("قم سیل", "ostan isfahan", "jivhk", "کرمانشا", "خراسان", "باران سنگین در راه است")
    lookup(queries[0])
    start = time.process_time()
    for _ in range(rounds):
        for query in queries:
            lookup(query)
    return (time.process_time() - start) * 1000 / rounds / len(queries)


if __name__ == "__main__":
    main()
