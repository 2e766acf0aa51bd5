"""A site's page of news is read by a CSS selector: headline, link, date and picture of each item."""

from __future__ import annotations

from datetime import datetime

import pytest

from feeds.errors import SettingError
from feeds.models import Image
from feeds.sources.reading.entry import NotAFeedError
from feeds.sources.reading.pages.list_page import read, selector_of, suggested

URL = "https://www.shahr.example/news/"
ITEM = (
    '<article class="news-card"><a href="/news/{n}"><img src="/img/{n}.jpg" width="300" height="200"></a>'
    '<h3 class="title"><a href="/news/{n}/slug">شهرداری پل شمارهٔ {n} را بازسازی کرد</a></h3>'
    '<span class="date">{date}</span><p>بازسازی این پل دو ماه به درازا کشید و بیست کارگر در آن کار کردند.</p>'
    '<a href="/news/{n}">ادامه</a></article>'
)


def page(*items: str, around: str = "") -> str:
    menu = "".join(f'<li><a href="/s/{n}">بخش {n}</a></li>' for n in range(9))
    head = f"<html><head><title>شهرداری</title></head><body><ul>{menu}</ul>{around}"
    return f"{head}<div class=list>{''.join(items)}</div></body></html>"


def items(*dates: str) -> list[str]:
    return [ITEM.format(n=number, date=date) for number, date in enumerate(dates, 1)]


def test_each_match_is_an_entry_with_headline_link_picture_and_gist() -> None:
    channel = read(page(*items("۲ مهر ۱۴۰۴", "۱ مهر ۱۴۰۴")), URL, "article.news-card")
    first, second = channel.entries
    assert (first.title, first.link) == ("شهرداری پل شمارهٔ 1 را بازسازی کرد", "https://www.shahr.example/news/1/slug")
    assert second.title.startswith("شهرداری پل شمارهٔ 2")
    assert first.image == Image("https://www.shahr.example/img/1.jpg", "", 300, 200)
    assert first.summary.startswith("بازسازی این پل")
    assert channel.title == "شهرداری"


@pytest.mark.parametrize(
    "date", ["۲ مهر ۱۴۰۴", "1404/07/02", "2025-09-24", "۱۴۰۴/۰۷/۰۲ - ۰۰:۰۰", "چهارشنبه ۲ مهر ۱۴۰۴"]
)
def test_its_date_is_read_as_sites_write_it(date: str) -> None:
    (entry,) = read(page(*items(date)), URL, ".news-card").entries
    assert entry.published == datetime.fromisoformat("2025-09-24T00:00+03:30")


def test_a_time_element_goes_before_all_other_words() -> None:
    time = '<time datetime="2025-09-24T18:30:00+03:30">دیروز</time>'
    item = f'<li class=n>{time}<a href="/1">پل بازسازی شد و باز است</a> 1399/01/01</li>'
    (entry,) = read(page(item), URL, "li.n").entries
    assert entry.published == datetime.fromisoformat("2025-09-24T18:30+03:30")


def test_an_item_that_is_a_link_itself_is_read_too() -> None:
    item = '<a class=row href="/9"><h4>سد شهر پر شد</h4><small>گزارش</small></a>'
    (entry,) = read(page(item), URL, "a.row").entries
    assert (entry.title, entry.link, entry.published) == ("سد شهر پر شد", "https://www.shahr.example/9", None)


def test_a_link_that_stands_twice_is_one_entry() -> None:
    assert len(read(page(*items("۲ مهر ۱۴۰۴"), *items("۲ مهر ۱۴۰۴")), URL, ".news-card").entries) == 1


def test_a_selector_that_matches_nothing_says_that_the_site_has_changed() -> None:
    with pytest.raises(NotAFeedError, match="nothing on the page matches"):
        read(page(*items("")), URL, ".gone")
    with pytest.raises(NotAFeedError, match="no link with a headline"):
        read(page(*items("")), URL, "p")


@pytest.mark.parametrize("words", ["div >", "[", "a:nonsense-class(", "::before"])
def test_what_is_no_selector_is_a_setting_to_mend(words: str) -> None:
    with pytest.raises(SettingError, match="no CSS selector"):
        selector_of(words)


def test_the_list_of_a_page_is_found_and_not_its_menu() -> None:
    markup = page(*items(*["۲ مهر ۱۴۰۴"] * 6))
    best = suggested(markup, URL)[0]
    assert [entry.title for entry in read(markup, URL, best).entries] == [
        f"شهرداری پل شمارهٔ {number} را بازسازی کرد" for number in range(1, 7)
    ]
    assert suggested("<html><body><p>سلام</p></body></html>", URL) == []


def test_a_date_that_is_told_from_now_is_read_also_where_nothing_marks_it() -> None:
    now = datetime.fromisoformat("2025-09-24T15:00+03:30")
    told = [
        f'<li class=n><a href="/{n}">پل شمارهٔ {n} بازسازی شد</a> {date}</li>'
        for n, date in enumerate(("دقایقی پیش", "۲ ساعت پیش"))
    ]
    entries = read(page(*told), URL, "li.n", now=now).entries
    assert [f"{now - entry.published}" for entry in entries if entry.published] == ["0:05:00", "2:00:00"]


@pytest.mark.parametrize(
    ("tip", "headline"),
    [
        ("شهرداری پل کشکان را پس از دو ماه بازسازی کرد", "شهرداری پل کشکان را پس از دو ماه بازسازی کرد"),
        ("برای دیدن خبر اینجا را بزنید", "شهرداری پل کشکان را …"),
    ],
)
def test_a_headline_that_is_cut_off_stands_whole_in_the_tip_of_its_link(tip: str, headline: str) -> None:
    item = f'<div class="item"><a href="/news/1" title="{tip}">شهرداری پل کشکان را …</a></div>'
    (entry,) = read(page(item), URL, ".item").entries
    assert entry.title == headline
