"""What comes first where there is room for one: the story that readers should not miss, not merely the newest.

Pure: a sum of what speaks for an article, in points. A point is what three hours of age take away, so a story that two
more agencies tell stays above plain news for half a day, and breaking news for a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from feeds.models import Article, Kind
from feeds.syndication import web_address

A_POINT = timedelta(hours=3)
URGENT = 8.0
A_TELLER, MOST_TELLERS = 2.0, 4
"""For each other source that tells the story, up to so many."""
PICTURE, TEXT, SUMMARY, PLACED = 1.5, 1.0, 0.5, 0.5
OPINION = -2.0
"""An author's word is no news."""
ENOUGH_TEXT = 200
"""Characters; less is a headline with a remark."""


def points(article: Article, tellers: int) -> float:
    """What speaks for an article, whatever its age.

    Args:
        article: What may come first.
        tellers: How many other sources tell the same.
    """
    told = A_TELLER * min(tellers, MOST_TELLERS)
    return (
        told
        + URGENT * article.urgent
        + PICTURE * has_picture(article)
        + TEXT * (len(article.body) >= ENOUGH_TEXT)
        + SUMMARY * bool(article.summary.lead)
        + PLACED * bool(article.provinces)
        + OPINION * (article.kind is Kind.OPINION)
    )


def has_picture(article: Article) -> bool:
    """Whether there is a picture that a page may show tomorrow as well."""
    return article.image is not None and article.image.lasts and bool(web_address(article.image.url))


def lead(articles: Sequence[Article], tellers: Mapping[int, Sequence[object]], now: datetime) -> Article | None:
    """The article to begin a page with; None where there is none.

    Args:
        articles: Those of the last day or so, the newest first.
        tellers: The other sources of each one's story, by its id.
        now: What age is measured by.
    """

    def standing(article: Article) -> float:
        age = max(now - article.published, timedelta())
        return points(article, len(tellers.get(article.id, ()))) - age / A_POINT

    return max(articles, key=standing, default=None)


def ranked(articles: Sequence[Article], tellers: Mapping[int, Sequence[object]]) -> list[Article]:
    """The articles of one day, the weightiest first; among equals the newest."""
    return sorted(articles, key=lambda article: (-points(article, len(tellers.get(article.id, ()))), -article.id))
