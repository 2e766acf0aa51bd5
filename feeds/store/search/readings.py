"""The words of a search as the archive knows them: every word with all the ways to meet it.

A word is met as it was typed, as what it may be the spoken form of, in another inflection, written as one with its
neighbour or parted in two («صباباتری», «صبا باتری»); and one that the archive has not, as a word it may be a slip of.
Only words of the archive become ways, so nothing is looked for in vain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection

from feeds.models import Term
from feeds.store.search import slips
from feeds.store.search.index import vocabulary
from feeds.store.search.index.keys import Choice, Clause, searchable
from feeds.text import fold
from feeds.text.restoring import lexicon
from feeds.text.restoring.lexicon import ZWNJ

Frequency = Callable[[str], float]

SPOKEN, INFLECTED, JOINED, SLIPPED, OF_ITS_KIND = 0.95, 0.75, 0.9, 0.85, 0.6
"""How well another form of a word is what was asked for."""
_ENDINGS = ("ان", "ات", "ی", "های", "ها", "هایی", "ین", "تر", "ترین", "یی", "گان", "یان", "م", "ش", "ت", "شان", "مان")
_HUNG_ON = ("ای", "ا", "اش", "ام", "اشان", "ایم")
"""Endings that are taken off, and never put on."""
_SHORTEST_STEM = 3
_SHORTEST_HALF = 2
_MOST_GUESSES = 3
_MOST_SPOKEN = 4
_MOST_WEIGHED = 10
_COMMON = 0.3
"""What ten times as many articles with a word are worth, against what slips cost."""
_FAR_MORE = 5
_SELDOM = 20
"""In so few articles a word may be two that were written as one."""
_CLEAR = 0.35
"""By how much the likeliest guess has to be likelier than the next, not to be asked about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A needed word of a search."""

    term: Term
    choices: Clause
    known: bool = True
    """The archive has it as it was typed, or in a form that is as good."""
    guesses: tuple[tuple[float, str], ...] = ()
    """What it may be a slip of, the likeliest first, each with its cost."""

    @property
    def is_clear(self) -> bool:
        """The likeliest guess is far likelier than any other."""
        return len(self.guesses) == 1 or (len(self.guesses) > 1 and self.guesses[1][0] - self.guesses[0][0] >= _CLEAR)


def read(connection: Connection, frequency: Frequency, terms: Sequence[Term]) -> list[Reading]:
    """The needed words among these.

    Args:
        connection: In whose transaction.
        frequency: In how many articles a word is.
        terms: All words of the search, in their order.
    """
    tokens = [tuple(searchable(term.tokens)) for term in terms]
    joined = _joined(terms)
    asked = {word for ways in joined for way in ways for word in way}
    for term, own in zip(terms, tokens, strict=True):
        if term.needed and own:
            others = (*term.also, *term.kinds)
            asked |= _forms(own) | _halves(own) | {token for other in others for token in searchable(other)}
    known = vocabulary.known(connection, {word for word in asked if len(word) <= vocabulary.LONGEST})
    archive = _Words(connection, frequency, known)
    return [
        _reading(archive, term, own, ways)
        for term, own, ways in zip(terms, tokens, joined, strict=True)
        if term.needed and own
    ]


def known_words(connection: Connection, terms: Sequence[Term]) -> bool:
    """Whether the archive has all of these."""
    asked = {token for term in terms for token in searchable(term.tokens)}
    return bool(asked) and _has(asked, vocabulary.known(connection, asked))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the archive that a search asks for."""

    connection: Connection
    frequency: Frequency
    known: set[str]

    def has(self, tokens: Iterable[str]) -> bool:
        """Whether it has all of these."""
        return _has(tokens, self.known)


def _reading(archive: _Words, term: Term, tokens: tuple[str, ...], joined: Iterable[tuple[str, ...]]) -> Reading:
    choices = [Choice(tokens)]
    spoken = [tuple(searchable(other)) for other in term.also if archive.has(other)]
    choices += [Choice(other, weight=SPOKEN) for other in spoken[:_MOST_SPOKEN]]
    choices += [Choice(way, weight=JOINED) for way in joined if way != tokens and archive.has(way)]
    kinds = (tuple(searchable(other)) for other in term.kinds)
    choices += [Choice(other, weight=OF_ITS_KIND) for other in kinds if other != tokens and archive.has(other)]
    typed = archive.has(tokens)
    halves: list[Choice] = []
    if len(tokens) == 1:
        choices += [Choice((word,), weight=INFLECTED) for word in _inflections(tokens[0]) if word in archive.known]
        least = _SHORTEST_STEM if typed else _SHORTEST_HALF
        pairs = [pair for pair in _pairs(tokens[0]) if min(map(len, pair)) >= least and archive.has(pair)]
        if pairs and (not typed or archive.frequency(tokens[0]) <= _SELDOM):
            halves = [Choice(pair, weight=JOINED) for pair in pairs[:_MOST_GUESSES]]
    if typed or len(choices) > 1:
        return Reading(term, (*choices, *halves))
    guesses = _guesses(archive, tokens)
    slipped = _slipped(archive, tokens, guesses)
    return Reading(term, (*choices, *halves, *slipped), known=False, guesses=tuple(guesses))


