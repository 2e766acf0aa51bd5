"""Where an article goes is a function of the settings and its provinces."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.publishing.routing import PREVIEW, mover, router
from bot.settings import ChannelSettings
from feeds.models import Article, Document, Draft, Route, Summary
from feeds.pipeline import unstored


def draft(*provinces: str, text: str = "متن.", source: str = "seeds") -> Draft:
    document = Document(source, "a.txt", "عنوان", text, datetime(2026, 1, 1, tzinfo=UTC))
    return Draft(document, "عنوان", text, text, Summary(text), provinces)


def test_without_channels_everything_goes_to_the_preview() -> None:
    assert router([])(draft("qom")) == (Route(PREVIEW),)
    assert router([])(draft()) == (Route(PREVIEW),)


def test_a_channel_without_provinces_carries_everything() -> None:
    route = router([ChannelSettings(chat="@all")])
    assert route(draft("qom")) == route(draft()) == (Route("@all"),)


def test_a_channel_of_a_province_carries_its_news_and_no_other() -> None:
    route = router([ChannelSettings(chat="@qom", provinces=("qom",))])
    assert route(draft("fars", "qom")) == (Route("@qom"),)
    assert route(draft("fars")) == ()
    assert route(draft()) == ()


def test_a_channel_that_holds_waits_for_the_desk() -> None:
    route = router([ChannelSettings(chat="@a", hold=True), ChannelSettings(chat="@b")])
    assert route(draft()) == (Route("@a", held=True), Route("@b"))


def test_a_channel_of_words_carries_what_holds_one_of_its_phrases_whole() -> None:
    route = router([ChannelSettings(chat="@a", include=("زلزله", "قطع برق"))])
    assert route(draft(text="زلزله‌ای در گیلان رخ داد."))
    assert route(draft(text="برق پایتخت قطع شد."))
    assert not route(draft(text="برق ارزان شد."))


def test_excluded_words_stand_over_included_ones() -> None:
    route = router([ChannelSettings(chat="@a", include=("برق",), exclude=("آگهی",))])
    assert route(draft(text="برق آمد."))
    assert not route(draft(text="آگهی مناقصهٔ برق"))


def test_words_are_compared_as_search_does() -> None:
    route = router([ChannelSettings(chat="@a", include=("كتاب",))])
    assert route(draft(text="نمایشگاه کتاب‌ها گشایش یافت."))


def test_a_phrase_without_words_shuts_nothing_out() -> None:
    assert router([ChannelSettings(chat="@a", exclude=("؟!", ""))])(draft())


def test_a_channel_may_follow_some_sources_alone() -> None:
    route = router([ChannelSettings(chat="@a", sources=("mehr",))])
    assert route(draft(source="mehr"))
    assert not route(draft(source="seeds"))


def test_a_source_that_is_held_is_held_in_every_channel() -> None:
    held = replace(draft(), document=replace(draft().document, hold=True))
    assert router([ChannelSettings(chat="@a")])(held) == (Route("@a", held=True),)


def test_what_is_quiet_goes_to_no_channel() -> None:
    assert router([])(replace(draft(), document=replace(draft().document, quiet=True))) == ()


def test_a_channel_follows_a_feed_by_its_key_though_the_agency_numbers_the_article() -> None:
    route = router([ChannelSettings(chat="@a", sources=("mehrnews.com/rss/tp/19",))])
    document = replace(draft(source="mehrnews.com").document, feed="mehrnews.com/rss/tp/19")
    assert route(replace(draft(), document=document))


NOW = datetime(2026, 1, 1, 6, tzinfo=UTC)
QOM_AND_QUAKES = [
    ChannelSettings(chat="@qom", provinces=("qom",)),
    ChannelSettings(chat="@quakes", include=("زلزله",), hold=True),
    ChannelSettings(chat="@all"),
]


def moved(before: Draft, after: Draft, *, feed: str = "", now: datetime = NOW) -> tuple[Route, ...]:
    former, article = (unstored(told, now) for told in (before, after))
    assert isinstance(article, Article)
    return mover(QOM_AND_QUAKES)(replace(after.document, feed=feed), former, article)


@pytest.mark.parametrize("feed", ["", "mehr"])
def test_a_change_of_province_or_words_brings_an_article_to_the_channels_of_these(feed: str) -> None:
    assert Route("@qom") in moved(draft("fars"), draft("qom"), feed=feed)
    assert Route("@quakes", held=True) in moved(draft(), draft(text="زلزله آمد."), feed=feed)
    assert Route("@qom") not in moved(draft("qom"), draft("fars"), feed=feed)


def test_what_a_channel_took_before_is_new_to_it_only_where_the_inbox_brings_it() -> None:
    assert moved(draft("qom"), draft("qom", text="متنی دیگر."), feed="mehr") == ()
    assert moved(draft("qom"), draft("qom", text="متنی دیگر.")) == (Route("@qom"), Route("@all"))


def test_what_a_feed_changes_late_goes_nowhere_anew() -> None:
    late = NOW + timedelta(days=1)
    assert moved(draft("fars"), draft("qom"), feed="mehr", now=late) == ()
    assert Route("@qom") in moved(draft("fars"), draft("qom"), now=late)
