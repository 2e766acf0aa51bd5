from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import jalali

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2025, 9, 24, 15, 0, tzinfo=UTC)  # چهارشنبه ۲ مهر ۱۴۰۴


def days(words: str, now: datetime = NOW) -> tuple[str, str, str] | None:
    """-> (first day, the day after the last, the words that remain), Jalali."""
    period, rest = jalali.find_period(words, now, TEHRAN)
    if period is None:
        return None
    since, until = (jalali.numeric(moment.astimezone(TEHRAN).date()) for moment in (period.since, period.until))
    return since, until, rest


def test_a_day_in_news_form() -> None:
    assert jalali.news_date(date(2025, 9, 24)) == "چهارشنبه ۲ مهر ۱۴۰۴"
    assert jalali.news_date(date(2025, 3, 20)) == "پنجشنبه ۳۰ اسفند ۱۴۰۳"


def test_a_day_in_figures() -> None:
    assert jalali.numeric(date(2025, 9, 24)) == "۱۴۰۴/۰۷/۰۲"


def test_the_clock_is_the_zone_s() -> None:
    assert jalali.clock(NOW, TEHRAN) == "۱۸:۳۰"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "لحظاتی پیش"),
        (-90, "لحظاتی پیش"),
        (59, "لحظاتی پیش"),
        (720, "۱۲ دقیقه پیش"),
        (7200, "۲ ساعت پیش"),
        (86_400, "۱ روز پیش"),
        (86_400 * 20, "۲ هفته پیش"),
        (86_400 * 400, "۱ سال پیش"),
    ],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert jalali.ago(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("words", "since", "until", "rest"),
    [
        ("سیل دیروز قم", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۲", "سیل قم"),
        ("پریروز", "۱۴۰۴/۰۶/۳۱", "۱۴۰۴/۰۷/۰۱", ""),
        ("هفته گذشته", "۱۴۰۴/۰۶/۲۲", "۱۴۰۴/۰۶/۲۹", ""),
        ("این هفته", "۱۴۰۴/۰۶/۲۹", "۱۴۰۴/۰۷/۰۵", ""),
        ("ماه گذشته", "۱۴۰۴/۰۶/۰۱", "۱۴۰۴/۰۷/۰۱", ""),
        ("۳ روز گذشته", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۷/۰۳", ""),
        ("۳ روز پیش", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۶/۳۱", ""),
        ("ده روز اخیر سیل", "۱۴۰۴/۰۶/۲۳", "۱۴۰۴/۰۷/۰۳", "سیل"),
        ("2 مهر قم", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", "قم"),
        ("۵ مهر", "۱۴۰۳/۰۷/۰۵", "۱۴۰۳/۰۷/۰۶", ""),
        ("۳۰ اسفند", "۱۴۰۳/۱۲/۳۰", "۱۴۰۴/۰۱/۰۱", ""),
        ("چهارشنبه ۲ مهر ۱۴۰۴", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", ""),
        ("۱۴۰۴/۷/۲ سیل", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", "سیل"),
        ("2025-09-24", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", ""),
        ("۲۵ تا ۳۱ شهریور", "۱۴۰۴/۰۶/۲۵", "۱۴۰۴/۰۷/۰۱", ""),
        ("از ۲۵ شهریور تا ۲ مهر", "۱۴۰۴/۰۶/۲۵", "۱۴۰۴/۰۷/۰۳", ""),
        ("مهر ۱۴۰۳", "۱۴۰۳/۰۷/۰۱", "۱۴۰۳/۰۸/۰۱", ""),
        ("آبان‌ماه", "۱۴۰۳/۰۸/۰۱", "۱۴۰۳/۰۹/۰۱", ""),
        ("پارسال", "۱۴۰۳/۰۱/۰۱", "۱۴۰۴/۰۱/۰۱", ""),
        ("سه شنبه سیل", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۲", "سیل"),
        ("روز شنبه", "۱۴۰۴/۰۶/۲۹", "۱۴۰۴/۰۶/۳۰", ""),
    ],
)
def test_a_period_is_found_and_taken_out(words: str, since: str, until: str, rest: str) -> None:
    assert days(words) == (since, until, rest)


@pytest.mark.parametrize(
    "words", ["", "خبرگزاری مهر", "شنبه", "۴۵ مهر", "۱۴۰۴/۱۳/۰۱", "2025-13-45", "امروزی", "سیل قم", "1404"]
)
def test_what_is_no_period_stays_among_the_words(words: str) -> None:
    assert jalali.find_period(words, NOW, TEHRAN) == (None, words)


def test_today_turns_at_midnight_in_tehran() -> None:
    before, after = datetime(2025, 9, 24, 20, 29, tzinfo=UTC), datetime(2025, 9, 24, 20, 30, tzinfo=UTC)
    assert days("امروز", before) == ("۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", "")
    assert days("امروز", after) == ("۱۴۰۴/۰۷/۰۳", "۱۴۰۴/۰۷/۰۴", "")


@given(st.text("۰۱۲۳۴۵۶۷۸۹ /-تامهردیروزگذشتهسالاه", max_size=40))
def test_any_words_are_answered_with_a_true_period_or_none(words: str) -> None:
    period, _ = jalali.find_period(words, NOW, TEHRAN)
    assert period is None or (period.since < period.until and period.since.tzinfo is UTC)
