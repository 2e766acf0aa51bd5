"""The full text of an article is what its page tells of it: all of it, once, and nothing that stands beside it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from feeds.models import Document
from feeds.sources.reading.pages import webpage

URL = "https://www.example.org/news/1"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TITLE = "کتابخانهٔ روستای سرخ‌کوه گشوده شد"
LEAD = "کتابخانهٔ تازهٔ روستای سرخ‌کوه با پنج‌هزار جلد کتاب به روی مردم گشوده شد."
FIRST = (
    "دهیار سرخ‌کوه گفت ساختن این کتابخانه دو سال به درازا کشید و مردم روستا نیمی از هزینه‌های آن را پرداختند. او افزود "
    "کتاب‌ها را خانواده‌ها و ناشران بخشیده‌اند و دانش‌آموزان هر روز می‌توانند به آن‌جا بروند."
)
SECOND = (
    "آموزگار روستا نیز گفت بچه‌ها پیش از این برای یافتن کتاب به شهر می‌رفتند و نیم‌روز در راه بودند. به گفتهٔ او، "
    "کلاس‌های قصه‌خوانی از هفتهٔ آینده در تالار کتابخانه برپا می‌شود و پدران و مادران هم می‌توانند بیایند."
)
THIRD = (
    "نمایندهٔ ادارهٔ ارشاد شهرستان خبر داد که سه روستای دیگر هم سال آینده صاحب کتابخانه می‌شوند و بودجهٔ آن‌ها پیش‌بینی "
    "شده است. وی از نیکوکاران خواست کتاب‌های خواندنی خود را به این روستاها برسانند."
)


def page(body: str, *, head: str = "") -> webpage.Page:
    top = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>{head}</head>'
    markup = f"{top}<body>{body}</body></html>"
    return webpage.read(markup.encode(), URL)


def document(*, body: str = LEAD, title: str = TITLE) -> Document:
    return Document(source="s", key="1", title=title, body=body, published=NOW, url=URL)


def article(*paragraphs: str) -> str:
    return f'<article><h1>{TITLE}</h1><div itemprop="articleBody">{"".join(paragraphs)}</div></article>'


def p(text: str) -> str:
    return f"<p>{text}</p>"


MENU = "<ul>" + "<li><a href='/x'>سیاسی</a></li>" * 20 + "</ul>"


def test_words_keep_their_zwnj_whoever_finds_the_text() -> None:
    found = page(f"<div>{MENU}</div><div><h1>{TITLE}</h1>{p(FIRST)}{p(SECOND)}{p(THIRD)}</div>")
    assert found.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "markup",
    [
        (
            '<article><div itemprop="articleBody">{0}</div><div class="ad">آگهی</div><div itemprop="articleBody">{1}'
            '</div><div itemprop="articleBody">{2}</div></article>'
        ),
        '<div itemprop="articleBody">{0}</div><p>آگهی</p><div itemprop="articleBody">{1}{2}</div>',
        '<div itemprop="articleBody"><div itemprop="articleBody">{0}</div><section>{1}</section>{2}</div>',
        '<div class="x item-text y">{0}</div><div class="item-text">{1}{2}</div>',
        "<main><section><h2></h2>{0}</section><section>{1}</section><section>{2}</section></main>",
    ],
)
def test_all_sections_of_an_article_are_read_once(markup: str) -> None:
    found = page(f"<h1>{TITLE}</h1>" + markup.format(p(FIRST), p(SECOND), p(THIRD)))
    assert found.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_what_follows_the_part_that_is_marked_as_the_text_is_read_too() -> None:
    marked = f'<div itemprop="articleBody">{p(FIRST)}</div>'
    rest = f"<div class='part'>{p(SECOND)}</div><div class='part'>{p(THIRD)}</div>"
    assert page(f"<article><h1>{TITLE}</h1>{marked}{rest}</article>").body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    byline = "<div class='author'>نویسنده: ر. کوهی</div><ul class='tags'><li>کتاب</li></ul>"
    assert page(f"<article><h1>{TITLE}</h1>{marked}{byline}</article>").body == FIRST


def test_the_next_article_on_a_page_is_another_one() -> None:
    other = '<article><h1>بازار هفتگی</h1><div itemprop="articleBody"><p>بازار دوشنبه‌ها باز است.</p></div></article>'
    assert "بازار" not in page(article(p(FIRST), p(SECOND)) + other).body


def test_the_title_is_not_told_again() -> None:
    assert page(article(f"<h1>{TITLE}</h1>", p(FIRST), p(SECOND))).body.startswith("دهیار")
    found = page(f'<div itemprop="articleBody"><p><b>{TITLE.replace("ی", "ي")}</b></p>{p(FIRST)}{p(SECOND)}</div>')
    assert webpage.completed(document(), found).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "first", [LEAD, f"سرخ‌کوه- نمونه- {LEAD}", LEAD.replace("ی", "ي").replace("ک", "ك"), LEAD.replace("\u200c", " ")]
)
def test_the_lead_is_not_told_twice_where_page_and_feed_both_give_it(first: str) -> None:
    found = webpage.completed(document(), page(article(p(first), p(FIRST), p(SECOND))))
    assert (found.lead, found.body) == (LEAD, f"{FIRST}\n\n{SECOND}")


def test_a_lead_of_two_paragraphs_is_not_told_twice_either() -> None:
    halves = LEAD.split(" با ")
    found = webpage.completed(document(), page(article(p(halves[0]), p(f"با {halves[1]}"), p(FIRST), p(SECOND))))
    assert found.body == f"{FIRST}\n\n{SECOND}"


def test_a_lead_that_the_feed_cut_off_comes_whole_from_the_page() -> None:
    found = webpage.completed(document(body=f"{LEAD[:40]}…"), page(article(p(LEAD), p(FIRST), p(SECOND))))
    assert (found.lead, found.body) == (LEAD, f"{FIRST}\n\n{SECOND}")


def test_a_feed_that_gives_the_title_for_a_lead_gives_none() -> None:
    found = webpage.completed(document(body=TITLE), page(article(p(LEAD), p(FIRST), p(SECOND))))
    assert (found.lead, found.body) == ("", f"{LEAD}\n\n{FIRST}\n\n{SECOND}")


@pytest.mark.parametrize(
    "aside",
    [
        '<div class="related-news"><h4>اخبار مرتبط</h4><p>راه تازهٔ روستا</p></div>',
        '<p><a href="/n/2">راه تازهٔ روستا آسفالت شد</a></p>',
        "<h3>بیشتر بخوانید:</h3><ul><li><a href='/2'>راه تازهٔ روستا</a></li><li><a href='/3'>برداشت گندم</a></li></ul>",
        '<p class="caption">عکس از روستا</p>',
        "<figure><img src='/a.jpg'><figcaption>عکس از روستا</figcaption></figure>",
        '<div class="share-row"><p>اشتراک‌گذاری: تلگرام واتساپ</p></div>',
        "<p>لینک کوتاه: https://x.example/1</p>",
        "<p>برچسب‌ها: کتاب، روستا</p>",
        "<ul class='tags'><li>کتاب</li><li>روستا</li></ul>",
        "<script>var a = 1;</script><style>p{}</style>",
        "<form><p>نام</p><button>فرستادن</button></form>",
        "<aside><p>آگهی روستا</p></aside>",
    ],
)
@pytest.mark.parametrize("place", ["{0}{1}{2}", "{1}{0}{2}", "{1}{2}{0}"])
def test_what_stands_beside_an_article_is_not_in_its_text(aside: str, place: str) -> None:
    assert page(article(place.format(aside, p(FIRST), p(SECOND)))).body == f"{FIRST}\n\n{SECOND}"


def test_a_sentence_that_begins_like_such_a_row_stays() -> None:
    told = "نظرات مردم روستا در نشست شنیده شد"
    assert page(article(p(FIRST), p(told))).body == f"{FIRST}\n\n{told}"


def test_links_within_sentences_and_lists_of_the_news_stay() -> None:
    linked = FIRST.replace("کتابخانه", '<a href="/k">کتابخانه</a>')
    listed = "<ul><li>ساعت نه: گشایش</li><li>ساعت ده: <a href='/q'>قصه‌خوانی</a></li></ul>"
    assert page(article(p(linked), listed)).body == f"{FIRST}\n\nساعت نه: گشایش\n\nساعت ده: قصه‌خوانی"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image" content="/p.jpg">',
        '<meta name="twitter:image" content="https://www.example.org/p.jpg">',
    ],
)
def test_a_page_announces_its_picture(head: str) -> None:
    found = page(article(p(FIRST)), head=head)
    assert found.image is not None
    assert found.image.url == "https://www.example.org/p.jpg"


def test_a_pages_logo_is_no_picture_of_its_news() -> None:
    found = page(
        article(p(FIRST), '<img src="/b.gif" data-src="/n.jpg">'), head='<meta property="og:image" content="/logo.svg">'
    )
    assert found.image is not None
    assert found.image.url == "https://www.example.org/n.jpg"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>کلمه کلمه کلمه.</div>",
        "<div class='share'>کلمه",
        "<div itemprop='articleBody'>کلمه</div>",
        "<div class='item-body'>",
        "<p><a href='/x'>کلمه</a></p>",
        "<img src='/blank.gif' srcset='/x.svg 1w, /y.svg 2w'>",
        "<table><tr><td>کلمه",
        "<article><p itemprop='articleBody'>کلمه",
        "کلمه ",
    ],
)
def test_a_page_takes_a_few_seconds_at_most_whatever_it_is_made_of(markup: str) -> None:
    count = 460_000 if markup == "کلمه " else 14_000  # the words alone make the largest page that is fetched
    data = f"<html><body><h1>x</h1>{markup * count}".encode()
    begin = time.thread_time()
    webpage.completed(document(), webpage.read(data, URL))
    assert time.thread_time() - begin < 5


# -- Pages that show their text in other ways --------------------------------------------------------------------------

TOLD = [FIRST, SECOND, THIRD]
MARKED_UP = "".join(f"<p>{one}</p>" for one in TOLD)


@pytest.mark.parametrize("body", ["\n".join(TOLD), "\r\n\r\n".join(TOLD), MARKED_UP])
@pytest.mark.parametrize("around", ["{}", "[{}]", '{{"@graph": [{{"@type": "WebPage"}}, {}]}}'])
def test_what_a_page_tells_programs_stands_in_where_scripts_show_the_text(body: str, around: str) -> None:
    data = around.format(json.dumps({"@type": "NewsArticle", "articleBody": body}))
    markup = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><div id="app"></div></body></html>'
    )
    assert webpage.read(markup.encode(), URL).body.split("\n\n") == TOLD


@pytest.mark.parametrize("script", ["", "{", '{"articleBody": 5}', "[" * 5000, '{"articleBody": "کوتاه"}'])
def test_what_is_told_badly_to_programs_is_passed_over(script: str) -> None:
    markup = (
        f'<html><body><script type="application/ld+json">{script}</script><article>{MARKED_UP}</article></body></html>'
    )
    assert webpage.read(markup.encode(), URL).body.split("\n\n") == TOLD


def test_the_text_of_a_page_that_is_laid_out_in_tables_is_found() -> None:
    cells = "".join(f"<tr><td><p>{one}</p></td></tr>" for one in TOLD)
    markup = f"<html><body><table><tr><td>منو</td><td><table>{cells}</table></td></tr></table></body></html>"
    body = webpage.read(markup.encode(), URL).body
    assert all(one in body for one in TOLD)


def test_the_next_article_of_a_page_is_not_this_one() -> None:
    following = "<p>متن خبر دیگری که پس از این یکی می‌آید و ربطی به آن ندارد.</p>" * 5
    markup = (
        "<html><body><article><h1>خبر فوری</h1></article>"
        f"<article><h1>گازرسانی</h1>{MARKED_UP}</article><article><h1>دیگر</h1>{following}</article></body></html>"
    )
    body = webpage.read(markup.encode(), URL).body
    assert all(one in body for one in TOLD)
    assert "دیگری که پس" not in body
