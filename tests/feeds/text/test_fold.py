from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.text import fold
from feeds.text.normalize import normalize

SAMPLES = Path(__file__).parents[3] / "seeds" / "samples"


@pytest.mark.parametrize(
    "spellings",
    [
        ["سرمایه‌گذاری‌های", "سرمایهگذاریهای", "سرمایه گذاری های", "سرمایه‌گذاری"],
        ["می‌روند", "میروند", "می روند", "نمی‌رفت", "می‌رفته‌اند"],
        ["رفته‌اند", "رفته اند", "رفتهاند"],
        ["کتابخانه", "کتاب‌خانه"],
        ["همزمان", "هم‌زمان"],
        ["آنها", "آن‌ها"],
        ["خرم‌آباد", "خرمآباد"],
        ["روزها", "روزهای", "روز"],
        ["دنیا", "دنیای"],
        ["خانه", "خانه‌ی", "خانهٔ"],
        ["بزرگ‌ترین", "بزرگترین", "بزرگ‌تر"],
        ["كرمان", "کرمان", "ﻛﺮﻣﺎﻥ", "کـرمان"],
        ["مسئول", "مسؤول", "مسوول"],
        ["۱۲", "12", "١٢"],
        ["قرآن", "قران"],
        ["مُحَمَّد", "محمد"],
        ["کتاب‌ها", "کتـابها", "کِتابها"],
        ["Qom", "qom", "ＱＯＭ"],
        ["قم،", "«قم»", "(قم)", "قم"],
    ],
)
def test_what_a_reader_holds_equal_has_equal_tokens(spellings: list[str]) -> None:
    assert len({tuple(fold.tokens(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("تهران", "تهر"), ("تنها", "تن"), ("کرمان", "کرم"), ("ایران", "ایر"), ("بها", "به"), ("دفتر", "دف")],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert fold.tokens(one) != fold.tokens(other)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda sample: sample.stem)
def test_a_restored_text_has_the_same_tokens_by_the_short_way(sample: Path) -> None:
    text = normalize(sample.read_text("utf-8"))
    assert fold.tokens(text, restored=True) == fold.tokens(text)


@pytest.mark.parametrize("text", ["خرم‌آباد، مركزِ «لرستان» ۱۲", "", "مسؤول ΟΔΟΣ", "\u064eها", "به\u00a0قم (۱٬۲۰۰)"])
def test_the_remembered_words_of_a_key_are_those_of_the_key(text: str) -> None:
    assert fold.words_of_key(text) == fold.fold(text).split()


def test_the_key_of_a_text_holds_no_marks_and_no_zwnj() -> None:
    assert fold.fold("خرم‌آباد، مركزِ «لرستان» ۱۲") == "خرماباد مرکز لرستان 12"


@given(st.text(max_size=80))
@settings(deadline=None)
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    assert all(token.isalnum() and token == token.lower() for token in fold.tokens(text))


@given(st.text("ابپهایمیرودکتابخانه ‌،۱", max_size=60))
@settings(deadline=None)
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold.fold(fold.fold(text)) == fold.fold(text)
