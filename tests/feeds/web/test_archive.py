"""The archive by day, its editions, and what is drawn for links."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from lxml import html as lxml_html
from visitor import Save, Visitor

from feeds.editions import EPUB
from feeds.store import Store
from feeds.web.archive import Pictures

DAY = "1404-12-10"


def _tree(response: httpx.Response) -> Any:
    return lxml_html.fromstring(response.text)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _titles(response: httpx.Response) -> list[str]:
    return [_text(title) for title in _tree(response).cssselect(".card h2")]


def test_the_calendar_leads_to_the_days_that_have_news(site: Visitor, save: Save, noon: datetime) -> None:
    save("one")
    save("two", published=noon - timedelta(days=3))
    page = _tree(site.get("/archive"))
    assert _text(page.cssselect("caption")[0]) == "اسفند ۱۴۰۴"
    links = {link.get("href"): _text(link) for link in page.cssselect(".calendar td a")}
    assert links == {f"/archive/{DAY}": "۱۰ ۱ خبر", "/archive/1404-12-07": "۷ ۱ خبر"}
    assert len(page.cssselect(".calendar td .none")) == 27
    assert [_text(cell).split()[0] for cell in page.cssselect(".is-today")] == ["۱۰"]


def test_months_lead_back_to_the_beginning_and_no_further(site: Visitor, save: Save, noon: datetime) -> None:
    save("one", published=noon - timedelta(days=65))
    path, seen = "/archive", []
    while path:
        page = _tree(site.get(path))
        seen.append(_text(page.cssselect("caption")[0]))
        path = next((link.get("href") for link in page.cssselect(".pager a[rel=prev]")), "")
    assert seen == ["اسفند ۱۴۰۴", "بهمن ۱۴۰۴", "دی ۱۴۰۴"]


def test_an_empty_archive_says_so(site: Visitor) -> None:
    assert "در اسفند ۱۴۰۴ خبری نیست" in site.get("/archive").text
    assert "از این روز خبری نیست" in site.get(f"/archive/{DAY}").text


def test_a_day_shows_its_news_of_each_province(site: Visitor, save: Save, noon: datetime) -> None:
    save("one")
    save("two", title="برف در یزد", provinces=("yazd",), published=noon - timedelta(hours=1))
    save("three", title="دیروز", published=noon - timedelta(days=1))
    day = site.get(f"/archive/{DAY}")
    assert _titles(day) == ["باران در قم", "برف در یزد"]
    chips = {link.get("href"): _text(link) for link in _tree(day).cssselect(".chips a")}
    assert chips == {f"/archive/{DAY}/qom": "قم ۱", f"/archive/{DAY}/yazd": "یزد ۱"}
    assert _titles(site.get(f"/archive/{DAY}/yazd")) == ["برف در یزد"]
    older = _tree(day).cssselect(".pager a[rel=prev]")[0].get("href")
    assert _titles(site.get(older)) == ["دیروز"]


def test_a_busy_day_is_paged_and_every_article_is_shown_once(site: Visitor, save: Save, noon: datetime) -> None:
    for number in range(45):
        save(str(number), title=f"خبر {number}", published=noon - timedelta(minutes=number))
    seen, path = [], f"/archive/{DAY}/qom"
    while path:
        page = site.get(path)
        seen += _titles(page)
        path = next((link.get("href") for link in _tree(page).cssselect(".list a[rel=next]")), "")
    assert seen == [f"خبر {number}" for number in range(45)]


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        (f"/archive/{DAY}/qom.html", "text/html; charset=utf-8", b"<!doctype html>"),
        (f"/archive/{DAY}/qom.epub", EPUB, b"PK"),
        (f"/archive/{DAY}/iran.epub", EPUB, b"PK"),
    ],
)
def test_a_day_is_to_be_had_as_a_file(site: Visitor, save: Save, path: str, media_type: str, begins: bytes) -> None:
    save()
    response = site.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.content.startswith(begins)
    ending = path.rpartition(".")[2]
    place = path.rpartition("/")[2].removesuffix(f".{ending}")
    assert response.headers["content-disposition"] == f'attachment; filename="chapar-{place}-{DAY}.{ending}"'
    assert site.get(path, if_none_match=response.headers["etag"]).status_code == 304


def test_a_day_leads_to_its_files(site: Visitor, save: Save) -> None:
    save()
    for path in (f"/archive/{DAY}", f"/archive/{DAY}/qom"):
        files = [link.get("href") for link in _tree(site.get(path)).cssselect("a[download]")]
        assert len(files) == 2
        assert {site.get(file).status_code for file in files} == {200}


@pytest.mark.parametrize(
    "path",
    [
        "/archive/1404-13",
        "/archive/1405-01",  # next month
        "/archive/1404-12-30",
        "/archive/1404-12-11",  # tomorrow
        "/archive/x",
        f"/archive/{DAY}/atlantis",
        f"/archive/{DAY}/qom.pdf",
        f"/archive/{DAY}/yazd.epub",  # of a day without news
        "/archive/9999-99-99.png",
        "/a/0000000000000000.png",
    ],
)
def test_what_is_not_in_the_archive_is_not_found(site: Visitor, save: Save, path: str) -> None:
    save()
    assert site.get(path).status_code == 404


def test_a_link_shows_the_articles_own_picture_and_else_one_that_is_drawn(site: Visitor, save: Save) -> None:
    article = save()
    head = _tree(site.get(f"/a/{article.uid}")).find("head")
    properties = {meta.get("property"): meta.get("content") for meta in head.iter("meta")}
    assert properties["og:image"] == f"http://testserver/a/{article.uid}.png"
    card = site.get(f"/a/{article.uid}.png")
    assert (card.status_code, card.headers["content-type"]) == (200, "image/png")
    assert card.content[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)
    assert (properties["og:image:width"], properties["og:image:height"]) == ("1200", "630")


def test_what_is_passed_on_of_a_retracted_article_says_so(
    site: Visitor, save: Save, archive: Store, now: datetime
) -> None:
    article = save()
    before = site.get(f"/a/{article.uid}.png").content
    archive.editorial.retract(article.uid, now)
    page = _tree(site.get(f"/a/{article.uid}"))
    assert page.cssselect('meta[property="og:title"]')[0].get("content") == "تکذیب شد: باران در قم"
    assert all("%D8%AA%DA%A9%D8%B0%DB%8C%D8%A8" in link.get("href") for link in page.cssselect(".share li a"))
    assert site.get(f"/a/{article.uid}.png").content != before


def test_the_picture_of_a_day_changes_with_its_news(site: Visitor, save: Save) -> None:
    save()
    one = site.get(f"/archive/{DAY}.png").content
    assert one == site.get(f"/archive/{DAY}.png").content
    save("two", title="برف در یزد", provinces=("yazd",))
    assert site.get(f"/archive/{DAY}.png").content != one


def test_who_asks_for_a_picture_does_not_wait_behind_many_others() -> None:
    pictures, drawing, done = Pictures(), threading.Event(), threading.Event()

    def slow() -> bytes:
        drawing.set()
        done.wait(30)
        return b"slow"

    first = threading.Thread(target=pictures.get, args=("slow", slow))
    first.start()
    drawing.wait(30)
    assert pictures.get("other", lambda: b"other") is None
    done.set()
    first.join()
    assert (pictures.get("other", lambda: b"other"), pictures.get("slow", lambda: b"again")) == (b"other", b"slow")
