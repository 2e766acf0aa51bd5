"""How good a search is: queries of our own with judged answers, by kind, beside tantivy in one run.

    python bench/relevance.py                the table
    python bench/relevance.py --misses       and each query whose best answer was not first

The articles (`data/search_articles.tsv`, all invented, and the samples of seeds/) go through the pipeline into a store;
the queries (`data/search_queries.tsv`) are asked as a person would. nDCG@5 with the best answer worth 3 and one that is
near worth 1; recall@10 of the best; MRR of the best. The peers are tantivy with the words as they stand between blanks,
and with hazm's Normalizer, word_tokenize and Lemmatizer on both sides; both search title (three times) and text.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from feeds import pipeline, search
from feeds.models import Document, Draft
from feeds.sources.reading import document as documents
from feeds.store import Arrival, Store, open_store

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
BEST, NEAR = 3, 1

Ask = Callable[[str], Sequence[str]]
"""From what is typed to the keys of ten articles, the best first."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--misses", action="store_true")
    options = arguments.parse_args()
    drafts = articles()
    queries = [line.split("\t") for line in lines("search_queries.tsv")]
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/chapar.db") as store:
        store.articles.save_all([Arrival(draft) for draft in drafts], NOW)
        asked: dict[str, Ask] = {"Chapar": lambda typed: ask(store, typed)}
        asked["tantivy, whitespace"] = tantivy(drafts, str.split)
        asked["tantivy, hazm's lemmas"] = tantivy(drafts, lemmas())
        report(asked, queries)
        if options.misses:
            for kind, typed, judged in queries:
                found = ask(store, typed)
                if found[:1] != [judged.split("|")[0].split()[0]]:
                    print(kind, typed, judged, found[:3])


def lines(name: str) -> list[str]:
    text = (HERE / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def articles() -> list[Draft]:
    """The articles, edited; the samples of the project among them."""
    drafts = []
    for line in lines("search_articles.tsv"):
        key, days, agency, title, body = line.split("\t")
        published = NOW - timedelta(days=int(days), hours=1)
        drafts.append(pipeline.edit(Document("bench", key, title, body, published, agency=agency)))
    samples = sorted((HERE.parent / "seeds").glob("*.txt"))
    return drafts + [pipeline.edit(documents.parse(file.name, file.read_bytes(), zone=ZONE)) for file in samples]


def ask(store: Store, typed: str) -> list[str]:
    query = search.parse(typed, NOW, ZONE)
    return [article.key for article in store.articles.search(query, limit=10, now=NOW).articles]


def tantivy(drafts: Sequence[Draft], tokens: Callable[[str], Sequence[str]]) -> Ask:
    import tantivy  # noqa: PLC0415  # pip install tantivy: the peer

    builder: Any = tantivy.SchemaBuilder()
    for name in ("title", "body", "key"):
        builder.add_text_field(name, stored=name == "key", tokenizer_name="raw" if name == "key" else "whitespace")
    index: Any = tantivy.Index(builder.build())
    writer = index.writer()
    for draft in drafts:
        title, body = (" ".join(tokens(text)) for text in (draft.title, draft.body))
        writer.add_document(tantivy.Document(title=title, body=body, key=draft.document.key))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(typed: str) -> list[str]:
        words = " ".join("".join(filter(lambda sign: sign.isalnum() or sign == "\u200c", t)) for t in tokens(typed))
        query = index.parse_query_lenient(words, ["title", "body"], field_boosts={"title": 3.0})[0]
        return [searcher.doc(place)["key"][0] for _, place in searcher.search(query, 10).hits]

    return answer


def lemmas() -> Callable[[str], list[str]]:
    import hazm  # noqa: PLC0415  # slow to load

    normalizer, lemmatizer = hazm.Normalizer(), hazm.Lemmatizer()

    def tokens(text: str) -> list[str]:
        return [lemmatizer.lemmatize(word).split("#")[0] for word in hazm.word_tokenize(normalizer.normalize(text))]

    return tokens


def report(asked: dict[str, Ask], queries: Sequence[Sequence[str]]) -> None:
    print(f"{'':14}{'':>5}" + "".join(f"{name:>26}" for name in asked))
    print(f"{'':14}{'':>5}" + f"{'nDCG@5  R@10   MRR':>26}" * len(asked))
    scores: dict[str, dict[str, list[tuple[float, float, float]]]] = defaultdict(lambda: defaultdict(list))
    for kind, typed, judged in queries:
        grades = grades_of(judged)
        for name, answer in asked.items():
            one = score(answer(typed), grades)
            scores[kind][name].append(one)
            scores["all"][name].append(one)
    for kind, by_name in scores.items():
        count = len(next(iter(by_name.values())))
        cells = (mean(by_name[name]) for name in asked)
        print(f"{kind:14}{count:5}" + "".join(f"{f'{n:.3f}  {r:.3f} {m:.3f}':>26}" for n, r, m in cells))


def grades_of(judged: str) -> dict[str, int]:
    best, _, near = judged.partition("|")
    return dict.fromkeys(near.split(), NEAR) | dict.fromkeys(best.split(), BEST)


def score(found: Sequence[str], grades: dict[str, int]) -> tuple[float, float, float]:
    """nDCG@5, recall@10 and reciprocal rank."""
    gains = [grades.get(key, 0) / math.log2(at + 2) for at, key in enumerate(found[:5])]
    ideal = [grade / math.log2(at + 2) for at, grade in enumerate(sorted(grades.values(), reverse=True)[:5])]
    best = [key for key, grade in grades.items() if grade == BEST]
    first = next((at for at, key in enumerate(found, 1) if key in best), 0)
    return sum(gains) / sum(ideal), sum(key in found for key in best) / len(best), 1 / first if first else 0.0


def mean(scores: Sequence[tuple[float, float, float]]) -> tuple[float, ...]:
    return tuple(sum(column) / len(scores) for column in zip(*scores, strict=True))


if __name__ == "__main__":
    main()
