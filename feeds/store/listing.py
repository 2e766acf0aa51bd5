"""What lists, searches and channels show of an article, changed within a transaction of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from feeds.models import Article, Draft, Route
from feeds.store import changes, stories
from feeds.store.database.engine import writing
from feeds.store.delivery import queue
from feeds.store.search.fulltext import FullText
from feeds.store.search.keys import Entry, Keys, keys_of


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes what is stored."""
    with writing(engine) as connection:
        changes.stand_alone(connection)
        yield connection


def search_keys(edited: Draft | Article) -> Keys:
    """What an article is found by."""
    return keys_of(edited.title, f"{edited.lead}\n{edited.body}")


def index(connection: Connection, fulltext: FullText, article: Article) -> None:
    """Let searches find an article as it is now."""
    fulltext.put(connection, Entry(article.id, search_keys(article), article.provinces))


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
    story = changes.standing(connection, stories.articles_with(connection, article.id)) if routes else ()
    queue.posts(connection, [(article, queue.untold(connection, article, story, routes))], now)
