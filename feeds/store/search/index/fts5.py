"""Full-text search in SQLite: FTS5.

The table keeps the tokens it was given, since SQLite before 3.43 can't delete from one that does not, and ranking
reads them; it keeps no positions (`detail=column`), as what stands side by side is seen in those. The `ascii` tokenizer
leaves every letter beyond ASCII alone, so a token in is the same token found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from feeds.store.search.index.keys import Choice, Clause, Entry

_PUT = text("INSERT INTO fulltext (rowid, title, body, place) VALUES (:id, :title, :body, :place)")
_REMOVE = text("DELETE FROM fulltext WHERE rowid = :id")
# Past SQLAlchemy, whose statements and rows cost more than the walk itself where a search asks a dozen of them.
_MATCH = "SELECT rowid FROM fulltext WHERE fulltext MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
_CONTENTS = "SELECT id, c0, c1 FROM fulltext_content WHERE id IN ({})"
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
    return [row[0] for row in _rows(connection, _MATCH, (query, *ids, limit))]


def contents(connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """The tokens of some articles; see `FullText.contents`."""
    if not ids:
        return {}
    found = _rows(connection, _CONTENTS.format(", ".join("?" * len(ids))), tuple(ids))
    return {row[0]: (row[1], row[2]) for row in found}


def _rows(connection: Connection, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of the driver itself, in the connection's transaction."""
    driver: Any = connection.connection.driver_connection
    rows: list[tuple[Any, ...]] = driver.execute(statement, values).fetchall()
    return rows


def count(connection: Connection) -> int:
    """How many articles there are, those that are not shown among them."""
    return connection.scalar(_COUNT) or 0


def _any(clause: Clause, words: str) -> str:
    if len(clause) == 1:
        return _one(clause[0], words)
    return f"({' OR '.join(_one(choice, words) for choice in clause)})"


def _one(choice: Choice, words: str) -> str:
    return f"{'place' if choice.place else words} : {_all(choice.tokens)}"


def _all(tokens: Iterable[str]) -> str:
    return "({})".format(" AND ".join('"{}"'.format(token.replace('"', "")) for token in tokens))
