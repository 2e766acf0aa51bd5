"""Feeds over HTTP: of any search, of agencies, of corrections, archives, and the addresses that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import feedparser
import pytest
from feed_rules import broken_in_atom, broken_in_json, broken_in_rss
from lxml import etree
from visitor import Save, Visitor

from feeds.store import Store
from feeds.syndication import Site, Written, write
from feeds.web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def write_feeds(archive: Store, feeds_dir: Path, now: datetime, tehran: ZoneInfo) -> Callable[[], Written]:
    return partial(write, archive, feeds_dir, Site("http://testserver", tehran), now=now)


def titles(data: bytes) -> list[str]:
    return [entry.title for entry in feedparser.parse(data).entries]


@pytest.mark.parametrize(
    ("ending", "broken", "media_type"),
    [
        ("rss", broken_in_rss, "application/rss+xml; charset=utf-8"),
        ("atom", broken_in_atom, "application/atom+xml; charset=utf-8"),
        ("json", broken_in_json, "application/feed+json; charset=utf-8"),
    ],
)
def test_any_search_has_a_feed_with_its_own_encoded_address(  # noqa: PLR0917 - three facts of each format
    site: Visitor, save: Save, now: datetime, ending: str, broken: Callable[..., list[str]], media_type: str
) -> None:
    save()
    save("two", title="سیل در یزد", body="سیل آمد.", lead="سیل آمد.", provinces=("yazd",))
    response = site.get(f"/search.{ending}?q=باران قم")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    address = f"http://testserver/search.{ending}?q={quote('باران قم')}"
    assert broken(response.content, address, now=now) == []
    assert response.headers["link"] == f'<{address}>; rel="self"'
    assert response.headers["access-control-allow-origin"] == "*"
    assert "سیل" not in response.text
    assert site.get(f"/search.{ending}?q=باران قم", if_none_match=response.headers["etag"]).status_code == 304


def test_the_feed_of_a_search_has_the_newest_first_and_only_what_was_asked_for(
    site: Visitor, save: Save, noon: datetime
) -> None:
    for number in range(3):
        save(str(number), title=f"باران شمارهٔ {number}", published=noon - timedelta(hours=number))
    save("other", title="سیل در یزد", body="سیل آمد.", lead="سیل آمد.", provinces=("yazd",))
    assert titles(site.get("/search.rss?q=باران").content) == [f"باران شمارهٔ {number}" for number in range(3)]
    assert titles(site.get("/search.rss?q=باران یزد").content) == []  # the page shows the nearest, a feed does not
    assert titles(site.get("/search.rss?q=بارانن").content) == []
    assert titles(site.get("/search.rss?q=راهنما").content) == []


def test_a_name_of_three_provinces_is_a_feed_of_all_three(site: Visitor, save: Save) -> None:
    save(provinces=("razavi-khorasan",))
    save("two", title="سیل در یزد", provinces=("yazd",))
    assert titles(site.get("/search.rss?q=خراسان").content) == ["باران در قم"]


def test_the_feed_of_a_search_tells_that_something_was_withdrawn(
    site: Visitor, save: Save, archive: Store, now: datetime
) -> None:
    save("one", title="باران در قم", body="باران آمد.", lead="باران آمد.")
    gone = save("two", title="سیل در یزد", body="سیل آمد.", lead="سیل آمد.", provinces=("yazd",))
    archive.editorial.retract(gone.uid, now)
    for asked in ("سیل", "یزد", "سیل یزد", "نه قم"):
        assert titles(site.get(f"/search.rss?q={asked}").content) == ["تکذیب شد: سیل در یزد"], asked
    for asked in ("باران", "قم", "سیل قم", "یزد -سیل", "نه یزد -سیل", "خبر فوری", "نه یزد", "به جز سیل"):
        assert "تکذیب" not in site.get(f"/search.rss?q={asked}").text, asked


def test_a_search_page_names_its_feed(site: Visitor, save: Save) -> None:
    save()
    page = site.get("/search?q=باران قم").text
    assert f'href="http://testserver/search.rss?q={quote("باران قم")}"' in page


def test_the_feed_of_no_search_is_that_of_everything(site: Visitor, write_feeds: Callable[[], Written]) -> None:
    write_feeds()
    assert site.get("/search.rss").content == site.get("/feeds/all.rss").content


def test_an_agency_has_a_feed_and_a_page(site: Visitor, save: Save, write_feeds: Callable[[], Written]) -> None:
    save(agency="خبرگزاری مهر")
    save("two", title="سیل در یزد")
    write_feeds()
    feed = site.get("/feeds/sources/mehrnews.com.rss")
    assert titles(feed.content) == ["باران در قم"]
    page = etree.fromstring(feed.content).findtext("channel/link")
    assert page == "http://testserver/sources/mehrnews.com"
    assert "سیل" not in site.get("/sources/mehrnews.com").text
    assert "سیل در یزد" in site.get("/sources/خبرگزاری-نمونه").text
    assert titles(site.get("/feeds/sources/خبرگزاری-نمونه.atom").content) == ["سیل در یزد"]
    for missing in ("/feeds/sources/irna.ir.rss", "/sources/irna.ir", "/feeds/sources/..%2Fall.rss"):
        assert site.get(missing).status_code == 404


def test_the_feed_of_an_agency_goes_with_its_last_article(
    archive: Store, save: Save, write_feeds: Callable[[], Written], feeds_dir: Path, now: datetime
) -> None:
    article = save(agency="خبرگزاری مهر")
    write_feeds()
    assert (feeds_dir / "sources/mehrnews.com.rss").exists()
    archive.editorial.retract(article.uid, now)
    assert "sources/mehrnews.com.rss" in write_feeds().changed
    assert not list((feeds_dir / "sources").iterdir())


def test_breaking_news_has_a_feed_and_a_page(site: Visitor, save: Save, write_feeds: Callable[[], Written]) -> None:
    save()
    save("two", title="زلزله در یزد", urgent=True)
    write_feeds()
    assert titles(site.get("/feeds/urgent.rss").content) == ["زلزله در یزد"]
    page = site.get("/urgent").text
    assert "زلزله در یزد" in page
    assert "باران در قم" not in page


def test_corrections_are_told_on_a_page_and_in_a_feed(
    site: Visitor, archive: Store, save: Save, write_feeds: Callable[[], Written], now: datetime
) -> None:
    save(title="دو تن آسیب دیدند")
    save(title="سه تن آسیب دیدند")
    gone = save("gone", title="خبر نادرست")
    archive.editorial.retract(gone.uid, now)
    write_feeds()
    page = site.get("/corrections").text
    assert "پیش از این: «دو تن آسیب دیدند»" in page
    assert "این خبر تکذیب شد." in page
    for ending, broken in (("rss", broken_in_rss), ("atom", broken_in_atom), ("json", broken_in_json)):
        feed = site.get(f"/feeds/corrections.{ending}")
        assert broken(feed.content, f"http://testserver/feeds/corrections.{ending}", now=now) == []
    entries = feedparser.parse(site.get("/feeds/corrections.rss").content).entries
    assert [entry.title for entry in entries] == ["تکذیب: خبر نادرست", "تغییر: سه تن آسیب دیدند"]
    assert entries[0].link == f"http://testserver/a/{gone.uid}"
    assert len({entry.id for entry in entries}) == 2


def test_archives_are_served_where_feeds_say(
    site: Visitor, save: Save, write_feeds: Callable[[], Written], noon: datetime
) -> None:
    for number in range(65):
        save(str(number), title=f"خبر {number}", published=noon - timedelta(hours=number))
    write_feeds()
    feed = etree.fromstring(site.get("/feeds/qom.rss").content)
    (older,) = [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "prev-archive"]
    response = site.get(older.removeprefix("http://testserver"))
    assert response.status_code == 200
    assert "خبر 64" in titles(response.content)
    assert response.headers["last-modified"]
    for missing in ("qom/2026-02/99.rss", "qom/2026-13/1.rss", "nowhere/2026-02/1.rss", "qom/2026-02/1.txt", "x"):
        assert site.get(f"/feeds/archive/{missing}").status_code == 404


def test_a_feed_names_its_hub_in_its_header(
    visit: type[Visitor], archive: Store, tmp_path: Path, tehran: ZoneInfo, now: datetime
) -> None:
    hub = Site("https://chapar.example", tehran, hub="https://hub.example/")
    write(archive, tmp_path, hub, now=now)
    app = create_app(archive, public_url=hub.public_url, feeds_dir=tmp_path, zone=tehran, site=hub)
    link = visit(app).get("/feeds/qom.rss").headers["link"]
    assert link == '<https://hub.example/>; rel="hub", <https://chapar.example/feeds/qom.rss>; rel="self"'
    assert "hub" not in visit(app).get("/search.rss?q=قم").headers["link"]


def test_ways_stay_below_the_path_of_the_site(
    visit: type[Visitor], archive: Store, feeds_dir: Path, tehran: ZoneInfo
) -> None:
    app = create_app(archive, public_url="https://example.ir/news", feeds_dir=feeds_dir, zone=tehran)
    assert visit(app).get("/rss?v=1").headers["location"] == "/news/feeds/all.rss?v=1"
    assert visit(app).get("/provinces/").headers["location"] == "/news/provinces"
