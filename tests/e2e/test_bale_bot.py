"""The service against Bale's API: what it posts, answers and asks there has Bale's markup, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from desk import Desk
from telegram_server.api import Api
from telegram_server.bale import read
from telegram_server.chats import Message
from telegram_server.faults import Kind
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

CHANNEL = 4567890123
READER, EDITOR = 7001, 9001


@pytest.fixture
def bale() -> Iterator[TelegramServer]:
    """Bale's API with one channel, at a pace that tests can wait for."""
    api = Api(platform="bale", limits=Limits(group=(20, 2.0)))
    api.add_channel(CHANNEL, username="qom_news", title="خبرهای قم")
    with TelegramServer.running(api) as server:
        yield server


@pytest.fixture
def live(desk: Desk, bale: TelegramServer) -> Desk:
    """A desk that went live on Bale, with one editor."""
    desk.settings |= {
        "TELEGRAM_API_URL": bale.url,
        "TELEGRAM_TOKEN": bale.api.token,
        "TELEGRAM_ADMINS": str(EDITOR),
        "TELEGRAM_RATE_GROUP": "20/2",
    }
    (desk.folder / "chapar.toml").write_text(f'[[channel]]\nchat = {CHANNEL}\nplatform = "bale"\n', encoding="utf-8")
    bale.api._private(EDITOR)
    return desk


def ask(desk: Desk, bale: TelegramServer, text: str, *, user: int = READER) -> Message:
    chat = bale.api._private(user)
    seen = len(chat.history) + 1
    bale.api.say(text, user=user)
    desk.until(lambda: len(chat.history) > seen, seconds=15)
    return chat.history[-1]


def assert_all_is_markup_of_bale(bale: TelegramServer) -> None:
    """No call was refused, and no reader sees a tag or a mark that was meant as markup."""
    assert [call.error for call in bale.api.calls if call.error] == []
    for chat in bale.api.chats.values():
        for message in (message for message in chat.history if message.by_bot):
            seen = read(message.text)
            assert not re.search(r"</?\w+>|&\w+;|[*`]|\]\(", seen.text), message.text


def test_a_reader_asks_on_bale_and_turns_the_page(live: Desk, bale: TelegramServer) -> None:
    for number in range(7):
        live.write(f"{number}.txt", f"خبر *{number}* در قم")
    live.run("run", "--once")
    with live.running():
        for typed in ("/start", "/help", "/latest", "/provinces", "/search قم", "قم", "/start p_qom", "/search"):
            assert ask(live, bale, typed).text, typed
        found = ask(live, bale, "/search@chapar_test_bot قم")
        assert [label for label, _ in read(found.text).links] == [f"خبر ∗{n}∗ در قم" for n in "۶۵۴۳۲"]
        bale.api.press(found.button("قدیمی‌تر"), found, user=READER)
        live.until(lambda: "خبر ∗۰∗" in found.text)
        assert ask(live, bale, "/status", user=READER).text  # nobody's command: it is searched for
    posts = bale.api.chats[CHANNEL]
    buttons = [button["url"] for row in posts.history[0].markup["inline_keyboard"] for button in row]
    assert "https://ble.ir/chapar_test_bot?start=p_qom" in buttons
    assert_all_is_markup_of_bale(bale)


def test_the_desk_is_told_and_asked_in_the_markup_of_bale(live: Desk, bale: TelegramServer) -> None:
    live.write("broken.txt", "خبر", day="2025-13-40")
    live.write("a.txt", "خبر نخست")  # no id of the channel is known, so only a person can tell
    bale.api.faults.plan(Kind.DROP_AFTER, "sendMessage", chat_id=CHANNEL)
    heard = bale.api.chats[EDITOR].history
    with live.running() as process:
        live.until(lambda: any(message.markup for message in heard), process)
        question = next(message for message in heard if message.markup)
        assert "خبر نخست" in question.text
        assert any("broken.txt" in message.text for message in heard)
        for command in ("/status", "/queue"):
            ask(live, bale, command, user=EDITOR)
        bale.api.press(question.markup["inline_keyboard"][0][0]["callback_data"], question, user=EDITOR)
        live.until(lambda: question.text.endswith("ثبت شد."), process)
        assert question.markup is None
        assert "*خبر نخست*" in question.text
    assert live.status()["deliveries"]["sent"] == 1
    assert [call.error for call in bale.api.calls if call.error] == []
