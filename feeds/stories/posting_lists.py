"""Which articles hold a hash or a word: posting lists in few bytes, for articles that are known by growing numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

_NUMBERS = "I"
"""Of an array: 32 bits each, without a sign."""
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
    """Words, each with the articles that hold it.

    A word is a number to those who hold it, which takes half the room of the word in a tuple. It stands before its
    articles' numbers, where a table of its own would take more than all the articles.
    """

    def __init__(self) -> None:
        self._holding: dict[str, array[int]] = {}
        self._words: list[str] = []
        self._free: list[int] = []

    def add(self, words: Iterable[str], article: int) -> array[int]:
        """Note that an article holds these; returns the numbers of the words, by which `remove` knows them."""
        numbers = array(_NUMBERS)
        for word in words:
            if (row := self._holding.get(word)) is None:
                row = self._holding[word] = array(_NUMBERS, (self._numbered(word),))
            row.append(article)
            numbers.append(row[0])
        return numbers

    def remove(self, numbers: Iterable[int], article: int) -> None:
        """Forget that an article holds the words of these numbers; a word that nothing holds is forgotten."""
        for number in numbers:
            word = self._words[number]
            row = self._holding[word]
            del row[bisect_left(row, article, 1)]
            if len(row) == 1:
                del self._holding[word]
                self._free.append(number)

    def holding(self, words: Iterable[str]) -> Iterator[int]:
        """The articles that hold one of these, as often as they hold one."""
        for word in words:
            yield from self._holding.get(word, ())[1:]

    def count(self, word: str) -> int:
        """How many articles hold a word."""
        row = self._holding.get(word)
        return 0 if row is None else len(row) - 1

    def _numbered(self, word: str) -> int:
        if self._free:
            number = self._free.pop()
            self._words[number] = word
            return number
        self._words.append(word)
        return len(self._words) - 1
