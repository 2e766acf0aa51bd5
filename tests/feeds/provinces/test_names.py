from __future__ import annotations

import pytest

from feeds.provinces import names, words
from feeds.provinces.gazetteer import Needs


def found(text: str) -> list[str]:
    split = words.split(text)
    return [split.name(hit.first, hit.last) for hit in names.find(split)]


@pytest.mark.parametrize(
    "text",
    [
        "خرم‌آباد",
        "خرم آباد",
        "خرمآباد",
        "خرماباد",
        "خرم\u00adآباد",
        "خرم\u200eآباد",
        "خرم_آباد",
        "خرم\u00a0آباد",
        "خُرّم‌آباد",
    ],
)
def test_a_name_is_found_however_its_joint_is_typed(text: str) -> None:
    (hit,) = names.find(words.split(text))
    assert "lorestan" in {place.province for place in hit.places}


def test_two_words_are_no_name_that_is_written_together() -> None:
    assert "بهشهر" in found("بهشهر")
    assert not found("به شهر")
    assert not found("در گز")


def test_no_name_is_found_inside_a_longer_word() -> None:
    assert not found("مقام رقم قمری تهرانپارسی کرمانج ایلامیتی")


def test_the_longest_name_wins() -> None:
    assert found("استاندار خراسان رضوی") == ["خراسان رضوی"]
    assert found("کرمانشاه و کرمان") == ["کرمانشاه", "کرمان"]
    assert found("رودبار جنوب") == ["رودبار جنوب"]


def test_a_name_does_not_reach_over_punctuation() -> None:
    assert found("خراسان، رضوی") == ["خراسان"]
    assert found("تربت. جام") == ["جام"] or not found("تربت. جام")


@pytest.mark.parametrize("text", ["قم،", "«قم»", "(قم)", "قم؛", "قم؟", "قم۲", "2قم", "قم!", "#قم", "قم…"])
def test_persian_punctuation_and_digits_end_a_name(text: str) -> None:
    assert found(text) == ["قم"]


def test_a_name_of_several_provinces_means_all_of_them() -> None:
    (hit,) = names.find(words.split("خراسان"))
    assert {place.province for place in hit.places} == {"razavi-khorasan", "north-khorasan", "south-khorasan"}


def test_names_in_a_list_are_anchored_at_its_beginning() -> None:
    hits = list(names.find(words.split("استان‌های قم، یزد و کرمان و در گیلان")))
    assert [hit.anchor == hits[0].first for hit in hits] == [True, True, True, False]


def test_provinces_that_share_a_word_are_both_found() -> None:
    split = words.split("خراسان شمالی، جنوبی و رضوی")
    assert [hit.places[0].province for hit in names.find(split)] == [
        "north-khorasan",
        "south-khorasan",
        "razavi-khorasan",
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("سنندجی", "kurdistan"), ("ارومیه‌ای", "west-azerbaijan"), ("آستارایی", "gilan"), ("ساروی", "mazandaran")],
)
def test_people_are_named_after_their_town(text: str, slug: str) -> None:
    (hit,) = names.find(words.split(text))
    assert hit.places[0].province == slug
    assert hit.places[0].kinds == names.DEMONYM


def test_the_names_of_five_provinces_need_context() -> None:
    needs = {}
    for text in ("مرکزی", "فارس", "البرز", "گلستان", "تهران", "قم", "یزد"):
        (hit,) = names.find(words.split(text))
        needs[text] = next(place.needs for place in hit.places if place.kinds == names.PROVINCE)
    assert needs["مرکزی"] is Needs.WORD
    assert needs["فارس"] is needs["البرز"] is needs["تهران"] is Needs.OFFICE
    assert needs["گلستان"] is Needs.PLACE
    assert needs["قم"] is needs["یزد"] is Needs.NOTHING


def test_words_know_their_place_in_the_text() -> None:
    text = "شهرِ  كرمـان، ﻻله"
    split = words.split(text)
    assert split.keys == ["شهر", "کرمان", "لاله"]
    assert [text[slice(*split.place(i, i))] for i in range(3)] == ["شهرِ", "كرمـان", "ﻻله"]
    assert split.gap(2) == "، "
    assert split.joined(1)
    assert not split.joined(2)
