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
        ("https://www.mehrnews.com/news/6601234/باران-در-قم", "", "mehrnews.com/6601234"),
        (
            "https://m.mehrnews.com/news/6601234/%D8%A8%D8%A7",
            "https://mehrnews.com/news/1111111/x",
            "mehrnews.com/6601234",
        ),
        ("https://en.mehrnews.com/news/234567/rain", "", "en.mehrnews.com/234567"),
        ("https://www.isna.ir/news/1404070201234/تیتر", "", "isna.ir/1404070201234"),
        ("https://www.tasnimnews.com/fa/news/1404/07/02/3401234/تیتر", "", "tasnimnews.com/3401234"),
        ("https://example.org/a/news/1234567/تیتر", "", "example.org/1234567"),
        ("https://example.com:8443/a/news/1234567/تیتر", "", "example.com:8443/1234567"),
        ("https://example.org/باران", "tag:example.org,2025:17", "tag:example.org,2025:17"),
        ("http://www.example.org/b/?utm_source=rss", "", "example.org/b"),
        ("https://example.org/b", "", "example.org/b"),
        ("https://example.org/?p=17&utm_medium=feed", "", "example.org?p=17"),
        ("https://example.org/%D9%82%D9%85", "", "example.org/قم"),
        ("https://example.org/x", "http://example.org/?p=17", "example.org?p=17"),
        ("https://example.org/news/2025/", "", "example.org/news/2025"),
        ("https://example.org/news/20250924/a", "", "example.org/news/20250924/a"),
        ("https://example.org/live#p2", "", "example.org/live#p2"),
        ("https://example.org/live#xtor=RSS-3", "", "example.org/live"),
        ("https://example.org/b;jsessionid=0A1B.node2?c=3&PHPSESSID=77aa&rnd=0.33", "", "example.org/b?c=3"),
        ("https://example.org/(S(k2j3h4))/b.aspx", "", "example.org/b.aspx"),
        *(
            ("https://example.org/b", guid, "example.org/b")
            for guid in ("N/A", "-", "—", "0", "null", "[NULL]", " ", "#")
        ),
        ("https://example.org/b", "00000000-0000-0000-0000-000000000000", "example.org/b"),
        ("https://example.org/b", "https://example.org/", "example.org/b"),
        ("https://example.org/", "", ""),
        ("", "undefined", ""),
        ("", "n1", "n1"),
    ],
)
def test_a_key_outlives_edited_slugs_schemes_and_tracking(url: str, guid: str, key: str) -> None:
    assert agencies.identity(url, guid) == ("", key)


def test_each_agency_is_known_to_texts_by_the_name_it_signs_with() -> None:
    assert {byline.signed(agency.name) for agency in agencies.AGENCIES} == {
        agency.full_name for agency in agencies.AGENCIES
    }


@pytest.mark.parametrize(
    ("feed", "declared", "voice"),
    [
        ("https://www.mehrnews.com/rss/tp/19", "", "mehrnews.com"),
        ("https://qom.irna.ir/rss", "", "irna.ir"),
        ("https://MEHRNEWS.com./rss", "", "mehrnews.com"),
        ("https://feeds.feedburner.com/mehrnews", "", ""),
        ("https://mehrnews.com.example.org/rss", "", ""),
        ("https://mehrnews.com@example.org/rss", "", ""),
        ("https://example.org/?of=https://mehrnews.com/", "", ""),
        ("https://feeds.feedburner.com/mehrnews", "mehrnews.com", "mehrnews.com"),
        ("https://example.org/rss", "fa.farsnews.com", "farsnews.ir"),
        ("https://example.org/rss", "www.shahr.example", "shahr.example"),
        ("http://[::1", "", ""),
    ],
)
def test_a_feed_speaks_for_the_agency_on_whose_host_it_lies_or_as_the_desk_declares(
    feed: str, declared: str, voice: str
) -> None:
    assert agencies.voice_of(feed, declared) == voice


@pytest.mark.parametrize(
    ("url", "voice", "identity"),
    [
        ("https://www.mehrnews.com/news/6601234/x", "mehrnews.com", ("mehrnews.com", "6601234")),
        ("https://www.mehrnews.com/news/6601234/x", "irna.ir", ("", "mehrnews.com/6601234")),
        ("https://en.mehrnews.com/news/234567/x", "mehrnews.com", ("mehrnews.com", "en.mehrnews.com/234567")),
        ("https://www.farsnews.com/news/14040702000123", "farsnews.ir", ("farsnews.ir", "14040702000123")),
        ("https://www.shahr.example/news/52310/x", "shahr.example", ("shahr.example", "52310")),
        ("https://www.shahr.example/story/x", "shahr.example", ("", "shahr.example/story/x")),
    ],
)
def test_only_who_speaks_for_a_site_gives_articles_their_number_there(
    url: str, voice: str, identity: tuple[str, str]
) -> None:
    assert agencies.identity(url, voice=voice) == identity


@pytest.mark.parametrize("title", ["خبرگزاری مهر", "خبرگزاري مهر | استان قم", "ایسنا", "خبرگزاری جمهوری اسلامی"])
def test_a_title_may_say_that_it_is_an_agencys(title: str) -> None:
    assert agencies.names_one(title)


@pytest.mark.parametrize("title", ["خبر قم", "قدس خبر محله", "خبرگزاری محله", "مهربانی", ""])
def test_most_titles_name_no_agency(title: str) -> None:
    assert not agencies.names_one(title)
