"""The statements that change an article, within a transaction of `feeds.store.archive.articles`.

Transactions of many nodes never wait for each other in a circle: each takes what it locks in this order.

    the claims      `stand_alone`, if it changes anything that is stored (a revision, a story, a withdrawal)
    the seconds     of the articles that it adds, sorted
    the uids        of the articles that it adds, sorted: the unique index holds a second one up
    the journal     at the end of the transaction, see `feeds.store.database.touched`
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from feeds.models import Article, Draft
from feeds.store.archive import stories
from feeds.store.database.engine import lock_claims, lock_seconds
from feeds.store.database.rows import SEQUENCE_BITS, article_of, clean, first_id, original_of, uid_of, values_of
from feeds.store.database.tables import HIDDEN, article_provinces, articles, revisions
from feeds.store.database.touched import touch_provinces, touch_row
from feeds.store.delivery import queue


def stand_alone(connection: Connection) -> None:
    """Change what is stored alone: nobody else changes an article, or claims a delivery, until we are done."""
    lock_claims(connection)


def find(connection: Connection, uid: str) -> RowMapping | None:
    """An article's row."""
    return connection.execute(select(articles).where(articles.c.uid == clean(uid))).mappings().first()


def get(connection: Connection, uid: str) -> RowMapping:
    """The row of an article that is known to be stored."""
    return connection.execute(select(articles).where(articles.c.uid == uid)).mappings().one()


def by_id(connection: Connection, article_id: int) -> RowMapping:
    """The row of an article that is known to be stored, by its id."""
    return connection.execute(select(articles).where(articles.c.id == article_id)).mappings().one()


def known(connection: Connection, uids: Collection[str]) -> set[str]:
    """Those of the uids that are stored."""
    return set(connection.scalars(select(articles.c.uid).where(articles.c.uid.in_(uids))))


def add(connection: Connection, drafts: Sequence[tuple[Draft, bool]], now: datetime) -> list[Article]:
    """Store drafts as new articles, which no province lists yet; they are in the order of the drafts.

    Args:
        connection: the transaction.
        drafts: each with whether it waits for the desk.
        now: the moment.
    """
    if not drafts:
        return []
    ids = _next_ids(connection, [draft.document.published for draft, _ in drafts])
    rows = [
        _row(draft, article_id, now) | {"held": now if held else None}
        for (draft, held), article_id in zip(drafts, ids, strict=True)
    ]
    connection.execute(insert(articles), sorted(rows, key=itemgetter("uid")))
    for row in rows:
        touch_row(connection, row)
    added = [article_of(row) for row in rows]
    _add_revisions(connection, ((article, draft) for article, (draft, _) in zip(added, drafts, strict=True)))
    return added


def _row(draft: Draft, article_id: int, now: datetime) -> dict[str, Any]:
    document = draft.document
    return {
        "id": article_id,
        "uid": uid_of(document.source, document.key),
        "source": clean(document.source),
        "key": clean(document.key),
        "revision": 1,
        "provinces": list(dict.fromkeys(draft.provinces)),
        "updated": now,
        "ingested": now,
        "retracted": None,
        "released": None,
        "due": None,
        **values_of(draft),
    }


def revise(connection: Connection, known: RowMapping, draft: Draft, now: datetime) -> Article:
    """Store a draft as the next revision of an article, and queue the edits of its posts."""
    changes = {"revision": known["revision"] + 1, "updated": now, **values_of(draft)}
    if not known["placed_by_desk"]:
        changes["provinces"] = list(dict.fromkeys(draft.provinces))
    article = alter(connection, known["id"], changes)
    _add_revisions(connection, [(article, draft)])
    if is_shown(connection, article):
        put_provinces(connection, article)
    if article.retracted is None:
        queue.edits(connection, article, now)
    return article


def touch(connection: Connection, article_id: int, now: datetime) -> None:
    """A story has other sources than before: the article that leads it is a revision on, and so are all its posts.

    A channel may have the post of a member: it names the sources too.
    """
    _raise_revision(connection, article_id, now)
    touch_members(connection, article_id, now)


def tell_story(connection: Connection, article: Article, now: datetime) -> None:
    """The posts of a story name an article of it no more, or again."""
    lead = stories.lead_of(connection, article.id)
    if lead == article.id:
        touch_members(connection, lead, now)
    else:
        touch(connection, lead, now)


