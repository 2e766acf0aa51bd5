"""Where agencies live, and what an entry is called for ever."""

from __future__ import annotations

import pytest

from feeds.editing import byline
from feeds.sources import agencies


def test_a_host_belongs_to_its_agency_with_its_subdomains_only() -> None:
    mehr, irna = agencies.of_url("https://www.mehrnews.com/rss/tp/19"), agencies.of_url("https://qom.irna.ir/news/1")
    assert mehr is not None
    assert irna is not None
    assert (mehr.name, irna.name) == ("مهر", "ایرنا")
    assert agencies.of_url("https://notmehrnews.com/") is None
    assert agencies.of_url("mehrnews.com") is None


@pytest.mark.parametrize(
    ("url", "guid", "key"),
    [
        ("https://www.mehrnews.com/news/6601234/باران-در-قم", "", "6601234"),
        ("https://www.mehrnews.com/news/6601234/%D8%A8%D8%A7", "https://www.mehrnews.com/news/6601234/x", "6601234"),
        ("https://www.isna.ir/news/1404070201234/تیتر", "", "1404070201234"),
        ("https://www.tasnimnews.com/fa/news/1404/07/02/3401234/تیتر", "", "3401234"),
        ("https://example.org/a/news/1234567/تیتر", "", "1234567"),
        ("https://example.org/باران", "tag:example.org,2025:17", "tag:example.org,2025:17"),
        ("http://www.example.org/b/?utm_source=rss", "", "example.org/b"),
        ("https://example.org/b", "", "example.org/b"),
        ("https://example.org/?p=17&utm_medium=feed", "", "example.org?p=17"),
        ("https://example.org/%D9%82%D9%85", "", "example.org/قم"),
        ("https://example.org/x", "http://example.org/?p=17", "example.org?p=17"),
        ("https://example.org/news/2025/", "", "example.org/news/2025"),
        ("https://example.org/news/20250924/a", "", "example.org/news/20250924/a"),
    ],
)
def test_a_key_outlives_edited_slugs_schemes_and_tracking(url: str, guid: str, key: str) -> None:
    assert agencies.identity(url, guid)[1] == key


def test_each_agency_is_known_to_texts_by_the_name_it_signs_with() -> None:
    assert {byline.signed(agency.name) for agency in agencies.AGENCIES} == {
        agency.full_name for agency in agencies.AGENCIES
    }
