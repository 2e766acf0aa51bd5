"""A channel is looked at before anything is sent, on servers that know less of the Bot API, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from telegram_server import methods
from telegram_server.api import Api
from telegram_server.server import TelegramServer

from bot.publishing.channel import ChatFacts
from bot.publishing.errors import BarredError
from bot.publishing.telegram_channel import TelegramChannel, connect

CHANNEL = -1001234567890


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    api = Api()
    api.add_channel(CHANNEL, username="qom_news", title="خبرهای قم")
    with TelegramServer.running(api) as running:
        yield running


async def inspect(server: TelegramServer, key: str = "@qom_news", token: str = "") -> ChatFacts:
    channel = TelegramChannel(key, connect(token or server.api.token, api_url=server.url))
    try:
        return await channel.inspect()
    finally:
        await channel.close()


async def test_the_number_the_name_and_the_rights_are_learned(server: TelegramServer) -> None:
    facts = await inspect(server)
    assert (facts.chat_id, facts.title, facts.username) == (CHANNEL, "خبرهای قم", "qom_news")
    assert facts.bot == "chapar_test_bot"
    assert not facts.may_edit_others


async def test_a_bot_that_may_not_post_is_told_so(server: TelegramServer) -> None:
    server.api.chats[CHANNEL].may_post = False
    with pytest.raises(BarredError, match="may not post"):
        await inspect(server)


async def test_a_token_that_is_not_taken_is_told_so(server: TelegramServer) -> None:
    with pytest.raises(BarredError, match="TELEGRAM_TOKEN"):
        await inspect(server, token="123456:WRONG")


async def test_a_server_that_can_not_look_at_chats_is_posted_to_all_the_same(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(methods.PARAMETERS, "getchat")
    monkeypatch.delitem(methods.PARAMETERS, "getchatmember")
    assert (await inspect(server, str(CHANNEL))).chat_id == CHANNEL
    assert (await inspect(server)).chat_id is None
