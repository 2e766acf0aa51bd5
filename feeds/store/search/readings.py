"""The words of a search as the archive knows them: every word with all the ways to meet it.

A word is met as it was typed, as what it may be the spoken form of, in another inflection, written as one with its
neighbour or parted in two («صباباتری», «صبا باتری»); and one that the archive has not, as a word it may be a slip of.
Only words of the archive become ways, so nothing is looked for in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from feeds.models import Term
from feeds.store.search import slips, vocabulary
from feeds.store.search.keys import Choice, Clause, searchable

SPOKEN, INFLECTED, JOINED, SLIPPED = 0.95, 0.75, 0.9, 0.85
"""How well another form of a word is what was asked for."""
_ENDINGS = ("ان", "ات", "ی", "های", "ها", "هایی", "ین", "تر", "ترین", "یی", "گان", "یان", "م", "ش", "ت", "شان", "مان")
_SHORTEST_STEM = 3
_SHORTEST_HALF = 2
_MOST_GUESSES = 3
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
        return len(self.guesses) == 1 or (
            len(self.guesses) > 1 and self.guesses[1][0] - self.guesses[0][0] >= _CLEAR
        )


def read(connection: Connection, terms: Sequence[Term]) -> list[Reading]:
    """The needed words among these."""
    needed = [term for term in terms if term.needed and any(searchable(term.tokens))]
    tokens = [tuple(searchable(term.tokens)) for term in needed]
    asked = set().union(*map(_forms, tokens), *map(_joints, tokens, tokens[1:]), *(_halves(one) for one in tokens))
    for term in needed:
        asked.update(*term.also)
    known = vocabulary.known(connection, {word for word in asked if len(word) <= vocabulary.LONGEST})
    readings = []
    for index, term in enumerate(needed):
        readings.append(_reading(connection, term, tokens[index], _joined(tokens, index), known))
    return readings


def _reading(
    connection: Connection, term: Term, tokens: tuple[str, ...], joined: Iterable[str], known: set[str]
) -> Reading:
    choices = [Choice(tokens)]
    choices += [Choice(tuple(searchable(other)), weight=SPOKEN) for other in term.also if _has(other, known)]
    choices += [Choice((word,), weight=JOINED) for word in joined if word in known]
    typed = _has(tokens, known)
    if len(tokens) == 1:
        choices += [Choice((word,), weight=INFLECTED) for word in _inflections(tokens[0]) if word in known]
        if not typed:
            choices += [Choice(halves, weight=JOINED) for halves in _pairs(tokens[0]) if _has(halves, known)][:3]
    if typed or len(choices) > 1:
        return Reading(term, tuple(choices))
    guesses = _guesses(connection, tokens, known)
    return Reading(term, (*choices, *_slipped(tokens, guesses, known)), known=False, guesses=tuple(guesses))


def guess(connection: Connection, reading: Reading) -> Reading:
    """The reading with what it may be a slip of, though the archive has it."""
    tokens = reading.choices[0].tokens
    if len(tokens) != 1:
        return reading
    guesses = _near(connection, tokens[0])
    choices = (*reading.choices, *(Choice((word,), weight=SLIPPED * 0.8) for _, word in guesses[:_MOST_GUESSES]))
    return Reading(reading.term, choices, known=True, guesses=tuple(guesses))


def _has(tokens: Iterable[str], known: set[str]) -> bool:
    """Whether the archive has all of these; figures and single letters are not in its list, and may be there."""
    return all(token in known or token[0].isdecimal() or len(token) < vocabulary.SHORTEST for token in tokens)


def _guesses(connection: Connection, tokens: tuple[str, ...], known: set[str]) -> list[tuple[float, str]]:
    unknown = [token for token in tokens if not _has((token,), known)]
    return _near(connection, unknown[0]) if len(unknown) == 1 else []


def _near(connection: Connection, word: str) -> list[tuple[float, str]]:
    if len(word) < slips.SHORTEST or not word.isalpha() or len(word) > vocabulary.LONGEST:
        return []
    if len(word) <= slips.SHORT:
        return slips.likely(word, vocabulary.known(connection, slips.edits(word)))[:_MOST_GUESSES]
    return slips.likely(word, vocabulary.near(connection, word))[:_MOST_GUESSES]


def _slipped(tokens: tuple[str, ...], guesses: Sequence[tuple[float, str]], known: set[str]) -> list[Choice]:
    """The word with each guess in the place of what the archive has not."""
    return [
        Choice(tuple(token if _has((token,), known) else word for token in tokens), weight=SLIPPED - 0.05 * index)
        for index, (_, word) in enumerate(guesses)
    ]


def _forms(tokens: tuple[str, ...]) -> set[str]:
    return {*tokens, *(_inflections(tokens[0]) if len(tokens) == 1 else ())}


def _inflections(word: str) -> list[str]:
    """Other forms of a word: with an ending, or without the one that it has."""
    if len(word) < _SHORTEST_STEM or word[0].isdecimal():
        return []
    forms = [word + ending for ending in _ENDINGS]
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            forms.append(stem)
            if ending in {"ان", "ات", "گان"}:
                forms.append(stem + "ه")
    if word.endswith("ه"):
        forms += [word[:-1] + "گان", word[:-1] + "ات"]
    return forms


def _joints(tokens: tuple[str, ...], following: tuple[str, ...]) -> set[str]:
    return {tokens[-1] + following[0]} if len(tokens) == len(following) == 1 else set()


def _joined(tokens: Sequence[tuple[str, ...]], index: int) -> list[str]:
    """The word written as one with the one before it or the one after; one of two parts, as one word."""
    own = tokens[index]
    if len(own) > 1:
        return ["".join(own)]
    joints = [_joints(tokens[index - 1], own) if index else set()]
    joints.append(_joints(own, tokens[index + 1]) if index + 1 < len(tokens) else set())
    return [word for joint in joints for word in joint]


def _halves(tokens: tuple[str, ...]) -> set[str]:
    if len(tokens) > 1:
        return {"".join(tokens)}
    return {half for pair in _pairs(tokens[0]) for half in pair}


def _pairs(word: str) -> list[tuple[str, str]]:
    """A word parted in two in every way, the most even first."""
    middle = len(word) / 2
    cuts = sorted(range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1), key=lambda cut: abs(cut - middle))
    return [(word[:cut], word[cut:]) for cut in cuts]
