"""Following, as people talk about it: commands, links, buttons, groups, and what must not happen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bidi.algorithm import get_base_level
from conversation import Conversation, conversation
from telegram_server.chats import Chat, Message
from telegram_server.limits import Limits

from bot.talk.commands.personal.keyboard import markup
from feeds.models import Document, Draft, Route, Summary
from feeds.store.following import topics
from feeds.store.following.chats import key_of

NO_LIMITS = Limits(overall=(10**6, 1.0), private=(10**6, 1.0), group=(10**6, 1.0))
GROUP = -1001234
ME = key_of(7001)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path, limits=NO_LIMITS) as talking:
        yield talking


async def said(talk: Conversation, text: str, *, user: int = 7001, chat_id: int | None = None) -> Message:
    """Say something, and wait for the answer."""
    place = talk.api._private(chat_id or user)
    before = sum(message.by_bot for message in place.history)
    talk.api.say(text, user=user, chat_id=chat_id)
    await talk.until(lambda: sum(message.by_bot for message in place.history) > before)
    return [message for message in place.history if message.by_bot][-1]


async def pressed(talk: Conversation, data: str, message: Message, *, user: int = 7001) -> None:
    """Press a button, and wait until that is answered and its message is as it will be."""
    answered, edits = len(talk.api.answered), message.edited
    calls = len(talk.api.calls)
    talk.api.press(data, message, user=user)
    await talk.until(lambda: len(talk.api.answered) > answered)
    await talk.until(
        lambda: (
            message.edited > edits
            or any(call.method in ("editmessagetext", "sendmessage") for call in talk.api.calls[calls:])
            or talk.api.answered[-1].get("text")
        )
    )


def buttons(message: Message) -> dict[str, str]:
    rows = (message.markup or {}).get("inline_keyboard", ())
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


def followed(talk: Conversation, key: str = ME) -> list[str]:
    return [one.label for one in talk.store.chats.followed(key)]


def article(talk: Conversation, title: str = "خبری از قم") -> str:
    document = Document("seeds", title, title, "متن.", datetime.now(UTC), fingerprint=title)
    draft = Draft(document, title, "متن.", "متن.", Summary("متن."), ("qom",))
    return talk.store.articles.save(draft, [Route("preview")], datetime.now(UTC)).article.uid


def is_rtl(text: str) -> bool:
    return all(get_base_level(line) == 1 for line in text.splitlines() if line.strip())


async def test_a_province_a_town_words_and_everything_are_followed_and_listed_and_stopped(talk: Conversation) -> None:
    for words in ("قم", "کاشان", "قم سیل", "همه"):
        assert "دنبال می‌کنید" in (await said(talk, f"/follow {words}")).text
    assert followed(talk) == ["استان قم", "کاشان", "قم سیل", "همهٔ خبرها"]
    assert "از پیش" in (await said(talk, "/follow استان قم")).text
    listed = await said(talk, "/following")
    await pressed(talk, buttons(listed)["✕ کاشان"], listed)
    assert followed(talk) == ["استان قم", "قم سیل", "همهٔ خبرها"]
    assert "ایستاد" in (await said(talk, "/stop")).text
    assert followed(talk) == []
    assert "دنبال نمی‌کردید" in (await said(talk, "/stop")).text
    assert all(is_rtl(text) for text in talk.replies(7001))


async def test_who_names_nothing_chooses_from_the_provinces_and_who_is_ambiguous_is_asked(talk: Conversation) -> None:
    asked = await said(talk, "/follow")
    assert len(buttons(asked)) == 31
    await pressed(talk, buttons(asked)["گیلان"], asked)
    assert followed(talk) == ["استان گیلان"]
    which = await said(talk, "/follow خراسان")
    assert len(buttons(which)) == 3
    assert "نمی‌شود" in (await said(talk, "/follow دیروز")).text


async def test_links_follow_a_province_and_a_story_and_none_that_is_forged(talk: Conversation) -> None:
    uid = article(talk)
    await said(talk, "/start f_gilan")
    await said(talk, f"/start fs_{uid}")
    assert followed(talk) == ["استان گیلان", "ماجرای «خبری از قم»"]
    await said(talk, "/start f_nowhere")
    await said(talk, "/start fs_0000000000000000")
    await said(talk, "/start fq_0123")
    assert len(followed(talk)) == 2
    assert "چاپار" in (await said(talk, "/start")).text


async def test_a_button_below_an_article_follows_its_story_below_it(talk: Conversation) -> None:
    uid = article(talk)
    post = await said(talk, "/latest")
    before = post.text
    await pressed(talk, f"f:s:{uid}", post)
    assert followed(talk) == ["ماجرای «خبری از قم»"]
    assert post.text == before


async def test_settings_are_changed_by_buttons_and_hold(talk: Conversation) -> None:
    shown = await said(talk, "/settings")
    for data in ("se:rhythm:weekly", "se:hours", "se:hour:8", "se:weekday:5", "se:quiet:23-7", "se:digits:latin"):
        await pressed(talk, data, shown)
    await talk.until(lambda: talk.store.chats.get(ME).digits == "latin")
    wanted = talk.store.chats.get(ME)
    assert (wanted.rhythm, wanted.hour, wanted.weekday, wanted.quiet) == ("weekly", 8, 5, "23-7")
    assert wanted.due is not None
    await talk.until(lambda: "8:00" in shown.text)
    await said(talk, "/block فوتبال")
    assert talk.store.chats.get(ME).blocks == ("فوتبال",)
    again = await said(talk, "/settings")
    await pressed(talk, buttons(again)["✕ فوتبال"], again)
    assert talk.store.chats.get(ME).blocks == ()


@pytest.mark.parametrize(
    "data",
    [
        "se:hour:99",
        "se:rhythm:never",
        "se:quiet:1",
        "se:x:y",
        "se:block:9",
        "u:1:2",
        "u:x",
        "ul:99999",
        "fp:x",
        "f:s:",
        "f:q:",
    ],
)
async def test_forged_and_old_buttons_are_answered_and_change_nothing(talk: Conversation, data: str) -> None:
    shown = await said(talk, "/settings")
    await pressed(talk, data, shown)
    assert followed(talk) == []
    assert not any("شناسهٔ خطا" in text for text in talk.replies(7001))


async def test_all_data_is_shown_and_forgotten(talk: Conversation) -> None:
    await said(talk, "/follow قم سیل")
    shown = (await said(talk, "/mydata")).text
    assert "قم سیل" in shown
    assert "7001" in shown
    assert is_rtl(shown)
    await said(talk, "/forget")
    await talk.until(lambda: not talk.store.chats.knows(ME))
    assert followed(talk) == []
    assert "چیزی نگه نمی‌دارم" in (await said(talk, "/mydata")).text


async def test_in_a_group_admins_alone_say_what_it_follows(talk: Conversation) -> None:
    talk.api.chats[GROUP] = Chat(GROUP, kind="supergroup", title="گروه", admins={7001})
    refused = await said(talk, "/follow قم", user=7002, chat_id=GROUP)
    assert "مدیران" in refused.text
    assert followed(talk, key_of(GROUP)) == []
    await said(talk, "/follow قم", user=7001, chat_id=GROUP)
    assert followed(talk, key_of(GROUP)) == ["استان قم"]
    listed = await said(talk, "/following", user=7002, chat_id=GROUP)
    await pressed(talk, buttons(listed)["✕ استان قم"], listed, user=7002)
    assert "مدیران" in talk.api.answered[-1]["text"]
    assert followed(talk, key_of(GROUP)) == ["استان قم"]
    await said(talk, "/stop", user=7001, chat_id=GROUP)
    assert followed(talk, key_of(GROUP)) == []


async def test_who_blocks_the_bot_and_comes_back_is_welcomed_with_what_they_followed(talk: Conversation) -> None:
    await said(talk, "/follow قم")
    talk.api.change_membership("kicked")
    await talk.until(lambda: talk.store.channels.get(ME).blocked)
    talk.api.change_membership("member")
    await talk.until(lambda: not talk.store.channels.get(ME).blocked)
    talk.store.chats.lose(ME)
    before = len(talk.replies(7001))
    talk.api.say("/start")
    await talk.until(lambda: len(talk.replies(7001)) >= before + 2)
    assert any("خوش برگشتید" in text for text in talk.replies(7001))
    assert followed(talk) == ["استان قم"]


def update(text: str, kind: str = "message", **facts: Any) -> dict[str, Any]:
    sender = {"id": 7001, "is_bot": False, "first_name": "کاربر"}
    chat = {"id": 7001, "type": "private", "first_name": "کاربر"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text, **facts}
    return {kind: message}


async def test_commands_that_are_passed_on_edited_or_a_channels_are_met_with_silence(talk: Conversation) -> None:
    await said(talk, "/follow قم")
    before = len(talk.replies(7001))
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    channel = {"id": -100777, "type": "channel", "title": "کانال"}
    talk.api.inject(**update("/stop", forward_origin=origin))
    talk.api.inject(**update("/forget", "edited_message", edit_date=2))
    talk.api.inject(channel_post={"message_id": 1, "date": 1, "chat": channel, "text": "/stop"})
    talk.api.inject(**update("/stop", via_bot={"id": 5, "is_bot": True, "first_name": "b", "username": "b_bot"}))
    await said(talk, "/following")
    assert len(talk.replies(7001)) == before + 1
    assert followed(talk) == ["استان قم"]


@pytest.mark.parametrize("words", ["\"' OR 1=1 --", "NEAR(a b)", "a" * 4000, "؟" * 4000, "<b>", "\u202e\u200f", "0"])
async def test_anything_may_stand_after_follow_and_block(talk: Conversation, words: str) -> None:
    for command in ("/follow", "/block", "/start f_", "/following", "/settings", "/mydata"):
        answer = await said(talk, f"{command} {words}"[:4096])
        assert "شناسهٔ خطا" not in answer.text
        assert is_rtl(answer.text)


async def test_no_more_is_followed_than_can_be_shown(talk: Conversation) -> None:
    for number in range(100):
        talk.store.chats.follow(ME, topics.of_story(number, f"ماجرای {number} " + "بلند " * 10), datetime.now(UTC))
    assert "بیش از" in (await said(talk, "/follow قم")).text
    listed = await said(talk, "/following")
    assert len(buttons(listed)) <= 100
    await pressed(talk, buttons(listed)["بعدی"], listed)
    assert len(followed(talk)) == 100


async def test_an_update_that_comes_twice_is_answered_once(talk: Conversation) -> None:
    await said(talk, "/follow قم")
    repeated = {"update_id": talk.api._update_id, **update("/follow گیلان")}
    talk.api.updates.append(repeated)
    await said(talk, "/following")
    assert followed(talk) == ["استان قم"]


async def test_each_scope_has_its_menu(talk: Conversation) -> None:
    await talk.until(lambda: "chat" in talk.api.menus)
    names = {scope: {one["command"] for one in menu} for scope, menu in talk.api.menus.items()}
    assert {"follow", "following", "stop", "settings", "mydata", "forget"} <= names["all_private_chats"]
    assert "mydata" not in names["all_group_chats"]
    assert "follow" in names["all_group_chats"]
    assert {"follow", "status"} <= names["chat"]


async def test_the_keyboard_of_provinces_opens_and_closes(talk: Conversation) -> None:
    opened = await said(talk, "/keyboard")
    assert len([b for row in opened.markup["keyboard"] for b in row]) == 31
    closed = await said(talk, "/keyboard")
    assert closed.markup["remove_keyboard"]


def test_no_name_of_the_keyboard_is_cut_on_a_phone() -> None:
    widths = {1: 64, 2: 16, 3: 9}
    for row in markup().keyboard:
        assert all(len(button.text) <= widths[len(row)] for button in row)


async def test_plain_words_follow_and_stop(talk: Conversation) -> None:
    assert "استان گیلان" in (await said(talk, "میخوام خبرای گیلان رو دنبال کنم")).text
    assert followed(talk) == ["استان گیلان"]
    assert "استان گیلان" in (await said(talk, "دیگه خبر گیلان نفرست")).text
    assert followed(talk) == ["استان گیلان"], "of one thing, a button ends it"
    assert "استان گیلان" in (await said(talk, "لغو عضویت گیلان")).text
    assert "پیدا نشد" in (await said(talk, "لغو عضویت ایران در شانگهای")).text, "it follows something else: a search"
    assert "ایستاد" in (await said(talk, "لغو اشتراک")).text
    assert followed(talk) == []
    assert "پیدا نشد" in (await said(talk, "لغو عضویت ایران در شانگهای")).text, "nothing to stop: a search"
