"""The compiled word forms that ZWNJ are restored from; `tools/build_lexicon.py` says how they were chosen.

The large lists are tries: a hundred thousand words take 1 MB and not 30. A question costs a microsecond rather than a
fifth of it, and is asked of a word that is new: `memory` holds the others.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from marisa_trie import BytesTrie

ZWNJ = "\u200c"

_TABLES = frozenset({"forms", "lemmas"})
_SHORT = frozenset({"either", "firsts", "seconds", "bound", "pairs", "pair_ends", "parts"})
"""Lists of some hundred words at most, which are asked often or gone through."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in one spelling: Persian letters without marks."""

    forms: Mapping[str, str]
    """Compounds, from the spelling without ZWNJ to the one with it."""
    words: Container[str]
    """Words that stand as they are."""
    adjectives: Container[str]
    verbs: Container[str]
    """What may follow «می»."""
    participles: Container[str]
    """«رفته», «نرفته»."""
    lemmas: Mapping[str, str]
    """What may follow «می», to the past stem of its verb: «رود» -> «رفت»."""
    silent_h: Container[str]
    """Stems X for which `Xهای` is rather «Xه‌ای»."""
    either: frozenset[str]
    """Stems X for which `Xهای` is «X‌های» unless what follows rules it out."""
    nouns: Container[str]
    """Nouns and adjectives of three letters and more that are not rare."""
    common: Container[str]
    """Frequent words of four letters and more."""
    firsts: frozenset[str]
    """First parts that usually stand apart: «بی»."""
    seconds: frozenset[str]
    """Last parts that usually stand apart: «گذاری»."""
    bound: frozenset[str]
    """Last parts that are no words of their own: «سازی»."""
    pairs: frozenset[str]
    """Compounds, without their ZWNJ, whose space is a lost one."""
    pair_ends: frozenset[str]
    """The last parts of `pairs`."""
    parts: frozenset[str]
    """Last parts that stand apart at times: «کار»."""


class _Words(Container[str]):
    """A list of words, asked for one at a time."""

    def __init__(self, trie: BytesTrie, name: str) -> None:
        self._trie, self._prefix = trie, prefix(name)

    def __contains__(self, word: object) -> bool:
        return f"{self._prefix}{word}" in self._trie


class _Table(Mapping[str, str]):
    """Words, each with another."""

    def __init__(self, trie: BytesTrie, name: str) -> None:
        self._trie, self._prefix = trie, prefix(name)

    def __getitem__(self, word: str) -> str:
        others: list[bytes] = self._trie[f"{self._prefix}{word}"]
        return others[0].decode()

    def __contains__(self, word: object) -> bool:
        return f"{self._prefix}{word}" in self._trie

    def get(self, word: str, default: Any = None) -> Any:
        """The other word, found by one walk; the one of `Mapping` raises and catches an error for each unknown word."""
        others: list[bytes] | None = self._trie.get(f"{self._prefix}{word}")
        return others[0].decode() if others else default

    def __iter__(self) -> Iterator[str]:
        return (key.removeprefix(self._prefix) for key in self._trie.iterkeys(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def prefix(name: str) -> str:
    """What stands before the words of a list, so that one trie holds all lists."""
    return f"{name}:"


@cache
def load() -> Lexicon:
    """The compiled lexicon: a file of 0.8 MB that is mapped, so nearly nothing is read or held for it."""
    trie = BytesTrie()
    with resources.as_file(resources.files(__package__).joinpath("lexicon.marisa")) as path:
        trie.mmap(str(path))
    return Lexicon(**{item.name: _list(trie, item.name) for item in fields(Lexicon)})


def _list(trie: BytesTrie, name: str) -> Any:
    if name in _TABLES:
        return _Table(trie, name)
    return frozenset(_Table(trie, name)) if name in _SHORT else _Words(trie, name)
