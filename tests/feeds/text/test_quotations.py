from __future__ import annotations

import pytest

from feeds.text.quotations import mark


@pytest.mark.parametrize(
    ("typed", "edited"),
    [
        ('گفت: "بیا" و رفت', "گفت: «بیا» و رفت"),
        ("گفت: “بیا” و رفت", "گفت: «بیا» و رفت"),
        ("گفت: ”بیا“ و ”برو“ و رفت", "گفت: «بیا» و «برو» و رفت"),
        ("گفت: „بیا“ و رفت", "گفت: «بیا» و رفت"),
        ('کتاب "باران" و "برف"', "کتاب «باران» و «برف»"),
        ('استاد"باران بارانی"در گفت', "استاد «باران بارانی» در گفت"),
        ('کتاب "باران"ها', "کتاب «باران»ها"),
        ('گفت:"پدرم گفت "بیا" و رفت"', 'گفت:«پدرم گفت "بیا" و رفت»'),
        ('گفت: "پدرم گفت “بیا” و رفت"', "گفت: «پدرم گفت “بیا” و رفت»"),
    ],
)
def test_the_outer_marks_become_guillemets(typed: str, edited: str) -> None:
    assert mark(typed) == edited
    assert mark(edited) == edited


@pytest.mark.parametrize(
    "text",
    [
        'گفت: «پدرم گفت "بیا" و رفت.»',
        "گفت: «پدرم گفت “بیا” و رفت.»",
        "گفت: «پدرم گفت ‹بیا› و رفت.»",
        'گفت: "پدرم گفت «بیا» و رفت"',
        '«بند نخست "نقل" است.\nبند دوم "نقل" است.»',
        'لولهٔ 5" و 6" رسید',
        'گفت: "بیا و رفت',
        'نام "Chapar" است',
    ],
)
def test_what_is_quoted_within_and_what_is_no_quotation_stays(text: str) -> None:
    assert mark(text) == text
