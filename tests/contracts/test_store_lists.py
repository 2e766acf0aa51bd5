"""Lists besides the newest: of an agency, of breaking news, of a period, of corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feeds.models import Article, Draft
from feeds.store import Store
from feeds.store.archive.lists import Head, Selection

HOUR = timedelta(hours=1)


@pytest.fixture
def save(store: Store, draft: Callable[..., Draft], noon: datetime) -> Callable[..., Article]:
    def save(key: str = "one", *, agency: str = "خبرگزاری مهر", at: datetime = noon, **changes: object) -> Article:
        return store.articles.save(replace(draft(key, **changes), agency=agency), (), at).article

    return save


def keys(articles: tuple[Article, ...]) -> list[str]:
    return [article.key for article in articles]


def test_an_agency_has_what_it_signed_also_where_another_leads_the_story(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    lead = save("lead", agency="خبرگزاری ایرنا")
    again = save("again", published=noon - HOUR)
    own = save("own", published=noon - 2 * HOUR)
    same = save("same", published=noon - 3 * HOUR)
    store.editorial.merge(again.uid, lead.uid, noon)
    store.editorial.merge(same.uid, own.uid, noon)
    assert keys(store.lists.newest(Selection(agency="خبرگزاری مهر"), limit=9)) == ["again", "own"]
    assert keys(store.lists.newest(Selection(), limit=9)) == ["lead", "own"]
    assert store.lists.agencies() == ("خبرگزاری ایرنا", "خبرگزاری مهر")


def test_an_agency_with_nothing_that_readers_may_see_is_not_named(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    gone = save("gone", agency="خبرگزاری موج")
    save("unsigned", agency="")
    store.editorial.retract(gone.uid, noon)
    assert store.lists.agencies() == ()


def test_breaking_news_is_a_list_of_its_own(store: Store, save: Callable[..., Article]) -> None:
    save("calm")
    save("urgent", urgent=True)
    assert keys(store.lists.newest(Selection(urgent=True), limit=9)) == ["urgent"]
    assert keys(store.lists.newest(Selection(province="qom", urgent=True), limit=9)) == ["urgent"]


def test_heads_tell_of_every_change_and_of_what_was_withdrawn(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    article = save()
    (before,) = store.lists.heads(Selection(), limit=9)
    assert before == Head.of(article)
    store.editorial.retract(article.uid, noon + HOUR)
    (after,) = store.lists.heads(Selection(province="qom"), limit=9)
    assert (after.id, after.retracted) == (article.id, noon + HOUR)
    assert store.lists.newest(Selection(), limit=9) == ()


def test_a_period_holds_its_articles_in_order_up_to_its_end(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    saved = [save(str(number), published=noon + number * HOUR) for number in range(4)]
    ids = [article.id for article in saved]
    assert store.lists.ids(Selection(), noon + HOUR, noon + 3 * HOUR) == ids[1:3]
    assert store.lists.place(Selection(province="qom"), noon, ids[2]) == 2
    assert store.lists.older(Selection(), ids[1]) == ids[0]
    assert store.lists.older(Selection(), ids[0]) is None
    assert keys(store.lists.named(Selection(), [ids[0], ids[3], 5])) == ["3", "0"]


def test_corrections_are_changes_of_words_and_withdrawals_the_newest_first(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    save("headline", title="باران در قم")
    save("text", body="دو تن آسیب دیدند.")
    save("blank", body="یک  سطر.", fingerprint="1")
    save("gone")
    save("headline", title="برف در قم", at=noon + HOUR)
    save("text", body="سه تن آسیب دیدند.", at=noon + 2 * HOUR)
    save("blank", body="یک سطر.", fingerprint="2", at=noon + 3 * HOUR)  # nobody reads that
    save("gone", body="متنی دیگر.", at=noon + 4 * HOUR)
    gone = store.articles.latest(limit=9)
    store.editorial.retract(next(one.uid for one in gone if one.key == "gone"), noon + 5 * HOUR)
    found = store.lists.corrections(limit=9)
    assert [(one.article.key, one.retracted, one.new_title) for one in found] == [
        ("gone", True, False),
        ("text", False, False),
        ("headline", False, True),
    ]
    assert found[2].before is not None
    assert found[2].before.title == "باران در قم"
    assert store.lists.corrections(limit=1) == found[:1]


def test_a_story_that_gets_another_source_is_no_correction(
    store: Store, save: Callable[..., Article], noon: datetime
) -> None:
    lead, other = save("lead"), save("other", agency="خبرگزاری ایرنا")
    store.editorial.merge(other.uid, lead.uid, noon + HOUR)
    store.editorial.set_provinces(lead.uid, ("yazd",), noon + HOUR)
    assert store.lists.corrections(limit=9) == ()
