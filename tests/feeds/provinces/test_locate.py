from __future__ import annotations

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.provinces import gazetteer
from feeds.provinces.locate import Location, locate

ZWNJ = "\u200c"
ARABIC = str.maketrans("یک", "يك")


def rows() -> list[list[str]]:
    with Path(__file__).with_name("locate_cases.tsv").open(encoding="utf-8") as table:
        return [row for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


CASES = [
    pytest.param(tuple(filter(None, slugs.split(";"))), title, body, id=f"{trap}-{title}")
    for trap, slugs, title, body in rows()
]


def assert_located(location: Location, expected: tuple[str, ...]) -> None:
    """The right set, led by any of it: which of two provinces is told of first is no matter of right and wrong."""
    assert set(location.provinces) == set(expected)


@pytest.mark.parametrize(("expected", "title", "body"), CASES)
def test_an_article_is_placed_where_it_is_told_of(expected: tuple[str, ...], title: str, body: str) -> None:
    assert_located(locate(title, body), expected)


@pytest.mark.parametrize(("expected", "title", "body"), CASES)
def test_it_is_placed_the_same_without_zwnj(expected: tuple[str, ...], title: str, body: str) -> None:
    assert_located(locate(title.replace(ZWNJ, ""), body.replace(ZWNJ, "")), expected)


@pytest.mark.parametrize(("expected", "title", "body"), CASES)
def test_it_is_placed_the_same_with_arabic_letters_and_spaces_for_zwnj(
    expected: tuple[str, ...], title: str, body: str
) -> None:
    title, body = (text.translate(ARABIC).replace(ZWNJ, " ") for text in (title, body))
    assert_located(locate(title, body), expected)


def test_there_are_at_least_two_hundred_cases_and_several_of_each_trap() -> None:
    traps = [row[0] for row in rows()]
    assert len(traps) >= 200
    assert all(traps.count(trap) >= 2 for trap in set(traps))


def test_the_source_s_own_province_leads() -> None:
    location = locate("باران در گیلان", "رشت – مدیرکل هواشناسی گیلان گفت: باران می‌بارد.", province="qom")
    assert location.provinces[0] == "qom"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("استان‌ها > تهران", ("tehran",)),
        ("استانها &gt; آذربایجان شرقی", ("east-azerbaijan",)),
        ("خراسان رضوی", ("razavi-khorasan",)),
        ("استان مرکزی", ("markazi",)),
        ("استان‌ها", ()),
        ("سیاست", ()),
        ("دانش و فناوری > نور", ()),
        ("استان‌ها > فارس", ("fars",)),
        ("استان ها/خراسان رضوی", ("razavi-khorasan",)),
        ("استان‌ها > شیراز", ("fars",)),
        ("استان فارس", ("fars",)),
        ("اخبار استان البرز", ("alborz",)),
        ("قم", ("qom",)),
        ("سیستان‌و‌بلوچستان", ("sistan-baluchestan",)),
        ("چهارمحال و بختیاری", ("chaharmahal-bakhtiari",)),
        ("فارس", ()),
        ("مرکزی", ()),
        ("مهر", ()),
        ("خبرگزاری فارس", ()),
        ("فرهنگ و اندیشه", ()),
        ("اندیشه", ()),
        ("حماسه و مقاومت", ()),
        ("مقاومت", ()),
        ("بهارستان", ()),
        ("شیراز", ()),
        ("استان‌ها > اندیشه", ()),
        ("ورزش تهران", ()),
        ("خراسان", ()),
        ("سپاهان", ()),
    ],
)
def test_a_category_that_names_a_province_decides(label: str, expected: tuple[str, ...]) -> None:
    text = ("نشست خبری برگزار شد", "دبیر جشنواره گفت: آثار رسیده داوری شد.")
    assert locate(*text, categories=["اجتماعی", label]).provinces == expected
    assert locate(*text, section=label).provinces == expected


def test_evidence_points_at_the_words_as_they_came() -> None:
    title, body = "سيل در خرمآباد", "خرم‌آباد – استاندار لرستان گفت: راه‌ها بسته است."
    evidence = locate(title, body).evidence
    assert [item.words for item in evidence] == ["خرمآباد", "خرم‌آباد", "لرستان"]
    for item in evidence:
        source = title if item.field == "title" else body
        assert source[item.start : item.end] == item.words
    assert [item.kind for item in evidence] == ["plain", "dateline", "office"]


def test_evidence_points_at_the_right_place_among_presentation_forms() -> None:
    body = "ﺍﻻﻥ در ﮐﺮﻣﺎﻥ برف می‌بارد و استاندار کرمان پیام داد."
    for item in locate("", body).evidence:
        assert unicodedata.normalize("NFKC", body[item.start : item.end]) == "کرمان"


def test_an_office_weighs_more_than_a_name_and_a_title_more_than_the_text() -> None:
    far = "متنی که از جای دیگری سخن می‌گوید و هیچ نامی ندارد. " * 12
    evidence = locate("باران در یزد", f"استاندار یزد آمد. {far}\n\n{far} در یزد باران بارید.").evidence
    weights = {(item.kind, item.field): item.weight for item in evidence}
    assert weights["office", "body"] > weights["plain", "title"] > weights["plain", "body"]


def test_the_dateline_leads_over_places_that_are_mentioned() -> None:
    body = "قم – کارشناس گفت: قطار از اصفهان و یزد می‌گذرد و تا پایان سال به بهره‌برداری می‌رسد."
    assert locate("قطار تندرو", body).provinces[0] == "qom"


def test_an_article_of_no_words_is_about_no_province() -> None:
    assert locate("", "") == Location((), ())


def test_no_more_than_three_provinces_are_named() -> None:
    names = "، ".join(province.name for province in gazetteer.PROVINCES[:6])
    assert len(locate(f"استان‌های {names}", f"تهران – استانداران {names} آمدند.").provinces) <= 3


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_can_be_located(title: str, body: str) -> None:
    location = locate(title, body)
    assert len(location.provinces) <= 3
    for item in location.evidence:
        assert (title if item.field == "title" else body)[item.start : item.end] == item.words


def test_an_article_takes_well_under_two_milliseconds() -> None:
    texts = [(row[2], row[3] * 12) for row in rows()]
    locate(*texts[0])
    start = time.thread_time()
    for title, body in texts:
        locate(title, body)
    assert (time.thread_time() - start) / len(texts) < 0.01  # far above what it takes, for slow machines
