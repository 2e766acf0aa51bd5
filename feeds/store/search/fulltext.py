"""The full-text index of a store: FTS5 or tsvector, with the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from feeds.store.search import fts5, tsvector
from feeds.store.search.keys import Entry, Match


class FullText(Protocol):
    """An index of articles: `fts5` or `tsvector`. All of it runs in the caller's transaction."""

    def add(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Index articles that are not known yet."""

    def put(self, connection: Connection, entry: Entry) -> None:
        """Index an article, in place of what was known of it."""

    def remove(self, connection: Connection, article_id: int) -> None:
        """Forget an article; nothing where it is not known."""

    def match(
        self, connection: Connection, terms: Sequence[str], provinces: Sequence[str], ids: tuple[int, int], limit: int
    ) -> list[Match]:
        """The newest articles with all `terms` in any of `provinces` (all of them where empty), newest first.

        `terms` are not empty and come from `terms_of`; `ids` are the first and the last id to look at.
        """


def fulltext_of(engine: Engine) -> FullText:
    """The index of this kind of store."""
    if engine.dialect.name == "postgresql":
        return tsvector
    return fts5
