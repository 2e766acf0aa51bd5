"""What an article costs, edited, and edited and stored: against hazm's Normalizer alone, same texts, same run.

Claim: the whole pipeline (letters, marks, ZWNJ, provinces, summary, search keys, the store with its deliveries) costs
at most 2.5 times what the Normalizer costs alone; 1.5 times is the aim.

    python bench/pipeline.py [--articles 600]

Articles of about 1,400 characters are made of the sentences of `bench/data/zwnj.txt`, a third of them without their
ZWNJ; those of `seeds/samples` are short, and all their words are new the first time. Times are of the processor.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from feeds import pipeline
from feeds.models import Document, Route
from feeds.sources.reading import document as document_format
from feeds.store import Arrival, Store, open_store

ROOT = Path(__file__).parents[1]
NEWEST = datetime(2026, 3, 1, tzinfo=UTC)
CHARACTERS = 1400
PASSES = 5
ROUTES = [Route("preview")]


def samples() -> list[Document]:
    zone = ZoneInfo("Asia/Tehran")
    paths = sorted((ROOT / "seeds" / "samples").glob("*.txt"))
    return [document_format.parse(path.name, path.read_bytes(), zone=zone) for path in paths]


def composed(count: int) -> list[Document]:
    chance = random.Random(1404)
    lines = (ROOT / "bench" / "data" / "zwnj.txt").read_text("utf-8").splitlines()
    sentences = [line for line in lines if not line.startswith("#")]
    return [_compose(number, sentences, chance) for number in range(count)]


def _compose(number: int, sentences: Sequence[str], chance: random.Random) -> Document:
    title, *rest = chance.sample(sentences, 30)
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < CHARACTERS:
        paragraphs.append(" ".join(rest.pop() for _ in range(2)))
    body = "\n\n".join(paragraphs)
    if number % 3 == 0:
        body = body.replace("\u200c", "")
    return Document("bench", str(number), title, body, NEWEST - timedelta(minutes=number))


def milliseconds(work: Callable[[], object], articles: int) -> float:
    """Of the processor, an article."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) / articles * 1000


def best(work: Callable[[], object], articles: int) -> float:
    return min(milliseconds(work, articles) for _ in range(PASSES))


def save(store: Store, documents: Sequence[Document]) -> None:
    """Edit and store all of them as new, as many at once as the pipeline does."""
    source = str(time.monotonic_ns())
    for start in range(0, len(documents), pipeline.BATCH):
        few = [replace(document, source=source) for document in documents[start : start + pipeline.BATCH]]
        store.articles.save_all([Arrival(pipeline.edit(document), ROUTES) for document in few], NEWEST)


def row(name: str, documents: Sequence[Document], normalize: Callable[[str], str]) -> str:
    def edit() -> None:
        for document in documents:
            pipeline.edit(document)

    def peer() -> None:
        for document in documents:
            normalize(f"{document.title}\n{document.body}")

    count = len(documents)
    first = milliseconds(edit, count)
    edited, hazm = best(edit, count), best(peer, count)
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/chapar.db") as store:
        stored = best(lambda: save(store, documents), count)
    length = sum(len(document.title) + len(document.body) for document in documents) // count
    cells = (f"{length:,}", f"{hazm:.2f}", *(f"{ms:.2f} ({ms / hazm:.2f})" for ms in (first, edited, stored)))
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    normalize = importlib.import_module("hazm").Normalizer().normalize
    normalize("یک جمله.")
    pipeline.edit(replace(samples()[0], title="", body=""))  # loads the lexicon and the gazetteer
    print(
        "| | characters | hazm, ms | edited, first time | edited | edited and stored |\n|---|---:|---:|---:|---:|---:|"
    )
    print(row("samples", samples(), normalize))
    print(row("composed", composed(options.articles), normalize))


if __name__ == "__main__":
    main()