def guess(connection: Connection, frequency: Frequency, reading: Reading) -> Reading:
    """The reading with what it may be a slip of, though the archive has it: words that are far more common."""
    tokens = reading.choices[0].tokens
    if len(tokens) != 1:
        return reading
    guesses = [(cost, word) for cost, word in _near(connection, frequency, tokens[0]) if frequency(word) > _FAR_MORE]
    choices = (*reading.choices, *(Choice((word,), weight=SLIPPED * 0.8) for _, word in guesses[:_MOST_GUESSES]))
    return Reading(reading.term, choices, known=True, guesses=tuple(guesses))


def _has(tokens: Iterable[str], known: set[str]) -> bool:
    """Whether the archive has all of these; figures and single letters are not in its list, and may be there."""
    return all(token in known or token[0].isdecimal() or len(token) < vocabulary.SHORTEST for token in tokens)


def _guesses(archive: _Words, tokens: tuple[str, ...]) -> list[tuple[float, str]]:
    unknown = [token for token in tokens if not archive.has((token,))]
    if len(unknown) != 1 or _is_word(unknown[0]):
        return []  # a word that everybody knows was meant, though the archive has it not
    return _near(archive.connection, archive.frequency, unknown[0])


def _is_word(word: str) -> bool:
    known = lexicon.load()
    return word in known.common or word in known.nouns


def _near(connection: Connection, frequency: Frequency, word: str) -> list[tuple[float, str]]:
    """What a word may be a slip of: the likelier the slip and the more common the word, the earlier."""
    if len(word) < slips.SHORTEST or not word.isalpha() or len(word) > vocabulary.LONGEST:
        return []
    short = len(word) <= slips.SHORT
    others = vocabulary.known(connection, slips.edits(word)) if short else vocabulary.near(connection, word)
    weighed = [
        (cost - _COMMON * math.log10(1 + frequency(other)), other)
        for cost, other in slips.likely(word, others)[:_MOST_WEIGHED]
        if frequency(other)  # else it is a word of articles that nobody is shown
    ]
    return sorted(weighed)[:_MOST_GUESSES]


def _slipped(archive: _Words, tokens: tuple[str, ...], guesses: Sequence[tuple[float, str]]) -> list[Choice]:
    """The word with each guess in the place of what the archive has not."""
    return [
        Choice(tuple(token if archive.has((token,)) else word for token in tokens), weight=SLIPPED - 0.05 * index)
        for index, (_, word) in enumerate(guesses)
    ]


def _forms(tokens: tuple[str, ...]) -> set[str]:
    return {*tokens, *(_inflections(tokens[0]) if len(tokens) == 1 else ())}


def _inflections(word: str) -> list[str]:
    """Other forms of a word: with an ending, or without the one that it has."""
    if len(word) < _SHORTEST_STEM or word[0].isdecimal():
        return []
    forms = [word + ending for ending in _ENDINGS]
    for ending in (*_ENDINGS, *_HUNG_ON):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            forms.append(stem)
            if ending in {"ان", "ات", "گان"}:
                forms.append(stem + "ه")
    if word.endswith("ه"):
        forms += [word[:-1] + "گان", word[:-1] + "ات"]
    return forms


def _joined(terms: Sequence[Term]) -> list[list[tuple[str, ...]]]:
    """Each word written as one with the one before it or the one after; one of two parts, as one word."""
    pairs = [_as_one(first, second) for first, second in pairwise(terms)]
    ways: list[list[tuple[str, ...]]] = []
    for term, before, after in zip(terms, [(), *pairs], [*pairs, ()], strict=False):
        whole = ("".join(term.tokens),) if len(term.tokens) > 1 else ()
        every = dict.fromkeys(tuple(searchable(way)) for way in (whole, before, after))
        ways.append([way for way in every if way] if term.needed else [])
    return ways


def _as_one(first: Term, second: Term) -> tuple[str, ...]:
    """The tokens of two neighbours that are written without a space; none where neither is looked for."""
    if not (first.needed or second.needed):
        return ()
    return tuple(fold.tokens(f"{first.typed}{second.typed}".replace(ZWNJ, "")))


def _halves(tokens: tuple[str, ...]) -> set[str]:
    if len(tokens) > 1:
        return {"".join(tokens)}
    return {half for pair in _pairs(tokens[0]) for half in pair}


def _pairs(word: str) -> list[tuple[str, str]]:
    """A word parted in two in every way, the most even first."""
    middle = len(word) / 2
    cuts = sorted(range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1), key=lambda cut: abs(cut - middle))
    return [(word[:cut], word[cut:]) for cut in cuts]
