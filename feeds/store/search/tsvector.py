"""Full-text search in PostgreSQL: a tsvector and its GIN index.

The vector is written as a literal of our own tokens: PostgreSQL's parser would split them by its locale's idea of a
letter. Title tokens carry the weight A; a province is a lexeme that begins with `@`, which no token can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.search.keys import Entry, Match

_PUT = text(
    "INSERT INTO fulltext (article_id, keys) VALUES (:id, CAST(:keys AS tsvector)) "
    "ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys"
)
_REMOVE = text("DELETE FROM fulltext WHERE article_id = :id")
_FOUND = "FROM fulltext WHERE keys @@ CAST(:query AS tsquery) AND article_id BETWEEN :first AND :last"
_NEWEST = "ORDER BY article_id DESC LIMIT :limit"
_MARKED = (
    "SELECT article_id, keys @@ CAST(:titles AS tsquery) AS in_title FROM newest JOIN fulltext USING (article_id) "
    "ORDER BY article_id DESC"
)
# Two ways to the newest matches: walk the articles from the newest until there are enough, or gather all and sort them.
_WALK = text(f"WITH newest AS MATERIALIZED (SELECT article_id {_FOUND} {_NEWEST}) {_MARKED}")
_GATHER = text(
    f"WITH found AS MATERIALIZED (SELECT article_id {_FOUND}), "  # noqa: S608  # all of it is our own
    f"newest AS MATERIALIZED (SELECT article_id FROM found {_NEWEST}) {_MARKED}"
)
_EXPECTED = text(f"EXPLAIN (FORMAT JSON) SELECT article_id {_FOUND}")
_TOTAL = text("SELECT reltuples FROM pg_class WHERE oid = CAST('fulltext' AS regclass)")


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles, in place of what was known of them."""
    rows = [{"id": entry.article_id, "keys": _vector(entry)} for entry in entries]
    if rows:
        connection.execute(_PUT, rows)


def put(connection: Connection, entry: Entry) -> None:
    """Index an article, in place of what was known of it."""
    add(connection, [entry])


def _vector(entry: Entry) -> str:
    lexemes = (
        *(f"{_quoted(token)}:1A" for token in entry.keys.title),
        *(f"{_quoted(token)}:1" for token in entry.keys.body),  # without a position it would pass for any weight
        *(_place(slug) for slug in entry.provinces),
    )
    return " ".join(lexemes)


def remove(connection: Connection, article_id: int) -> None:
    """Forget an article."""
    connection.execute(_REMOVE, {"id": article_id})


def match(
    connection: Connection, terms: Sequence[str], provinces: Sequence[str], ids: tuple[int, int], limit: int
) -> list[Match]:
    """The newest articles with all terms in any of the provinces, newest first; see `FullText.match`."""
    query = " & ".join(map(_quoted, terms))
    if provinces:
        query += f" & ({' | '.join(map(_place, provinces))})"
    values = {
        "query": query,
        "titles": " & ".join(f"{_quoted(term)}:A" for term in terms),
        "first": ids[0],
        "last": ids[1],
        "limit": limit,
    }
    statement = _GATHER if _are_few(connection, values) else _WALK
    return [Match(row.article_id, row.in_title) for row in connection.execute(statement, values)]


def _are_few(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Whether gathering all matches is less work than walking until there are enough of them.

    Gathering touches as many rows as match, walking about `limit / share of matches`. PostgreSQL weighs the same, but
    takes every word it has no statistics of for more common than it is, and then walks the whole table for a rare one.
    """
    plan = connection.execute(_EXPECTED, values).scalar_one()
    expected: int = plan[0]["Plan"]["Plan Rows"]
    total = connection.scalar(_TOTAL) or 0
    return total <= 0 or expected**2 <= values["limit"] * total


def _quoted(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _place(slug: str) -> str:
    return _quoted(f"@{slug}")
