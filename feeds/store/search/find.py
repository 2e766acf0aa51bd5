"""Which articles a query means, and in what order.

Newest first. With words, the articles whose title has them all come first, among the newest `CAP` that have them
anywhere: a score over every match of a common word would read the whole index, and old news is seldom asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from feeds.models import SearchQuery
from feeds.store import stories
from feeds.store.database.tables import EPOCH, HIDDEN, article_provinces, articles
from feeds.store.search.fulltext import FullText
from feeds.store.search.keys import terms_of

CAP = 1000
"""The most results of a search; its total is exact up to here."""
_SEQUENCE = 1 << 20
_LAST_ID = (1 << 63) - 1


def ids(connection: Connection, fulltext: FullText, query: SearchQuery) -> list[int]:
    """The ids of what was asked for, in the order of showing, `CAP` at most."""
    provinces = [slug for slug in query.provinces if slug.replace("-", "").isalnum()]
    if query.choices or (query.provinces and not provinces):
        return []
    period = _ids_between(query.since, query.until)
    found = _found(connection, fulltext, terms_of(query.terms), provinces, period)
    if not query.first:
        return found
    nearest = _found(connection, fulltext, terms_of((*query.terms, *query.first)), provinces, period)
    return list(dict.fromkeys((*nearest, *found)))[:CAP]


def _found(
    connection: Connection, fulltext: FullText, terms: Sequence[str], provinces: Sequence[str], period: tuple[int, int]
) -> list[int]:
    if not terms:
        return _newest(connection, provinces, period)
    matches = fulltext.match(connection, terms, provinces, period, CAP)
    return [match.article_id for match in sorted(matches, key=lambda match: not match.in_title)]


def _newest(connection: Connection, provinces: Sequence[str], period: tuple[int, int]) -> list[int]:
    if not provinces:
        shown = articles.c.retracted.is_(None) & ~stories.is_member()
        query = select(articles.c.id).where(shown, articles.c.id.between(*period))
        return list(connection.scalars(query.order_by(articles.c.id.desc()).limit(CAP)))
    newest: set[int] = set()
    for slug in provinces:  # one walk over the index each, where a single query for all would sort all of them
        number = article_provinces.c.article_id
        query = select(number).where(
            article_provinces.c.province == slug, article_provinces.c.rank != HIDDEN, number.between(*period)
        )
        newest.update(connection.scalars(query.order_by(number.desc()).limit(CAP)))
    return sorted(newest, reverse=True)[:CAP]


def _ids_between(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """The first and the last id of a period: ids begin with the second of publication."""
    first = _first_id(since) if since else -_LAST_ID
    last = _first_id(until) - 1 if until else _LAST_ID
    return first, last


def _first_id(moment: datetime) -> int:
    return -((EPOCH - moment) // timedelta(seconds=1)) * _SEQUENCE
