"""Full-text search in SQLite: FTS5.

The table keeps the tokens it was given, since SQLite before 3.43 can't delete from one that does not, and ranking
reads them; it keeps no positions (`detail=column`), as what stands side by side is seen in those. The `ascii` tokenizer
leaves every letter beyond ASCII alone, so a token in is the same token found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.database.engine import fetch
from feeds.store.search.index.keys import Choice, Clause, Entry

_PUT = text("INSERT INTO fulltext (rowid, title, body, place) VALUES (:id, :title, :body, :place)")
_REMOVE = text("DELETE FROM fulltext WHERE rowid = :id")
_MATCH = (
    "SELECT rowid FROM fulltext WHERE fulltext MATCH :query AND rowid BETWEEN :first AND :last "
    "ORDER BY rowid DESC LIMIT :limit"
)
_CONTENTS = "SELECT id, c0, c1 FROM fulltext_content WHERE id = ANY(:ids)"
_MERGED_PAGES = 100
"""Pages of the index that are written anew at once, 4 kB each: nobody waits longer for that than for a save."""
_MERGED_FROM = 2
"""Segments of about one size that are merged; by its own setting, FTS5 leaves three of each size."""
_MERGES_FROM = text("SELECT v FROM fulltext_config WHERE k = 'usermerge'")
_SET = text("INSERT INTO fulltext (fulltext, rank) VALUES (:name, :value)")
_COUNT = text("SELECT count(*) FROM articles")  # a walk over its smallest index, where the full text has none


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles that are not known yet."""
    rows = [
        {
            "id": entry.article_id,
            "title": " ".join(entry.keys.title),
            "body": entry.keys.text,
            "place": " ".join(entry.places),
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
    connection: Connection,
    clauses: Sequence[Clause],
    ids: tuple[int, int],
    limit: int,
    *,
    without: Sequence[Choice] = (),
    in_title: bool = False,
) -> list[int]:
    """The newest articles that meet all clauses, newest first; see `FullText.match`."""
    words = "title" if in_title else "{title body}"
    query = " AND ".join(_any(clause, words) for clause in clauses)
    if without:
        query = f"({query}) NOT ({' OR '.join(_one(choice, '{title body}') for choice in without)})"
    return [
        row[0] for row in fetch(connection, _MATCH, {"query": query, "first": ids[0], "last": ids[1], "limit": limit})
    ]


def contents(connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The tokens of some articles; see `FullText.contents`."""
    if not ids:
        return {}
    return {row[0]: (row[1], row[2]) for row in fetch(connection, _CONTENTS, {"ids": list(ids)})}


def count(connection: Connection) -> int:
    """How many articles there are, those that are not shown among them."""
    return connection.scalar(_COUNT) or 0


def tidy(connection: Connection) -> bool:
    """Merge segments of the index, a few pages; see `FullText.tidy`.

    A word is looked up in each segment, and every save begins one. A merge that was begun goes on with the next call,
    whoever makes it: how far it is stands in the index.
    """
    if connection.scalar(_MERGES_FROM) != _MERGED_FROM:
        connection.execute(_SET, {"name": "usermerge", "value": _MERGED_FROM})
    driver: Any = connection.connection.driver_connection
    before = driver.total_changes
    connection.execute(_SET, {"name": "merge", "value": _MERGED_PAGES})
    return bool(driver.total_changes - before > 1)  # the command is one itself


def _any(clause: Clause, words: str) -> str:
    if len(clause) == 1:
        return _one(clause[0], words)
    return f"({' OR '.join(_one(choice, words) for choice in clause)})"


def _one(choice: Choice, words: str) -> str:
    return f"{'place' if choice.place else words} : {_all(choice.tokens)}"


def _all(tokens: Iterable[str]) -> str:
    return "({})".format(" AND ".join('"{}"'.format(token.replace('"', "")) for token in tokens))
