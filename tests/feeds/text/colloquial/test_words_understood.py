"""How much of colloquial Persian is understood: with hazm, and plainly less, but still half, by the rules alone.

`words.tsv` holds words that people type in a search (places, verbs, plurals, everyday words) with their formal forms,
invented for this test.
"""

from __future__ import annotations

import re
from pathlib import Path

from feeds.provinces import gazetteer
from feeds.text import colloquial, fold

LINES = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()
WORDS = [tuple(line.split("\t")) for line in LINES]


def understood() -> int:
    return sum(fold.tokens(colloquial.formal(typed)) == fold.tokens(formal) for typed, formal in WORDS)


def test_with_hazm_nine_of_ten_words_are_understood_and_by_rules_nearly_half(learnt: Path) -> None:
    by_rules = understood()
    colloquial.use(learnt)
    with_hazm = understood()
    assert len(WORDS) >= 150
    assert sum(fold.tokens(typed) == fold.tokens(formal) for typed, formal in WORDS) == 0
    assert 0.45 < by_rules / len(WORDS) < 0.6
    assert with_hazm / len(WORDS) > 0.9


def test_no_name_of_a_place_is_taken_for_a_colloquial_word(learnt: Path) -> None:
    places = Path(gazetteer.__file__).with_name("data") / "places.csv"
    names = set(re.findall("[\u0621-\u06cc\u200c]{2,}", places.read_text("utf-8")))
    assert len(names) > 2000
    assert {name for name in names if colloquial.formal(name) != name} == set()
    colloquial.use(learnt)
    assert {name for name in names if colloquial.formal(name) != name} == set()
