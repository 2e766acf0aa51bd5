"""A point that somebody sends lies in a province, near a border, or not in Iran."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.provinces import gazetteer, geography
from feeds.provinces.geography import Whereabouts, find


@pytest.mark.parametrize(
    ("latitude", "longitude", "province"),
    [
        (34.640, 50.876, "qom"),
        (35.690, 51.390, "tehran"),
        (35.830, 50.980, "alborz"),
        (29.590, 52.580, "fars"),
        (36.297, 59.606, "razavi-khorasan"),
        (30.800, 51.450, "kohgiluyeh-boyerahmad"),
    ],
)
def test_a_place_within_a_province_is_that_provinces_alone(latitude: float, longitude: float, province: str) -> None:
    assert find(latitude, longitude) == Whereabouts((province,))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(48.85, 2.35), (40.4, 49.87), (34.35, 62.2), (33.31, 44.36), (38.0, 51.0), (0.0, 0.0), (90.0, 180.0)],
    ids=["Paris", "Baku", "Herat", "Baghdad", "the Caspian", "the gulf of Guinea", "the pole"],
)
def test_a_place_abroad_or_at_sea_is_in_no_province(latitude: float, longitude: float) -> None:
    assert find(latitude, longitude) == Whereabouts(())


def test_a_county_that_changed_hands_is_where_it_is_now() -> None:
    assert find(33.60, 56.92).provinces[0] == "south-khorasan"  # Tabas, which was Yazd's until 2013


def test_an_island_off_the_coast_belongs_to_its_province() -> None:
    assert find(26.55, 53.98).provinces == ("hormozgan",)  # Kish
    assert find(25.87, 55.03).provinces == ("hormozgan",)  # Abu Musa


def test_near_a_border_between_provinces_both_are_named() -> None:
    found = find(36.018, 51.354)  # in the mountains between Karaj and Tehran
    assert set(found.provinces) >= {"tehran", "alborz"}
    assert not found.at_the_border


def test_near_the_border_of_the_country_it_says_so() -> None:
    assert find(38.89, 46.02).at_the_border  # on the Aras
    assert find(30.43, 48.17) == Whereabouts(("khuzestan",), at_the_border=True)


def test_every_province_has_an_outline_and_a_town() -> None:
    slugs = {province.slug for province in gazetteer.PROVINCES}
    assert {outline.province for outline in geography._outlines()} == slugs
    assert {town.province for town in geography._towns()} == {*slugs, ""}


@given(st.floats(), st.floats())
def test_no_number_is_too_strange_to_be_answered(latitude: float, longitude: float) -> None:
    found = find(latitude, longitude)
    assert len(found.provinces) == len(set(found.provinces))
    assert math.isfinite(latitude) or not found.provinces
