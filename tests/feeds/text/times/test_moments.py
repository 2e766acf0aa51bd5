"""A moment to come, as people write it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text.times.moments import read

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2025, 9, 24, 15, 0, tzinfo=TEHRAN)  # Wednesday, 2 Mehr 1404


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("فردا ۱۰", "2025-09-25 10:00"),
        ("فردا ساعت 10:30", "2025-09-25 10:30"),
        ("پس‌فردا ۹ صبح", "2025-09-26 09:00"),
        ("امروز ۱۸:۳۰", "2025-09-24 18:30"),
        ("امشب ۹", "2025-09-24 21:00"),
        ("۱۸:۳۰", "2025-09-24 18:30"),
        ("ساعت ۹", "2025-09-25 09:00"),
        ("۵ عصر", "2025-09-24 17:00"),
        ("۲ ساعت دیگر", "2025-09-24 17:00"),
        ("نیم ساعت دیگر", "2025-09-24 15:30"),
        ("سه روز دیگه", "2025-09-27 15:00"),
        ("جمعه ۱۰", "2025-09-26 10:00"),
        ("چهارشنبه ساعت ۸", "2025-10-01 08:00"),
        ("سه‌شنبه", "2025-09-30 08:00"),
        ("۱۰ مهر ساعت ۷", "2025-10-02 07:00"),
        ("۱ فروردین", "2026-03-21 08:00"),
        ("1405-01-01T10:00", "2026-03-21 10:00"),
        ("1405/01/01 10:00", "2026-03-21 10:00"),
        ("۱۴۰۵/۱/۱ ۱۰:۰۰", "2026-03-21 10:00"),
        ("2026-03-21T10:00", "2026-03-21 10:00"),
        ("2026-03-21T06:30:00+00:00", "2026-03-21 10:00"),
        ("tomorrow 10", "2025-09-25 10:00"),
        ("in 2 hours", "2025-09-24 17:00"),
        ("friday 10:00", "2025-09-26 10:00"),
        ("فردا صبح", "2025-09-25 08:00"),
        ("فردا شب", "2025-09-25 21:00"),
        ("امشب", "2025-09-24 21:00"),
        ("امشب ۱۲", "2025-09-25 00:00"),
        ("۲ شب", "2025-09-25 02:00"),
        ("فردا ۱۲ شب", "2025-09-26 00:00"),
        ("فردا ۲۴:۰۰", "2025-09-26 00:00"),
        ("فردا ۱ ظهر", "2025-09-25 13:00"),
        ("یک ساعت و نیم دیگر", "2025-09-24 16:30"),
        ("یک ربع ساعت دیگر", "2025-09-24 15:15"),
        ("بیست دقیقه دیگر", "2025-09-24 15:20"),
        ("2025-09-26", "2025-09-26 08:00"),
    ],
)
def test_the_moment_that_is_meant_is_understood(words: str, moment: str) -> None:
    assert read(words, NOW, TEHRAN).astimezone(TEHRAN).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize("words", ["امروز ۱۰", "1404/07/01 10:00", "2025-09-24T14:59", "1403-01-01T10:00"])
def test_what_is_past_is_no_moment_to_come(words: str) -> None:
    with pytest.raises(ValueError, match="is past"):
        read(words, NOW, TEHRAN)


def test_what_is_left_of_the_night_is_still_to_come() -> None:
    assert read("۲ شب", NOW.replace(hour=1), TEHRAN) == NOW.replace(hour=2)


@pytest.mark.parametrize("words", ["1460/01/01 10:00", "9998-01-01T10:00", "999999 ساعت دیگر"])
def test_a_year_that_was_mistyped_is_seen(words: str) -> None:
    with pytest.raises(ValueError, match="years ahead"):
        read(words, NOW, TEHRAN)


@pytest.mark.parametrize("words", ["", "کی؟", "فردا ۲۵", "۱۲:۷۵", "1405/13/01 10:00", "۳۱ مهر", "2026-02-30T10:00"])
def test_what_is_no_moment_says_so(words: str) -> None:
    with pytest.raises(ValueError, match=r"no moment|no day"):
        read(words, NOW, TEHRAN)


@given(st.text(max_size=40))
def test_no_words_lead_into_the_past_or_break_it(words: str) -> None:
    with suppress(ValueError):
        assert read(words, NOW, TEHRAN) > NOW - timedelta(seconds=1)
