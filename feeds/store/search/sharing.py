"""Which articles of the archive have most of a text's rare words: a few candidates, by a few walks over the index.

A text that was copied holds its article's rare words however it was cut, and most of them where it was reworded. Each
rare word is looked up alone; words that many articles have, in twos and threes, so that every walk stays short however
large the archive is, and old articles are found as well as new ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from feeds.store.search.candidates import Archive
from feeds.store.search.index import vocabulary
from feeds.store.search.index.frequencies import ALL_IDS, PROBE
from feeds.store.search.index.keys import Choice, searchable

MOST_WORDS = 80
"""Words of a text that are looked at, the longest first, as these are the rarest."""
ALONE = 10
"""Rare words that are looked up alone."""
TOGETHER = 12
"""The rarest words of which those that stand in many articles are looked up in twos, and in threes."""
A_WALK = 60
"""Articles that one walk of twos or threes takes, the newest."""
_COMMON = 0.2
"""What more articles have tells nothing."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Articles that share a text's rare words, those that share most first."""

    contents: Mapping[int, tuple[str, str]]
    """Their ids, with the tokens of title and text as the index keeps them."""
    frequencies: Mapping[str, float]
    """In about how many articles each of the text's words is."""
    total: int
    """About how many articles there are."""


def sharing(archive: Archive, tokens: Sequence[str], limit: int) -> Sharing:
    """The articles that share most of a text's rare words.

    Args:
        archive: What is searched; only what is shown stands in its index.
        tokens: Those of the text.
        limit: At most so many articles.
    """
    words = sorted(set(searchable(tokens)), key=lambda word: (-len(word), word))
    known = vocabulary.known(archive.connection, words)
    words = [word for word in words if word in known or word[0].isdecimal()][:MOST_WORDS]
    frequencies = {word: archive.frequency_of(word) for word in words}
    total = max(archive.total, 1)
    telling = [word for word in words if frequencies[word] <= max(total * _COMMON, PROBE)]
    telling.sort(key=lambda word: (frequencies[word], word))
    shared: dict[int, set[str]] = {}
    for together, most in _walks(telling, frequencies):
        clauses = [(Choice((word,)),) for word in together]
        for one in archive.fulltext.match(archive.connection, clauses, ALL_IDS, most):
            shared.setdefault(one, set()).update(together)
    worth = {
        one: sum(math.log(1 + total / max(frequencies[word], 1)) for word in words) for one, words in shared.items()
    }
    best = sorted(worth, key=lambda one: (-worth[one], -one))[:limit]
    contents = archive.fulltext.contents(archive.connection, best)
    return Sharing({one: contents[one] for one in best if one in contents}, frequencies, total)


def _walks(telling: Sequence[str], frequencies: Mapping[str, float]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Words to be looked up together, the rarest first, and how many articles of each walk are taken."""
    rare = [word for word in telling[:ALONE] if frequencies[word] < PROBE]
    for word in rare:
        yield (word,), PROBE
    common = [word for word in telling[:TOGETHER] if frequencies[word] >= PROBE]
    if len(rare) < ALONE:
        for pair in combinations([*rare[:2], *common][:TOGETHER], 2):
            if any(frequencies[word] >= PROBE for word in pair):
                yield pair, A_WALK
    if len(rare) <= 2:  # noqa: PLR2004 - hardly a rare word: what many articles have, in threes
        yield from ((triple, A_WALK) for triple in combinations(common[:7], 3))
