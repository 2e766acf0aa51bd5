"""Telegram-HTML on a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds.models import Delivery, DeliveryKind, DeliveryState
from feeds.web.preview import post_of, telegram_html


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("🔹 <b>باران</b>\n\nدر قم", "🔹 <b>باران</b>\n\nدر قم"),
        ("<script>alert(1)</script>خبر", "خبر"),
        ('<b onclick="x()" style="color:red">خبر</b>', "<b>خبر</b>"),
        ('<img src="x" onerror="alert(1)">', ""),
        ('<a href="javascript:alert(1)">خبر</a>', '<a rel="nofollow noopener">خبر</a>'),
        ("۵ &lt; ۶ &amp; ۷", "۵ &lt; ۶ &amp; ۷"),
        ("<blockquote>نقل</blockquote>", "<blockquote>نقل</blockquote>"),
        ("متن\n<blockquote expandable>کوتاه</blockquote>\n\nپایان", "متن<blockquote>کوتاه</blockquote>\nپایان"),
        (
            f"<blockquote expandable>{'بلند ' * 40}\nو بلندتر</blockquote>پایان",
            f'<details class="quote"><summary>{"بلند " * 40}\nو بلندتر</summary></details>پایان',
        ),
    ],
)
def test_only_the_tags_of_telegram_reach_the_page(html: str, shown: str) -> None:
    assert telegram_html(html) == shown


def test_a_link_keeps_its_address() -> None:
    assert 'href="https://agency.example/1"' in telegram_html('<a href="https://agency.example/1">خبر</a>')


def _delivery(noon: datetime, **changes: Any) -> Delivery:
    facts = {
        "id": 7,
        "article_id": 1,
        "channel": "preview",
        "kind": DeliveryKind.POST,
        "revision": 1,
        "rendered": 1,
        "state": DeliveryState.SENT,
        "message_id": 3,
        "settled": noon,
        "payload": {"html": "<b>خبر</b>", "plain": "خبر"},
    }
    return Delivery(**facts | changes)


def test_a_post_shows_its_words_and_the_time_in_tehran(noon: datetime, tehran: ZoneInfo) -> None:
    post = post_of(_delivery(noon), tehran)
    assert (post.id, post.html, post.time, post.day) == (3, "<b>خبر</b>", "۱۲:۰۰", "یکشنبه ۱۰ اسفند ۱۴۰۴")
    assert not post.edited


def test_a_post_that_shows_a_later_revision_is_marked_as_edited(noon: datetime, tehran: ZoneInfo) -> None:
    assert post_of(_delivery(noon, rendered=2), tehran).edited


def test_a_post_that_went_out_as_plain_text_shows_its_marks(noon: datetime, tehran: ZoneInfo) -> None:
    payload = {"html": "<b>خبر", "plain": "خبر <b>", "as_plain": True}
    assert post_of(_delivery(noon, payload=payload), tehran).html == "خبر &lt;b&gt;"


def test_the_picture_of_a_post_is_its_photo_or_its_link_preview(noon: datetime, tehran: ZoneInfo) -> None:
    photo = {"html": "خبر", "photo": "https://agency.example/1.jpg"}
    preview = {"html": "خبر", "photo": "", "link_preview": "https://agency.example/2.jpg"}
    assert post_of(_delivery(noon, payload=photo), tehran).photo == "https://agency.example/1.jpg"
    assert post_of(_delivery(noon, payload=preview), tehran).photo == "https://agency.example/2.jpg"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🔹 *باران*\n\nدر قم", "🔹 <b>باران</b>\n\nدر قم"),
        (
            "📰 [مهر](https://a.example/1?x=1&y=2)",
            '📰 <a href="https://a.example/1?x=1&amp;y=2" rel="nofollow noopener">مهر</a>',
        ),
        ("[مهر](javascript:alert)", "مهر"),
        ("<b>خبر</b> & ۵*۶*۷ #استان_قم", "&lt;b&gt;خبر&lt;/b&gt; &amp; ۵*۶*۷ #استان_قم"),
    ],
)
def test_a_post_on_bale_is_shown_by_its_own_markup(noon: datetime, tehran: ZoneInfo, text: str, shown: str) -> None:
    payload = {"html": "دیگر", "bale": text, "link_preview": "https://agency.example/2.jpg"}
    post = post_of(_delivery(noon, payload=payload), tehran)
    assert (post.html, post.photo) == (shown, "")


def test_a_button_that_opens_no_page_is_shown_and_leads_nowhere(noon: datetime, tehran: ZoneInfo) -> None:
    payload = {
        "html": "خبر",
        "buttons": [[{"text": "متن کامل", "url": "https://a.example/"}, {"text": "بیشتر", "url": "javascript:1"}]],
    }
    ((full, more),) = post_of(_delivery(noon, payload=payload), tehran).buttons
    assert (full.text, full.url) == ("متن کامل", "https://a.example/")
    assert (more.text, more.url) == ("بیشتر", "")


def test_a_delivery_without_a_payload_is_no_post(noon: datetime, tehran: ZoneInfo) -> None:
    assert post_of(_delivery(noon, payload=None), tehran) is None
