from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text.times import jalali, periods

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2025, 9, 24, 15, 0, tzinfo=UTC)  # چهارشنبه ۲ مهر ۱۴۰۴


def days(words: str, now: datetime = NOW) -> tuple[str | None, str | None, str] | None:
    """-> (first day, the day after the last, the words that remain), Jalali; None where an end is open."""
    period, rest = periods.find(words, now, TEHRAN)
    if period is None:
        return None
    since, until = (
        moment and jalali.numeric(moment.astimezone(TEHRAN).date()) for moment in (period.since, period.until)
    )
    return since, until, rest


@pytest.mark.parametrize(
    ("words", "since", "until", "rest"),
    [
        ("سیل دیروز قم", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۲", "سیل قم"),
        ("پریروز", "۱۴۰۴/۰۶/۳۱", "۱۴۰۴/۰۷/۰۱", ""),
        ("صبح امروز قم", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", "قم"),
        ("دیروز بعدازظهر سیل", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۲", "سیل"),
        ("سیل عصر دوشنبه", "۱۴۰۴/۰۶/۳۱", "۱۴۰۴/۰۷/۰۱", "سیل"),
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
        ("سه‌شنبه هفته پیش", "۱۴۰۴/۰۶/۲۵", "۱۴۰۴/۰۶/۲۶", ""),
        ("آخر هفته گذشته", "۱۴۰۴/۰۶/۲۷", "۱۴۰۴/۰۶/۲۹", ""),
        ("برف زمستان پارسال", "۱۴۰۳/۱۰/۰۱", "۱۴۰۴/۰۱/۰۱", "برف"),
        ("تابستان گذشته", "۱۴۰۴/۰۴/۰۱", "۱۴۰۴/۰۷/۰۱", ""),
        ("سیل بهار ۱۴۰۴", "۱۴۰۴/۰۱/۰۱", "۱۴۰۴/۰۴/۰۱", "سیل"),
        ("آبان پارسال", "۱۴۰۳/۰۸/۰۱", "۱۴۰۳/۰۹/۰۱", ""),
        ("پارسال آبان", "۱۴۰۳/۰۸/۰۱", "۱۴۰۳/۰۹/۰۱", ""),
        ("۵ آذر سال گذشته", "۱۴۰۳/۰۹/۰۵", "۱۴۰۳/۰۹/۰۶", ""),
    ],
)
def test_a_period_is_found_and_taken_out(words: str, since: str, until: str, rest: str) -> None:
    assert days(words) == (since, until, rest)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "خبرگزاری مهر",
        "شنبه",
        "۴۵ مهر",
        "۱۴۰۴/۱۳/۰۱",
        "2025-13-45",
        "امروزی",
        "سیل قم",
        "1404",
        "بهار آزادی",
        "هوای آخر هفته",
        "چهارشنبه‌سوری",
        "جمعه بازار",
        "سه شنبه های مهدوی",
    ],
)
def test_what_is_no_period_stays_among_the_words(words: str) -> None:
    assert periods.find(words, NOW, TEHRAN) == (None, words)


def test_today_turns_at_midnight_in_tehran() -> None:
    before, after = datetime(2025, 9, 24, 20, 29, tzinfo=UTC), datetime(2025, 9, 24, 20, 30, tzinfo=UTC)
    assert days("امروز", before) == ("۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", "")
    assert days("امروز", after) == ("۱۴۰۴/۰۷/۰۳", "۱۴۰۴/۰۷/۰۴", "")


@given(st.text("۰۱۲۳۴۵۶۷۸۹ /-تامهردیروزگذشتهسالاهقبلوع", max_size=40))
def test_any_words_are_answered_with_a_true_period_or_none(words: str) -> None:
    period, _ = periods.find(words, NOW, TEHRAN)
    if period is not None:
        ends = [end for end in (period.since, period.until) if end is not None]
        assert ends == sorted(set(ends))
        assert ends
        assert all(end.tzinfo is UTC for end in ends)


@pytest.mark.parametrize(
    ("words", "since", "until", "rest"),
    [
        ("سیل از دیروز", "۱۴۰۴/۰۷/۰۱", None, "سیل"),
        ("از دیروز تاکنون", "۱۴۰۴/۰۷/۰۱", None, ""),
        ("از ۲۵ شهریور به بعد", "۱۴۰۴/۰۶/۲۵", None, ""),
        ("۲۵ شهریور به بعد سیل", "۱۴۰۴/۰۶/۲۵", None, "سیل"),
        ("از دو هفته پیش", "۱۴۰۴/۰۶/۱۹", None, ""),
        ("از اول مهر", "۱۴۰۴/۰۷/۰۱", None, ""),
        ("از ابتدای سال زلزله", "۱۴۰۴/۰۱/۰۱", None, "زلزله"),
        ("از ابتدای این ماه", "۱۴۰۴/۰۷/۰۱", None, ""),
        ("بعد از ۲۵ شهریور", "۱۴۰۴/۰۶/۲۶", None, ""),
        ("پس از روز شنبه", "۱۴۰۴/۰۶/۳۰", None, ""),
        ("تا ۵ مهر", None, "۱۴۰۳/۰۷/۰۶", ""),
        ("سیل قم تا دیروز", None, "۱۴۰۴/۰۷/۰۲", "سیل قم"),
        ("تا دو هفته پیش", None, "۱۴۰۴/۰۶/۲۰", ""),
        ("تا پایان شهریور ماه", None, "۱۴۰۴/۰۷/۰۱", ""),
        ("قبل از جمعه", None, "۱۴۰۴/۰۶/۲۸", ""),
        ("اخبار از شنبه تا حالا", "۱۴۰۴/۰۶/۲۹", None, "اخبار"),
        ("۳۶ ساعت گذشته سیل", "۱۴۰۴/۰۷/۰۱", None, "سیل"),
        ("پیش از ۱۴۰۴/۰۱/۰۱ سیل", None, "۱۴۰۴/۰۱/۰۱", "سیل"),
    ],
)
def test_a_period_may_be_open_at_one_end(words: str, since: str | None, until: str | None, rest: str) -> None:
    assert days(words) == (since, until, rest)


@pytest.mark.parametrize(
    ("words", "since", "until", "rest"),
    [
        ("از عصر دیروز تا امروز صبح", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۳", ""),
        ("از دیروز تا امروز", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۳", ""),
        ("دیروز و امروز قم", "۱۴۰۴/۰۷/۰۱", "۱۴۰۴/۰۷/۰۳", "قم"),
        ("از 1404/06/01 تا 1404/06/05", "۱۴۰۴/۰۶/۰۱", "۱۴۰۴/۰۶/۰۶", ""),
        ("1404/06/01-1404/06/05 سیل", "۱۴۰۴/۰۶/۰۱", "۱۴۰۴/۰۶/۰۶", "سیل"),
        ("از ۲۵ شهریور تا دیروز", "۱۴۰۴/۰۶/۲۵", "۱۴۰۴/۰۷/۰۲", ""),
        ("بین شنبه گذشته و دیروز", "۱۴۰۴/۰۶/۲۹", "۱۴۰۴/۰۷/۰۲", ""),
        ("از دیروز تا ۱۵ مهر", "۱۴۰۴/۰۷/۰۱", None, ""),
        ("از مرداد تا شهریور", "۱۴۰۴/۰۵/۰۱", "۱۴۰۴/۰۷/۰۱", ""),
        ("از آذر تا دی", "۱۴۰۳/۰۹/۰۱", "۱۴۰۳/۱۱/۰۱", ""),
        ("بهمن تا فروردین", "۱۴۰۳/۱۱/۰۱", "۱۴۰۴/۰۲/۰۱", ""),
        ("از ۲ الی ۵ شهریور", "۱۴۰۴/۰۶/۰۲", "۱۴۰۴/۰۶/۰۶", ""),
        ("از دوم تا پنجم شهریور", "۱۴۰۴/۰۶/۰۲", "۱۴۰۴/۰۶/۰۶", ""),
        ("بیست‌وپنجم شهریور سیل", "۱۴۰۴/۰۶/۲۵", "۱۴۰۴/۰۶/۲۶", "سیل"),
        ("سی‌ام شهریور", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۶/۳۱", ""),
        ("02/07/1404", "۱۴۰۴/۰۷/۰۲", "۱۴۰۴/۰۷/۰۳", ""),
    ],
)
def test_days_may_be_joined(words: str, since: str, until: str | None, rest: str) -> None:
    assert days(words) == (since, until, rest)


@pytest.mark.parametrize("words", ["از قم تا مشهد", "خبری از ایران", "قبل از سیل", "تا بعد", "نفر دوم", "اول مهران"])
def test_no_period_is_made_of_words_that_begin_and_end_other_things(words: str) -> None:
    assert periods.find(words, NOW, TEHRAN) == (None, words)


@pytest.mark.parametrize(("words", "hours"), [("سیل ۲۴ ساعت گذشته", 24), ("دو ساعت پیش سیل", 2), ("سیل ساعت اخیر", 1)])
def test_hours_are_counted_from_now(words: str, hours: int) -> None:
    assert periods.find(words, NOW, TEHRAN) == (periods.Period(NOW - timedelta(hours=hours), None), "سیل")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("دیروز", "۱ مهر ۱۴۰۴"),
        ("هفته پیش", "۲۲ تا ۲۸ شهریور ۱۴۰۴"),
        ("آبان پارسال", "آبان ۱۴۰۳"),
        ("پارسال", "سال ۱۴۰۳"),
        ("از شنبه", "از ۲۹ شهریور ۱۴۰۴"),
        ("تا ۵ مهر", "تا ۵ مهر ۱۴۰۳"),
        ("۲۴ ساعت گذشته", "از ۱ مهر ۱۴۰۴، ۱۸:۳۰"),
        ("دو ساعت گذشته", "از ۲ مهر ۱۴۰۴، ۱۶:۳۰"),
        ("نیم ساعت اخیر", "از ۲ مهر ۱۴۰۴، ۱۸:۰۰"),
        ("بیست و چهار ساعت گذشته", "از ۱ مهر ۱۴۰۴، ۱۸:۳۰"),
        ("از آذر تا دی", "آذر تا دی ۱۴۰۳"),
        ("از ۲۵ اسفند ۱۴۰۳ تا ۳ فروردین ۱۴۰۴", "۲۵ اسفند ۱۴۰۳ تا ۳ فروردین ۱۴۰۴"),
    ],
)
def test_a_period_is_told_in_days(words: str, days: str) -> None:
    period, _ = periods.find(words, NOW, TEHRAN)
    assert period
    assert jalali.days_between(period.since, period.until, TEHRAN) == days


@pytest.mark.parametrize(
    ("words", "since", "until", "rest"),
    [
        ("دو سه روز پیش", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۷/۰۱", ""),
        ("۲-۳ روز پیش", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۷/۰۱", ""),
        ("۲ تا ۵ روز قبل سیل", "۱۴۰۴/۰۶/۲۸", "۱۴۰۴/۰۷/۰۱", "سیل"),
        ("منطقه ۲۲ سه روز پیش", "۱۴۰۴/۰۶/۳۰", "۱۴۰۴/۰۶/۳۱", "منطقه ۲۲"),
        ("منطقه ۵ ۲ روز پیش", "۱۴۰۴/۰۶/۳۱", "۱۴۰۴/۰۷/۰۱", "منطقه ۵"),
        ("سال‌های اخیر", "۱۳۹۹/۰۷/۰۴", "۱۴۰۴/۰۷/۰۳", ""),
    ],
)
def test_a_number_is_another_only_where_the_two_belong_together(words: str, since: str, until: str, rest: str) -> None:
    assert days(words) == (since, until, rest)


def test_the_number_of_a_thing_is_not_one_of_hours() -> None:
    assert periods.find("منطقه ۵ سه ساعت پیش", NOW, TEHRAN)[1] == "منطقه ۵"
    assert periods.find("۲-۳ ساعت پیش", NOW, TEHRAN)[1] == ""


@pytest.mark.parametrize(
    ("words", "today", "since", "until"),
    [
        ("سال گذشته همین موقع", (2025, 9, 24), "۱۴۰۳/۰۶/۲۶", "۱۴۰۳/۰۷/۱۰"),
        ("پیرارسال همین موقع", (2025, 9, 24), "۱۴۰۲/۰۶/۲۶", "۱۴۰۲/۰۷/۱۰"),
        ("پارسال همین موقع", (2025, 3, 20), "۱۴۰۲/۱۲/۲۲", "۱۴۰۳/۰۱/۰۸"),  # ۳۰ اسفند, which 1402 has not
        ("هفته‌ای که گذشت", (2026, 1, 7), "۱۴۰۴/۱۰/۰۶", "۱۴۰۴/۱۰/۱۳"),  # چهارشنبه
        ("هفته‌ای که گذشت", (2026, 1, 9), "۱۴۰۴/۱۰/۱۳", "۱۴۰۴/۱۰/۲۰"),  # جمعه
        ("هفته‌ای که گذشت", (2026, 1, 10), "۱۴۰۴/۱۰/۱۳", "۱۴۰۴/۱۰/۲۰"),  # شنبه
        ("سالی که گذشت", (2026, 3, 19), "۱۴۰۴/۰۱/۰۱", "۱۴۰۵/۰۱/۰۱"),  # ۲۸ اسفند
        ("سالی که گذشت", (2026, 3, 21), "۱۴۰۴/۰۱/۰۱", "۱۴۰۵/۰۱/۰۱"),  # ۱ فروردین
    ],
)
def test_what_is_looked_back_on_depends_on_the_day(
    words: str, today: tuple[int, int, int], since: str, until: str
) -> None:
    assert days(words, datetime(*today, 12, 0, tzinfo=UTC)) == (since, until, "")
