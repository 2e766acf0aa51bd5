"""What is older than a feed's items: every article once, in documents that hardly ever change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from feed_rules import broken_in_atom, broken_in_json, broken_in_rss
from lxml import etree

from feeds.models import Article, Draft
from feeds.store import Store
from feeds.syndication import Site
from feeds.syndication.archives import Part, bounds, slug_in
from feeds.syndication.catalogue import archive_of, feed_of

SITE = "https://chapar.example"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
HOUR = timedelta(hours=1)


@pytest.fixture
def site(tehran: ZoneInfo) -> Site:
    return Site(SITE, tehran)


@pytest.fixture
def save(archive: Store, edited: Callable[..., Draft], noon: datetime) -> Callable[..., Article]:
    return lambda key, **changes: archive.articles.save(edited(key, **changes), (), noon).article


def links(document: bytes) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in etree.fromstring(document).iter(f"{ATOM}link")}


def walk(store: Store, site: Site, slug: str, ending: str = "rss") -> Iterator[tuple[str, bytes]]:
    """The feed, and each document of its archives as its links lead there."""
    channel = site.named(store, slug)
    assert channel is not None
    document = feed_of(store, site, channel).document(ending)
    yield channel.address(ending), document
    while older := (json.loads(document).get("next_url") if ending == "json" else links(document).get("prev-archive")):
        found = slug_in(older.removeprefix(f"{SITE}/feeds/archive/").removesuffix(f".{ending}"))
        assert found is not None
        feed = archive_of(store, site, Part(channel, found[1], found[2]))
        assert feed is not None, older
        document = feed.document(ending)
        yield older, document


@pytest.mark.parametrize("slug", ["all", "qom", "urgent", "sources/خبرگزاری-نمونه"])
def test_every_article_is_reached_from_the_feed_through_its_archives(
    archive: Store, site: Site, save: Callable[..., Article], noon: datetime, slug: str
) -> None:
    for number in range(230):
        save(str(number), title=f"خبر {number}", published=noon - number * 5 * HOUR, urgent=True)
    met: set[str] = set()
    for address, document in walk(archive, site, slug):
        assert broken_in_rss(document, address, now=noon + HOUR) == []
        met |= {item.findtext("title") for item in etree.fromstring(document).iter("item")}
    assert met == {f"خبر {number}" for number in range(230)}


def test_archives_say_what_they_are_in_every_format(
    archive: Store, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    for number in range(70):
        save(str(number), published=noon - number * HOUR)
    by_rss, by_atom, by_json = (list(walk(archive, site, "qom", ending)) for ending in ("rss", "atom", "json"))
    assert len(by_rss) == len(by_atom) == len(by_json) > 1
    for address, document in by_atom:
        assert broken_in_atom(document, address, now=noon + HOUR) == []
    for address, document in by_json:
        assert broken_in_json(document, address, now=noon + HOUR) == []
    for _, document in (by_rss[1], by_atom[1]):
        assert etree.fromstring(document).find(f".//{HISTORY}archive") is not None
    assert links(by_rss[1][1])["current"] == f"{SITE}/feeds/qom.rss"
    assert links(by_atom[1][1])["self"] == by_atom[1][0]
    assert etree.fromstring(by_atom[1][1]).findtext(f"{ATOM}id") == etree.fromstring(by_atom[0][1]).findtext(
        f"{ATOM}id"
    )


def test_a_new_article_leaves_the_archives_of_other_periods_as_they_are(
    archive: Store, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    for number in range(150):
        save(str(number), published=noon - number * 12 * HOUR)
    before = dict(list(walk(archive, site, "qom"))[1:])
    save("new", published=noon + HOUR)
    after = dict(list(walk(archive, site, "qom"))[1:])
    newest = f"{noon:%Y-%m}"
    assert {path: document for path, document in before.items() if newest not in path}.items() <= after.items()
    assert len(after) > 2


def test_a_feed_that_is_cut_short_by_its_size_loses_nothing(
    archive: Store, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    long = ("متن بلند " * 30 + "\n\n") * 100
    for number in range(70):
        save(str(number), title=f"خبر {number}", body=long, published=noon - number * HOUR)
    met: set[str] = set()
    for address, document in walk(archive, site, "all"):
        assert broken_in_rss(document, address, now=noon + HOUR) == []
        met |= {item.findtext("title") for item in etree.fromstring(document).iter("item")}
    assert met == {f"خبر {number}" for number in range(70)}


def test_a_feed_with_few_articles_has_no_archives(
    archive: Store, site: Site, save: Callable[..., Article], noon: datetime
) -> None:
    save("one")
    assert len(list(walk(archive, site, "qom"))) == 1
    assert archive_of(archive, site, Part(site.standing[0], "2026-02-31", 1)) is None
    assert archive_of(archive, site, Part(site.standing[0], "2026-02-28", 7)) is None


@pytest.mark.parametrize(
    "path", ["qom", "qom/2026/1", "qom/2026-11/0", "/2026-11/1", "qom/2026-11/01", "qom/2026-11/x"]
)
def test_nothing_else_is_a_path_of_an_archive(path: str) -> None:
    assert slug_in(path) is None


def test_periods_follow_the_zone_and_end_where_the_next_begins(tehran: ZoneInfo) -> None:
    start, end = bounds("2026-12", tehran)
    assert (start.isoformat(), end.isoformat()) == ("2026-12-01T00:00:00+03:30", "2027-01-01T00:00:00+03:30")
    assert bounds("2026-12-31", tehran)[1] == end
    for wrong in ("9999-12", "2026-13", "0000-01"):
        with pytest.raises(ValueError, match=r"."):
            bounds(wrong, tehran)
