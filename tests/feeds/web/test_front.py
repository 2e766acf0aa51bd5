"""What a reader meets first: the story that leads, pictures, ways to the channel, ways to narrow a search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from lxml import html as lxml_html
from visitor import Save, Visitor

from feeds.models import Image
from feeds.store import Store
from feeds.web.app import create_app
from feeds.web.composing.contacts import Contact, nearest
from feeds.web.composing.listings import reading_minutes
from feeds.web.composing.narrowing import narrowed

CHANNEL = Contact("چاپار", "https://t.me/chapar")
OF_QOM = Contact("چاپار قم", "https://t.me/chapar_qom", provinces=("qom",))
BOT = Contact("@ChaparBot", "https://t.me/ChaparBot", is_bot=True)


def _tree(response: httpx.Response) -> Any:
    return lxml_html.fromstring(response.text)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _titles(response: httpx.Response) -> list[str]:
    return [_text(title) for title in _tree(response).cssselect(".card h2")]


def test_the_first_page_begins_with_breaking_news_and_shows_it_once(site: Visitor, save: Save, noon: datetime) -> None:
    save("new", title="تازه")
    save("urgent", title="زلزله", urgent=True, published=noon - timedelta(hours=2))
    page = site.get("/")
    assert _titles(page) == ["زلزله", "تازه"]
    assert _text(_tree(page).cssselect(".lead-card h2")[0]) == "زلزله"


def test_what_leads_may_be_older_than_the_page_is_long(site: Visitor, save: Save, noon: datetime) -> None:
    for number in range(25):
        save(str(number), title=f"خبر {number}", published=noon - timedelta(minutes=number))
    save("urgent", title="زلزله", urgent=True, published=noon - timedelta(hours=2))
    assert _titles(site.get("/")) == ["زلزله", *(f"خبر {number}" for number in range(20))]


def test_pictures_in_lists_are_small_sized_and_wait_until_they_are_near(site: Visitor, save: Save) -> None:
    for key in ("one", "two"):
        save(key, image=Image(f"https://agency.example/{key}.jpg", "باران", 800, 450))
    save("three", image=Image("javascript:alert(1)"))
    lead, *rest = _tree(site.get("/")).cssselect(".card img")
    assert len(rest) == 1
    assert rest[0].get("loading") == "lazy"
    assert lead.get("loading") is None
    for picture in (lead, *rest):
        assert picture.get("width")
        assert picture.get("height")
        assert (picture.get("alt"), picture.get("referrerpolicy")) == ("", "no-referrer")


def test_the_map_is_of_the_last_day(site: Visitor, save: Save, noon: datetime) -> None:
    save("new")
    save("old", provinces=("yazd",), published=noon - timedelta(days=2))
    for path in ("/", "/provinces"):
        page = _tree(site.get(path))
        tiles = {tile.get("href"): tile.findtext("title") for tile in page.cssselect("svg a")}
        assert (tiles["/p/qom"], tiles["/p/yazd"]) == ("قم، ۱ خبر", "یزد، بی‌خبر")
        assert "سهم از خبرهای ۲۴ ساعت گذشته" in _text(page)


def test_where_the_last_day_had_no_news_the_map_is_of_the_newest_and_says_so(
    site: Visitor, save: Save, noon: datetime
) -> None:
    save("old", published=noon - timedelta(days=2))
    page = _tree(site.get("/"))
    assert "سهم از خبرهای جمعه ۸ اسفند ۱۴۰۴" in _text(page)
    assert "قم، ۱ خبر" in [tile.findtext("title") for tile in page.cssselect("svg a")]


def test_a_province_does_not_say_its_own_name_on_each_card(site: Visitor, save: Save) -> None:
    save(provinces=("qom", "yazd"))
    save("two")
    labels = [_text(label) for label in _tree(site.get("/p/qom")).cssselect(".card .label")]
    assert labels == ["یزد"]


@pytest.fixture
def site_with_contacts(archive: Store, feeds_dir: Path, tehran: ZoneInfo, now: datetime) -> Visitor:
    return Visitor(
        create_app(
            archive,
            public_url="http://testserver",
            feeds_dir=feeds_dir,
            zone=tehran,
            contacts=lambda: (CHANNEL, OF_QOM, BOT),
            clock=lambda: now,
        )
    )


def test_every_page_leads_to_the_channel_and_the_bot(site_with_contacts: Visitor, save: Save) -> None:
    article = save()
    for path in ("/", "/provinces", "/search", "/archive", "/feeds", "/about", "/nothing"):
        links = {link.get("href") for link in _tree(site_with_contacts.get(path)).cssselect("a")}
        assert {CHANNEL.url, BOT.url} <= links
    for path in ("/p/qom", f"/a/{article.uid}"):
        links = {link.get("href") for link in _tree(site_with_contacts.get(path)).cssselect(".foot a")}
        assert {OF_QOM.url, BOT.url} <= links
        assert CHANNEL.url not in links


def test_a_page_leads_to_one_channel_at_most() -> None:
    assert nearest([OF_QOM, CHANNEL, BOT]) == [CHANNEL, BOT]
    assert nearest([OF_QOM, CHANNEL, BOT], "qom") == [OF_QOM, BOT]
    assert nearest([OF_QOM], "yazd") == [OF_QOM]
    assert nearest([]) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"q": "سیل"}, "سیل"),
        ({"q": " سیل ", "province": "qom"}, "سیل استان قم"),
        ({"period": "۷ روز گذشته", "source": "خبرگزاری مهر"}, "۷ روز گذشته خبرگزاری مهر"),
        ({"q": "سیل استان قم", "province": "qom"}, "سیل استان قم"),
        ({"q": "سیل", "province": "atlantis", "period": "<b>", "source": "x"}, "سیل"),
        ({}, ""),
    ],
)
def test_the_fields_of_a_search_become_its_words(fields: dict[str, str], words: str) -> None:
    assert narrowed(fields) == words


def test_a_search_is_narrowed_and_each_field_can_be_taken_off(site: Visitor, save: Save, noon: datetime) -> None:
    save(agency="خبرگزاری مهر")
    save("old", agency="خبرگزاری مهر", published=noon - timedelta(days=60))
    rain = "باران بارید."
    save("elsewhere", title="باران", lead=rain, body=rain, provinces=("yazd",), agency="خبرگزاری مهر")
    save("other", agency="خبرگزاری ایرنا")
    page = site.get("/search?q=باران&province=qom&period=۷ روز گذشته&source=خبرگزاری مهر")
    assert len(_titles(page)) == 1
    assert len(_tree(page).cssselect(".understood a")) == 3


def test_the_reading_time_is_said_where_it_is_a_minute_or_more(site: Visitor, save: Save) -> None:
    assert [reading_minutes("واژه " * count) for count in (0, 180, 400, 2000)] == [0, 0, 2, 11]
    short, long = save("short"), save("long", body="واژه " * 900)
    assert "دقیقه خواندن" not in site.get(f"/a/{short.uid}").text
    assert "۵ دقیقه خواندن" in _text(_tree(site.get(f"/a/{long.uid}")).cssselect(".by")[0])


def test_a_story_goes_on_above_and_below_the_article_that_is_read(
    site: Visitor, save: Save, archive: Store, edited: Callable[..., Any], noon: datetime
) -> None:
    first = save("first", title="جاده بسته شد", published=noon - timedelta(hours=3))
    sequel = archive.articles.save(
        edited("sequel", title="جاده باز شد", published=noon), (), noon, goes_on=first.uid
    ).article
    for article, expected in ((first, ["همین خبر", "جاده باز شد"]), (sequel, ["جاده بسته شد", "همین خبر"])):
        line = _tree(site.get(f"/a/{article.uid}")).cssselect(".line li")
        assert [_text(one.cssselect("h3, span")[0]) for one in line] == expected
        assert not _tree(site.get(f"/a/{article.uid}")).cssselect("#related")  # what is in the line is not told twice
