"""What a feed tells, as the writer of feeds asks the store for it."""

from __future__ import annotations

from feeds.models import Article
from feeds.store import Store
from feeds.store.archive.lists import Head, Selection


def heads(store: Store, province: str | None = None, *, limit: int = 9) -> tuple[Head, ...]:
    """What a feed is made of: it is another one when, and only when, these are."""
    return store.lists.heads(Selection(province or ""), limit=limit)


def fed(store: Store, province: str | None = None, *, limit: int = 9) -> tuple[Article, ...]:
    """The articles of a feed, in its order."""
    numbers = [head.id for head in heads(store, province, limit=limit)]
    articles = store.articles.by_ids(numbers)
    return tuple(articles[number] for number in numbers)
