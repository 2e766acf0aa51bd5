"""A pass over all feeds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import pytest
from feed_rules import broken_in_rss

from feeds.models import Article, Draft
from feeds.store import Store
from feeds.syndication import Site, Written, write

SITE = "https://chapar.example"
LATER = timedelta(hours=1)
AGENCY = "sources/خبرگزاری-نمونه"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "feeds"


@pytest.fixture
def write_feeds(archive: Store, folder: Path, noon: datetime, tehran: ZoneInfo) -> Callable[..., Written]:
    return partial(write, archive, folder, Site(SITE, tehran), now=noon + LATER)


@pytest.fixture
def save(archive: Store, edited: Callable[..., Draft], noon: datetime) -> Callable[..., Article]:
    return lambda key="one", at=noon, **changes: archive.articles.save(edited(key, **changes), (), at).article


def test_every_feed_of_an_empty_store_is_there_and_valid(
    write_feeds: Callable[..., Written], folder: Path, noon: datetime, tehran: ZoneInfo
) -> None:
    written = write_feeds()
    assert len(written.changed) == 34 * 3 + 1
    for channel in Site(SITE, tehran).standing:
        data = (folder / f"{channel.slug}.rss").read_bytes()
        assert broken_in_rss(data, channel.address("rss"), now=noon) == []


def test_an_article_is_in_the_feed_of_everything_and_in_those_of_its_provinces(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article]
) -> None:
    save(provinces=("qom", "razavi-khorasan"))
    write_feeds()
    holding = {path.stem for path in folder.glob("*.rss") if feedparser.parse(path.read_bytes()).entries}
    assert holding == {"all", "qom", "razavi-khorasan"}


def test_a_pass_without_news_writes_nothing(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article]
) -> None:
    save()
    write_feeds()
    before = {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    written = write_feeds()
    assert (written.changed, written.unchanged) == ((), 106)
    assert {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == before


def test_only_the_feeds_that_an_article_is_in_are_written_again(
    write_feeds: Callable[..., Written], save: Callable[..., Article]
) -> None:
    save()
    write_feeds()
    save("two", provinces=("yazd",))
    assert {name.split(".")[0] for name in write_feeds().changed} == {"all", "yazd", AGENCY}


def test_a_correction_keeps_guid_and_date_and_advances_the_update(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article], noon: datetime
) -> None:
    save()
    write_feeds()
    before = feedparser.parse((folder / "qom.rss").read_bytes()).entries[0]
    save(title="باران سنگین در قم", at=noon + timedelta(minutes=30))
    changed = {name.split(".")[0] for name in write_feeds().changed}
    assert changed == {"all", "qom", AGENCY, "corrections"}
    after = feedparser.parse((folder / "qom.rss").read_bytes()).entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert after.title == "باران سنگین در قم"
    assert after.updated_parsed > before.updated_parsed


def test_an_article_that_moves_to_another_province_moves_in_the_feeds(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article], archive: Store, noon: datetime
) -> None:
    article = save()
    write_feeds()
    archive.editorial.set_provinces(article.uid, ("yazd",), noon + LATER)
    write_feeds()
    assert feedparser.parse((folder / "qom.rss").read_bytes()).entries == []
    assert len(feedparser.parse((folder / "yazd.rss").read_bytes()).entries) == 1


def test_a_story_is_one_entry_that_names_its_sources_as_they_join(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article], archive: Store, noon: datetime
) -> None:
    lead = save(url="https://agency.example/1")
    write_feeds()
    before = feedparser.parse((folder / "qom.rss").read_bytes()).entries[0]
    other = save("two", agency="خبرگزاری <دیگر>", url="https://other.example/2", provinces=("yazd",))
    archive.editorial.merge(other.uid, lead.uid, noon + LATER)
    write_feeds()
    (after,) = feedparser.parse((folder / "all.rss").read_bytes(), sanitize_html=False).entries
    assert after.id == before.id
    assert after.content[0].value.endswith(
        '<p>منابع: <a href="https://agency.example/1">خبرگزاری نمونه</a> | '
        '<a href="https://other.example/2">خبرگزاری &lt;دیگر&gt;</a></p></div>'
    )
    assert feedparser.parse((folder / "yazd.rss").read_bytes()).entries == []


def test_a_file_that_was_lost_is_written_again(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article]
) -> None:
    save()
    write_feeds()
    (folder / "qom.atom").unlink()
    assert write_feeds().changed == ("qom.atom",)


def test_another_folder_at_another_time_gets_the_same_bytes(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article], noon: datetime
) -> None:
    save()
    write_feeds()
    first = {path.name: path.read_bytes() for path in folder.rglob("*.*")}
    shutil.rmtree(folder)
    write_feeds(now=noon + timedelta(days=9))
    assert {path.name: path.read_bytes() for path in folder.rglob("*.*")} == first


def test_a_new_address_of_the_site_is_in_every_feed(
    write_feeds: partial[Written], folder: Path, save: Callable[..., Article], tehran: ZoneInfo
) -> None:
    save(url="")
    write_feeds()
    store, where, _ = write_feeds.args
    written = write(store, where, Site("https://news.example", tehran), **write_feeds.keywords)
    assert len(written.changed) == 106
    assert b"chapar.example" not in (folder / "all.rss").read_bytes()


def test_the_newest_sixty_are_in_the_feed_newest_first(
    write_feeds: Callable[..., Written], folder: Path, save: Callable[..., Article], noon: datetime
) -> None:
    for number in range(65):
        save(str(number), title=f"خبر {number}", published=noon - timedelta(hours=number))
    write_feeds()
    titles = [entry.title for entry in feedparser.parse((folder / "all.rss").read_bytes()).entries]
    assert titles == [f"خبر {number}" for number in range(60)]


def test_the_list_of_feeds_names_all_of_them(write_feeds: Callable[..., Written], folder: Path) -> None:
    write_feeds()
    outlines = ET.parse(folder / "feeds.opml").getroot().findall(".//outline")
    names = {unquote(url).removeprefix(f"{SITE}/feeds/") for outline in outlines if (url := outline.get("xmlUrl"))}
    assert names == {str(path.relative_to(folder)) for path in folder.rglob("*.rss")}


def test_a_folder_that_was_removed_meanwhile_is_made_again(write_feeds: Callable[..., Written], folder: Path) -> None:
    write_feeds()
    shutil.rmtree(folder)
    assert len(write_feeds().changed) == 103
