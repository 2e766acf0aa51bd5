"""An article that waits: while it is held, no reader sees it, in no list, feed, search or channel.

It is held from its coming, where its source's articles wait or all its posts do, or by the desk's word, as long as no
channel has it. It waits for the desk, or for a moment that the desk has set (`due`), at which it is let go by itself.
All of it happens within a transaction of the desk's, which stands alone with the claims.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from feeds.models import Article
from feeds.store.archive import changes, listing, stories
from feeds.store.database.rows import article_of
from feeds.store.database.tables import acts, articles
from feeds.store.delivery import queue
from feeds.store.search.index.fulltext import FullText

_HELD: ColumnElement[bool] = articles.c.held.is_not(None) & articles.c.retracted.is_(None)
"""What waits and can be let go: not what was withdrawn meanwhile."""


def hold(
    connection: Connection, fulltext: FullText, article_id: int, now: datetime, *, until: datetime | None = None
) -> bool:
    """Let no reader see an article before the desk's word, or `until` a moment; its waiting posts are held already.

    Returns:
        Whether that is so from now on: not where it was so before, was withdrawn, or is out in a channel or on its way
        there.
    """
    known = connection.execute(select(articles).where(articles.c.id == article_id)).mappings().first()
    if known is None or known["retracted"]:
        return False
    if known["held"]:
        if known["due"] == until:
            return False
        changes.alter(connection, article_id, {"due": until})
        return True
    if queue.is_out(connection, article_id):
        return False
    article = article_of(known)
    changes.alter(connection, article_id, {"held": now, "due": until, "released": None})
    changes.drop_provinces(connection, article)
    fulltext.remove(connection, article_id)
    changes.tell_story(connection, article, now)
    return True


def may_be(connection: Connection, article_id: int) -> bool:
    """Whether there is such an article, and it was not withdrawn."""
    stands = select(articles.c.id).where(articles.c.id == article_id, articles.c.retracted.is_(None))
    return connection.scalar(stands) is not None


def waiting(connection: Connection, article_ids: Collection[int] | None = None) -> list[Article]:
    """The articles that can be let go: of these, or all that wait for the desk and for no moment."""
    query = select(articles).where(_HELD)
    query = query.where(articles.c.due.is_(None) if article_ids is None else articles.c.id.in_(article_ids))
    return [article_of(row) for row in connection.execute(query.order_by(articles.c.id)).mappings()]


def newly(connection: Connection, since: datetime, but: str = "") -> list[Article]:
    """The articles that have come since a moment and wait for the desk, or a post of theirs does; `but` for a section.

    Not what the desk itself has held, or given its time.
    """
    came = articles.c.held.is_not(None) & (articles.c.held >= since) & (articles.c.held == articles.c.ingested)
    numbers = set(connection.scalars(select(articles.c.id).where(came))) | queue.newly_held(connection, since)
    numbers -= by_desk(connection, since)
    query = select(articles).where(articles.c.id.in_(numbers), articles.c.retracted.is_(None), articles.c.due.is_(None))
    rows = connection.execute(query.order_by(articles.c.id)).mappings()
    return [article_of(row) for row in rows if not but or row["section"] != but]


def by_desk(connection: Connection, since: datetime) -> set[int]:
    """The articles that somebody of the desk has held since a moment."""
    held = select(acts.c.target).where(acts.c.act == "hold", acts.c.at >= since)
    names = (target.split() for target in connection.scalars(held))
    return {int(name[1]) for name in names if len(name) > 1 and name[0] == "article"}


def due(connection: Connection, now: datetime) -> list[int]:
    """The ids of the articles whose moment has come."""
    query = select(articles.c.id).where(_HELD, articles.c.due <= now)
    return list(connection.scalars(query.order_by(articles.c.due, articles.c.id)))


def next_due(connection: Connection) -> datetime | None:
    """The next moment that an article waits for."""
    moment: datetime | None = connection.scalar(
        select(func.min(articles.c.due)).where(_HELD, articles.c.due.is_not(None))
    )
    return moment


def release(connection: Connection, fulltext: FullText, article: Article, now: datetime) -> None:
    """Let readers see an article that was held, whose posts wait no more for the desk."""
    article = changes.alter(connection, article.id, {"held": None, "due": None, "released": now})
    if changes.is_shown(connection, article):
        listing.show(connection, fulltext, article)
    else:
        told = changes.standing(connection, stories.articles_with(connection, article.id))
        queue.stand_behind(connection, article, told, now)
    changes.tell_story(connection, article, now)
