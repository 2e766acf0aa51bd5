"""Full-text search in PostgreSQL: a tsvector and its GIN index.

The vector is written as a literal of our own tokens: PostgreSQL's parser would split them by its locale's idea of a
letter. Title tokens carry the weight A, but titles are looked at as text: GIN keeps no weights, so each row would be
read. A province is a lexeme that begins with `@`, which no token can. The tokens are kept in their order beside it, for
ranking: a vector holds 16,383 positions at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.search.index.keys import Choice, Clause, Entry

_PUT = text(
    "INSERT INTO fulltext (article_id, keys, title, body) VALUES (:id, CAST(:keys AS tsvector), :title, :body) "
    "ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys, title = excluded.title, body = excluded.body"
)
_REMOVE = text("DELETE FROM fulltext WHERE article_id = :id")
_FOUND = "FROM fulltext WHERE {titled}keys @@ CAST(:query AS tsquery) AND article_id BETWEEN :first AND :last"
_NEWEST = "ORDER BY article_id DESC LIMIT :limit"
# Two ways to the newest matches: walk the articles from the newest until there are enough, or gather all and sort them.
_WALK = f"SELECT article_id {_FOUND} {_NEWEST}"
_GATHER = (
    f"WITH found AS MATERIALIZED (SELECT article_id {_FOUND}) "  # noqa: S608  # all of it is our own
    f"SELECT article_id FROM found {_NEWEST}"
)
_EXPECTED = text(f"EXPLAIN (FORMAT JSON) SELECT article_id {_FOUND.format(titled='')}")
_WALK_TITLES = f"SELECT article_id FROM fulltext WHERE {{titled}}article_id BETWEEN :first AND :last {_NEWEST}"  # noqa: S608
_FEW = 2000
"""Articles with some words, of which those are picked that have them in the title."""
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
    values = {"query": _query(clauses, without), "first": ids[0], "last": ids[1], "limit": limit}
    if not in_title:
        statement = _GATHER if _are_few(connection, values) else _WALK
        return list(connection.scalars(text(statement.format(titled="")), values).all())
    titled, words = _in_title(clauses)
    if _expected(connection, values) <= _FEW:
        statement = _GATHER.format(titled=titled)
    elif rest := _query([clause for clause in clauses if any(choice.place for choice in clause)], without):
        statement, values["query"] = _WALK.format(titled=titled), rest
    else:
        statement = _WALK_TITLES.format(titled=titled)
    return list(connection.scalars(text(statement), {**values, **words}).all())


def _query(clauses: Sequence[Clause], without: Sequence[Choice]) -> str:
    """A tsquery; empty where nothing is asked."""
    wanted = (f"({' | '.join(map(_one, clause))})" for clause in clauses)
    return " & ".join([*wanted, *(f"!({_one(choice)})" for choice in without)])


def _in_title(clauses: Sequence[Clause]) -> tuple[str, dict[str, str]]:
    """A condition that the words of the clauses stand in the title, before others; with its values.

    Its text is looked at, and not the weights of a vector, which lies outside the row and is read whole for each.
    """
    values: dict[str, str] = {}

    def stands(token: str) -> str:
        name = f"word{len(values)}"
        values[name] = f"% {token} %"
        return f"' ' || title || ' ' LIKE :{name}"

    ways = [
        " OR ".join(f"({' AND '.join(map(stands, choice.tokens))})" for choice in clause if not choice.place)
        for clause in clauses
        if not any(choice.place for choice in clause)
    ]
    return "".join(f"({way}) AND " for way in ways), values


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
    total = connection.scalar(_TOTAL) or 0
    return total <= 0 or _expected(connection, values) ** 2 <= values["limit"] * total


def _expected(connection: Connection, values: Mapping[str, Any]) -> int:
    """About how many rows match."""
    plan = connection.execute(_EXPECTED, {name: values[name] for name in ("query", "first", "last")}).scalar_one()
    expected: int = plan[0]["Plan"]["Plan Rows"]
    return expected


def _one(choice: Choice) -> str:
    return " & ".join(map(_place if choice.place else _quoted, choice.tokens))


def _quoted(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _place(slug: str) -> str:
    return _quoted(f"@{slug}")
