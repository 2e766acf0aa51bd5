"""Why an article was found: the words, marked in its title and in the sentence that says most of them.

A word is marked where its tokens are those that were found, whatever its spelling or its ending: «گفت‌وگوهای» for
«گفتگو». Pure; nothing is added to a text and nothing taken from it, but that a long sentence is shown around its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from feeds.models import Article
from feeds.text import fold, sentences

_WORD = re.compile(r"[^\W_]+(?:\u200c+[^\W_]+)*")
LONGEST = 260
"""Characters of a sentence that is shown whole."""
_AROUND = 12
"""Words of a long one that are shown before its first mark."""
_SHOWN = 36
_MOST_SENTENCES = 80
_REMEMBERED = 400
"""Articles whose sentences are remembered."""
ELLIPSIS = "…"

Ways = Sequence[tuple[str, ...]]
"""Tokens that were found, as `SearchPage.found` has them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    marked: bool = False


def mark(text: str, ways: Ways) -> tuple[Piece, ...]:
    """The text in pieces, those marked that were found; neighbours are one piece."""
    pieces: list[Piece] = []
    end = 0
    for first, last in _marked(text, ways):
        if first > end:
            pieces.append(Piece(text[end:first]))
        pieces.append(Piece(text[first:last], marked=True))
        end = last
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def snippet(article: Article, ways: Ways) -> str:
    """The sentence of an article that says most of what was found; where none says any, its summary's first.

    What the title does not say counts twice. One that is too long is shown around its words, with … where it goes on.
    """
    summary = article.summary.lead or article.lead
    first = next(iter(sentences.split(summary)), "")
    if not ways:
        return first
    weighed = [(way, 1 if _told(article.title, [(way, 1)]) else 2) for way in ways]
    best, most = first, _told(first, weighed)
    for sentence, tokens in _sentences(article.body):
        told = _weight(tokens, weighed)
        if told > most:
            best, most = sentence, told
    return best if len(best) <= LONGEST else _around(best, ways)


def _told(sentence: str, ways: Sequence[tuple[tuple[str, ...], int]]) -> int:
    """What the words count that a sentence has."""
    return _weight(_tokens(sentence), ways)


def _weight(tokens: frozenset[str], ways: Sequence[tuple[tuple[str, ...], int]]) -> int:
    return sum(weight for way, weight in ways if tokens.issuperset(way))


@lru_cache(maxsize=_REMEMBERED)
def _sentences(body: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The sentences of a text with their tokens; what is found is found again, by other words and on other pages."""
    return tuple((sentence, _tokens(sentence)) for sentence in sentences.split(body)[:_MOST_SENTENCES])


def _tokens(sentence: str) -> frozenset[str]:
    return frozenset(token for word in _WORD.findall(sentence) for token in fold.tokens_of_word(word))


def _around(sentence: str, ways: Ways) -> str:
    marks = _marked(sentence, ways)
    words = list(_WORD.finditer(sentence))
    first = next((index for index, word in enumerate(words) if marks and word.start() >= marks[0][0]), 0)
    start = max(first - _AROUND, 0)
    stop = min(start + _SHOWN, len(words))
    if stop == 0:
        return sentence[:LONGEST]
    head = f"{ELLIPSIS} " if start else ""
    tail = f" {ELLIPSIS}" if stop < len(words) else ""
    end = words[stop - 1].end() if tail else len(sentence)
    return f"{head}{sentence[words[start].start() if start else 0 : end]}{tail}"


def _marked(text: str, ways: Ways) -> list[tuple[int, int]]:
    """Where in a text what was found stands, in order, none overlapping."""
    spots = [
        (token, word.start(), word.end()) for word in _WORD.finditer(text) for token in fold.tokens_of_word(word[0])
    ]
    found = sorted({spot for way in ways if way for spot in _places(spots, way)})
    joined: list[tuple[int, int]] = []
    for first, last in found:
        if joined and not _WORD.search(text, joined[-1][1], first) and first - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif not joined or first >= joined[-1][1]:
            joined.append((first, last))
    return joined


def _places(spots: Sequence[tuple[str, int, int]], way: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    size = len(way)
    for index in range(len(spots) - size + 1):
        if all(spots[index + step][0] == token for step, token in enumerate(way)):
            yield spots[index][1], spots[index + size - 1][2]
