from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds.text.times import jalali

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2025, 9, 24, 15, 0, tzinfo=UTC)  # چهارشنبه ۲ مهر ۱۴۰۴


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