def touch_members(connection: Connection, article_id: int, now: datetime) -> None:
    """The posts of the others of a story name the one that leads it no more, or again."""
    for member in queue.posted(connection, stories.articles_with(connection, article_id)):
        if member != article_id:
            _raise_revision(connection, member, now)


def touch_posts(connection: Connection, article_id: int, now: datetime) -> None:
    """The posts of an article name other sources than before; nothing where it has none."""
    if queue.posted(connection, [article_id]):
        _raise_revision(connection, article_id, now)


def _raise_revision(connection: Connection, article_id: int, now: datetime) -> None:
    article = alter(connection, article_id, {"revision": articles.c.revision + 1, "updated": now})
    if article.retracted is None:
        queue.edits(connection, article, now)


def alter(connection: Connection, article_id: int, changes: dict[str, Any]) -> Article:
    """Set some columns of an article."""
    statement = update(articles).where(articles.c.id == article_id).values(changes).returning(articles)
    row = connection.execute(statement).mappings().one()
    touch_row(connection, row, stood=True)
    return article_of(row)


def is_shown(connection: Connection, article: Article) -> bool:
    """Whether lists and searches show an article: it stands, and behind no other."""
    stands = article.retracted is None and article.held is None
    return stands and stories.lead_of(connection, article.id) == article.id


def standing(connection: Connection, article_ids: Collection[int]) -> list[int]:
    """Those of some articles that readers may see: not withdrawn, and not held."""
    query = select(articles.c.id).where(articles.c.id.in_(article_ids), stories.STANDING)
    return list(connection.scalars(query))


def put_provinces(connection: Connection, article: Article) -> None:
    """List an article under its provinces, and under no other."""
    drop_provinces(connection, article)
    list_in_provinces(connection, [article])


def hide_provinces(connection: Connection, article: Article) -> None:
    """List an article under its provinces for those alone who ask for retracted ones too: feeds say that it was."""
    of_article = article_provinces.c.article_id == article.id
    hidden = update(article_provinces).where(of_article).values(rank=HIDDEN).returning(article_provinces.c.province)
    touch_provinces(connection, connection.scalars(hidden))


def drop_provinces(connection: Connection, article: Article) -> None:
    """List an article under no province."""
    dropped = delete(article_provinces).where(article_provinces.c.article_id == article.id)
    touch_provinces(connection, connection.scalars(dropped.returning(article_provinces.c.province)))


def list_in_provinces(connection: Connection, listed: Iterable[Article]) -> None:
    """List articles under their provinces, which none does yet."""
    rows = [
        {"article_id": article.id, "province": slug, "rank": rank}
        for article in listed
        for rank, slug in enumerate(article.provinces)
    ]
    if rows:
        connection.execute(insert(article_provinces), rows)
        touch_provinces(connection, (str(row["province"]) for row in rows))


def _add_revisions(connection: Connection, revised: Iterable[tuple[Article, Draft]]) -> None:
    rows = [
        {
            "article_id": article.id,
            "revision": article.revision,
            "stored": article.updated,
            **original_of(draft.document),
        }
        for article, draft in revised
    ]
    connection.execute(insert(revisions), rows)


def _next_ids(connection: Connection, published: Iterable[datetime]) -> list[int]:
    """A free id for each article, in the second of its publication; kept for us until the transaction ends."""
    firsts = [first_id(moment) for moment in published]
    lock_seconds(connection, {first >> SEQUENCE_BITS for first in firsts})
    # The first article of a second has its first id: where that is free, all are.
    taken = connection.execute(_TAKEN, {"firsts": list(set(firsts))})
    free = {first: first for first in firsts} | {first: newest + 1 for first, newest in taken}
    ids = []
    for first in firsts:
        ids.append(free[first])
        free[first] += 1
    return ids


_OF_A_SECOND = articles.alias()
_NEWEST = select(func.max(_OF_A_SECOND.c.id)).where(
    _OF_A_SECOND.c.id.between(articles.c.id, articles.c.id + (1 << SEQUENCE_BITS) - 1)
)
_TAKEN = select(articles.c.id, _NEWEST.scalar_subquery()).where(articles.c.id.in_(bindparam("firsts", expanding=True)))
"""Those of some seconds' first ids that are given, each with the newest id of its second."""
