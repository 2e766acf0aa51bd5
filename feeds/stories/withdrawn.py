"""The articles that were withdrawn, by their words: no search shows them, and whoever asks has to hear of them."""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from feeds.store import Store
from feeds.stories.posting_lists import Words
from feeds.text import fold

MOST = 2000
"""Articles that are known, the newest; a desk withdraws a few in a year."""
_AT_ONCE = 100
_SHARED = 0.3
"""The share of a text's words that an article must have to come near."""


@dataclass(frozen=True, slots=True)
class _Held:
    number: int
    """Its own here: posting lists hold 32 bits."""
    words: array[int]
    retracted: datetime


class Withdrawn:
    """What was withdrawn. For any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._words = Words()
        self._numbers = itertools.count()
        self._held: dict[int, _Held] = {}
        self._ids: dict[int, int] = {}
        self._lock = Lock()

    def near(self, tokens: Sequence[str], *, limit: int) -> list[int]:
        """The ids of those that share most of a text's words."""
        asked = set(tokens)
        with self._lock:
            self._refresh()
            shared = Counter(self._words.holding(asked))
            near = [(count, number) for number, count in shared.items() if count >= _SHARED * len(asked)]
            return [self._ids[number] for _, number in sorted(near, reverse=True)[:limit]]

    def _refresh(self) -> None:
        now = self._store.articles.retracted(limit=MOST)
        for one in [one for one, held in self._held.items() if now.get(one) != held.retracted]:
            held = self._held.pop(one)
            self._words.remove(held.words, held.number)
            del self._ids[held.number]
        fresh = [one for one in now if one not in self._held]
        for few in (fresh[start : start + _AT_ONCE] for start in range(0, len(fresh), _AT_ONCE)):
            for one, article in self._store.articles.by_ids(few).items():
                tokens = set(fold.tokens(f"{article.title}\n{article.lead}\n{article.body}", restored=True))
                number = next(self._numbers)
                self._held[one] = _Held(number, self._words.add(tokens, number), now[one])
                self._ids[number] = one
