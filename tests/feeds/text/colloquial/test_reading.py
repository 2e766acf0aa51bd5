"""Colloquial words are read in formal Persian by our own rules, and formal Persian is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.provinces import gazetteer
from feeds.text.colloquial import Word, formal, read, use
from feeds.text.colloquial.table import Answer, Table, path_of, write

PERSIAN = st.text(st.sampled_from("ابپتخدرزسشکگلمنوهی\u200c آئءيك۱۲. x"), max_size=40)


@pytest.fixture
def answers(tmp_path: Path) -> Table:
    path = path_of(tmp_path, "9.9")
    said = {"نون": Answer(("نان",), sure=False), "میگن": Answer(("می\u200cگویند", "می\u200cگوینده"), sure=True)}
    write(path, said.items(), "9.9")
    return Table(path)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("تهرون", "تهران"),
        ("کرمون", "کرمان"),
        ("خیابون", "خیابان"),
        ("خبرا", "خبر\u200cها"),
        ("خبرای", "خبر\u200cهای"),
        ("خیابونای", "خیابان\u200cهای"),
        ("خونه\u200cهامون", "خانه\u200cهایمان"),
        ("حقوقشون", "حقوق\u200cشان"),
        ("گرونی", "گرانی"),
        ("شهردارو", "شهردار"),
        ("كارگراي", "کارگر\u200cهای"),
    ],
)
def test_rules_know_sounds_and_endings_without_hazm(typed: str, written: str) -> None:
    assert formal(typed) == written


@pytest.mark.parametrize(
    "text",
    ["شهرهای استان", "شهدای کرج", "خرمای بم", "روسای دانشگاه", "زیتون رودبار", "روبه\u200cرو", "پیاده رو", "میلیون"],
)
def test_formal_words_that_look_colloquial_are_left_alone(text: str) -> None:
    assert formal(text) == text


def test_no_province_and_no_capital_is_taken_for_a_colloquial_word(answers: Table) -> None:
    names = {name for province in gazetteer.PROVINCES for name in (province.name, *province.aliases)}
    assert {name for name in names if formal(name, answers=answers) != name} == set()


def test_only_words_change_in_a_text() -> None:
    assert formal("  خبرای  «کرمون»، 12 km؟\n") == "  خبر\u200cهای  «کرمان»، 12 km؟\n"


def test_what_was_typed_is_never_lost() -> None:
    assert read("بارون تهرون قم") == (
        Word("بارون", ("باران",), sure=False),  # a name too, so news may have it
        Word("تهرون", ("تهران",), sure=True),
        Word("قم"),
    )


@pytest.mark.parametrize(("typed", "plural"), [("کارگرا", "کارگران"), ("کشاورزای", "کشاورزان")])
def test_people_have_a_second_plural_that_news_prefers(typed: str, plural: str) -> None:
    (word,) = read(typed)
    assert word.formal[1] == plural
    assert len(read("قیمتا")[0].formal) == 1


def test_hazm_answers_before_the_rules_and_also_for_the_stem_of_a_word(answers: Table) -> None:
    assert read("میگن", answers=answers) == (Word("میگن", ("می\u200cگویند", "می\u200cگوینده"), sure=True),)
    assert formal("می\u200cگن نون", answers=answers) == "می\u200cگویند نان"
    assert formal("نونای", answers=answers) == "نان\u200cهای"


def test_a_town_that_hazm_reads_as_a_greeting_keeps_its_name(tmp_path: Path) -> None:
    path = path_of(tmp_path, "9.9")
    write(path, [("دورود", Answer(("درود",), sure=True))], "9.9")
    assert use(tmp_path)
    assert formal("دورود میاندورود") == "دورود میاندورود"


@given(PERSIAN)
def test_reading_keeps_every_word_and_reads_a_text_once(text: str) -> None:
    words = read(text)
    assert [word.typed for word in words] == re.findall("[ابپتخدرزسشکگلمنوهی\u200cآئءيك]+", text)
    assert all(word.typed not in word.formal for word in words)
    assert formal(formal(text)) == formal(text)
