"""Posts as Telegram's own parser and the Unicode Bidirectional Algorithm see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bidi import get_base_level
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram_server.parser import Parsed, parse

from bot.posts.links import is_public, linkable, safe_link
from bot.posts.measure import RLM, utf16
from bot.posts.message import TEXT_LIMIT, Source, render
from bot.posts.payload import Payload, visible_text
from bot.posts.style import Style
from feeds.models import Article, Image, Kind, Summary

TEHRAN = ZoneInfo("Asia/Tehran")
PUBLISHED = datetime(2025, 9, 24, 15, 0, tzinfo=UTC)
ARTICLE = Article(
    id=1,
    uid="0123456789abcdef",
    source="tests",
    key="1",
    revision=1,
    title="پل تازهٔ شهر به بهره‌برداری رسید",
    lead="پل تازهٔ شهر امروز باز شد.",
    body="پل تازهٔ شهر امروز باز شد.\n\nساخت آن دو سال طول کشید. هزینه‌اش ۲۰ میلیارد تومان بود."
    "\n\nشهردار از مردم تشکر کرد.",
    summary=Summary("پل تازهٔ شهر امروز باز شد.", ("ساخت آن دو سال طول کشید.",)),
    provinces=("qom",),
    published=PUBLISHED,
    day_only=False,
    updated=PUBLISHED,
    ingested=PUBLISHED,
    url="https://news.example.com/1",
    agency="خبرگزاری آزمون",
)


def post(article: Article = ARTICLE, *, link: str | None = None, **settings: object) -> Payload:
    return render(article, link=article.url if link is None else link, zone=TEHRAN, **settings)  # type: ignore[arg-type]


def parsed(payload: Payload) -> Parsed:
    return parse(payload.html, "HTML")


def links(payload: Payload) -> list[str]:
    return [entity["url"] for entity in parsed(payload).entities if entity["type"] == "text_link"]


def test_a_post_has_the_layout_of_the_desk() -> None:
    assert post(handle="@qom_news").html == (
        "🔹 <b>پل تازهٔ شهر به بهره‌برداری رسید</b>\n"
        "\n"
        "پل تازهٔ شهر امروز باز شد.\n"
        "\n"
        "▫️ ساخت آن دو سال طول کشید.\n"
        "<blockquote expandable>هزینه‌اش ۲۰ میلیارد تومان بود.\n"
        "شهردار از مردم تشکر کرد.</blockquote>\n"
        "\n"
        "🕐 چهارشنبه ۲ مهر ۱۴۰۴ | ۱۸:۳۰\n"
        '📰 <a href="https://news.example.com/1">خبرگزاری آزمون</a>\n'
        "#استان_قم\n"
        f"{RLM}🆔 @qom_news"
    )


def test_a_short_post_ends_with_its_lead() -> None:
    assert post(handle="@qom_news", style=Style(layout="short")).html == (
        "🔹 <b>پل تازهٔ شهر به بهره‌برداری رسید</b>\n"
        "\n"
        "پل تازهٔ شهر امروز باز شد.\n"
        "\n"
        "🕐 چهارشنبه ۲ مهر ۱۴۰۴ | ۱۸:۳۰\n"
        '📰 <a href="https://news.example.com/1">خبرگزاری آزمون</a>\n'
        "#استان_قم\n"
        f"{RLM}🆔 @qom_news"
    )


def test_latin_digits_stand_in_text_and_date_and_leave_addresses_alone() -> None:
    payload = post(link="https://news.example.com/۱", style=Style(digits="latin"))
    assert "🕐 چهارشنبه 2 مهر 1404 | 18:30" in payload.html
    assert "هزینه‌اش 20 میلیارد تومان بود." in payload.html
    assert links(payload) == [safe_link("https://news.example.com/۱")]
    assert safe_link("https://news.example.com/۱") in payload.plain


def test_a_day_without_an_hour_shows_none() -> None:
    assert "🕐 چهارشنبه ۲ مهر ۱۴۰۴\n" in post(replace(ARTICLE, day_only=True)).html


def test_breaking_news_says_so() -> None:
    assert post(replace(ARTICLE, urgent=True)).html.startswith("🔴 <b>فوری | پل تازهٔ")


def test_a_correction_says_when() -> None:
    assert "✏️ به‌روزرسانی ۱۹:۱۰" in post(corrected_at=PUBLISHED + timedelta(minutes=40)).html


def test_a_correction_of_another_day_names_it() -> None:
    assert "✏️ به‌روزرسانی پنجشنبه ۳ مهر ۱۴۰۴ | ۱۸:۳۰" in post(corrected_at=PUBLISHED + timedelta(days=1)).html


def test_markup_in_the_text_is_shown_not_obeyed() -> None:
    payload = post(replace(ARTICLE, title="<b>& <script>alert(1)</script>", agency='<a href="x">'))
    assert "🔹 <b>& <script>alert(1)</script>" in parsed(payload).text
    assert [entity["type"] for entity in parsed(payload).entities].count("bold") == 1


def test_a_payload_survives_its_way_through_the_store() -> None:
    payload = post(replace(ARTICLE, image=Image("https://news.example.com/1.jpg")), more="https://t.me/x?start=p_qom")
    assert Payload.from_dict(payload.to_dict()) == payload
    assert payload.buttons


def test_a_picture_stands_above_the_text() -> None:
    assert post(replace(ARTICLE, image=Image("https://news.example.com/1.jpg"))).link_preview.endswith("1.jpg")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://127.0.0.1:8080/a/1", "http://127.0.0.1:8080/a/1"),
        ("http://localhost:8080/a/1", "http://127.0.0.1:8080/a/1"),
        ("https://news.example.com/خبر/قم?q=ا ب", None),
        ("https://خبر.example/1", "https://xn--ngblk.example/1"),
        ("HTTPS://News.Example.COM/A?b=c&d=e#f", "https://news.example.com/A?b=c&d=e#f"),
        ("https://news.example.com/\u202ea\u200f\nb", "https://news.example.com/ab"),
        ('https://news.example.com/"><b>', "https://news.example.com/%22%3E%3Cb%3E"),
    ],
)
def test_telegram_keeps_the_link(written: str, kept: str | None) -> None:
    payload = post(link=written)
    assert links(payload) == [safe_link(written)]
    if kept is not None:
        assert safe_link(written) == kept


def test_an_address_that_telegram_would_not_link_is_written_out() -> None:
    payload = post(link="http://chapar:8080/a/1")
    assert "http://chapar:8080/a/1" in parsed(payload).text


@pytest.mark.parametrize(
    "broken", ["", "/news/1", "javascript:alert(1)", "http://", "http://a b/", "http://[::1", "x:y"]
)
def test_a_broken_address_leaves_the_agency_without_a_link(broken: str) -> None:
    payload = post(link=broken)
    assert "📰 خبرگزاری آزمون" in parsed(payload).text
    assert links(payload) == []


def test_an_address_that_grows_too_long_when_it_is_encoded_is_none() -> None:
    assert safe_link("https://news.example.com/" + "خ" * 300)
    assert not safe_link("https://news.example.com/" + "خ" * 1000)


def test_a_button_never_leads_to_a_machine_of_ones_own() -> None:
    assert [is_public(safe_link(url)) for url in ("http://127.0.0.1:8080/", "http://[::1]/", "http://localhost/")] == [
        False
    ] * 3
    assert is_public("https://news.example.com/1")


def test_the_full_text_is_read_in_the_bot_where_there_is_one_and_the_source_keeps_its_link() -> None:
    payload = post(whole="https://t.me/chapar_bot?start=a_0123456789abcdef")
    full_text = payload.buttons[0][0]
    assert (full_text.text, full_text.url) == ("متن کامل", "https://t.me/chapar_bot?start=a_0123456789abcdef")
    assert links(payload) == [ARTICLE.url]
    assert post().buttons[0][0].url == ARTICLE.url


def test_a_long_story_ends_with_a_whole_sentence_and_says_where_the_rest_is() -> None:
    sentences = [f"این جملهٔ شمارهٔ {number} از یک خبر بسیار بلند است." for number in range(400)]
    payload = post(replace(ARTICLE, body=" ".join(sentences)))
    text = parsed(payload).text
    story, more = text[text.index("این جمله") :].split("\n\n")[:2]
    assert story.split("است.")[-1] == ""
    assert more == "ادامه در متن کامل"
    assert links(payload) == [ARTICLE.url, ARTICLE.url]
    assert TEXT_LIMIT - 80 < utf16(text) <= TEXT_LIMIT


def test_a_story_that_fits_is_whole() -> None:
    text = parsed(post()).text
    for sentence in ("باز شد.", "طول کشید.", "تومان بود.", "تشکر کرد."):
        assert text.count(sentence) == 1
    assert "ادامه" not in text


def test_the_plain_text_says_the_same_with_links_written_out() -> None:
    payload = post()
    assert "📰 خبرگزاری آزمون: https://news.example.com/1" in payload.plain
    assert payload.plain.replace(": https://news.example.com/1", "") == payload.visible


def test_a_story_of_several_agencies_names_them_all() -> None:
    others = [Source("خبرگزاری دوم", "https://second.example/2"), Source("CNN", "http://host/3"), Source("", "")]
    payload = post(others=others)
    assert "📰 منابع: خبرگزاری آزمون | خبرگزاری دوم | CNN: http://host/3\n" in parsed(payload).text
    assert links(payload) == [ARTICLE.url, "https://second.example/2"]


def test_a_retraction_takes_the_story_back_and_says_so() -> None:
    payload = post(replace(ARTICLE, retracted=PUBLISHED + timedelta(minutes=40)))
    assert payload.html.startswith("❌ <b>تکذیب شد | پل تازهٔ شهر به بهره‌برداری رسید</b>")
    assert "پس گرفته شده است" in payload.html
    assert "میلیارد" not in payload.html
    assert "✏️ به‌روزرسانی ۱۹:۱۰" in payload.html


HOSTILE = st.one_of(
    st.text(st.characters(), max_size=300),
    st.sampled_from(
        [
            "<b>باز",
            "</a></b></blockquote>",
            "<script>alert('x')</script>",
            "&lt;&amp;&#1234567;&nbsp;",
            "\u202eوارونه\u202c \u2066x\u2069",
            "\x00\x01\x7f\u2028\u2029\ufeff",
            "\ud83d تک",
            "🔥" * 200,
            "👨‍👩‍👧‍👦🇮🇷ℹ️",
            "a" * 5000,
            "بدون نقطه " * 500,
            "جمله. " * 3000,
            "CNN: خبر لاتین‌آغاز",
            "۱۲۳ 456 #تگ @نام",
            "\n\n\n \t ",
            "\u200c\u200d\u200b",
            "̳̿̊",
        ]
    ),
)
URLS = st.one_of(
    st.sampled_from(["https://news.example.com/1", "http://127.0.0.1/x", "http://host/x", "//x", "https://"]),
    HOSTILE.map(lambda text: f"https://news.example.com/{text}"),
    HOSTILE,
)


STYLES = st.builds(Style, digits=st.sampled_from(["persian", "latin"]), layout=st.sampled_from(["full", "short"]))


@settings(max_examples=250, deadline=None)
@given(
    title=HOSTILE,
    lead=HOSTILE,
    body=st.lists(HOSTILE, max_size=4).map("\n\n".join),
    agency=HOSTILE,
    url=URLS,
    style=STYLES,
)
@example(
    title="x" * 100_000,
    lead="y" * 100_000,
    body="z" * 100_000,
    agency="a" * 500,
    url="https://e.com/" + "u" * 5000,
    style=Style(),
)
@example(title="\U000b7401 \U000109d9!", lead="", body="", agency="", url="", style=Style())  # unassigned, then R
def test_whatever_a_source_sends_telegram_takes_it(
    *, title: str, lead: str, body: str, agency: str, url: str, style: Style
) -> None:
    article = replace(ARTICLE, title=title, summary=Summary(lead, (lead[:50],)), body=body, agency=agency)
    payload = post(article, link=url, handle="@qom_news", corrected_at=PUBLISHED, style=style)
    result = parsed(payload)  # raises what Telegram would answer
    assert utf16(result.text) <= TEXT_LIMIT
    assert utf16(payload.plain) <= TEXT_LIMIT
    assert len(payload.html.encode()) <= 32_768
    assert len(result.entities) <= 100
    assert result.text.split() == visible_text(payload.html).split()
    for line in (line for line in result.text.splitlines() if line.strip()):
        assert get_base_level(line) == 1, line
    address = safe_link(url)
    if address:
        assert address in (links(payload) if linkable(address) else result.text)
        assert address in payload.plain
    assert result.text.count("🕐") >= 1


def test_a_fact_that_names_the_speaker_is_not_told_again_with_a_pronoun() -> None:
    said = "این پل رفت‌وآمد هزار خودرو را در ساعت آسان می‌کند و به بیمارستان شهر راه دارد."
    fact = f"شهردار افزود: {said}"
    article = replace(
        ARTICLE,
        body=f"پل تازهٔ شهر امروز باز شد.\n\nوی افزود: {said}\n\nشهردار از مردم تشکر کرد.",
        summary=Summary("پل تازهٔ شهر امروز باز شد.", (fact,)),
    )
    text = visible_text(post(article).html)
    assert text.count(said) == 1
    assert "شهردار از مردم تشکر کرد." in text


def test_whom_the_agency_quotes_stands_behind_it() -> None:
    quoting = replace(ARTICLE, origin="رویترز")
    assert "📰 خبرگزاری آزمون به نقل از رویترز\n" in parsed(post(quoting)).text
    assert "📰 متن کامل خبر به نقل از رویترز\n" in parsed(post(replace(quoting, agency=""))).text
    others = [Source("خبرگزاری دوم", "https://second.example/2")]
    assert "📰 منابع: خبرگزاری آزمون به نقل از رویترز | خبرگزاری دوم\n" in parsed(post(quoting, others=others)).text


@pytest.mark.parametrize(
    "address", ["https://qom.example.com/ثبت".removesuffix("ثبت"), "www.example.ir", "example.org/a?b=1"]
)
@pytest.mark.parametrize("mark", ["،", "؛", "؟", ".", "»", ")", ":"])
def test_an_address_in_the_text_is_a_link_without_the_mark_behind_it(address: str, mark: str) -> None:
    telling = replace(ARTICLE, summary=Summary(f"نام‌نویسی در {address}{mark} تا فردا باز است."))
    kept = parsed(post(telling))
    told = address if "://" in address else f"http://{address}"
    assert told in [
        entity["url"].rstrip("/") + "/" * address.endswith("/")
        for entity in kept.entities
        if entity["type"] == "text_link"
    ]
    assert f"در {address}{mark} تا" in kept.text


def test_digits_in_an_address_stay_latin() -> None:
    telling = replace(ARTICLE, summary=Summary("نام‌نویسی در example.ir/۱۲ و example.ir/404 باز است."))
    assert "example.ir/404" in parsed(post(telling)).text


def test_subheads_and_questions_are_bold_and_a_list_stays_a_list() -> None:
    body = "پل تازهٔ شهر امروز باز شد.\n\n* سه راه دیگر\n\n۱. راه نخست.\n\n۲. راه دوم.\n\nچرا دیر شد؟\n\nپول نبود."
    told = replace(ARTICLE, body=body, summary=Summary("پل تازهٔ شهر امروز باز شد."))
    html = post(told).html
    assert "<b>سه راه دیگر</b>\n۱. راه نخست.\n۲. راه دوم.\nچرا دیر شد؟\nپول نبود.</blockquote>" in html
    assert "<b>چرا دیر شد؟</b>\nپول نبود.</blockquote>" in post(replace(told, kind=Kind.INTERVIEW)).html


def test_a_photo_story_says_so_and_is_never_empty() -> None:
    photos = replace(ARTICLE, title="جشن انار", body="", summary=Summary("گزارش تصویری"), kind=Kind.PHOTO)
    payload = post(replace(photos, image=Image("https://cdn.example.com/1.jpg")))
    assert payload.html.startswith("📷 <b>گزارش تصویری | جشن انار</b>\n\n🕐")
    assert payload.link_preview == "https://cdn.example.com/1.jpg"
    assert post(replace(photos, title="گزارش تصویری از جشن انار")).html.startswith("🔹 <b>گزارش تصویری از جشن انار</b>")
