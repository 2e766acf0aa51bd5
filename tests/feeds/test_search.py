"""What a person types is understood: a time, a place, words; whatever it is, it harms nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.models import Document, Draft, SearchQuery, Summary
from feeds.search import LONGEST, MOST_TERMS, parse
from feeds.store import Store

ZONE = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


def understood(typed: str) -> SearchQuery:
    return parse(typed, NOW, ZONE)


@pytest.mark.parametrize("typed", ["قم", "استان قم", "qom", "ghom", "rl", "  قُم ", "قم؟"])
def test_a_province_is_known_however_it_is_typed(typed: str) -> None:
    query = understood(typed)
    assert query.provinces == ("qom",)
    assert query.terms == query.first == ()


def test_words_and_a_time_are_told_from_the_province() -> None:
    query = understood("قم سیل دیروز")
    assert (query.provinces, query.terms) == (("qom",), ("سیل",))
    assert query.since == datetime(2026, 1, 8, 20, 30, tzinfo=UTC)
    assert query.until == datetime(2026, 1, 9, 20, 30, tzinfo=UTC)


def test_an_ambiguous_name_is_a_question() -> None:
    query = understood("خراسان زلزله")
    assert query.provinces == ()
    assert set(query.choices) == {"razavi-khorasan", "north-khorasan", "south-khorasan"}


def test_a_town_stands_for_its_province_and_comes_first() -> None:
    query = understood("کاشان")
    assert (query.provinces, query.terms, query.first) == (("isfahan",), (), ("کاشان",))


def test_the_town_that_was_asked_for_comes_before_the_rest_of_its_province(store: Store) -> None:
    for key, title in (("a", "گلاب‌گیری در کاشان"), ("b", "سی‌وسه‌پل مرمت شد"), ("c", "نمایشگاه در اصفهان")):
        document = Document("seeds", key, title, "متن.", NOW, fingerprint=key)
        store.articles.save(Draft(document, title, "متن.", "متن.", Summary("متن."), ("isfahan",)), [], NOW)
    page = store.articles.search(understood("کاشان"), limit=5)
    assert [article.title for article in page.articles] == [
        "گلاب‌گیری در کاشان",
        "نمایشگاه در اصفهان",
        "سی‌وسه‌پل مرمت شد",
    ]
    assert page.total == 3


@given(st.text(max_size=400))
def test_nothing_that_can_be_typed_fails(typed: str) -> None:
    query = understood(typed)
    assert len(query.text) <= LONGEST
    assert len(query.terms) <= MOST_TERMS
    assert all(term.isalnum() for term in query.terms)
