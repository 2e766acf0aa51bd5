"""A message of a public Telegram channel is an entry: its words, its picture, its time, and whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from channel_site import channel, message, no_preview
from hypothesis import given
from hypothesis import strategies as st

from feeds.models import Image
from feeds.sources.fetching.addresses import public_page
from feeds.sources.reading.entry import Channel, Entry, NotAFeedError
from feeds.sources.reading.pages.telegram_channel import read
from feeds.sources.reading.text.markup import paragraphs

PAGE = "https://t.me/s/qom_paper"


def page(*messages: str, **settings: str) -> Channel:
    return read(channel(*messages, **settings).decode(), PAGE)


def entry(text: str = "", **settings: object) -> Entry:
    (one,) = page(message(7, text, **settings)).entries  # type: ignore[arg-type]
    return one


def told(text: str, **settings: object) -> tuple[str, str]:
    one = entry(text, **settings)
    return one.title, paragraphs(one.content)


@pytest.mark.parametrize(
    "address",
    [
        "https://t.me/qom_paper",
        "http://t.me/s/qom_paper/",
        "https://telegram.me/qom_paper",
        "https://www.t.me/qom_paper",
    ],
)
def test_the_address_of_a_channel_means_its_public_page(address: str) -> None:
    assert public_page(address) == PAGE


@pytest.mark.parametrize(
    "address",
    ["https://t.me/+AbCdEf123", "https://t.me/joinchat/AAAA", "https://t.me/qom_paper/12", "https://qom.ir/paper"],
)
def test_other_addresses_are_left_as_they_are(address: str) -> None:
    assert public_page(address) == address


def test_messages_are_entries_newest_first_under_the_name_of_the_channel() -> None:
    read_page = page(message(1, "باران قم را تر کرد."), message(2, "برف راه کهک را بست."))
    assert (read_page.form, read_page.title) == ("telegram", "قم‌نامه")
    assert [one.guid for one in read_page.entries] == ["https://t.me/qom_paper/2", "https://t.me/qom_paper/1"]
    assert read_page.entries[0].link == "https://t.me/qom_paper/2"


def test_a_message_has_its_own_time() -> None:
    one = entry("باران آمد.", age=timedelta(hours=5))
    assert one.published is not None
    assert abs(datetime.now(UTC) - timedelta(hours=5) - one.published) < timedelta(minutes=1)


def test_a_bold_first_line_is_the_headline() -> None:
    text = "🔴 <b>گشایش پل تازهٔ قمرود</b><br/><br/>این پل پس از دو سال باز شد.<br/>استاندار در آن جا بود."
    assert told(text) == ("گشایش پل تازهٔ قمرود", "این پل پس از دو سال باز شد.\n\nاستاندار در آن جا بود.")


def test_a_short_first_line_is_the_headline_without_being_bold() -> None:
    text = "🔹گشایش پل تازهٔ قمرود<br/>این پل پس از دو سال باز شد."
    assert told(text) == ("گشایش پل تازهٔ قمرود", "این پل پس از دو سال باز شد.")


def test_a_line_that_announces_the_next_is_no_headline() -> None:
    title, body = told("استاندار قم:<br/>آب شرب شهر تا پاییز بسنده است. بارش خوب بود.")
    assert body == "استاندار قم:\n\nآب شرب شهر تا پاییز بسنده است. بارش خوب بود."
    assert title == "استاندار قم: آب شرب شهر تا پاییز بسنده است."


def test_of_a_single_paragraph_the_first_sentence_is_the_headline_and_all_of_it_the_text() -> None:
    text = "راه قم به کاشان بسته شد. پلیس از رانندگان خواست سفر نکنند."
    assert told(text) == ("راه قم به کاشان بسته شد.", text)


def test_what_a_channel_signs_with_is_no_news() -> None:
    text = (
        "<b>برف در کهک</b><br/>راه‌های روستایی باز است.<br/><br/>"
        '<a href="?q=%23%DA%A9%D9%87%DA%A9">#کهک</a> <a href="?q=%23">#برف_پاییزی</a><br/>'
        'به کانال ما بپیوندید 👇<br/>🆔 <a href="https://t.me/qom_paper">@qom_paper</a>'
    )
    one = entry(text)
    assert paragraphs(one.content) == "راه‌های روستایی باز است."
    assert one.categories == ("کهک", "برف پاییزی")


def test_a_hashtag_within_a_sentence_is_the_words_that_it_is() -> None:
    text = "<b>باران در <a href='?q=x'>#استان_قم</a></b><br/>هوا سردتر می‌شود."
    assert told(text)[0] == "باران در استان قم"


def test_where_a_link_leads_stands_behind_its_words() -> None:
    text = (
        '<b>نتیجهٔ آزمون</b><br/>فهرست را <a href="https://azmoon.example/1">این‌جا</a> ببینید.<br/>'
        '<a href="https://azmoon.example/2">https://azmoon.example/2</a>'
    )
    assert told(text)[1] == "فهرست را این‌جا (https://azmoon.example/1) ببینید.\n\nhttps://azmoon.example/2"


def test_a_headline_holds_no_address() -> None:
    link = '<a href="https://qom.ir/n/1?a=(b)">اینجا</a>'
    assert told(f"خبر را {link} بخوانید") == ("خبر را اینجا بخوانید", "خبر را اینجا (https://qom.ir/n/1?a=(b)) بخوانید")
    assert told(f"<b>خبر {link}</b><br/>متن آن در پی می‌آید.")[0] == "خبر اینجا"


def test_what_is_struck_out_is_not_told() -> None:
    assert told("شمار مصدومان <s>۱۲</s> ۱۵ نفر است")[1] == "شمار مصدومان ۱۵ نفر است"


def test_an_emoji_that_is_set_in_bold_makes_no_headline() -> None:
    text = '<i class="emoji"><b>🌧</b></i> باران از امشب در قم آغاز می‌شود و تا جمعه می‌ماند.'
    title, body = told(text)
    assert title == body == "باران از امشب در قم آغاز می‌شود و تا جمعه می‌ماند."


def test_the_quotation_of_a_reply_is_not_its_text() -> None:
    title, body = told("راه باز شد.", reply="راه قم به کاشان بسته شد.")
    assert title == body == "راه باز شد."


def test_a_photo_and_the_still_of_a_film_are_its_picture() -> None:
    assert entry("باران", photo="https://cdn.example/1.jpg").image == Image("https://cdn.example/1.jpg")
    assert entry("باران", film="https://cdn.example/2.jpg").image == Image("https://cdn.example/2.jpg")
    assert entry("باران").image is None


def test_a_picture_without_words_is_a_picture_story() -> None:
    assert entry(photo="https://cdn.example/1.jpg").title == "گزارش تصویری"
    assert entry(film="https://cdn.example/1.jpg").title == "گزارش ویدئویی"


def test_what_another_channel_said_is_marked_as_such() -> None:
    one = entry("<b>هشدار سیل</b><br/>رودخانه‌ها سرریز می‌شوند.", origin="مدیریت بحران قم")
    assert paragraphs(one.content) == "بازنشر از مدیریت بحران قم: رودخانه‌ها سرریز می‌شوند."
    assert one.author == "مدیریت بحران قم"


def test_service_messages_stickers_and_polls_are_no_news_and_no_fault() -> None:
    read_page = page(message(1, "قم‌نامه نامش را عوض کرد", service=True), message(2), message(3, "باران آمد."))
    assert [one.guid for one in read_page.entries] == ["https://t.me/qom_paper/3"]
    assert read_page.fault == ""


def test_the_page_of_older_messages_is_named_by_the_page_or_by_its_oldest() -> None:
    assert page(message(21, "باران"), message(22, "برف")).older == f"{PAGE}?before=21"
    assert page(message(21, "باران"), older="/s/qom_paper?before=20").older == f"{PAGE}?before=20"
    assert page(message(1, "نخستین")).older == ""


def test_a_channel_that_shows_nothing_says_so() -> None:
    with pytest.raises(NotAFeedError, match="no messages on the web"):
        read(no_preview().decode(), PAGE)


@given(st.text(max_size=300))
def test_no_markup_breaks_the_page(text: str) -> None:
    for one in page(message(1, text), message(2, "باران آمد.")).entries[:1]:
        assert one.title == "باران آمد."
