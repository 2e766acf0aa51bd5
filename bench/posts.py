"""What goes wrong in posts, counted over invented articles of which the truth is known.

Claim: no news is lost, no formula of an agency and no line of its site is left, no post is empty; the agency and whom
it quotes are found, and none wrongly; no bullet asks, hangs on another sentence, repeats the lead, is nobody's word, a
stranger's, an answer's or a message's, or longer than its budget.

    python bench/posts.py [--articles 1500]

The articles are composed of `bench/data/posts.toml` by chance, the same ones each time; a third of them without their
ZWNJ. A bullet is bad where it is of a part that the file says cannot stand alone, or is one of none of its parts.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from feeds import pipeline
from feeds.editing.choosing import bullets
from feeds.models import Document, Draft
from feeds.text import fold

PARTS = tomllib.loads((Path(__file__).parent / "data" / "posts.toml").read_text("utf-8"))
PUBLISHED = datetime(2026, 3, 1, tzinfo=UTC)
NUMBER = re.compile(r"[۰-۹]{2}")
FORMULA = re.compile(r"به ?گزارش|گفت ?و ?گوی? (?:اختصاصی )?با|مصاحبه با|انتهای پیام|کد خبر|بخوانید")
LINE = re.compile(r"اشتراک بگذارید|برچسب|nemune|جشن انار|دنبال کنید|/ ?۳۰۲۷")


@dataclass
class Case:
    """An article, and what is true of its post."""

    document: Document
    agency: str
    origin: str
    numbers: set[str] = field(default_factory=set)
    """Each piece of news has a number of its own."""
    unfit: set[str] = field(default_factory=set)
    """The numbers of what cannot stand alone."""


def composed(number: int, chance: random.Random) -> Case:
    name, office = chance.choice(PARTS["people"])
    spelled, agency = chance.choice(PARTS["agencies"])
    filled = {"agency": spelled, "place": chance.choice(PARTS["places"]), "medium": chance.choice(PARTS["media"])}
    credit, talk = chance.choice(PARTS["credits"]), chance.choice(PARTS["talks"])
    if credit and "{agency}" in talk:  # nobody names the reporter twice in one sentence
        credit = "" if chance.random() < 0.5 else credit
        talk = talk if not credit else ""
    opening = f"{credit}{name} {office}{talk} {chance.choice(PARTS['news'])}".format(**filled)
    more = chance.sample(PARTS["more"], 4)
    paragraphs = [opening, *(text for text, _ in more), chance.choice(PARTS["lines"])]
    lead = f"{office} از کارهای تازه در {filled['place']} سخن گفت."
    if chance.random() < 0.5:
        paragraphs.insert(0, f"{filled['place']} – {lead}")
    body = "\n\n".join(paragraphs)
    return Case(
        Document(
            "bench",
            str(number),
            "کارهای تازه در شهر",
            body.replace("\u200c", "") if number % 3 == 0 else body,
            PUBLISHED,
        ),
        agency if "{agency}" in credit + talk else "",
        filled["medium"] if "{medium}" in credit else "",
        {found for text in (opening, *(text for text, _ in more)) for found in NUMBER.findall(text)},
        {found for text, fit in more if not fit for found in NUMBER.findall(text)},
    )


def faults(case: Case, draft: Draft) -> list[str]:
    """The names of what is wrong with a post."""
    found = []
    kept = set(NUMBER.findall(draft.body))
    found += ["news lost"] * len(case.numbers - kept)
    found += ["formula left"] * bool(FORMULA.search(draft.body))
    found += ["line left"] * bool(LINE.search(draft.body))
    found += ["empty"] * (not draft.summary.lead)
    found += ["agency missed"] * (draft.agency != case.agency and not draft.agency)
    found += ["agency wrong"] * bool(draft.agency and draft.agency != case.agency)
    found += ["origin missed"] * (fold.fold(draft.origin) != fold.fold(case.origin) and case.origin not in draft.body)
    lead = bullets.told_words(f"{draft.title} {draft.summary.lead}")
    for fact in draft.summary.facts:
        found += ["bullet asks"] * ("؟" in fact)
        found += ["bullet cannot stand alone"] * bool(set(NUMBER.findall(fact)) & case.unfit)
        found += ["bullet points back"] * bool(re.search(r"(?<!\w)(?:وی|این مقام|همچنین)(?!\w)", fact))
        words = bullets.told_words(fact)
        found += ["bullet repeats"] * (len(words & lead) >= bullets.NAMED_AGAIN * len(words))
        found += ["bullet too long"] * (
            len(fact) > (bullets.LONGEST if draft.summary.facts[1:] else bullets.LONGEST_ALONE)
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--show", action="store_true", help="print each article with a fault")
    options = parser.parse_args()
    chance = random.Random(1404)
    counts: Counter[str] = Counter()
    shown: Counter[Any] = Counter()
    for number in range(options.articles):
        case = composed(number, chance)
        draft = pipeline.edit(case.document)
        found = faults(case, draft)
        counts.update(found)
        shown[len(draft.summary.facts)] += 1
        if found and options.show:
            print(
                found,
                case.document.body,
                "->",
                draft.agency,
                draft.origin,
                draft.body,
                draft.summary,
                sep="\n",
                end="\n\n",
            )
    print(f"| of {options.articles:,} articles | |\n|---|---:|")
    for name in (
        "news lost",
        "formula left",
        "line left",
        "empty",
        "agency missed",
        "agency wrong",
        "origin missed",
        "bullet asks",
        "bullet cannot stand alone",
        "bullet points back",
        "bullet repeats",
        "bullet too long",
    ):
        print(f"| {name} | {counts[name]} |")
    print(f"| posts with 0, 1, 2, 3 bullets | {', '.join(str(shown[n]) for n in range(4))} |")


if __name__ == "__main__":
    main()
