"""Persian that is typed in Latin letters is understood: by its sound, or by the keys that lie under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.search import latin

LIKELY = 40
"""How far down the list a word may stand and still be looked for early."""


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        *(("zelzele", "زلزله"), ("seyl", "سیل"), ("barf", "برف"), ("gheymat", "قیمت"), ("dolar", "دلار")),
        *(("entekhabat", "انتخابات"), ("ostandar", "استاندار"), ("madares", "مدارس"), ("tasadof", "تصادف")),
        *(("shahrdari", "شهرداری"), ("havapeyma", "هواپیما"), ("aloodegi", "الودگی"), ("football", "فوتبال")),
        *(("esteghlal", "استقلال"), ("ghazi", "قاضی"), ("Keshavarzi", "کشاورزی"), ("tatili", "تعطیلی")),
        *(("sdg", "سیل"), ("fvt", "برف"), ("hkjohfhj", "انتخابات")),
    ],
)
def test_the_word_that_is_meant_is_among_the_likely_spellings(typed: str, word: str) -> None:
    assert word in latin.spellings(typed)[:LIKELY]


@pytest.mark.parametrize("typed", ["", "سیل", "ab", "covid19", "x" * 40, "a-b"])
def test_what_is_no_word_in_latin_letters_has_no_spellings(typed: str) -> None:
    assert latin.spellings(typed) == ()


@given(st.text("abeghiknorstuyz'", max_size=20))
def test_spellings_are_few_and_persian(typed: str) -> None:
    found = latin.spellings(typed)
    assert len(found) <= latin.MOST + 1
    assert all("\u0600" <= letter <= "\u06ff" for word in found for letter in word)


def test_times_in_latin_letters_are_times() -> None:
    assert latin.with_persian_times("akhbar Emrooz hafte gozashte") == "akhbar امروز هفته گذشته"
    assert latin.with_persian_times("pishgam") == "pishgam"
