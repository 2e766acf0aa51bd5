from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict

import pycountry
import pytest

from feeds.provinces import gazetteer
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.words import fold

KINDS = {"county", "city", "district", "landmark", "region", "alias"}


def places(kind: str) -> list[Place]:
    return [place for place in gazetteer.PLACES if kind in place.kinds]


def test_the_codes_are_those_of_iso_3166_2() -> None:
    iso = {division.code for division in pycountry.subdivisions.get(country_code="IR")}
    assert {province.code for province in gazetteer.PROVINCES} == iso
    assert len(gazetteer.PROVINCES) == 31


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("IR-00", "markazi"),
        ("IR-03", "east-azerbaijan"),
        ("IR-07", "fars"),
        ("IR-09", "razavi-khorasan"),
        ("IR-23", "tehran"),
        ("IR-28", "north-khorasan"),
        ("IR-30", "alborz"),
    ],
)
def test_codes_are_those_of_2020_and_not_the_older_ones(code: str, slug: str) -> None:
    assert gazetteer.by_code(code).slug == slug


def test_slugs_and_names_are_unique_and_fit_addresses() -> None:
    slugs = [province.slug for province in gazetteer.PROVINCES]
    assert len(set(slugs)) == len({province.name for province in gazetteer.PROVINCES}) == 31
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", slug) for slug in slugs)


def test_a_province_is_found_by_slug_and_by_code() -> None:
    assert gazetteer.by_slug("qom") is gazetteer.by_code("IR-25")
    with pytest.raises(KeyError):
        gazetteer.by_slug("babylon")
    with pytest.raises(KeyError):
        gazetteer.by_code("IR-31")


def test_hashtags_have_no_character_that_ends_them() -> None:
    assert gazetteer.by_slug("razavi-khorasan").hashtag == "استان_خراسان_رضوی"
    assert all(re.fullmatch(r"\w+", province.hashtag) for province in gazetteer.PROVINCES)


def test_neighbours_are_neighbours_of_each_other() -> None:
    for province in gazetteer.PROVINCES:
        assert province.slug not in province.neighbours
        for slug in province.neighbours:
            assert province.slug in gazetteer.by_slug(slug).neighbours


def test_every_capital_is_a_city_of_its_province() -> None:
    cities = {(place.province, place.name.replace(" ", "")) for place in places("city")}
    missing = [p.capital for p in gazetteer.PROVINCES if (p.slug, p.capital) not in cities]
    assert not missing


def test_the_table_has_all_counties_and_cities() -> None:
    assert 450 <= len(places("county")) <= 520
    assert 1300 <= len(places("city")) <= 1450


def test_every_province_has_counties_cities_and_landmarks() -> None:
    for kind, least in (("county", 3), ("city", 6), ("landmark", 8)):
        for province in gazetteer.PROVINCES:
            assert sum(place.province == province.slug for place in places(kind)) >= least, (province.slug, kind)


def test_places_are_of_known_provinces_and_kinds() -> None:
    slugs = {province.slug for province in gazetteer.PROVINCES}
    for place in gazetteer.PLACES:
        assert place.province in slugs
        assert place.kinds, place
        assert place.kinds <= KINDS, place


def test_a_name_stands_once_in_a_province() -> None:
    seen = [(place.province, fold(place.name)) for place in gazetteer.PLACES]
    assert len(seen) == len(set(seen))


def test_a_name_of_two_provinces_is_one_of_them_unless_it_is_marked() -> None:
    """Of the places of one name at most one counts by name alone; the few exceptions are asked about."""
    plain = defaultdict(set)
    for place in gazetteer.PLACES:
        if place.needs is not Needs.PROVINCE:
            plain[fold(place.name).replace(" ", "")].add(place.province)
    assert {name for name, slugs in plain.items() if len(slugs) > 1} == {"نورآباد", "هادیشهر"}


def test_no_alias_of_a_province_is_that_of_another() -> None:
    owners = defaultdict(set)
    for province in gazetteer.PROVINCES:
        for name in (province.name, *province.aliases, *province.latin):
            owners[name].add(province.slug)
    assert all(len(slugs) == 1 for slugs in owners.values())


def test_names_are_written_as_the_academy_does() -> None:
    for place in gazetteer.PLACES:
        assert not set(place.name) & set("يكىةۀ"), place.name
        assert place.name == place.name.strip("\u200c "), place.name
        assert "  " not in place.name


@pytest.mark.parametrize(
    "name", ["بهار", "مهر", "نور", "انار", "قدس", "صحنه", "سرباز", "بافت", "جم", "بار", "اهل", "پل"]
)
def test_ordinary_words_need_an_office_before_them(name: str) -> None:
    assert {place.needs for place in gazetteer.PLACES if place.name == name} <= {Needs.WORD, Needs.PROVINCE}


def test_an_unknown_attribute_is_still_an_error() -> None:
    with pytest.raises(AttributeError, match="TOWNS"):
        gazetteer.TOWNS  # type: ignore[attr-defined]  # noqa: B018


def test_the_tables_are_not_read_before_they_are_used() -> None:
    script = (
        "import builtins, io, pathlib; opened = []; real = io.open\n"
        "import feeds.provinces.lookup, feeds.provinces.locate\n"
        "from feeds.provinces import gazetteer, names\n"
        "assert gazetteer._places.cache_info().currsize == 0\n"
        "assert names.spellings.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
