"""What lists, searches and channels show of an article, changed within a transaction of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from feeds.models import Article, Draft, Route
from feeds.store.archive import changes, stories
from feeds.store.database.engine import writing
from feeds.store.database.tables import revisions
from feeds.store.delivery import queue
from feeds.store.search.index import vocabulary
from feeds.store.search.index.fulltext import FullText
from feeds.store.search.index.keys import Entry, Keys, keys_of


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes what is stored."""
    with writing(engine) as connection:
        changes.stand_alone(connection)
        yield connection


def search_keys(draft: Draft) -> Keys:
    """What a draft will be found by."""
    return keys_of(draft.title, draft.lead, draft.body, place=_place(draft.document.lead, draft.document.body))


def entry(article: Article, keys: Keys) -> Entry:
    """An article as the index takes it."""
    return Entry(article.id, keys, article.provinces, article.agency)


def entries(connection: Connection, stored: Sequence[Article]) -> list[Entry]:
    """Stored articles as the index takes them; the places of their datelines stand in their sources' words alone."""
    columns = (revisions.c.article_id, revisions.c.lead, revisions.c.body)
    query = select(*columns).where(revisions.c.article_id.in_([article.id for article in stored]))
    rows = connection.execute(query.order_by(revisions.c.revision))
    places = {row.article_id: _place(row.lead, row.body) for row in rows}
    return [
        entry(article, keys_of(article.title, article.lead, article.body, place=places.get(article.id, "")))
        for article in stored
    ]


def _place(lead: str, body: str) -> str:
    from feeds.text import datelines  # noqa: PLC0415 - its tables take longer than all else that a command reads here

    return datelines.place_of(body) or datelines.place_of(lead)


def index(connection: Connection, fulltext: FullText, article: Article) -> None:
    """Let searches find an article as it is now."""
    (one,) = entries(connection, [article])
    fulltext.put(connection, one)
    vocabulary.add(connection, vocabulary.kept(one.keys.tokens))


def show(connection: Connection, fulltext: FullText, article: Article) -> None:
    """List an article, and let searches find it."""
    changes.put_provinces(connection, article)
    index(connection, fulltext, article)


def hide(connection: Connection, fulltext: FullText, article: Article, now: datetime) -> None:
    """Put an article behind the one that leads its story."""
    changes.drop_provinces(connection, article)
    fulltext.remove(connection, article.id)
    queue.stand_behind(connection, article, stories.articles_with(connection, article.id), now)


def post_untold(connection: Connection, article: Article, routes: Sequence[Route], now: datetime) -> None:
    """Queue the posts of an article to those of the channels that have none of its story, or a withdrawn one."""
    told = changes.standing(connection, stories.articles_with(connection, article.id)) if routes else ()
    queue.posts(connection, [(article, queue.untold(connection, article, told, routes))], now)
