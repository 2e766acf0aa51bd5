"""A text -> its words, each with what it may stand for in formal Persian. Nothing typed is lost, and nothing fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from feeds.text.colloquial import rules, table
from feeds.text.colloquial.table import Table
from feeds.text.restoring import lexicon
from feeds.text.restoring.lexicon import ZWNJ

_WORD = re.compile("[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ\u200c]+")
_SPELL = str.maketrans("يىك", "ییک", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670")
_LONGEST = 64
"""Letters; what is longer is no word."""
_SHORTEST_STEM = 3
_REMEMBERED = 4096
_mapped: Table | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed."""

    typed: str
    """As it was typed, with its ZWNJ."""
    formal: tuple[str, ...] = ()
    """What it may stand for, the likeliest first, never `typed` itself; empty where it is formal already or unknown."""
    sure: bool = True
    """Whether `typed` is no word of formal Persian, so that news never has it: `formal` may take its place."""


def use(folder: Path) -> bool:
    """From now on, answer with the table of this folder, for the whole process; whether there is one.

    To be called where a process begins, and when hazm has answered. Without it the rules answer alone.
    """
    global _mapped  # noqa: PLW0603 - one language for all of a process, as the lexicon is
    _mapped = table.newest(folder)
    return _mapped is not None


def read(text: str, *, answers: Table | None = None) -> tuple[Word, ...]:
    """The Persian words of a text, in order; by `answers`, or else by the table that is in use."""
    return tuple(word for _, word in _words(text, answers or _mapped))


def formal(text: str, *, answers: Table | None = None) -> str:
    """A text with each word's likeliest formal reading in its place; all else stays, and so does formal text."""
    parts, start = [], 0
    for match, word in _words(text, answers or _mapped):
        parts += [text[start : match.start()], word.formal[0] if word.formal else word.typed]
        start = match.end()
    return "".join((*parts, text[start:]))


def _words(text: str, answers: Table | None) -> Iterator[tuple[re.Match[str], Word]]:
    before = ""
    for match in _WORD.finditer(text):
        typed = match[0]
        yield match, Word(typed) if rules.names_one_thing(before, typed) else _read(typed, answers)
        before = typed


@lru_cache(_REMEMBERED)
def _read(typed: str, answers: Table | None) -> Word:
    word = typed.translate(_SPELL).strip(ZWNJ)
    key = word.replace(ZWNJ, "")
    if not 1 < len(key) <= _LONGEST or key in rules.KEPT:
        return Word(typed)
    if own := rules.OWN.get(key):
        return Word(typed, (own,), not _is_known(key))
    if answers and (answer := answers.get(key)):
        return Word(typed, answer.formal, answer.sure)
    form = rules.formal(word, lambda part: _stem(part, answers))
    if form == word:
        return Word(typed)
    forms = tuple(filter(None, (form, rules.of_people(form))))
    return Word(typed, forms, not _is_known(key))


def _is_known(word: str) -> bool:
    known = lexicon.load()
    return word in known.words or word in known.nouns


def _stem(word: str, answers: Table | None) -> str:
    """A part of a word; a short one is rather an ending (چی), whatever hazm says of it by itself."""
    if len(word) < _SHORTEST_STEM or word in rules.KEPT:
        return word
    answer = answers.get(word) if answers else None
    return answer.formal[0] if answer and rules.is_noun(answer.formal[0]) else rules.sounded(word)
