"""Full-text search in SQLite: FTS5.

The table keeps the tokens it was given, since SQLite before 3.43 can't delete from one that does not; it keeps no
positions (`detail=column`), as no query asks for phrases. The `ascii` tokenizer leaves every letter beyond ASCII alone,
so a token in is the same token found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from feeds.store.search.keys import Entry, Match

_PUT = text("INSERT INTO fulltext (rowid, title, body, place) VALUES (:id, :title, :body, :place)")
_REMOVE = text("DELETE FROM fulltext WHERE rowid = :id")
_MATCH = text(
    "SELECT rowid FROM fulltext WHERE fulltext MATCH :query AND rowid BETWEEN :first AND :last "
    "ORDER BY rowid DESC LIMIT :limit"
)


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles that are not known yet."""
    rows = [
        {
            "id": entry.article_id,
            "title": " ".join(entry.keys.title),
            "body": " ".join(entry.keys.body),
            "place": " ".join(entry.provinces),
        }
        for entry in entries
    ]
    if rows:
        connection.execute(_PUT, rows)


def put(connection: Connection, entry: Entry) -> None:
    """Index an article, in place of what was known of it."""
    remove(connection, entry.article_id)
    add(connection, [entry])


def remove(connection: Connection, article_id: int) -> None:
    """Forget an article."""
    connection.execute(_REMOVE, {"id": article_id})


def match(
    connection: Connection, terms: Sequence[str], provinces: Sequence[str], ids: tuple[int, int], limit: int
) -> list[Match]:
    """The newest articles with all terms in any of the provinces, newest first; see `FullText.match`."""
    place = f"place : ({_any(provinces)}) AND " if provinces else ""
    found = _ids(connection, f"{place}{{title body}} : ({_all(terms)})", ids, limit)
    if not found:
        return []
    titles = set(_ids(connection, f"{place}title : ({_all(terms)})", (found[-1], found[0]), limit))
    return [Match(article_id, article_id in titles) for article_id in found]


def _ids(connection: Connection, query: str, ids: tuple[int, int], limit: int) -> Sequence[int]:
    values = {"query": query, "first": ids[0], "last": ids[1], "limit": limit}
    return connection.execute(_MATCH, values).scalars().all()


def _all(tokens: Iterable[str]) -> str:
    return " AND ".join(f'"{token}"' for token in tokens)


def _any(tokens: Iterable[str]) -> str:
    return " OR ".join('"{}"'.format(token.replace('"', "")) for token in tokens)
