"""Full-text search in PostgreSQL: a tsvector and its GIN index.

The vector is written as a literal of our own tokens: PostgreSQL's parser would split them by its locale's idea of a
letter. Title tokens carry the weight A; a province is a lexeme that begins with `@`, which no token can. The tokens are
kept in their order beside it, for ranking: a vector holds 16,383 positions at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.search.keys import Choice, Clause, Entry

_PUT = text(
    "INSERT INTO fulltext (article_id, keys, title, body) VALUES (:id, CAST(:keys AS tsvector), :title, :body) "
    "ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys, title = excluded.title, body = excluded.body"
)
_REMOVE = text("DELETE FROM fulltext WHERE article_id = :id")
_FOUND = "FROM fulltext WHERE keys @@ CAST(:query AS tsquery) AND article_id BETWEEN :first AND :last"
_NEWEST = "ORDER BY article_id DESC LIMIT :limit"
# Two ways to the newest matches: walk the articles from the newest until there are enough, or gather all and sort them.
_WALK = text(f"SELECT article_id {_FOUND} {_NEWEST}")
_GATHER = text(
    f"WITH found AS MATERIALIZED (SELECT article_id {_FOUND}) "  # noqa: S608  # all of it is our own
    f"SELECT article_id FROM found {_NEWEST}"
)
_EXPECTED = text(f"EXPLAIN (FORMAT JSON) SELECT article_id {_FOUND}")
_TOTAL = text("SELECT reltuples FROM pg_class WHERE oid = CAST('fulltext' AS regclass)")
_CONTENTS = text("SELECT article_id, title, body FROM fulltext WHERE article_id = ANY(:ids)")


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles, in place of what was known of them."""
    rows = [
        {
            "id": entry.article_id,
            "keys": _vector(entry),
            "title": " ".join(entry.keys.title),
            "body": entry.keys.text,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(_PUT, rows)


def put(connection: Connection, entry: Entry) -> None:
    """Index an article, in place of what was known of it."""
    add(connection, [entry])


def _vector(entry: Entry) -> str:
    title = dict.fromkeys(entry.keys.title)
    rest = dict.fromkeys(token for part in (entry.keys.lead, entry.keys.body) for token in part if token not in title)
    lexemes = (
        *(f"{_quoted(token)}:1A" for token in title),
        *(f"{_quoted(token)}:1" for token in rest),  # without a position it would pass for any weight
        *(_place(place) for place in entry.places),
    )
    return " ".join(lexemes)


def remove(connection: Connection, article_id: int) -> None:
    """Forget an article."""
    connection.execute(_REMOVE, {"id": article_id})


def match(
    connection: Connection,
    clauses: Sequence[Clause],
    ids: tuple[int, int],
    limit: int,
    *,
    without: Sequence[Choice] = (),
    in_title: bool = False,
) -> list[int]:
    """The newest articles that meet all clauses, newest first; see `FullText.match`."""
    weight = ":A" if in_title else ""
    query = " & ".join(f"({' | '.join(_one(choice, weight) for choice in clause)})" for clause in clauses)
    if without:
        query += "".join(f" & !({_one(choice, '')})" for choice in without)
    values = {"query": query, "first": ids[0], "last": ids[1], "limit": limit}
    statement = _GATHER if _are_few(connection, values) else _WALK
    return list(connection.scalars(statement, values).all())


def contents(connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The tokens of some articles; see `FullText.contents`."""
    if not ids:
        return {}
    return {row[0]: (row[1], row[2]) for row in connection.execute(_CONTENTS, {"ids": list(ids)})}


def count(connection: Connection) -> int:
    """About how many articles there are; exact until PostgreSQL has looked for the first time."""
    total = connection.scalar(_TOTAL) or 0
    return int(total) if total > 0 else connection.scalar(text("SELECT count(*) FROM fulltext")) or 0


def _are_few(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Whether gathering all matches is less work than walking until there are enough of them.

    Gathering touches as many rows as match, walking about `limit / share of matches`. PostgreSQL weighs the same, but
    takes every word it has no statistics of for more common than it is, and then walks the whole table for a rare one.
    """
    plan = connection.execute(_EXPECTED, values).scalar_one()
    expected: int = plan[0]["Plan"]["Plan Rows"]
    total = connection.scalar(_TOTAL) or 0
    return total <= 0 or expected**2 <= values["limit"] * total


def _one(choice: Choice, weight: str) -> str:
    if choice.place:
        return " & ".join(map(_place, choice.tokens))
    return " & ".join(f"{_quoted(token)}{weight}" for token in choice.tokens)


def _quoted(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _place(slug: str) -> str:
    return _quoted(f"@{slug}")
