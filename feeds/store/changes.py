"""The statements that change an article, within a transaction of `feeds.store.articles`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from feeds.models import Article, Draft
from feeds.store import queue, stories
from feeds.store.engine import lock_second
from feeds.store.rows import SEQUENCE_BITS, article_of, clean, first_id, original_of, uid_of, values_of
from feeds.store.tables import HIDDEN, article_provinces, articles, revisions


def find(connection: Connection, uid: str) -> RowMapping | None:
    """An article's row, held for us until the transaction ends."""
    return connection.execute(select(articles).where(articles.c.uid == clean(uid)).with_for_update()).mappings().first()


def add(connection: Connection, draft: Draft, now: datetime) -> Article:
    """Store a draft as a new article."""
    document = draft.document
    values = {
        "id": _next_id(connection, document.published),
        "uid": uid_of(document.source, document.key),
        "source": clean(document.source),
        "key": clean(document.key),
        "revision": 1,
        "provinces": list(dict.fromkeys(draft.provinces)),
        "updated": now,
        "ingested": now,
        **values_of(draft),
    }
    article = article_of(connection.execute(insert(articles).returning(articles), values).mappings().one())
    _add_revision(connection, article, draft)
    _add_provinces(connection, article)
    return article


def revise(connection: Connection, known: RowMapping, draft: Draft, now: datetime) -> Article:
    """Store a draft as the next revision of an article, and queue the edits of its posts."""
    changes = {"revision": known["revision"] + 1, "updated": now, **values_of(draft)}
    if not known["placed_by_desk"]:
        changes["provinces"] = list(dict.fromkeys(draft.provinces))
    article = alter(connection, known["id"], changes)
    _add_revision(connection, article, draft)
    if is_shown(connection, article):
        put_provinces(connection, article)
    if article.retracted is None:
        queue.edits(connection, article, now)
    return article


def touch(connection: Connection, article_id: int, now: datetime) -> None:
    """A story has other sources than before: the article that leads it is a revision on, and so are its posts."""
    article = alter(connection, article_id, {"revision": articles.c.revision + 1, "updated": now})
    if article.retracted is None:
        queue.edits(connection, article, now)


def alter(connection: Connection, article_id: int, changes: dict[str, Any]) -> Article:
    """Set some columns of an article."""
    statement = update(articles).where(articles.c.id == article_id).values(changes).returning(articles)
    return article_of(connection.execute(statement).mappings().one())


def is_shown(connection: Connection, article: Article) -> bool:
    """Whether lists and searches show an article: it is not withdrawn, and stands behind no other."""
    return article.retracted is None and stories.lead_of(connection, article.id) == article.id


def put_provinces(connection: Connection, article: Article) -> None:
    """List an article under its provinces, and under no other."""
    drop_provinces(connection, article)
    _add_provinces(connection, article)


def hide_provinces(connection: Connection, article: Article) -> None:
    """List an article under its provinces for those alone who ask for retracted ones too: feeds say that it was."""
    of_article = article_provinces.c.article_id == article.id
    connection.execute(update(article_provinces).where(of_article).values(rank=HIDDEN))


def drop_provinces(connection: Connection, article: Article) -> None:
    """List an article under no province."""
    connection.execute(delete(article_provinces).where(article_provinces.c.article_id == article.id))


def _add_provinces(connection: Connection, article: Article) -> None:
    rows = [{"article_id": article.id, "province": slug, "rank": rank} for rank, slug in enumerate(article.provinces)]
    if rows:
        connection.execute(insert(article_provinces), rows)


def _add_revision(connection: Connection, article: Article, draft: Draft) -> None:
    values = {"article_id": article.id, "revision": article.revision, "stored": article.updated}
    connection.execute(insert(revisions), {**values, **original_of(draft.document)})


def _next_id(connection: Connection, published: datetime) -> int:
    """The first id that is free in the second of publication, kept for us until the transaction ends."""
    first = first_id(published)
    lock_second(connection, first >> SEQUENCE_BITS)
    same_second = articles.c.id.between(first, first + (1 << SEQUENCE_BITS) - 1)
    newest = connection.scalar(select(func.max(articles.c.id)).where(same_second))
    return first if newest is None else newest + 1
