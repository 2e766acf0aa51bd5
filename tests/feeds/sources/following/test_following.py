"""From a feed to the store: posted once, told once, whoever republishes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store

from feeds.errors import PollError
from feeds.models import Article, Document, Problem, Route, Saved
from feeds.pipeline import follow, ingest
from feeds.store import Store, open_store
from feeds.stories.coverage import Coverage

NOW = datetime.now(UTC)
TEXT = (
    "ساری – محیط‌بانان سوادکوه خرسی را که در تله سیمی روستای لفور گرفتار بود پس از شش ساعت رها کردند.\n\n"
    "رئیس ادارهٔ محیط زیست گفت: حال این خرس خوب است و به سوی جنگل‌های بالادست روستا رفت.\n\n"
    "وی از باغداران خواست به جای تله از حصار برقی بهره ببرند که هزینهٔ آن را این اداره می‌پردازد."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


def document(source: str, text: str = TEXT, title: str = "رهاسازی خرس در سوادکوه", **other: Any) -> Document:
    published = NOW - timedelta(minutes=10)
    return Document(source, "1", title, text, published, feed=source, agency=source, fingerprint=title + text, **other)


def take(store: Store, *documents: Document) -> list[Saved]:
    results = list(follow(store, [documents], lambda _: [Route("@a")], Coverage(store)))
    assert all(isinstance(result, Saved) for result in results)
    return [result for result in results if isinstance(result, Saved)]


def posts(store: Store) -> int:
    return sum(store.deliveries.counts(["@a"]).values())


def test_what_two_agencies_publish_is_posted_once_and_names_both(store: Store) -> None:
    first, second = take(store, document("مهر"), document("ایرنا", title="خرس سوادکوه آزاد شد"))
    assert posts(store) == 1
    (story_source,) = store.stories.story_sources([first.article.id])[first.article.id]
    assert (story_source.article_id, story_source.agency) == (second.article.id, "ایرنا")
    assert [article.id for article in store.articles.latest(limit=5)] == [first.article.id]


def test_they_are_one_story_in_another_pass_too(store: Store) -> None:
    (first,) = take(store, document("مهر"))
    take(store, document("ایرنا"))
    assert len(store.stories.story_sources([first.article.id])[first.article.id]) == 1


def test_a_correction_is_a_revision_and_no_second_story(store: Store) -> None:
    take(store, document("مهر"))
    (again,) = take(store, document("مهر", text=TEXT.replace("شش", "هفت")))
    assert again.article.revision == 2
    assert posts(store) == 1


def test_a_document_of_the_inbox_is_posted_though_a_feed_told_it_before(store: Store) -> None:
    take(store, document("مهر"))
    own = document("seeds")
    list(ingest(store, [own], lambda _: [Route("@a")]))
    assert posts(store) == 2


def test_a_document_that_tells_what_was_told_goes_on_with_it(store: Store) -> None:
    (first,) = take(store, document("مهر"))
    own = replace(document("seeds"), feed="")
    (saved,) = ingest(store, [own], lambda _: [Route("@a")], coverage=Coverage(store))
    assert isinstance(saved, Saved)
    assert set(store.stories.whole(saved.article.id)) == {first.article.id, saved.article.id}
    assert len(store.articles.latest(limit=5)) == 2


def test_what_an_agency_adds_to_its_story_is_posted_and_goes_on_with_it(store: Store) -> None:
    lead = "خرسی که در تله سیمی روستای لفور سوادکوه گرفتار شده بود و محیط‌بانان آن را رها کردند، دیشب به روستا بازگشت."
    (first,) = take(store, document("مهر"))
    (then,) = take(store, replace(document("مهر", lead, "خرس سوادکوه به لفور بازگشت"), key="2"))
    assert posts(store) == 2
    assert [other.id for other in store.stories.chain(then.article.id)] == [first.article.id]


def test_a_correction_may_bring_an_article_to_another_channel(store: Store) -> None:
    def move(document: Document, former: Article, article: Article) -> list[Route]:
        assert (document.source, former.revision, article.revision) == ("مهر", 1, 2)
        return [Route("@a"), Route("@b")]

    for text in (TEXT, TEXT.replace("شش", "هفت")):
        list(follow(store, [[document("مهر", text=text)]], lambda _: [Route("@a")], Coverage(store), move))
    assert posts(store) == 1
    assert sum(store.deliveries.counts(["@b"]).values()) == 1


def test_a_feeds_trouble_is_passed_on(store: Store) -> None:
    error = PollError("https://example.org/rss", "HTTP 404: no feed at this address")
    (result,) = follow(store, [error], lambda _: [], Coverage(store))
    assert isinstance(result, Problem)
    assert (result.where, result.kind) == ("https://example.org/rss", "source")


def told(agency: str, text: str, *, title: str = "هوای استان صاف است", hours: float = 0) -> Document:
    published = NOW - timedelta(hours=hours)
    return Document(agency, f"{hours}", title, text, published, feed=agency, agency=agency, fingerprint=text)


WEATHER = (
    "هواشناسی استان {} اعلام کرد: آسمان استان طی {} صاف تا کمی ابری همراه با وزش باد پیش‌بینی می‌شود و تغییر "
    "محسوسی در دمای هوا نخواهیم داشت و از شهروندان خواسته می‌شود در مصرف انرژی صرفه‌جویی کنند."
)


@pytest.mark.parametrize("other", ["مهر", "ایرنا"])
def test_one_template_for_two_provinces_or_two_days_is_two_articles(store: Store, other: str) -> None:
    take(
        store,
        told("مهر", WEATHER.format("سمنان", "امروز"), hours=25),
        told(other, WEATHER.format("سمنان", "امروز"), hours=1),
        told(other, WEATHER.format("یزد", "امروز")),
    )
    assert posts(store) == 3


def test_what_is_told_the_next_morning_of_the_night_before_is_one_article(store: Store) -> None:
    take(
        store,
        told("مهر", WEATHER.format("سمنان", "فردا"), hours=24),
        told("ایرنا", WEATHER.format("سمنان", "امروز")),
    )
    assert posts(store) == 1


def test_what_waits_for_the_desk_is_no_story_to_join_before_its_release(store: Store) -> None:
    coverage = Coverage(store)

    def take_in(one: Document) -> Article:
        (result,) = follow(store, [[one]], lambda _: [Route("@a", held=one.hold)], coverage)
        assert isinstance(result, Saved)
        return result.article

    waits = take_in(document("مهر", hold=True))
    told = take_in(document("ایرنا", title="خرس سوادکوه آزاد شد"))
    assert [article.id for article in store.articles.latest(limit=5)] == [told.id]
    store.editorial.retract(told.uid, NOW)
    store.editorial.release("me", datetime.now(UTC), article_id=waits.id)
    again = take_in(document("ایسنا", title="خرس سوادکوه رها شد"))
    assert store.stories.lead_of(again.id) == waits.id
