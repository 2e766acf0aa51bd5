"""«درست است؟» on 300 cut or reworded copies of stored articles and 300 texts that no stored article tells.

    python bench/checking.py                      a small archive
    python bench/checking.py --articles 100000    beside so many others; SQLite, in a temporary folder
    SHOW=1 python bench/checking.py               names the strangers that were taken for an article
    python bench/checking.py --peer               beside the rule that merges stories (Jaccard of shingles), in one run

The articles are the invented ones of tests/feeds/stories/pairs.jsonl; a stranger shares no title and no lead with a
stored one, and is of the same template as often as the pairs are. Copies are cut to a few sentences, or lose and gain
words, change their order, their letters, digits and ZWNJ, and get the signature of a channel.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from search import fill  # beside this file

from feeds.models import Document, Draft, Summary
from feeds.store import Store, open_store, uid_of
from feeds.store.database.engine import make_engine
from feeds.stories import duplicates
from feeds.stories.checking import Checking, TooShortError
from feeds.stories.comparison import readable
from feeds.stories.fingerprints import Prints
from feeds.text import sentences

PAIRS = Path(__file__).parent.parent / "tests/feeds/stories/pairs.jsonl"
NOW = datetime(2026, 1, 10, tzinfo=UTC)
COUNT = 300
STORED_PAIRS = 120
FILLERS = ("همچنین", "گفتنی است", "البته", "به‌تازگی", "امروز", "یادشده", "نیز", "خود", "موضوع", "در همین حال")
INSTEAD = {
    "گفت": "اظهار کرد", "اعلام کرد": "خبر داد", "آغاز شد": "شروع شد", "به علت": "به دلیل", "برگزار شد": "برپا شد",
    "خبر داد": "اعلام کرد", "مدیرکل": "رئیس", "تن": "نفر", "نفر": "تن", "شهرستان": "شهر", "افزود": "ادامه داد",
    "کاهش": "افت", "افزایش": "رشد", "حضور": "شرکت", "خودرو": "ماشین", "دانش‌آموزان": "محصلان", "بسته شد": "مسدود شد",
}  # fmt: skip
ARABIC = str.maketrans("یک", "يك")
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
Article = dict[str, Any]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=0)
    arguments.add_argument("--peer", action="store_true")
    chosen = arguments.parse_args()
    rng = random.Random(1404)
    stored, strangers = articles(rng)
    copies = [copied(rng.choice(stored), rng) for _ in range(COUNT)]
    others = [copied(rng.choice(strangers), rng) for _ in range(COUNT)]
    with tempfile.TemporaryDirectory() as folder, open_store(url := f"sqlite:///{folder}/chapar.db") as store:
        if chosen.articles:
            fill(make_engine(url, busy_timeout=60.0), chosen.articles)
        save(store, stored)
        checking = Checking(store)
        took: list[float] = []
        score("Chapar", lambda text: asked(checking, text, took), copies, others)
        print(f"a check: median {statistics.median(took):.0f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms")
        if chosen.peer:
            known = [prints(f"{one['title']}\n{one['body']}") for one in stored]
            score("shingles", lambda text: by_shingles(known, text), copies, others)
        withdrawn(store, checking, copies)


def articles(rng: random.Random) -> tuple[list[Article], list[Article]]:
    """Those that are stored, and those that are not and that share no title and no lead with them."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    rng.shuffle(rows)
    stored = [row[side] for row in rows[:STORED_PAIRS] for side in "ab"]
    known = {one[part] for one in stored for part in ("title", "lead")}
    apart = [row for row in rows[STORED_PAIRS:] if not known & {row[s][p] for s in "ab" for p in ("title", "lead")}]
    return stored, [row[side] for row in apart for side in "ab"]


def copied(article: Article, rng: random.Random) -> tuple[str, str]:
    """A copy as people pass it on, and the title of its article."""
    told = [one for one in sentences.split(f"{article['title']}\n{article['body']}") if len(one.split()) > 3]
    if rng.random() < 0.5:
        told = cut(told, rng)
    else:
        told = [reworded(one, rng) for one in told]
        if rng.random() < 0.5:
            rng.shuffle(told)
    text = "\n".join(told)
    for change in rng.sample(CHANGES, 2):
        text = change(text)
    return text, article["title"]


