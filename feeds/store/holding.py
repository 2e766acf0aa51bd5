"""An article that waits for the desk: while it is held, no reader sees it, in no list, feed, search or channel.

It is held from its coming, where its source's articles wait or all its posts do, or by the desk's word, as long as no
channel has it. All of it happens within a transaction of the desk's, which stands alone with the claims.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from feeds.models import Article
from feeds.store import changes, listing, stories
from feeds.store.database.rows import article_of
from feeds.store.database.tables import articles
from feeds.store.delivery import queue
from feeds.store.search.fulltext import FullText


def hold(connection: Connection, fulltext: FullText, article_id: int, now: datetime) -> bool:
    """Let no reader see an article any more, whose waiting posts are held already.

    Returns:
        Whether it is held from now on: not where it was, was withdrawn, or is out in a channel or on its way there.
    """
    known = connection.execute(select(articles).where(articles.c.id == article_id)).mappings().first()
    if known is None or known["held"] or known["retracted"] or queue.is_out(connection, article_id):
        return False
    article = article_of(known)
    changes.alter(connection, article_id, {"held": now, "released": None})
    changes.drop_provinces(connection, article)
    fulltext.remove(connection, article_id)
    changes.tell_story(connection, article, now)
    return True


def waiting(connection: Connection, article_ids: Collection[int] | None = None) -> list[Article]:
    """The articles that are held and can be let go, of these or of all: not those that were withdrawn meanwhile."""
    query = select(articles).where(articles.c.held.is_not(None), articles.c.retracted.is_(None))
    if article_ids is not None:
        query = query.where(articles.c.id.in_(article_ids))
    return [article_of(row) for row in connection.execute(query.order_by(articles.c.id)).mappings()]


def release(connection: Connection, fulltext: FullText, article: Article, now: datetime) -> None:
    """Let readers see an article that was held, whose posts wait no more for the desk."""
    article = changes.alter(connection, article.id, {"held": None, "released": now})
    if changes.is_shown(connection, article):
        listing.show(connection, fulltext, article)
    else:
        told = changes.standing(connection, stories.articles_with(connection, article.id))
        queue.stand_behind(connection, article, told, now)
    changes.tell_story(connection, article, now)
