"""Why an article was found: the words, marked in its title and in the sentence that says most of them.

A word is marked where its tokens are those that were found, whatever its spelling or its ending: «گفت‌وگوهای» for
«گفتگو». Pure; nothing is added to a text and nothing taken from it, but that a long sentence is shown around its words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from feeds.models import Article
from feeds.text import fold, sentences

_WORD = re.compile(r"[^\W_]+(?:\u200c+[^\W_]+)*")
LONGEST = 260
"""Characters of a sentence that is shown whole."""
_AROUND = 12
"""Words of a long one that are shown before its first mark."""
_SHOWN = 36
_LONGEST_BODY = 20_000
"""Characters of a text that are looked at."""
_REMEMBERED, _LONG = 4_000, 1_000
"""Lines of texts, up to so many characters: most paragraphs of news, of 2 kB each as they are kept."""
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
    for first, last in places(text, ways):
        if first > end:
            pieces.append(Piece(text[end:first]))
        pieces.append(Piece(text[first:last], marked=True))
        end = last
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def places(text: str, ways: Ways) -> list[tuple[int, int]]:
    """Where in a text what was found stands, from and to, in order; none overlap, and neighbours are one."""
    tokens, starts, ends = _spots(text)
    found: set[tuple[int, int]] = set()
    for way in filter(None, ways):
        sought = f" {' '.join(way)} "
        if sought in tokens:  # mostly not: a title has few of all the ways to meet a search
            found.update((starts[index], ends[index + len(way) - 1]) for index in _indices(tokens, sought))
    if not found:
        return []
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and not _WORD.search(text, joined[-1][1], first) and first - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif not joined or first >= joined[-1][1]:
            joined.append((first, last))
    return joined


def _indices(tokens: str, way: str) -> Iterator[int]:
    """At which of a text's tokens a way begins; both between single spaces."""
    at = tokens.find(way)
    while at >= 0:
        yield tokens.count(" ", 0, at)
        at = tokens.find(way, at + 1)


class _Spots(NamedTuple):
    """The tokens of a text between single spaces, and from where to where the word of each stands."""

    tokens: str
    starts: Sequence[int]
    ends: Sequence[int]


def _spots(text: str) -> _Spots:
    return _spots_of(text) if len(text) > _LONG else _remembered_spots(text)


def _spots_of(text: str) -> _Spots:
    tokens: list[str] = []
    starts, ends = array("L"), array("L")
    for word in _WORD.finditer(text):
        start, end = word.span()
        for token in fold.tokens_of_word(word[0]):
            tokens.append(token)
            starts.append(start)
            ends.append(end)
    return _Spots(f" {' '.join(tokens)} ", starts, ends)


_remembered_spots = lru_cache(maxsize=_REMEMBERED)(_spots_of)
"""Of titles, and of the sentences that are shown."""


def snippet(article: Article, ways: Ways) -> str:
    """The sentence of an article that says most of what was found; where none says any, its summary's first.

    What the title does not say counts twice. One that is too long is shown around its words, with … where it goes on.
    """
    summary = (article.summary.lead or article.lead).splitlines()
    first, said = next((one for line in summary for one in _sentences_of(line)), ("", ""))
    if not ways:
        return first
    titled = _spots(article.title).tokens
    sought = [[f" {token} " for token in way] for way in ways]
    weighed = [(way, 1 if all(token in titled for token in way) else 2) for way in sought]
    everything = sum(weight for _, weight in weighed)
    best, most = first, _told(said, weighed)
    for line in article.body[:_LONGEST_BODY].splitlines():
        if most == everything:  # mostly soon: the rest of a text need not be read
            break
        for sentence, tokens in _sentences_of(line):
            told = _told(tokens, weighed)
            if told > most:
                best, most = sentence, told
    return best if len(best) <= LONGEST else _around(best, ways)


def _told(tokens: str, weighed: Iterable[tuple[Sequence[str], int]]) -> int:
    """What the words count that are among these."""
    told = 0
    for way, weight in weighed:
        for token in way:
            if token not in tokens:
                break
        else:
            told += weight
    return told


_Read = Sequence[tuple[str, str]]
"""Sentences, each with its tokens between single spaces: they take a tenth of what a set of them takes."""


def _sentences_of(line: str) -> _Read:
    """The sentences of a line with their tokens; what is found is found again, by other words and on other pages."""
    return _sentences_of_line(line) if len(line) > _LONG else _remembered_sentences(line)


def _sentences_of_line(line: str) -> _Read:
    return tuple((sentence, _tokens_of(sentence)) for sentence in sentences.each(line))


_remembered_sentences = lru_cache(maxsize=_REMEMBERED)(_sentences_of_line)


def _tokens_of(text: str) -> str:
    return f" {' '.join(chain.from_iterable(map(fold.tokens_of_word, _WORD.findall(text))))} "


def _around(sentence: str, ways: Ways) -> str:
    marks = places(sentence, ways)
    words = [word.span() for word in _WORD.finditer(sentence)]
    first = bisect_left(words, (marks[0][0], 0)) if marks else 0
    start = max(first - _AROUND, 0)
    stop = min(start + _SHOWN, len(words))
    if stop == 0:
        return sentence[:LONGEST]
    head = f"{ELLIPSIS} " if start else ""
    tail = f" {ELLIPSIS}" if stop < len(words) else ""
    end = words[stop - 1][1] if tail else len(sentence)
    return f"{head}{sentence[words[start][0] if start else 0 : end]}{tail}"
