"""What the feeds say of an article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feeds.models import Article, Image, Summary
from feeds.syndication.entry import MOST_CONTENT, Entry, entry_of, web_address

SITE = "https://chapar.example"


@pytest.fixture
def entry(article: Callable[..., Article], tehran: ZoneInfo) -> Callable[..., Entry]:
    return lambda **changes: entry_of(article(**changes), public_url=SITE, zone=tehran)


def test_the_guid_stays_when_title_and_address_change(entry: Callable[..., Entry]) -> None:
    before = entry(uid="a" * 16)
    after = entry(uid="a" * 16, title="باران سنگین در قم", url="https://agency.example/news/1/other", revision=2)
    assert before.guid == after.guid == "tag:chapar,2026:aaaaaaaaaaaaaaaa"


def test_after_an_edit_the_publication_stays_and_the_update_advances(
    entry: Callable[..., Entry], noon: datetime
) -> None:
    before, after = entry(), entry(revision=2, updated=noon + timedelta(hours=5))
    assert after.published == before.published
    assert after.updated == noon + timedelta(hours=5)
    assert "به‌روزرسانی: یکشنبه ۱۰ اسفند ۱۴۰۴، ساعت ۱۷:۰۰" in after.content


def test_a_retracted_article_says_so_in_title_and_text(entry: Callable[..., Entry], noon: datetime) -> None:
    shown = entry(retracted=noon + timedelta(days=1))
    assert shown.title == "تکذیب شد: باران در قم"
    assert "این خبر دوشنبه ۱۱ اسفند ۱۴۰۴ تکذیب شد." in shown.content
    assert shown.updated == noon + timedelta(days=1)


def test_an_article_from_the_future_counts_from_its_arrival(entry: Callable[..., Entry], noon: datetime) -> None:
    shown = entry(published=noon + timedelta(days=300), ingested=noon, updated=noon)
    assert shown.published == shown.updated == noon


def test_dates_are_told_in_the_zone_of_the_readers(entry: Callable[..., Entry]) -> None:
    assert entry().published.isoformat() == "2026-03-01T12:00:00+03:30"


def test_an_article_without_an_address_links_to_our_page(entry: Callable[..., Entry]) -> None:
    shown = entry(uid="b" * 16, url="")
    assert shown.link == f"{SITE}/a/bbbbbbbbbbbbbbbb"
    assert f'<a href="{SITE}/a/bbbbbbbbbbbbbbbb">' in shown.content


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/news/1", "//agency.example", "https://", "https://a b.example/"]
)
def test_an_address_that_is_none_gives_way_to_our_page(entry: Callable[..., Entry], url: str) -> None:
    assert entry(url=url).link.startswith(f"{SITE}/a/")


def test_a_raw_persian_address_is_encoded() -> None:
    assert web_address("https://خبر.example/باران ۱") == (
        "https://xn--ngblk.example/%D8%A8%D8%A7%D8%B1%D8%A7%D9%86%20%DB%B1"
    )
    assert web_address("https://agency.example/%D8%A8?q=50%") == "https://agency.example/%D8%A8?q=50%25"


def test_a_title_is_one_line_of_plain_text(entry: Callable[..., Entry]) -> None:
    shown = entry(title="  باران\u202b <b>سنگین</b>\n\x07در می\u200cبد &amp;amp; ۵ < ۶ \u200f")
    assert shown.title == "باران سنگین در می\u200cبد & ۵ < ۶"


def test_markup_in_a_text_is_shown_and_not_run(entry: Callable[..., Entry]) -> None:
    shown = entry(body='گفت: <script>alert("۱")</script> & تمام')
    assert "<script" not in shown.content
    assert "گفت: &lt;script&gt;alert(&quot;۱&quot;)&lt;/script&gt; &amp; تمام" in shown.content


def test_a_text_that_begins_in_latin_is_turned_right_to_left(entry: Callable[..., Entry]) -> None:
    shown = entry(body="NASA گفت باران نیست.", summary=Summary("NASA گفت باران نیست."))
    assert shown.content.startswith('<div dir="rtl" lang="fa">\u200f<p>NASA')
    assert shown.summary.startswith("\u200fNASA")
    assert "\u200f" not in entry().content + entry().summary


def test_lines_of_a_paragraph_stay_apart(entry: Callable[..., Entry]) -> None:
    assert "<p>یک<br />دو</p>" in entry(body="یک\nدو").content


def test_a_picture_stands_first_with_its_words_and_size(entry: Callable[..., Entry]) -> None:
    shown = entry(image=Image("https://agency.example/عکس.jpg", 'باران "تند"', 800, 450, "image/jpeg"))
    assert (
        '<p><img src="https://agency.example/%D8%B9%DA%A9%D8%B3.jpg" alt="باران &quot;تند&quot;" '
        'width="800" height="450" /></p>' in shown.content
    )


def test_a_picture_without_an_address_is_left_out(entry: Callable[..., Entry]) -> None:
    assert entry(image=Image("data:image/png;base64,AAAA")).image is None


def test_a_picture_whose_address_is_good_for_hours_is_in_no_feed(entry: Callable[..., Entry]) -> None:
    assert entry(image=Image("https://cdn4.telesco.pe/file/x.jpg")).image is None
    assert entry(image=Image("https://telesco.pe.example/x.jpg")).image


def test_a_book_of_an_article_is_cut_between_paragraphs_and_goes_on_at_our_page(entry: Callable[..., Entry]) -> None:
    shown = entry(uid="c" * 16, body="\n\n".join(["بند " * 1000] * 40))
    assert len(shown.content) < MOST_CONTENT + 1000
    assert f'<p><a href="{SITE}/a/cccccccccccccccc">ادامهٔ این خبر</a></p>' in shown.content
    assert shown.content.endswith("</a></p></div>")


def test_the_content_is_longer_than_the_summary_even_where_the_text_is_the_summary(entry: Callable[..., Entry]) -> None:
    shown = entry(body="کوتاه.", lead="کوتاه.", summary=Summary("کوتاه."), agency="", url="")
    assert shown.summary == "کوتاه."
    assert len(shown.content) > len(shown.summary)


def test_a_subhead_is_one_in_the_content_too(entry: Callable[..., Entry]) -> None:
    content = entry(body="باران بارید.\n\n*خسارت در روستاها\n\n* دو پل بسته شد.").content
    assert "<p>باران بارید.</p><h3>خسارت در روستاها</h3><p>• دو پل بسته شد.</p>" in content


def test_provinces_are_named_in_persian_and_unknown_ones_left_out(entry: Callable[..., Entry]) -> None:
    assert entry(provinces=("razavi-khorasan", "atlantis", "qom")).provinces == ("خراسان رضوی", "قم")


def test_an_article_without_any_words_still_has_a_title_and_a_text(entry: Callable[..., Entry]) -> None:
    shown = entry(title="\x00", body="", lead="", summary=Summary(""))
    assert shown.title == "بدون عنوان"
    assert shown.summary == "بدون عنوان"


def test_whom_the_agency_quotes_stands_behind_it(entry: Callable[..., Entry]) -> None:
    assert "خبرگزاری نمونه</a> به نقل از رویترز" in entry(agency="خبرگزاری نمونه", origin="رویترز").content
    assert "به نقل از &lt;رویترز" in entry(agency="", origin="<رویترز", url="").content


def test_what_the_desk_released_late_is_as_new_as_its_release_and_says_of_when_it_is(
    entry: Callable[..., Entry], noon: datetime
) -> None:
    released = noon + timedelta(days=1, hours=2)
    late = entry(released=released)
    assert late.published == late.updated == released
    assert "زمان خبر: یکشنبه ۱۰ اسفند ۱۴۰۴، ساعت ۱۲:۰۰" in late.content
    prompt = entry(released=noon + timedelta(minutes=9))
    assert "زمان خبر" not in prompt.content
