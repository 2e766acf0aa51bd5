from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.text.letters import letters
from feeds.text.normalize import normalize

SENTENCES = (Path(__file__).parents[3] / "bench/data/zwnj.txt").read_text("utf-8").splitlines()[2:]
MESSY = st.text('اب كيی۱2٣ ,.،؛;:?؟!%«»"“”()[]#@/-‌‍­ \n&nbsp;aZ👨', max_size=60)


@pytest.mark.parametrize(
    ("typed", "edited"),
    [
        ("كرمان و يزد", "کرمان و یزد"),
        ("ﻛﺘﺎﺏ", "کتاب"),
        ("می\u200eرود", "می‌رود"),
        ("می¬رود", "می‌رود"),
        ("کتاب\u200c\u200cها", "کتاب‌ها"),
        ("قم\u200c ، یزد", "قم، یزد"),
        ("استان&nbsp;قم&amp;zwnj;", "استان قم"),
        ("ن\u00adفت", "نفت"),
        ("سلام ,خوبی?", "سلام، خوبی؟"),
        ("آمد ; رفت", "آمد؛ رفت"),
        ("گفت:او آمد.وی رفت", "گفت: او آمد. وی رفت"),
        ("( قم ) و « یزد »", "(قم) و «یزد»"),
        ('گفت: "بیا"', "گفت: «بیا»"),
        ("“بیا”", "«بیا»"),
        ("قم  و   یزد ", "قم و یزد"),
        ("26 نفر", "۲۶ نفر"),
        ("٢٦ نفر", "۲۶ نفر"),
        ("100% مردم", "۱۰۰٪ مردم"),
        ("کتابها میشود", "کتاب‌ها می‌شود"),
        ("امروز(جمعه)سد پر شد", "امروز (جمعه) سد پر شد"),
        ("نام«سد»و «آب»وصل شد", "نام «سد» و «آب» وصل شد"),
        ('گفت : " آب آمد " و رفت', "گفت: «آب آمد» و رفت"),
        ("گفت :آب آمد .وی رفت", "گفت: آب آمد. وی رفت"),
        ("سد، ، پل ،، راه", "سد، پل، راه"),
        ("تـــازه شد", "تازه شد"),
        ("%50 مردم و % 20 راه", "٪۵۰ مردم و ٪۲۰ راه"),
        ("قم\n\u200c\u200fوی", "قم\nوی"),
        ("\u200fوی رفت و \u202bآب\u202c آمد\u200f.", "وی رفت و آب آمد."),
        ("او &ldquo;آب&rdquo; &amp; نان خواست", "او «آب» & نان خواست"),
    ],
)
def test_a_rule_of_the_editor(typed: str, edited: str) -> None:
    assert normalize(typed) == edited


@pytest.mark.parametrize(
    "text",
    [
        "نشانی https://example.ir/كتاب/2025?a=1,2 است",
        "رایانامه a.b+c@example.com برای ما",
        "کانال @qom_news1 و #كتابهای_تازه",
        "دستور `x = 5 ,  y` را بزنید",
        "نرخ 12.5 درصد و 1,250,000 ریال",
        "روز 2025-09-24 ساعت 12:30 و 1404/07/02",
        "مدل iPhone 15 و COVID-19 و 5G و mp3",
        "خانواده 👨‍👩‍👧 و پرچم 🇮🇷",
        "گفت: «قیمت 12 ,هزار 3 تومان» است",
        "۲ تا ۵ نفر، ۱۲٫۵ درصد و ۱٬۲۵۰ ریال",
        "برنامهٔ خانهٔ ما و خانه‌ی شما",
        "سال ۱۴۰۴ ه.ش برابر ج.ا.ا",
        "زمان 2025-09-24T10:00 و Covid\u200c19",
        "حسن(ع) و دانشجو(یان) و «سد»ها و (سد)ها",
        "هزینهـمنفعت و ه‍. ش. و \u200e-5 درجه",
        "تصویربرداری ام.آر.آی و آی.تی و بی.بی.سی و جی.پی.اس",
        "حضرت معصومه (س) و امام رضا (ع)",
        "سی.تی.اسکن بیمار و دیدار آ.اس.رم",
        "کانال @qom_news\u200fسلام",
        "بند اول\n\nبند دوم",
        "hello, world? 26% (ok )",
        *SENTENCES,
    ],
)
def test_text_that_is_right_stays(text: str) -> None:
    assert normalize(text) == text


@given(MESSY | st.text(max_size=60))
@settings(deadline=None, max_examples=500)
def test_twice_is_the_same_as_once(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("typed", "edited"),
    [
        ("تلفن \u202a025-3777\u202c است", "تلفن \u200e025-3777 است"),
        ("تلفن \u2066+98 25 3777\u2069 است", "تلفن \u200e+98 25 3777 است"),
        ("زبان \u202aC++\u202c است", "زبان C++\u200e است"),
        ("دمای \u202d-5\u202c شب", "دمای \u200e-5 شب"),
        ("کد \u202aA-123/B\u202c و \u202aAcme\u202c", "کد A-123/B و Acme"),
        (
            "\u202ahttps://news.example/a-1\u202c و \u2066www.news.example/12\u2069",
            "https://news.example/a-1 و www.news.example/12",
        ),
        ("\u202a2500\u202c تن در \u20661404/07/02\u2069", "۲۵۰۰ تن در 1404/07/02"),
        ("\u202aقم\u202c و \u202bیزد\u202c", "قم و یزد"),
        ("باز \u202a12-5 است", "باز 12-5 است"),
    ],
)
def test_what_embedding_marks_hold_in_order_keeps_it_by_one_mark(typed: str, edited: str) -> None:
    assert normalize(typed) == edited
    assert normalize(edited) == edited


@given(st.text("اب \u202a\u202c\u2066\u2069\u200e12-+aZ.%\n", max_size=40))
@settings(deadline=None)
def test_embedded_text_is_normalized_once(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


def test_a_verse_in_its_own_brackets_is_never_touched() -> None:
    verse = "﴿فَإِنَّ مَعَ الْعُسْرِ يُسْرًا ، في كتاب﴾"
    assert normalize(f"او خواند: {verse} و رفت ,") == f"او خواند: {verse} و رفت،"


def test_a_suspect_line_is_set_right_among_clean_ones() -> None:
    assert normalize("قم ,یزد\n\nکاشان\nساوه  و قم \n\nری") == "قم، یزد\n\nکاشان\nساوه و قم\n\nری"


def test_letters_change_nothing_that_shows() -> None:
    assert letters("كتابهاي  26 ,\u200fقم") == "کتابهای  26 ,\u200fقم"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ا",
        "👨‍👩‍👧" * 1000,
        "سلام کتابهای من میشود " * 20_000,
        "\u200c" * 300_000,
        "." + "\u200c" * 300_000 + "ب",
        "س" + " " * 300_000 + "س",
        "س " + "1" * 300_000,
        "«" * 300_000,
        'س "' * 100_000,
        "a." * 150_000 + "س",
        "abc سلام \u202eabc\u202c " * 10_000,
        "\ud800 کتابها" * 1000,
        "\x00\x1f س" * 50_000,
        "\ue000\uf8ff س" * 50_000,
        "س" + "\u200f" * 300_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hostile_text_is_answered_quickly(text: str) -> None:
    start = time.process_time()
    normalize(text)
    assert time.process_time() - start < 5
