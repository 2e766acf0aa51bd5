"""Persian on a page: Latin runs, digits, times."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.layout.typography import latin, lines, marked, number, when
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
        ("گوشی iPhone 17 (نسخهٔ Pro) آمد", "گوشی <bdi>iPhone 17</bdi> (نسخهٔ <bdi>Pro</bdi>) آمد"),
        ("نشانی: https://a.example است", "نشانی: <bdi>https://a.example</bdi> است"),
        ("(نسخهٔ نو) Windows 11 آمد", "(نسخهٔ نو) <bdi>Windows 11</bdi> آمد"),
        ("تهران - Tehran - ایران", "تهران - <bdi>Tehran</bdi> - ایران"),
        ("زبان C# و AT&T", "زبان <bdi>C#</bdi> و <bdi>AT&amp;T</bdi>"),
        ("<script>alert(1)</script>", "&lt;<bdi>script&gt;alert(1)&lt;/script</bdi>&gt;"),
        ("", ""),
    ],
)
def test_latin_runs_are_isolated_and_everything_is_escaped(text: str, shown: str) -> None:
    assert latin(text) == shown


@pytest.mark.parametrize(
    ("text", "ways", "shown"),
    [
        ("باران در قم", (("قم",),), "باران در <mark>قم</mark>"),
        ("a < b در قم", (("قم",),), "<bdi>a &lt; b</bdi> در <mark>قم</mark>"),
        ("گوشی iPhone 17 Pro", (("iphone",),), "گوشی <bdi><mark>iPhone</mark> 17 Pro</bdi>"),
        ("تهران iPhone 17", (("تهران",), ("iphone",)), "<mark>تهران </mark><bdi><mark>iPhone</mark> 17</bdi>"),
    ],
)
def test_a_latin_run_stays_one_where_a_part_of_it_was_found(
    text: str, ways: tuple[tuple[str, ...], ...], shown: str
) -> None:
    assert marked(text, ways) == shown


@given(text=st.text(st.sampled_from("ab1 .,:;()[]<>-&«»باراننقم"), max_size=30))
def test_what_is_set_says_what_the_text_says(text: str) -> None:
    ways = (("باران",), ("ab",), ("1",))
    for shown in (latin(text), marked(text, ways)):
        assert unescape(re.sub("</?(?:bdi|mark)>", "", shown)) == text
    assert latin(text) == re.sub("</?mark>", "", marked(text, ways))


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
