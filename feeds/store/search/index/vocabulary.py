"""The words that the archive has: what a typed word is held against, and what is suggested while typing.

A word comes in with the first article that has it and stays. Each is kept forwards and backwards: a word with one slip
has its first half right, or its last half, so the words that it may mean are two short walks over an index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from feeds.store.database.engine import fetch, upsert
from feeds.store.database.tables import words as table

SHORTEST, LONGEST = 2, 24
"""Letters of a word that is kept."""
_REMEMBERED = 100_000
_NEAR = 3000
_KNOWN = "SELECT word FROM words WHERE word = ANY(:words)"
_NEAR_ONES = (
    "SELECT word FROM words WHERE {0} >= :first AND {0} < :last AND length(word) BETWEEN :least AND :most LIMIT :limit"
)
_BEGINNING, _ENDING = _NEAR_ONES.format("word"), _NEAR_ONES.format("backwards")
_LAST = "\U0010ffff"


def kept(tokens: Iterable[str]) -> list[str]:
    """Those of some tokens that are kept, sorted, each once: no figures, and nothing of one letter."""
    return sorted(token for token in set(tokens) if SHORTEST <= len(token) <= LONGEST and not token[0].isdecimal())


class Vocabulary:
    """The words of one store. It remembers those that it saw, as most of an article's words are known."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def unknown(self, texts: Iterable[Iterable[str]]) -> list[str]:
        """Those of some articles' tokens that the store may not have yet."""
        return kept(set().union(*texts) - self._known)

    def remember(self, tokens: Collection[str]) -> None:
        """The store has these: to be said after they were committed."""
        if len(self._known) > _REMEMBERED:
            self._known = set()
        self._known.update(tokens)


def add(connection: Connection, words: Sequence[str]) -> None:
    """Keep words, sorted: two transactions that add the same ones must not wait for each other in a circle."""
    if words:
        rows = [{"word": word, "backwards": word[::-1]} for word in words]
        connection.execute(upsert(connection, table).on_conflict_do_nothing(), rows)


def known(connection: Connection, words: Collection[str]) -> set[str]:
    """Those of some words that the archive has."""
    if not words:
        return set()
    return {row[0] for row in fetch(connection, _KNOWN, {"words": list(words)})}


def near(connection: Connection, word: str) -> list[str]:
    """Words of about the same length that begin or end as this one does.

    The beginning and the end that are held right leave one letter between them, or two that changed places would be in
    neither.
    """
    half = max((len(word) - 1) // 2, 1)
    begins, ends = word[:half], word[::-1][: max(len(word) - 1 - half, 1)]
    found: dict[str, None] = {}
    for statement, prefix in ((_BEGINNING, begins), (_ENDING, ends)):  # one walk each: both at once read the table
        values = {"first": prefix, "last": prefix + _LAST, "least": len(word) - 1, "most": len(word) + 1}
        found |= dict.fromkeys(row[0] for row in fetch(connection, statement, values | {"limit": _NEAR}))
    return list(found)


def beginning_with(connection: Connection, prefix: str, limit: int) -> list[str]:
    """The first words that begin so, shorter ones first."""
    query = select(table.c.word).where(table.c.word >= prefix, table.c.word < prefix + _LAST).limit(_NEAR)
    return sorted(connection.scalars(query).all(), key=lambda word: (len(word), word))[:limit]
