from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.provinces import gazetteer, keyboard
from feeds.provinces.lookup import Lookup, lookup

ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


def rows() -> list[list[str]]:
    with Path(__file__).with_name("lookup_cases.tsv").open(encoding="utf-8") as table:
        return [row for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


@pytest.mark.parametrize(
    ("query", "provinces", "choices", "words"), [pytest.param(*row[1:], id=f"{row[0]}-{row[1]}") for row in rows()]
)
def test_what_a_person_types_is_understood(query: str, provinces: str, choices: str, words: str) -> None:
    expected = Lookup(tuple(filter(None, provinces.split(";"))), tuple(filter(None, choices.split(";"))), words)
    assert lookup(query) == expected


def test_every_province_is_found_by_each_of_its_names() -> None:
    for province in gazetteer.PROVINCES:
        for name in (province.name, *province.aliases, *province.latin, province.english, province.capital):
            assert lookup(name).provinces == (province.slug,), name


def test_every_province_is_found_on_the_wrong_keyboard_layout() -> None:
    keys = {letter: key for key in "qwertyuiop[]asdfghjkl;'zxcvbnm,\\" if (letter := keyboard.to_persian(key))}
    keys |= {"آ": "H", " ": " "}
    for province in gazetteer.PROVINCES:
        typed = "".join(keys[letter] for letter in province.name)
        assert lookup(typed).provinces == (province.slug,), typed


def test_every_county_leads_to_its_province_when_marked_as_one() -> None:
    shared: dict[str, set[str]] = {}
    for place in gazetteer.PLACES:
        if "county" in place.kinds and place.name != "البرز":  # the province goes before the county of Qazvin
            shared.setdefault(place.name, set()).add(place.province)
    for name, slugs in shared.items():
        meant = lookup(f"شهرستان {name}")
        assert set(meant.provinces or meant.choices) & slugs, name


def slips(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name) - 1)
    letter = chance.choice(ALPHABET)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def test_most_slips_in_a_province_or_capital_are_forgiven_and_hardly_any_misleads() -> None:
    chance = random.Random(404)
    names = {(name, p.slug) for p in gazetteer.PROVINCES for name in (p.name, p.capital) if len(name) >= 5}
    right = wrong = 0
    typed = [(slips(name, chance), slug) for name, slug in sorted(names) for _ in range(8)]
    for query, slug in typed:
        meant = lookup(query)
        right += slug in (meant.provinces or meant.choices)
        wrong += bool(meant.provinces) and slug not in meant.provinces
    assert right / len(typed) > 0.93
    assert wrong / len(typed) < 0.01


def test_kerman_and_kermanshah_are_never_taken_for_each_other() -> None:
    for query in ("کرمان", "کرمانن", "کرمام", "کرمانا", "kerman", "kermaan"):
        assert "kermanshah" not in lookup(query).provinces
    for query in ("کرمانشاه", "کرمانشا", "کرمان شاه", "کرمانشاع", "kermanshah", "kermansha"):
        assert lookup(query).provinces == ("kermanshah",)


def test_nothing_is_guessed_of_short_names() -> None:
    for query in ("قک", "یزر", "رشد", "کرخ", "سازی", "فاری"):
        assert not lookup(query).provinces


def test_the_words_of_a_query_keep_their_order_and_spelling() -> None:
    assert lookup("تصادف اتوبوس در جادهٔ قم دیروز").words == "تصادف اتوبوس در جادهٔ دیروز"


def test_a_very_long_query_is_read_in_little_time() -> None:
    assert lookup("قم " + "کلمه " * 5000).provinces == ("qom",)


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(query: str) -> None:
    meant = lookup(query)
    known = {province.slug for province in gazetteer.PROVINCES}
    assert {*meant.provinces, *meant.choices} <= known
    assert not (meant.provinces and meant.choices)


@pytest.mark.parametrize(
    ("typed", "persian"),
    [("rl", "قم"), ("jivhk", "تهران"), (";v[", "کرج"), ("Hlg", "آمل"), ("lhc\\", "مازپ"), ("qom9", "")],
)
def test_keys_are_the_letters_of_a_persian_keyboard(typed: str, persian: str) -> None:
    assert keyboard.to_persian(typed) == persian


def test_persian_letters_are_the_keys_of_a_latin_keyboard() -> None:
    assert keyboard.to_latin("ضخئ") == "qom"
    assert keyboard.to_latin("قم۱") == ""
