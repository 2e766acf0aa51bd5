"""Where an article goes is a function of the settings and its provinces."""

from datetime import UTC, datetime

from bot.routing import PREVIEW, router
from bot.settings import ChannelSettings
from feeds.models import Document, Draft, Route, Summary


def draft(*provinces: str) -> Draft:
    document = Document("seeds", "a.txt", "عنوان", "متن.", datetime(2026, 1, 1, tzinfo=UTC))
    return Draft(document, "عنوان", "متن.", "متن.", Summary("متن."), provinces)


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
