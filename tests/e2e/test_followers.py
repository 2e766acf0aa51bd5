"""The service and those who follow something: what they ask for comes, once, and ends when they say so."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from desk import Desk
from telegram_server.api import Api
from telegram_server.chats import Message
from telegram_server.faults import Kind
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

from bot.talk.webhook import HEADER, PATH, secret_of
from feeds.store import open_store
from feeds.store.following import topics
from feeds.store.following.chats import key_of

READER = 7001
QOM = topics.of_province("qom", "استان قم")


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    api = Api(limits=Limits(overall=(300, 1.0), private=(20, 1.0)), shares_ids=True)
    with TelegramServer.running(api) as server:
        yield server


@pytest.fixture
def live(desk: Desk, telegram: TelegramServer) -> Desk:
    desk.settings |= {
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_TOKEN": telegram.api.token,
        "TELEGRAM_RATE_GLOBAL": "300/1",
        "TELEGRAM_RATE_CHAT": "20/1",
    }
    return desk


def got(telegram: TelegramServer, user: int = READER) -> list[str]:
    return [message.text.splitlines()[0] for message in telegram.api._private(user).history if message.by_bot]


def follow(live: Desk, telegram: TelegramServer, users: range) -> None:
    """People who follow قم since yesterday."""
    (live.folder / "var").mkdir(exist_ok=True)
    with open_store(f"sqlite:///{live.folder / 'var' / 'chapar.db'}") as store:
        for user in users:
            chat = telegram.api._private(user)
            newest = chat.add(Message(chat.take_id(), user, 0, text="/follow", by_bot=False)).id
            store.chats.follow(key_of(user), QOM, datetime.now(UTC) - timedelta(days=1), newest=newest)


def test_what_is_followed_comes_and_after_stop_nothing_does(live: Desk, telegram: TelegramServer) -> None:
    with live.running() as process:
        telegram.api.say("/follow قم")
        live.until(lambda: len(got(telegram)) == 1, process)
        live.write("one.txt", "خبر نخست", "قم – متن خبر در قم آمد.")
        live.until(lambda: any("خبر نخست" in text for text in got(telegram)), process)
        telegram.api.say("/stop")
        live.until(lambda: any("ایستاد" in text for text in got(telegram)), process)
        live.write("two.txt", "خبر دوم", "قم – متن خبر دوم در قم آمد.")
        live.until(lambda: "خبر دوم" in (live.get("/") or httpx.Response(503)).text, process)
        time.sleep(2.5)  # longer than the publisher rests
        assert not any("خبر دوم" in text for text in got(telegram))
    assert "/follow" not in live.log()


def test_updates_come_by_webhook_to_the_server_of_the_pages(live: Desk, telegram: TelegramServer) -> None:
    live.settings["TELEGRAM_WEBHOOK"] = "https://news.example"
    with live.running() as process:
        live.until(lambda: telegram.api.webhook == f"https://news.example{PATH}", process)
        sender = {"id": READER, "is_bot": False, "first_name": "کاربر"}
        chat = {"id": READER, "type": "private", "first_name": "کاربر"}
        telegram.api._private(READER)
        message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "/follow قم"}
        headers = {HEADER: secret_of(telegram.api.token)}

        def post() -> int:
            return httpx.post(live.url + PATH, json={"update_id": 5, "message": message}, headers=headers).status_code

        live.until(lambda: post() == 200, process)
        assert post() == 200
        assert len(got(telegram)) == 1
        assert httpx.post(live.url + PATH, json={}).status_code == 403
        assert httpx.get(live.url + "/healthz").status_code == 200


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_followers_get_everything_once_through_faults_and_kill_9(
    live: Desk, telegram: TelegramServer
) -> None:
    people = range(10_000, 11_000)
    follow(live, telegram, people)
    telegram.api.faults.chances = {
        Kind.ERROR_AFTER: 0.01,
        Kind.DROP_AFTER: 0.01,
        Kind.DROP_BEFORE: 0.02,
        Kind.TOO_MANY: 0.01,
    }
    live.write("one.txt", "خبر نخست", "قم – متن خبر در قم آمد.")
    for reached in (100, 400, 700):
        process = live.start()
        try:
            live.until(lambda: sum(len(got(telegram, one)) for one in people) >= reached, process, 200)  # noqa: B023
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(60)
    with live.running() as process:
        live.until(lambda: all(got(telegram, one) for one in people), process, 600)
        time.sleep(5)
    assert Counter(len(got(telegram, one)) for one in people) == {1: len(people)}
    assert telegram.api.limits.during_penalty == 0
