"""The full-text index of a store: FTS5 or tsvector, with the same answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from feeds.store.search.index import fts5, tsvector
from feeds.store.search.index.keys import Choice, Clause, Entry


class FullText(Protocol):
    """An index of articles: `fts5` or `tsvector`. All of it runs in the caller's transaction."""

    def add(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Index articles that are not known yet."""

    def put(self, connection: Connection, entry: Entry) -> None:
        """Index an article, in place of what was known of it."""

    def remove(self, connection: Connection, article_id: int) -> None:
        """Forget an article; nothing where it is not known."""

    def match(
        self,
        connection: Connection,
        clauses: Sequence[Clause],
        ids: tuple[int, int],
        limit: int,
        *,
        without: Sequence[Choice] = (),
        in_title: bool = False,
    ) -> list[int]:
        """The newest articles that meet all clauses, newest first.

        Args:
            connection: In whose transaction.
            clauses: Not empty; their tokens come from `keys.searchable`.
            ids: The first and the last id to look at.
            limit: At most so many.
            without: What an article must have none of.
            in_title: The words have to stand in the title.
        """

    def contents(self, connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """The tokens of some articles: those of the title and those of the text, parted by spaces."""

    def count(self, connection: Connection) -> int:
        """About how many articles there are."""

    def tidy(self, connection: Connection) -> bool:
        """Bring a little of what was written piece by piece together; False where nothing was left to do."""


def fulltext_of(engine: Engine) -> FullText:
    """The index of this kind of store."""
    if engine.dialect.name == "postgresql":
        return tsvector
    return fts5
