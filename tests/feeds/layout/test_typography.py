"""Persian on a page: Latin runs, digits, times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds.layout.typography import latin, lines, number, when
from feeds.models import Article


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("باران در قم", "باران در قم"),
        ("شرکت Ayande Tech در تبریز", "شرکت <bdi>Ayande Tech</bdi> در تبریز"),
        ("سازمان (WHO) گفت", "سازمان (<bdi>WHO</bdi>) گفت"),
        ("نسخهٔ C++.", "نسخهٔ <bdi>C++</bdi>."),
        ("تابع f(x) است", "تابع <bdi>f(x)</bdi> است"),
        ("ساعت 14:30 و 45 درصد", "ساعت 14:30 و 45 درصد"),
        ("نشانی https://a.example/?x=1&y=2،", "نشانی <bdi>https://a.example/?x=1&amp;y=2</bdi>،"),
        ("<script>alert(1)</script>", "&lt;<bdi>script&gt;alert(1)&lt;/script</bdi>&gt;"),
        ("", ""),
    ],
)
def test_latin_runs_are_isolated_and_everything_is_escaped(text: str, shown: str) -> None:
    assert latin(text) == shown


def test_a_megabyte_of_brackets_takes_no_time() -> None:
    assert latin("(" * 500_000 + "a" + ")" * 500_000)


def test_lines_stay_apart_and_markup_is_shown() -> None:
    assert lines("یک <b>\nدو") == "یک &lt;<bdi>b</bdi>&gt;<br>دو"


def test_counts_are_written_in_persian() -> None:
    assert number(12345) == "۱۲٬۳۴۵"


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (timedelta(minutes=12), "۱۲ دقیقه پیش"),
        (timedelta(hours=23), "۲۳ ساعت پیش"),
        (timedelta(hours=25), "یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۰۰"),
        (timedelta(minutes=-5), "یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۰۰"),
    ],
)
def test_a_recent_time_is_relative_and_an_old_one_is_a_date(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo, age: timedelta, shown: str
) -> None:
    tag = when(article(), noon + age, tehran)
    assert f">{shown}</time>" in tag
    assert 'datetime="2026-03-01T12:00+03:30"' in tag


def test_a_relative_time_tells_the_full_date_to_who_asks(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    assert 'title="یکشنبه ۱۰ اسفند ۱۴۰۴، ۱۲:۰۰"' in when(article(), noon + timedelta(hours=1), tehran)


def test_where_only_the_day_is_known_no_hour_is_told(
    article: Callable[..., Article], noon: datetime, tehran: ZoneInfo
) -> None:
    tag = when(article(day_only=True), noon + timedelta(hours=1), tehran)
    assert tag == '<time datetime="2026-03-01">یکشنبه ۱۰ اسفند ۱۴۰۴</time>'
