from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from feeds.layout import prominence
from feeds.models import Article, Image, Kind

Make = Callable[..., Article]
PICTURE = Image("https://agency.example/1.jpg")
LONG = "متن خبر ادامه دارد. " * 20


def _lead(articles: list[Article], now: datetime, **told: int) -> str:
    tellers: dict[int, list[Any]] = {one.id: [None] * told.get(one.key, 0) for one in articles}
    found = prominence.lead(articles, tellers, now)
    assert found is not None
    return found.key


def test_among_equals_the_newest_leads(article: Make, noon: datetime) -> None:
    articles = [article(str(n), id=n, published=noon - timedelta(minutes=n)) for n in range(5)]
    assert _lead(articles, noon) == "0"


def test_breaking_news_leads_before_what_is_newer(article: Make, noon: datetime) -> None:
    old = article("old", id=1, urgent=True, published=noon - timedelta(hours=6))
    assert _lead([article("new", id=2, image=PICTURE, body=LONG), old], noon) == "old"


def test_what_many_tell_leads_before_what_one_tells(article: Make, noon: datetime) -> None:
    old = article("old", id=1, published=noon - timedelta(hours=3))
    assert _lead([article("new", id=2), old], noon, old=2) == "old"


def test_a_picture_and_a_text_are_worth_an_hour(article: Make, noon: datetime) -> None:
    old = article("old", id=1, image=PICTURE, body=LONG, published=noon - timedelta(hours=1))
    assert _lead([article("new", id=2, body="کوتاه"), old], noon) == "old"


def test_an_opinion_does_not_lead_where_there_is_news(article: Make, noon: datetime) -> None:
    old = article("news", id=1, published=noon - timedelta(hours=1))
    assert _lead([article("essay", id=2, kind=Kind.OPINION), old], noon) == "news"


def test_breaking_news_of_yesterday_leads_no_more(article: Make, noon: datetime) -> None:
    old = article("old", id=1, urgent=True, published=noon - timedelta(hours=30))
    assert _lead([article("new", id=2), old], noon) == "new"


def test_an_article_of_a_clock_that_is_ahead_gains_nothing_by_it(article: Make, noon: datetime) -> None:
    ahead = article("ahead", id=3, published=noon + timedelta(hours=9))
    assert _lead([ahead, article("told", id=2)], noon, told=1) == "told"


def test_without_articles_nothing_leads(noon: datetime) -> None:
    assert prominence.lead([], {}, noon) is None


def test_a_day_is_ranked_by_weight_and_then_by_time(article: Make) -> None:
    articles = [article("a", id=3), article("b", id=2, urgent=True), article("c", id=1)]
    assert [one.key for one in prominence.ranked(articles, {1: (None,)})] == ["b", "c", "a"]
