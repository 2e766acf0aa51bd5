"""What a channel's own settings make of its posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import CHANNEL, Newsroom, draft, play

from bot.posts.measure import utf16
from bot.posts.style import DEFAULT, Quiet, Style, latin
from bot.publishing.pacing import Rate, Rates

TEHRAN = ZoneInfo("Asia/Tehran")
Play = Callable[..., None]


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story, **settings: play(sqlite_url, story, **settings)


def noon(hour: int, minute: int = 30) -> datetime:
    return datetime(2025, 9, 24, hour, minute, tzinfo=TEHRAN)


@pytest.mark.parametrize(("hour", "silent"), [(22, False), (23, True), (3, True), (6, True), (7, False), (12, False)])
def test_readers_sleep_from_eleven_to_seven_unless_the_channel_says_otherwise(hour: int, silent: bool) -> None:
    assert DEFAULT.quiet is not None
    assert DEFAULT.quiet.covers(noon(hour).astimezone(UTC), TEHRAN) is silent


@pytest.mark.parametrize(
    ("hour", "minute", "silent"), [(12, 59, False), (13, 0, True), (15, 29, True), (15, 30, False)]
)
def test_quiet_hours_may_lie_within_a_day(hour: int, minute: int, silent: bool) -> None:
    assert Quiet.parse("13:00-15:30").covers(noon(hour, minute), TEHRAN) is silent


@pytest.mark.parametrize("wrong", ["23:00", "23-25:00", "night", "24:00-07:00", "08:00-08:00", "-", "7:00-08:61"])
def test_what_names_no_hours_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="use two times"):
        Quiet.parse(wrong)


@pytest.mark.parametrize(
    ("persian", "expected"),
    [("۲٫۵٪ از ۱٬۲۰۰ نفر", "2.5% از 1,200 نفر"), ("ساعت ۱۸:۳۰", "ساعت 18:30"), ("٤٥", "45"), ("٬ ٫", "٬ ٫")],
)
def test_latin_digits_bring_the_signs_that_belong_to_them(persian: str, expected: str) -> None:
    assert latin(persian) == expected


@given(st.text())
def test_latin_digits_never_make_a_text_longer(text: str) -> None:
    assert utf16(latin(text)) == utf16(text)


def test_each_channel_has_its_layout_digits_and_quiet_hours(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        first, second = newsroom.open_channel(), newsroom.open_channel(-1001000000002)
        styles = {
            str(first.id): Style(quiet=Quiet.parse("11:00-13:00"), digits="latin", layout="short"),
            str(second.id): Style(quiet=None),
        }
        body = "۲۵ نفر آمدند.\n\nبند دوم خبر هم آمد."
        newsroom.save(draft(0, title="جشن ۱۴۰۴", body=body), to=(first.id, second.id))
        await newsroom.drain(newsroom.publisher(styles=styles))
        short, full = first.history[0], second.history[0]
        assert (short.silent, full.silent) == (True, False)
        assert short.text.startswith("🔹 جشن 1404\n\n25 نفر آمدند.\n\n🕐 سه‌شنبه 1 مهر 1404 | 12:00\n📰")
        assert "بند دوم" not in short.text
        assert "۲۵ نفر" in full.text
        assert "بند دوم" in full.text

    stage(story)


def test_a_correction_keeps_the_style_of_its_channel(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.open_channel()
        publisher = newsroom.publisher(styles={str(CHANNEL): Style(digits="latin")})
        newsroom.save(draft(7))
        await newsroom.drain(publisher)
        newsroom.save(draft(7, revision=2, title="جشن ۱۴۰۴"))
        await newsroom.drain(publisher)
        (text,) = newsroom.api.chats[CHANNEL].texts
        assert text.startswith("🔹 جشن 1404")
        assert newsroom.counts["sent"] == 2

    stage(story)


def test_breaking_news_sounds_in_quiet_hours(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        chat = newsroom.open_channel()
        newsroom.save(draft(0, urgent=True))
        await newsroom.drain(newsroom.publisher(styles={str(CHANNEL): Style(quiet=Quiet.parse("11:00-13:00"))}))
        assert not chat.history[0].silent

    stage(story)


def test_a_channel_with_a_rate_of_its_own_goes_at_that_rate(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        slow, other = newsroom.open_channel(), newsroom.open_channel(-1001000000002)
        newsroom.save(*(draft(number) for number in range(6)), to=(slow.id, other.id))
        rates = Rates(own={str(slow.id): Rate(2, 300)})
        publisher = newsroom.publisher(rates=rates)
        await newsroom.run_for(publisher, 290)
        assert (len(slow.history), len(other.history)) == (2, 6)
        await newsroom.drain(publisher)
        times = [message.date for message in slow.history]
        assert len(times) == 6
        assert all(later - earlier >= 299 for earlier, later in zip(times, times[2:], strict=False))

    stage(story)