def cut(told: list[str], rng: random.Random) -> list[str]:
    """Some sentences that follow one another, with eight words at least."""
    count = rng.randint(1, 3)
    first = rng.randrange(max(len(told) - count + 1, 1))
    kept = told[first : first + count]
    return kept if sum(len(one.split()) for one in kept) >= 8 else told


def reworded(sentence: str, rng: random.Random) -> str:
    """Every seventh word gone, every seventh with another behind it, and others in the place of some."""
    for word, other in INSTEAD.items():
        if rng.random() < 0.5:
            sentence = sentence.replace(f" {word} ", f" {other} ")
    words = []
    for word in sentence.split():
        chance = rng.random()
        if chance > 1 / 7 or word[0].isdigit():
            words.append(word)
        if chance > 6 / 7:
            words.append(rng.choice(FILLERS))
    return " ".join(words)


CHANGES: list[Callable[[str], str]] = [
    lambda text: f"🔴 فوری\n{text}",
    lambda text: f"{text}\n🆔 @khabar_fouri\nعضو شوید 👇\nhttps://t.me/khabar_fouri",
    lambda text: text.translate(ARABIC),
    lambda text: text.translate(LATIN),
    lambda text: text.replace("\u200c", ""),
    lambda text: text.replace("\u200c", " "),
    lambda text: text,
]


def save(store: Store, told: list[Article]) -> None:
    for number, one in enumerate(told):
        published = NOW - timedelta(days=number % 700, minutes=number)
        document = Document(
            "checking", str(number), one["title"], one["body"], published, lead=one["lead"], fingerprint=str(number)
        )
        provinces = (one["province"],) if one["province"] else ()
        draft = Draft(document, one["title"], one["lead"], one["body"], Summary(one["lead"]), provinces, one["agency"])
        store.articles.save(draft, [], NOW)


def asked(checking: Checking, text: str, took: list[float]) -> str | None:
    began = time.perf_counter()
    try:
        found = checking.check(text)
    except TooShortError:
        found = None
    took.append((time.perf_counter() - began) * 1000)
    return found.nearest.title if found else None


def prints(text: str) -> Prints:
    return Prints("", "", readable(text), NOW)


def by_shingles(known: list[Prints], text: str) -> str | None:
    """The rule by which stories are merged: Jaccard, or the shorter within the longer."""
    mine = prints(text)
    return "?" if any(duplicates.resemblance(mine.shingles, one.shingles) for one in known) else None


def score(
    name: str, find: Callable[[str], str | None], copies: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    found = [find(text) for text, _ in copies]
    wrong = [find(text) for text, _ in others]
    if os.environ.get("SHOW"):
        print(*(f"  {title} || {one}" for (_, title), one in zip(others, wrong, strict=True) if one), sep="\n")
    right = sum(one is not None for one in found)
    false = sum(one is not None for one in wrong)
    print(
        f"{name}: recall {right / len(copies):.3f}, precision {right / max(right + false, 1):.3f} ({right} of "
        f"{len(copies)} copies, {false} of {len(others)} strangers)"
    )


def withdrawn(store: Store, checking: Checking, copies: list[tuple[str, str]]) -> None:
    """All that is stored is withdrawn: whatever is found has to say so."""
    for number in range(2 * STORED_PAIRS):
        article = store.articles.by_uid(uid_of("checking", str(number)))
        if article is not None:
            store.editorial.retract(article.uid, NOW)
    said = silent = 0
    for text, _ in copies:
        try:
            found = checking.check(text)
        except TooShortError:
            continue
        said += bool(found and found.retracted)
        silent += bool(found and not found.retracted)
    print(f"all withdrawn: {said} answers say so, {silent} do not")


if __name__ == "__main__":
    main()
