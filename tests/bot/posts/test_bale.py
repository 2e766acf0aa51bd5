"""Posts in Bale's markup, and their delivery where less is promised than Telegram does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bidi import get_base_level
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsroom import CHANNEL, Newsroom, draft, play
from telegram_server.bale import read
from telegram_server.faults import Kind
from test_message import ARTICLE, HOSTILE, PUBLISHED, URLS, post

from bot.posts.bale import unmarked
from bot.posts.links import linkable, safe_link
from bot.posts.measure import RLM, utf16
from bot.posts.message import TEXT_LIMIT, Source
from bot.posts.payload import Payload
from bot.posts.style import Style

BALE = Style(platform="bale")
STYLES = {str(CHANNEL): BALE}
Play = Callable[..., None]


@pytest.fixture
def stage(sqlite_url: str) -> Play:
    return lambda story, **settings: play(sqlite_url, story, **settings)


def test_a_post_for_bale_has_its_markup() -> None:
    assert post(handle="@qom_news", style=BALE).sent == (
        "🔹 *پل تازهٔ شهر به بهره‌برداری رسید*\n"
        "\n"
        "پل تازهٔ شهر امروز باز شد.\n"
        "\n"
        "▫️ ساخت آن دو سال طول کشید.\n"
        "هزینه‌اش ۲۰ میلیارد تومان بود.\n"
        "شهردار از مردم تشکر کرد.\n"
        "\n"
        "🕐 چهارشنبه ۲ مهر ۱۴۰۴ | ۱۸:۳۰\n"
        "📰 [خبرگزاری آزمون](https://news.example.com/1)\n"
        "#استان_قم\n"
        f"{RLM}🆔 @qom_news"
    )


@pytest.mark.parametrize(
    "title", ["پل *تازه* شهر", "_پل_ تازه __شهر__", "[پل](تازه)", "```پل``` تازه", "* پل _ تازه *"]
)
def test_what_bale_would_take_as_markup_is_shown(title: str) -> None:
    seen = read(
        post(replace(ARTICLE, title=title, body=title, summary=replace(ARTICLE.summary, lead=title)), style=BALE).sent
    )
    assert (len(seen.bold), seen.italic, seen.code) == (1, (), False)
    assert [address for _, address in seen.links] == [ARTICLE.url]


def test_a_hashtag_stays_one() -> None:
    assert unmarked("#استان_قم #استان_تهران") == "#استان_قم #استان_تهران"


def test_brackets_in_an_address_do_not_end_the_link() -> None:
    seen = read(post(link="https://news.example.com/a_(b)_[c]*", style=BALE).sent)
    assert seen.links[0][1] == "https://news.example.com/a_%28b%29_%5Bc%5D%2A"


def test_a_payload_for_bale_survives_its_way_through_the_store() -> None:
    payload = post(style=BALE)
    assert Payload.from_dict(payload.to_dict()) == payload


def test_a_payload_stored_before_bale_was_spoken_is_still_read() -> None:
    values = post().to_dict()
    del values["bale"]
    assert Payload.from_dict(values) == post()


def test_the_addresses_of_many_sources_leave_room_for_the_story() -> None:
    others = [Source(f"خبرگزاری {number}", f"https://news.example.com/{'a' * 1900}") for number in range(6)]
    text = post(others=others, style=BALE).sent
    assert utf16(text) <= TEXT_LIMIT
    assert "شهردار از مردم تشکر کرد." in text


def test_a_long_story_does_not_fill_screens_where_nothing_folds() -> None:
    body = "\n\n".join(f"این بند شمارهٔ {number} از یک خبر بلند است." for number in range(90))
    telegram, on_bale = (post(replace(ARTICLE, body=body), style=style).sent for style in (Style(), BALE))
    assert utf16(telegram) > 3500
    assert 900 < utf16(on_bale) < 1300
    assert f"[ادامه در متن کامل]({ARTICLE.url})" in on_bale


@settings(max_examples=150, deadline=None)
@given(title=HOSTILE, lead=HOSTILE, body=st.lists(HOSTILE, max_size=4).map("\n\n".join), agency=HOSTILE, url=URLS)
@example(title="x" * 9000, lead="*y* " * 9000, body="_z_ " * 9000, agency="[a](b)", url="https://e.com/" + "u" * 1900)
def test_whatever_a_source_sends_bale_takes_it(title: str, lead: str, body: str, agency: str, url: str) -> None:
    article = replace(ARTICLE, title=title, summary=replace(ARTICLE.summary, lead=lead), body=body, agency=agency)
    text = post(article, link=url, handle="@qom_news", corrected_at=PUBLISHED, style=BALE).sent
    seen, address = read(text), safe_link(url)
    assert utf16(text) <= TEXT_LIMIT
    assert (len(seen.bold), seen.italic, seen.code) == (1, (), False)
    assert len(seen.links) <= 2
    assert address or not seen.links
    if address and linkable(address) and len(address) < 500:
        assert len(seen.links) >= 1
    for line in (line for line in seen.text.splitlines() if line.strip()):
        assert get_base_level(line) == 1, line


def test_bale_gets_its_own_markup_and_corrections_of_it(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        channel = newsroom.open_channel()
        publisher = newsroom.publisher(styles=STYLES)
        newsroom.save(draft(0), draft(1))
        await newsroom.drain(publisher)
        newsroom.save(draft(0, revision=2))
        await newsroom.drain(publisher)
        assert [text.splitlines()[0] for text in channel.texts] == [
            "🔹 *خبر شمارهٔ 0 از نسخهٔ 2*",
            "🔹 *خبر شمارهٔ 1 از نسخهٔ 1*",
        ]
        assert newsroom.counts == {"sent": 3}

    stage(story)


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.GARBAGE_AFTER])
def test_a_lost_answer_of_bale_is_found_out_by_an_edit(stage: Play, kind: Kind) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        channel = newsroom.open_channel()
        publisher = newsroom.publisher(styles=STYLES)
        newsroom.save(draft(0))
        await newsroom.drain(publisher)
        newsroom.save(draft(1), draft(2))
        newsroom.api.faults.plan(kind, "sendMessage")
        await newsroom.drain(publisher)
        assert len(channel.history) == 3
        assert newsroom.counts == {"sent": 3}

    stage(story)


@pytest.mark.parametrize("known", [0, 1])
def test_what_is_not_found_on_bale_is_never_taken_for_lost(stage: Play, known: int) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        channel = newsroom.open_channel()
        publisher = newsroom.publisher(styles=STYLES)
        newsroom.save(*(draft(number) for number in range(known)))
        await newsroom.drain(publisher)
        channel.next_id += 1000  # ids that do not grow by one
        newsroom.save(draft(8), draft(9))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain(publisher)
        assert len(channel.history) == known + 1
        assert newsroom.counts == {"uncertain": 1, "pending": 1} | ({"sent": known} if known else {})
        (problem,) = newsroom.store.problems.all("channel")
        assert "not known whether" in problem.what

    stage(story)


def test_where_bale_tells_no_rights_nothing_is_edited_to_look_for_a_post(stage: Play) -> None:
    async def story(newsroom: Newsroom) -> None:
        newsroom.api.platform = "bale"
        channel = newsroom.open_channel(tells_rights=False)
        publisher = newsroom.publisher(styles=STYLES)
        newsroom.save(draft(0))
        await newsroom.drain(publisher)
        newsroom.save(draft(1))
        newsroom.api.faults.plan(Kind.DROP_AFTER, "sendMessage")
        await newsroom.drain(publisher)
        assert len(channel.history) == 2
        assert not any("edit" in call.method for call in newsroom.api.calls)
        assert newsroom.counts == {"sent": 1, "uncertain": 1}

    stage(story)
