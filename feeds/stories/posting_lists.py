"""Which articles hold a hash or a word: posting lists in few bytes, for articles that are known by growing numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from sys import intern

_SHELVES = 1024
_BITS = 32
"""Of an article's number, and of a hash."""


class Hashes:
    """Hashes of 32 bits, each with the articles that hold it.

    Nearly all hashes are of one article, for which a dictionary takes ten times the room: a hash and an article are one
    number here, sorted among others on one of many short shelves.
    """

    def __init__(self) -> None:
        self._shelves = [array("Q") for _ in range(_SHELVES)]

    def add(self, hashes: Iterable[int], article: int) -> None:
        """Note that an article holds these."""
        for value in hashes:
            insort(self._shelf(value), value << _BITS | article)

    def remove(self, hashes: Iterable[int], article: int) -> None:
        """Forget that an article holds these."""
        for value in hashes:
            shelf = self._shelf(value)
            del shelf[bisect_left(shelf, value << _BITS | article)]

    def holding(self, hashes: Iterable[int]) -> Iterator[int]:
        """The articles that hold one of these, as often as they hold one."""
        for value in hashes:
            shelf = self._shelf(value)
            for place in range(bisect_left(shelf, value << _BITS), len(shelf)):
                if shelf[place] >> _BITS != value:
                    break
                yield shelf[place] & (1 << _BITS) - 1

    def _shelf(self, value: int) -> array[int]:
        return self._shelves[value % _SHELVES]


class Words:
    """Words, each with the articles that hold it."""

    def __init__(self) -> None:
        self._holding: dict[str, array[int]] = {}

    def add(self, words: Iterable[str], article: int) -> tuple[str, ...]:
        """Note that an article holds these; returns them, each in the one copy that all articles share."""
        shared = tuple(map(intern, words))
        for word in shared:
            if (articles := self._holding.get(word)) is None:
                self._holding[word] = array("I", (article,))
            else:
                articles.append(article)
        return shared

    def remove(self, words: Iterable[str], article: int) -> None:
        """Forget that an article holds these."""
        for word in words:
            articles = self._holding[word]
            articles.remove(article)
            if not articles:
                del self._holding[word]

    def holding(self, words: Iterable[str]) -> Iterator[int]:
        """The articles that hold one of these, as often as they hold one."""
        for word in words:
            yield from self._holding.get(word, ())

    def count(self, word: str) -> int:
        """How many articles hold a word."""
        articles = self._holding.get(word)
        return 0 if articles is None else len(articles)
