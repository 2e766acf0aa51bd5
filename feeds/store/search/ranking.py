"""How well an article fits a search: pure, from the tokens of a few hundred candidates to their order.

each word     its rarity x where it stands (title over lead over text, often over once)
all words     x the share of them that is there
together      + for words that stand side by side, as they were typed
the title     + for one that says this and little else
time          x up to a tenth more for what is new
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.store.search.index.keys import LEAD_END, Clause

TITLE, LEAD = 3.0, 1.2
"""What a word counts in the title, and in the lead, against once in a text of usual length."""
USUAL_LENGTH = 220
"""Tokens of a text."""
PLACED = 0.8
"""What a place counts in which an article is placed."""
SIDE_BY_SIDE_IN_TITLE, SIDE_BY_SIDE = 0.35, 0.2
WHOLE_TITLE = 0.6
"""What words that are all of a title count, of their mean rarity."""
UNNEEDED = 0.25
"""What a word that only asks or joins counts, in the title; in the text a third of it."""
NEWNESS, NEW_DAYS = 0.1, 10.0
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of a search with all the ways to meet it, or its place."""

    typed: str
    choices: Clause
    rarity: float = 1.0
    frequency: int = 0
    """In how many articles it is; capped."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are held against."""

    slots: Sequence[Slot]
    places: frozenset[int]
    """Which of the slots are places."""
    unneeded: Sequence[tuple[str, ...]]
    pairs: Sequence[tuple[str, float]]
    """Two tokens that stood side by side, with a blank around each, and the lesser of their rarities."""
    now: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an article fits."""

    article_id: int
    score: float
    coverage: float
    """The share of the words that it has, by their rarity."""
    missing: tuple[int, ...]
    """The slots that it does not meet."""


def rarity(frequency: float, total: int) -> float:
    """What a word that so many of all articles have tells: BM25's inverse document frequency."""
    return math.log(1 + (max(total - frequency, 0) + 0.5) / (frequency + 0.5))


def pairs_of(words: Sequence[tuple[tuple[str, ...], float]]) -> list[tuple[str, float]]:
    """Neighbours among words, as they are looked for."""
    flat = [(token, weight) for tokens, weight in words for token in tokens]
    return [(f" {a} {b} ", min(x, y)) for (a, x), (b, y) in pairwise(flat)]


def rank(
    wanted: Wanted, contents: Mapping[int, tuple[str, str]], placed: Mapping[int, frozenset[int]], seconds: int
) -> list[Fit]:
    """The candidates, the best first; the newer of equal ones.

    Args:
        wanted: What was asked for.
        contents: The candidates' tokens, of title and text.
        placed: Which of the slots that are places an article is placed in, by its id.
        seconds: By how many bits an id is its second of publication.
    """
    fits = []
    for article_id, (title, text) in contents.items():
        one = _Candidate(article_id, f" {title} ", f" {text} ", placed.get(article_id, frozenset()))
        age = max(wanted.now - (article_id >> seconds), 0) / _DAY
        fits.append(_fit(wanted, one, age))
    fits.sort(key=lambda fit: (-fit.score, -fit.article_id))
    return fits


class _Candidate:
    """An article that is held against a search."""

    __slots__ = ("article_id", "lead_end", "long", "placed", "text", "title")

    def __init__(self, article_id: int, title: str, text: str, placed: frozenset[int]) -> None:
        self.article_id = article_id
        self.title = title
        self.text = text
        self.placed = placed
        self.lead_end = text.find(f" {LEAD_END} ")
        self.long = 0.4 + 0.6 * text.count(" ") / USUAL_LENGTH

    def value(self, tokens: Sequence[str]) -> tuple[float, bool]:
        """What the tokens of a word count here, from 0 to 1, and whether the title has them."""
        total = 0.0
        titled = True
        for token in tokens:
            spaced = f" {token} "
            often = self.text.count(spaced)
            in_title = spaced in self.title
            titled &= in_title
            if not often and not in_title:
                return 0.0, False
            weight = often / self.long + (TITLE if in_title else 0.0)
            if often and self.text.find(spaced) < self.lead_end:
                weight += LEAD
            total += weight / (weight + 1.0)
        return total / len(tokens), titled


def _fit(wanted: Wanted, one: _Candidate, age: float) -> Fit:
    possible = sum(slot.rarity for slot in wanted.slots)
    score, in_title, told = 0.0, 0.0, 0
    missing = []
    for index, slot in enumerate(wanted.slots):
        value, titled = _met(slot, index, one)
        if not value:
            missing.append(index)
        score += slot.rarity * value
        if titled:
            in_title += slot.rarity
            told += 1
    coverage = 1 - sum(wanted.slots[index].rarity for index in missing) / possible if possible else 1.0
    score = score * coverage + _together(wanted, one)
    if told:
        length = max(one.title.count(" ") - 1, 1)
        score += WHOLE_TITLE * (in_title / len(wanted.slots)) * min(told / length, 1.0)
    return Fit(one.article_id, score * (1 + NEWNESS / (1 + age / NEW_DAYS)), coverage, tuple(missing))


def _met(slot: Slot, index: int, one: _Candidate) -> tuple[float, bool]:
    """What the best way to meet a slot counts, and whether one is in the title."""
    best, titled = 0.0, False
    for choice in slot.choices:
        if choice.place:
            value = PLACED * choice.weight if index in one.placed else 0.0
        else:
            value, in_title = one.value(choice.tokens)
            value *= choice.weight
            titled |= in_title
        best = max(best, value)
    return best, titled


def _together(wanted: Wanted, one: _Candidate) -> float:
    """What words count that stand side by side, and those that only ask or join."""
    score = 0.0
    for pair, weight in wanted.pairs:
        if pair in one.title:
            score += SIDE_BY_SIDE_IN_TITLE * weight
        elif pair in one.text:
            score += SIDE_BY_SIDE * weight
    for tokens in wanted.unneeded:
        if all(f" {token} " in one.title for token in tokens):
            score += UNNEEDED
        elif all(f" {token} " in one.text for token in tokens):
            score += UNNEEDED / 3
    return score
