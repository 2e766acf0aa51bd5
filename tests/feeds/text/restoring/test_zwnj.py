from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.text.restoring import zwnj
from feeds.text.restoring.lexicon import ZWNJ

SENTENCES = [
    line
    for line in (Path(__file__).parents[4] / "bench/data/zwnj.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
PERSIAN = st.text("ابپتجخدرزسشعفقکگلمنوهیآئ ‌،.؟«»1۲#@:/", max_size=60)
PROSE = st.lists(st.sampled_from(WORDS + [word.replace(ZWNJ, "") for word in WORDS]), max_size=30).map(" ".join)


def without(text: str) -> str:
    return text.replace(ZWNJ, "")


@pytest.mark.parametrize(
    "word",
    """
    می‌رود نمی‌خواهند می‌گوییم می‌توان برمی‌گردد درنمی‌یابند می‌رفته‌اند
    کتاب‌ها استان‌های گروه‌هایی همکاری‌هایشان سال‌هاست ویژگی‌ها
    بزرگ‌تر مهم‌ترین اصلی‌ترین قدیمی‌ترین‌ها
    رفته‌اند شده‌ایم نگفته‌ام خانه‌ای نمونه‌ای جامعه‌ای حرفه‌ای خانواده‌اش صندلی‌ام زندگی‌مان بوده‌است موظف‌اند
    سرمایه‌گذاری سرمایه‌گذاران زمینه‌ساز برنامه‌ریزی دانش‌آموزان بین‌المللی پایان‌نامه‌های سیل‌زدگان
    بی‌سابقه هفت‌هزار پنج‌نفره تک‌نرخی بیست‌وپنجمین
    احمدی‌نژاد رحیم‌پور خرم‌آباد سریع‌السیر رضایی‌فر
    فوق‌العاده‌ای مصرف‌کننده‌ای
    جزیره‌ی همه‌ی کتابخانه‌ی آشپزخانه‌ی گفته‌ی سرمایه‌ی
    حجت‌الاسلام‌والمسلمین آیت‌الله‌العظمی علی‌آبادکتول به‌طورقطع سرمی‌برند ومردم‌سالاری ومی‌شود زیان‌دهی سرمایه‌ی
    به‌همین به‌هر به‌این به‌آنها به‌گفته به‌گزارش به‌سمت به‌وجود به‌سرمی‌برند
    """.split(),  # noqa: SIM905 - one list of words to read
)
def test_a_word_gets_its_zwnj_back(word: str) -> None:
    assert zwnj.restore(without(word)) == word


@pytest.mark.parametrize(
    "word",
    """
    میدان میزان میهمان میلیون تنها بهای انتها نهایی پیشنهاد دختر دفتر بهتر بیشتر دکتر
    فضای دنیای صدایشان راهم توجهی متهمان بازیکنان مسافران مدیران فرماندهان تجربیات
    سیدهادی محمدهمایون میردهقان براتیگان بیگلو دانشجویانی غاصبین درتهران گنندگان هستهایش کارگاهای میخالکوف
    بهروان بهکیش بهآذین بهمنی درحالحاضر سوریه
    توجهی فرماندهی سازماندهی مشابهی راهی گروهی شبیهی الهی تنزیهی
    روزهای کارهای شهرها بندهای شانگهای بیاورد بیندازند همکار دانشگاه کتابخانه پیمانکار رهبری
    """.split(),  # noqa: SIM905 - one list of words to read
)
def test_a_word_that_needs_none_stays(word: str) -> None:
    assert zwnj.restore(word) == word


@pytest.mark.parametrize("sentence", SENTENCES)
def test_correct_text_comes_back_unchanged(sentence: str) -> None:
    assert zwnj.restore(sentence) == sentence


def test_most_of_what_a_text_lost_is_restored() -> None:
    found = wrong = missed = 0
    for sentence in SENTENCES:
        want, have = positions(sentence), positions(zwnj.restore(without(sentence)))
        found += len(want & have)
        wrong += len(have - want)
        missed += len(want - have)
    assert 2 * found / (2 * found + wrong + missed) > 0.95


def positions(text: str) -> set[int]:
    return {match.start() - index for index, match in enumerate(re.finditer(ZWNJ, text))}


@pytest.mark.parametrize(
    ("spaced", "want"),
    [
        ("او می رود", "او می‌رود"),
        ("برنمی گردد", "برنمی‌گردد"),
        ("کتاب های درسی", "کتاب‌های درسی"),
        ("کار های تازه", "کارهای تازه"),
        ("بزرگ ترین شهر", "بزرگ‌ترین شهر"),
        ("رفته اند", "رفته‌اند"),
        ("خانه ای دارد", "خانه‌ای دارد"),
        ("سرمایه گذاری خارجی", "سرمایه‌گذاری خارجی"),
        ("مقام بین المللی", "مقام بین‌المللی"),
    ],
)
def test_a_zwnj_that_became_a_space_is_one_again(spaced: str, want: str) -> None:
    assert zwnj.restore(spaced) == want


@pytest.mark.parametrize(
    "text", ["می ناب", "نظام آموزش عمومی", "این بخش از شهر", "انجام شده", "به عنوان نمونه", "در شهر ما", "ای مردم"]
)
def test_a_space_that_may_be_meant_stays(text: str) -> None:
    assert zwnj.restore(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "https://example.ir/خبر/کتابها-میشود?q=میرود",
        "www.example.ir/کتابها",
        "#کتابهای_تازه",
        "@کتابها",
        "`کتابها`",
        "ISBN 978-600-12-34",
        "2025-09-24 12:30",
    ],
)
def test_addresses_hashtags_handles_and_code_are_left_alone(text: str) -> None:
    assert zwnj.restore(f"ببینید {text} را") == f"ببینید {text} را"


def test_marks_and_arabic_letters_stay_where_they_were() -> None:
    assert zwnj.restore("اساسنامهٔ كتابهاي وُيژگیها") == "اساسنامهٔ كتاب‌هاي وُيژگی‌ها"


def test_marks_that_stand_on_no_letter_are_no_word() -> None:
    assert zwnj.restore("\u064e ها") == "\u064e ها"


def test_what_follows_tells_an_indefinite_from_a_plural() -> None:
    assert zwnj.restore("زمینهای کشاورزی") == "زمین‌های کشاورزی"
    assert zwnj.restore("زمینهای مناسب برای همکاری") == "زمینه‌ای مناسب برای همکاری"
    assert zwnj.restore("محلهای در شمال شهر") == "محله‌ای در شمال شهر"
    assert zwnj.restore("محلهای در نظر گرفته شده") == "محل‌های در نظر گرفته شده"


def test_a_well_typed_text_keeps_what_its_writer_joins() -> None:
    text = "سالها پیش می‌گفتند که برنامه‌های تازه‌ای دارند."
    assert zwnj.restore(text) == text
    assert zwnj.restore(text, keep_style=False) == text.replace("سالها", "سال‌ها")


def test_a_well_typed_text_loses_no_certain_mistake() -> None:
    assert "می‌رود" in zwnj.restore("برنامه‌های تازه‌ای دارند و میرود")


@given(PROSE | PERSIAN)
@settings(deadline=None, max_examples=300)
def test_twice_is_the_same_as_once(text: str) -> None:
    once = zwnj.restore(text)
    assert zwnj.restore(once) == once


@given(PROSE | PERSIAN | st.text(max_size=80))
@settings(deadline=None, max_examples=300)
def test_nothing_but_zwnj_and_joining_spaces_changes(text: str) -> None:
    assert re.sub(f"[{ZWNJ} ]", "", zwnj.restore(text)) == re.sub(f"[{ZWNJ} ]", "", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ا",
        "👨‍👩‍👧",
        ZWNJ * 200_000,
        "کتابها" * 50_000,
        "کتاب" + " ها" * 100_000,
        "می " * 100_000,
        "\ud800 کتابها",
        "\x00",
    ],
    ids=["empty", "letter", "emoji", "zwnj", "one long word", "chain", "signs", "surrogate", "control"],
)
def test_hostile_text_is_answered_quickly(text: str) -> None:
    start = time.process_time()
    zwnj.restore(text)
    assert time.process_time() - start < 5
