"""Full-text search in PostgreSQL: a tsvector and its GIN index.

The vector is written as a literal of our own tokens: PostgreSQL's parser would split them by its locale's idea of a
letter. GIN keeps no weights, so a token of the title is a second lexeme, which begins with `^`, and a province one that
begins with `@`; no token can. The tokens are kept in their order beside it, for ranking: a vector holds 16,383
positions at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.database.engine import fetch
from feeds.store.search.index.keys import Choice, Clause, Entry

_PUT = text(
    "INSERT INTO fulltext (article_id, keys, title, body) VALUES (:id, CAST(:keys AS tsvector), :title, :body) "
    "ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys, title = excluded.title, body = excluded.body"
)
_REMOVE = text("DELETE FROM fulltext WHERE article_id = :id")
_FOUND = "FROM fulltext WHERE keys @@ CAST(:query AS tsquery) AND article_id BETWEEN :first AND :last"
_NEWEST = "ORDER BY article_id DESC LIMIT :limit"
# Two ways to the newest matches: walk the articles from the newest until there are enough, or gather all and sort them.
_WALK = f"SELECT article_id {_FOUND} {_NEWEST}"
_GATHER = (
    f"WITH found AS MATERIALIZED (SELECT article_id {_FOUND}) "  # noqa: S608  # all of it is our own
    f"SELECT article_id FROM found {_NEWEST}"
)
_EXPECTED = text(f"EXPLAIN (FORMAT JSON) SELECT article_id {_FOUND}")
_WALK_COSTS = 30
"""What it costs to look into an article on the way, whose vector lies outside its row, against one that is gathered."""
_SORT_IN = text("SELECT gin_clean_pending_list(CAST('ix_fulltext_keys' AS regclass))")
_TOTAL = text("SELECT reltuples FROM pg_class WHERE oid = CAST('fulltext' AS regclass)")
_HEARD, _HEARD_SECONDS = "chapar_articles", 60.0
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
    lexemes = (
        *map(_quoted, dict.fromkeys(entry.keys.tokens)),
        *map(_titled, dict.fromkeys(entry.keys.title)),
        *map(_place, entry.places),
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
    query = _query(clauses, without, word=_titled if in_title else _quoted)
    values = {"query": query, "first": ids[0], "last": ids[1], "limit": limit}
    statement = _GATHER if _are_few(connection, values) else _WALK
    return [row[0] for row in fetch(connection, statement, values)]


def _query(clauses: Sequence[Clause], without: Sequence[Choice], *, word: Callable[[str], str]) -> str:
    """A tsquery: the clauses with each word as `word` writes it, and what must not be there."""
    wanted = (f"({' | '.join(_one(choice, word) for choice in clause)})" for clause in clauses)
    return " & ".join([*wanted, *(f"!({_one(choice, _quoted)})" for choice in without)])


def contents(connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The tokens of some articles; see `FullText.contents`."""
    if not ids:
        return {}
    return {row[0]: (row[1], row[2]) for row in connection.execute(_CONTENTS, {"ids": list(ids)})}


def count(connection: Connection) -> int:
    """About how many articles there are; exact until PostgreSQL has looked for the first time."""
    return _total(connection) or connection.scalar(text("SELECT count(*) FROM fulltext")) or 0


def tidy(connection: Connection) -> bool:
    """Sort in what waits before the index; see `FullText.tidy`.

    GIN puts new articles on a list that every search reads through, until it has 4 MB or a vacuum comes.
    """
    return bool(connection.scalar(_SORT_IN))


def _are_few(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Whether gathering all matches is less work than walking until there are enough of them.

    Gathering touches as many rows as match, walking about `limit / share of matches`, and reads their vectors.
    PostgreSQL weighs the same, but takes every word it has no statistics of for more common than it is, and then walks
    the whole table for a rare one.
    """
    total = _total(connection)
    return total <= 0 or _expected(connection, values) ** 2 <= values["limit"] * total * _WALK_COSTS


def _total(connection: Connection) -> int:
    """About how many articles there are, as a connection heard a while ago; 0 until PostgreSQL has looked."""
    total, until = connection.info.get(_HEARD, (0, 0.0))
    if time.monotonic() >= until:
        total = max(int(connection.scalar(_TOTAL) or 0), 0)
        if total:
            connection.info[_HEARD] = total, time.monotonic() + _HEARD_SECONDS
    return int(total)


def _expected(connection: Connection, values: Mapping[str, Any]) -> int:
    """About how many rows match."""
    plan = connection.execute(_EXPECTED, {name: values[name] for name in ("query", "first", "last")}).scalar_one()
    expected: int = plan[0]["Plan"]["Plan Rows"]
    return expected


def _one(choice: Choice, word: Callable[[str], str]) -> str:
    return " & ".join(map(_place if choice.place else word, choice.tokens))


def _quoted(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _titled(token: str) -> str:
    return _quoted(f"^{token}")


def _place(slug: str) -> str:
    return _quoted(f"@{slug}")
