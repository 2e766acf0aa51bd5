"""What a transaction changes of that which readers see, noted in the journal as the transaction's last act.

A change is named by tags: `article:ID` of what was changed, `province:SLUG`, `agency:NAME` and `urgent` of the lists
that it comes into, leaves, or changes in, and `corrected` where it was there before. The journal numbers the
transactions in the order in which they become visible, so that who has seen number 7 asks for what came after it and
misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from feeds.store.database.tables import journal

TOUCHED = "chapar_touched"
"""Execution option of a connection: the set of tags that its transaction has touched so far."""
CORRECTED = "corrected"
"""The tag of an article that was stored before: what readers have read of it may be another thing now."""
EVERYTHING = "*"
"""The tag of a transaction that changes more than is worth naming."""
MOST_TAGS = 300
KEPT = 2000
"""Transactions that are remembered; who has seen none of them starts anew."""


def touch(connection: Connection, *tags: str) -> None:
    """Note tags for the journal."""
    touched = connection.get_execution_options().get(TOUCHED)
    if touched is not None:
        touched.update(tags)


def touch_articles(connection: Connection, article_ids: Iterable[int]) -> None:
    """Note that what is told of these articles has changed."""
    touch(connection, *(f"article:{number}" for number in article_ids))


def touch_row(connection: Connection, row: Any, *, stood: bool = False) -> None:
    """Note that an article has come, or (it `stood`) changed; in all the lists that it is in, too."""
    named = [f"article:{row['id']}", f"agency:{row['agency']}"]
    touch(connection, *named, *(["urgent"] if row["urgent"] else ()), *([CORRECTED] if stood else ()))
    touch_provinces(connection, row["provinces"])


def touch_provinces(connection: Connection, slugs: Iterable[str]) -> None:
    """Note that the lists of these provinces have changed."""
    touch(connection, *(f"province:{slug}" for slug in slugs))


def write_down(connection: Connection, tags: set[str]) -> None:
    """Give a transaction that holds the journal's lock its number, with its tags."""
    number = (connection.scalar(select(func.max(journal.c.seq))) or 0) + 1
    told = sorted(tags) if len(tags) <= MOST_TAGS else [EVERYTHING]
    connection.execute(insert(journal).values(seq=number, tags=told))
    connection.execute(delete(journal).where(journal.c.seq <= number - KEPT))
