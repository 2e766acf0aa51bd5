"""Whole conversations on the Bot API server: lists, articles, checks, places, inline queries, and hostile ones."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bidi.algorithm import get_base_level
from conversation import Conversation, conversation
from telegram_server.chats import Message

from bot.talk import texts
from bot.talk.answering import inline
from bot.talk.commands.elsewhere.inline import MOST, Pace
from feeds.models import Document, Draft, Image, Summary

READER, GROUP = 7001, -1002000000001
LEAD = "رئیس اورژانس قم گفت: واژگونی اتوبوس مسافربری در جادهٔ قم به کاشان ۳ کشته و ۱۲ مصدوم برجای گذاشت."
REST = "مصدومان با بالگرد امداد به بیمارستان نکویی رسیدند و علت حادثه در دست بررسی است."
PICTURE = "https://pictures.example.com/1.jpg"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path, before=lambda api: api.add_channel(GROUP, kind="supergroup")) as talking:
        yield talking


def save(
    talk: Conversation,
    key: str,
    title: str,
    body: str = REST,
    *,
    agency: str = "مهر",
    story: str = "",
    image: str = "",
    days: float = 0.0,
) -> str:
    lead = body.partition("\n")[0]
    published = datetime.now(UTC) - timedelta(days=days, seconds=60)
    document = Document(
        "tests", key, title, body, published, lead=lead, agency=agency, fingerprint=title + body,
        image=Image(image) if image else None, url=f"https://agency.example.com/{key}",
    )  # fmt: skip
    draft = Draft(document, title, lead, body, Summary(lead), ("qom",), agency)
    saved = talk.store.articles.save(draft, [], datetime.now(UTC), story=(story, "event") if story else None)
    return saved.article.uid


def last(talk: Conversation, chat: int = READER) -> Message:
    return [message for message in talk.api.chats[chat].history if message.by_bot][-1]


def buttons(message: Message) -> dict[str, str]:
    markup = message.markup if isinstance(message.markup, dict) else json.loads(message.markup or "{}")
    rows = markup.get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data") or button.get("url") for row in rows for button in row}


async def said(talk: Conversation, text: str) -> Message:
    """The answer to what a person writes."""
    before = len(talk.replies(READER))
    talk.api.say(text)
    await talk.until(lambda: len(talk.replies(READER)) > before)
    return last(talk)


async def pressed(talk: Conversation, button: str) -> Message:
    """The list after a button below it was pressed: the same message, edited."""
    message = last(talk)
    edited = message.edited
    talk.api.press(buttons(message)[button], message)
    await talk.until(lambda: message.edited > edited)
    assert not talk.api.open_queries
    return message


async def asked(talk: Conversation, query: str, offset: str = "") -> dict[str, Any]:
    number = talk.api.ask(query, offset=offset)
    await talk.until(lambda: talk.api.inline_answer(number))
    answer = talk.api.inline_answer(number)
    assert answer is not None
    return answer


def refused(talk: Conversation) -> list[str]:
    return [
        f"{call.method}: {call.error}" for call in talk.api.calls if call.error and "not modified" not in call.error
    ]


async def test_a_search_is_numbered_and_paged_and_narrowed_and_ordered_in_place(talk: Conversation) -> None:
    for number in range(12):
        save(talk, str(number), f"سیل شمارهٔ {number + 1} در قم", f"گزارش {number}: {REST}", days=number * 4)
    first = await said(talk, "سیل قم")
    assert [line[:3] for line in first.text.splitlines() if "سیل شمارهٔ" in line] == [f"\u200f{n}." for n in "۱۲۳۴۵"]
    assert {"متن ۱", "متن ۵", texts.NEXT_BEST, texts.NEWEST_FIRST, texts.LAST_WEEK, texts.FEED} <= set(buttons(first))
    assert "۶ تا ۱۰" in (await pressed(talk, texts.NEXT_BEST)).text
    newest = await pressed(talk, texts.NEWEST_FIRST)
    assert newest.text.index("شمارهٔ 1 ") < newest.text.index("شمارهٔ 2 ")
    week = await pressed(talk, texts.LAST_WEEK)
    assert week.text.count("سیل شمارهٔ") == 2
    assert texts.CHOSEN.format(label=texts.LAST_WEEK) in buttons(week)
    assert (await pressed(talk, texts.ANY_TIME)).text.count("سیل شمارهٔ") == 5
    assert len(talk.replies(READER)) == 1
    assert refused(talk) == []


async def test_the_words_of_latest_and_provinces_are_heeded(talk: Conversation) -> None:
    save(talk, "1", "بارش در قم")
    assert "خبرهای استان قم" in (await said(talk, "/latest قم")).text
    assert "بارش در قم" in (await said(talk, "/latest بارش قم")).text
    assert "خبرهای استان قم" in (await said(talk, "/provinces قم")).text
    assert len(buttons(await said(talk, "/provinces"))) == 31


async def test_what_is_not_found_says_what_was_understood(talk: Conversation) -> None:
    save(talk, "1", "بارش در قم")
    text = (await said(talk, "گردباد قم هفته گذشته")).text
    assert "چنین فهمیدم: " in text
    assert "گردباد" in text.partition("چنین فهمیدم: ")[2].splitlines()[0]
    assert "بارش در قم" in text


async def test_a_number_button_sends_the_whole_article_split_at_paragraphs(talk: Conversation) -> None:
    body = "\n\n".join(f"بند {n}: {REST * 4}" for n in range(1, 30))
    uid = save(talk, "1", "سیل بزرگ در قم", body, image=PICTURE)
    listed = await said(talk, "سیل بزرگ")
    talk.api.press(buttons(listed)[texts.WHOLE], listed)
    await talk.until(lambda: any(texts.AT_SOURCE in buttons(m) for m in talk.api.chats[READER].history), 20)
    parts = [message for message in talk.api.chats[READER].history if message.by_bot][1:]
    assert len(parts) > 2
    assert [number for number in range(1, 30) if not any(f"بند {number}: " in part.text for part in parts)] == []
    assert all(part.text.rstrip().endswith(".") for part in parts[:-1])
    assert parts[0].preview["url"] == PICTURE
    assert [part.silent for part in parts] == [False] + [True] * (len(parts) - 1)
    assert all(get_base_level(line) == 1 for part in parts for line in part.text.splitlines() if line)
    assert buttons(parts[-1])[texts.AT_SOURCE] == "https://agency.example.com/1"
    assert refused(talk) == []
    assert uid


async def test_a_deep_link_gives_the_article_and_says_that_it_was_withdrawn_or_corrected(talk: Conversation) -> None:
    uid = save(talk, "1", "سیل در قم", LEAD)
    assert LEAD in (await said(talk, f"/start a_{uid}")).text
    save(talk, "1", "سیل در قم", LEAD.replace("۳ کشته", "۵ کشته"))
    assert "✏️ به‌روزرسانی" in (await said(talk, f"/start a_{uid}")).text
    talk.store.editorial.retract(uid, datetime.now(UTC))
    withdrawn = (await said(talk, f"/start a_{uid}")).text
    assert "❌ تکذیب شد" in withdrawn
    assert "کشته" not in withdrawn
    assert (await said(talk, "/start a_0000000000000000")).text == texts.NO_SUCH_ARTICLE


async def test_what_waits_for_the_desk_is_given_to_nobody(talk: Conversation) -> None:
    uid = save(talk, "1", "سیل در قم", LEAD)
    article = talk.store.articles.by_uid(uid)
    assert article is not None
    talk.store.editorial.hold("the desk", datetime.now(UTC), article_id=article.id)
    assert (await said(talk, f"/start a_{uid}")).text == texts.NO_SUCH_ARTICLE
    assert (await said(talk, f"درست است؟ {LEAD}")).text == texts.CHECK_UNKNOWN
    assert (await asked(talk, "سیل قم"))["results"] == []


async def test_in_a_group_a_button_leads_to_the_private_chat(talk: Conversation) -> None:
    uid = save(talk, "1", "سیل در قم")
    talk.api.say("/search سیل", chat_id=GROUP)
    await talk.until(lambda: talk.api.chats[GROUP].history[1:])
    listed = talk.api.chats[GROUP].history[-1]
    talk.api.press(buttons(listed)[texts.WHOLE], listed)
    await talk.until(lambda: talk.api.answered)
    assert talk.api.answered[-1]["url"] == f"https://t.me/chapar_test_bot?start=a_{uid}"
    assert len(talk.api.chats[GROUP].history) == 2


async def test_where_agencies_disagree_lists_articles_and_checks_say_so(talk: Conversation) -> None:
    first = save(talk, "1", "واژگونی اتوبوس در جادهٔ قم", LEAD)
    save(talk, "2", "اتوبوس واژگون شد", LEAD.replace("۳ کشته", "۵ کشته"), agency="ایرنا", story=first)
    expected = "روایت‌ها یکی نیست: مهر: ۳ کشته | ایرنا: ۵ کشته"
    assert expected in (await said(talk, "واژگونی اتوبوس")).text
    whole = (await said(talk, f"/start a_{first}")).text
    assert expected in whole
    assert f"ایرنا: «{LEAD.replace('۳ کشته', '۵ کشته')}»" in whole
    talk.api.send(text=LEAD, forward_origin={"type": "hidden_user", "sender_user_name": "x", "date": 1})
    await talk.until(lambda: "گفته‌اند" in last(talk).text)
    assert expected in last(talk).text


async def test_a_forwarded_post_is_checked_and_its_changed_number_is_named(talk: Conversation) -> None:
    uid = save(talk, "1", "واژگونی اتوبوس در جادهٔ قم", f"{LEAD}\n\n{REST}", days=200)
    origin = {"type": "channel", "date": 1, "chat": {"id": -100, "type": "channel", "title": "ک"}, "message_id": 1}
    changed = f"🔴 فوری\n{LEAD.replace('۳ کشته', '۳۰ کشته')}\n{REST}\n🆔 @khabar"
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    for number, sent in enumerate(({"text": changed}, {"caption": changed, "photo": photo})):
        talk.api.send(forward_origin=origin, **sent)
        await talk.until(lambda number=number: len(talk.replies(READER)) == number + 1)
        answer = last(talk).text
        assert "«۳۰ کشته» آمده و در مهر «۳ کشته»" in answer
        assert texts.CHECK_NO_VERDICT in answer
        assert all(get_base_level(line) == 1 for line in answer.splitlines() if line)
    talk.store.editorial.retract(uid, datetime.now(UTC))
    assert "❌ این خبر تکذیب شده است (مهر)." in (await said(talk, changed)).text
    stranger = (
        "برداشت زعفران در قائنات از ۲۵۰۰ هکتار آغاز شد و تا پایان آبان ادامه دارد و مدیر جهاد کشاورزی این را گفت."
    )
    assert (await said(talk, f"درست است؟ {stranger}")).text == texts.CHECK_UNKNOWN
    assert refused(talk) == []


async def test_what_nothing_is_like_may_be_searched_for_after_all(talk: Conversation) -> None:
    save(talk, "1", "بارش در قم")
    wish = "سلام، لطفاً اگر ممکن است همهٔ خبرهایی را که دربارهٔ بارش در استان قم دارید همین امشب برای من هم بفرستید، ممنون"
    assert (await said(talk, wish)).text == texts.CHECK_UNKNOWN
    assert "بارش در قم" in (await pressed(talk, texts.SEARCH_INSTEAD)).text


async def test_check_in_a_group_is_about_the_message_it_answers(talk: Conversation) -> None:
    save(talk, "1", "واژگونی اتوبوس در جادهٔ قم", LEAD)
    quoted = {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup", "title": "گ"}, "text": LEAD}
    talk.api.send(text="/check", chat_id=GROUP, reply_to_message=quoted)
    await talk.until(lambda: any(m.by_bot for m in talk.api.chats[GROUP].history))
    assert "واژگونی اتوبوس در جادهٔ قم" in last(talk, GROUP).text
    assert (await said(talk, "/check")).text == texts.CHECK_HOW
    assert (await said(talk, "/check قم")).text == texts.CHECK_SHORT


async def test_a_place_gives_its_province_and_one_abroad_says_so(talk: Conversation) -> None:
    save(talk, "1", "بارش در قم")
    talk.api.send(location={"latitude": 34.64, "longitude": 50.876})
    await talk.until(lambda: talk.replies(READER))
    assert "📍 اینجا استان قم است" in last(talk).text
    assert "بارش در قم" in last(talk).text
    talk.api.send(location={"latitude": 48.85, "longitude": 2.35})
    await talk.until(lambda: len(talk.replies(READER)) == 2)
    assert len(buttons(last(talk))) == 31
    talk.api.send(location={"latitude": 36.018, "longitude": 51.354})
    await talk.until(lambda: len(talk.replies(READER)) == 3)
    assert {"تهران", "البرز"} & set(buttons(last(talk)))


async def test_an_inline_query_finds_articles_to_send_in_any_chat(talk: Conversation) -> None:
    for number in range(inline.PAGE + 2):
        save(talk, str(number), f"سیل شمارهٔ {number} در قم", f"گزارش {number}: {REST}", image=PICTURE if number else "")
    answer = await asked(talk, "قم سیل")
    assert len(answer["results"]) == inline.PAGE
    assert (str(answer["is_personal"]).lower(), answer["next_offset"]) in {("false", "20"), ("none", "20")}
    result = answer["results"][0]
    assert result["description"].startswith("مهر، قم — گزارش")
    assert result["thumbnail_url"] == PICTURE
    assert result["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/chapar_test_bot?start=a_")
    rest = await asked(talk, "قم سیل", offset="20")
    assert len(rest["results"]) == 2
    assert not rest.get("next_offset")
    assert len((await asked(talk, ""))["results"]) == inline.PAGE
    nothing = await asked(talk, "گردباد یزد زعفران شترمرغ")
    assert nothing["results"] == []
    assert nothing["button"]["text"] == texts.INLINE_NOTHING
    assert refused(talk) == []


def test_who_types_faster_than_anybody_reads_is_answered_later() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.allows(1) for _ in range(MOST + 1)] == [True] * MOST + [False]
    assert pace.allows(2)
    now[0] = 11.0
    assert pace.allows(1)


HOSTILE = [
    "ق" * 4096, "قم AND (سیل OR NOT *) NEAR/3 \"'", "\u200f\u200e" * 1000, "<b>&lt;</b>" * 300, "🙂" * 2000,
    "/check " + "x" * 4000, "/latest " + '"' * 500, "/provinces ../../etc", "/start a_" + "g" * 16, "/start a_",
    "/start a_💥", "درست است؟ ؟؟؟", "\x00\x01\x02 قم", "ـ" * 4096, "۱ " * 2000, "https://t.me/a " * 250,
]  # fmt: skip


async def test_nothing_that_is_sent_is_an_error(talk: Conversation) -> None:
    save(talk, "1", "سیل در قم", LEAD)
    for number, text in enumerate(HOSTILE):
        talk.api.say(text, user=20_000 + number)
    chat = talk.api._private(READER)
    for data in ("a:zzzz", "a:" + "0" * 16, "q:x:0:qom:999", "f:q:abc", "n::::::", "q:" + "9" * 60, "s:", "x:1"):
        talk.api.press(data, chat.add(Message(chat.take_id(), chat.id, 0, text="x")), user=READER)
    for number, query in enumerate(("ق" * 256, '"(*', "\u200f", "<b>", "خراسان")):
        talk.api.ask(query, offset="-1'", user=30_000 + number)
    text = {"message_id": 5, "date": 1, "text": "/search قم"}
    channel = {"id": -1001, "type": "channel", "title": "ک"}
    talk.api.inject(channel_post={**text, "chat": channel})
    talk.api.inject(edited_message={**text, "chat": {"id": READER, "type": "private", "first_name": "ا"}})
    await talk.until(lambda: all(talk.replies(20_000 + number) for number in range(len(HOSTILE))), 30)
    talk.api.say("/help", user=READER + 1)
    await talk.until(lambda: talk.replies(READER + 1))
    await talk.until(lambda: not talk.api.open_queries)
    shown = [message for chat in talk.api.chats.values() for message in chat.history if message.by_bot]
    assert [message.text for message in shown if "شناسهٔ خطا" in message.text] == []
    assert refused(talk) == []
    assert talk.api.limits.refusals == 0


async def visited(talk: Conversation, text: str, **more: Any) -> str:
    number = talk.api.visit(text, **more)
    await talk.until(lambda: talk.api.inline_answer(number))
    answer = talk.api.inline_answer(number)
    assert answer is not None
    return str(answer["results"][0]["input_message_content"]["message_text"])


async def test_a_guest_answers_where_it_is_no_member_and_sends_nothing_there(talk: Conversation) -> None:
    save(talk, "1", "سیل در قم", LEAD)
    assert "سیل" in await visited(talk, "@chapar_test_bot قم")
    assert "سیل" in await visited(talk, "/search@chapar_test_bot قم")
    assert "سیل" in await visited(talk, "@chapar_test_bot")
    quoted = {"message_id": 5, "date": 1, "chat": {"id": -1009, "type": "supergroup", "title": "گروه"}, "text": LEAD}
    assert texts.CHECK_FOUND in await visited(talk, "@chapar_test_bot درسته؟", reply_to_message=quoted)
    assert texts.CHECK_FOUND in await visited(talk, "@chapar_test_bot", reply_to_message=quoted)
    assert not any(call.method == "sendmessage" for call in talk.api.calls)
    assert not refused(talk)
