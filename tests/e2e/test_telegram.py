"""The service against a Bot API server that is as strict as Telegram, with its faults."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk
from persiantools.digits import en_to_fa
from telegram_server.api import Api
from telegram_server.chats import Chat
from telegram_server.faults import Kind
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

from feeds.store import open_store

CHANNEL = -1001234567890
READER = 7001


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A server with one channel, at a pace that tests can wait for."""
    api = Api(limits=Limits(group=(20, 2.0)))
    api.add_channel(CHANNEL, username="qom_news", title="خبرهای قم")
    with TelegramServer.running(api) as server:
        yield server


@pytest.fixture
def live(desk: Desk, telegram: TelegramServer) -> Desk:
    """A desk that went live."""
    desk.settings |= {
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_TOKEN": telegram.api.token,
        "TELEGRAM_CHANNEL": str(CHANNEL),
        "TELEGRAM_RATE_GROUP": "20/2",
    }
    return desk


def channel(telegram: TelegramServer) -> Chat:
    return telegram.api.chats[CHANNEL]


def titles(telegram: TelegramServer) -> list[str]:
    return [re.sub(r"^\W+", "", text.splitlines()[0]) for text in channel(telegram).texts]


def write(desk: Desk, count: int) -> list[str]:
    numbers = [en_to_fa(f"{number:03}") for number in range(count)]
    for number in numbers:
        desk.write(f"{number}.txt", f"خبر شمارهٔ {number}", f"قم – متن کامل خبر {number} در قم آمد.")
    return [f"خبر شمارهٔ {number}" for number in numbers]


def assert_no_call_was_refused(telegram: TelegramServer) -> None:
    assert [call.error for call in telegram.api.calls if call.error] == []


def test_every_document_is_in_the_channel_once_and_in_order(live: Desk, telegram: TelegramServer) -> None:
    written = write(live, 45)
    done = live.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert titles(telegram) == written
    assert_no_call_was_refused(telegram)
    post = channel(telegram).texts[0]
    for words in ("متن کامل خبر ۰۰۰", "#استان_قم", "@qom_news", "چهارشنبه ۲ مهر ۱۴۰۴"):
        assert words in post


def test_a_second_start_sends_nothing(live: Desk, telegram: TelegramServer) -> None:
    write(live, 3)
    live.run("run", "--once")
    sent = len(telegram.api.calls)
    assert live.run("run", "--once").returncode == 0
    assert [call.method for call in telegram.api.calls[sent:] if call.method.startswith(("send", "edit"))] == []


def test_what_was_in_the_preview_goes_to_the_channel_once_a_token_is_there(
    desk: Desk, telegram: TelegramServer
) -> None:
    written = write(desk, 5)
    desk.run("run", "--once")
    desk.settings |= {
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_TOKEN": telegram.api.token,
        "TELEGRAM_CHANNEL": "@qom_news",
    }
    assert desk.run("run", "--once").returncode == 0
    assert titles(telegram) == written
    desk.settings["TELEGRAM_CHANNEL"] = str(CHANNEL)  # the same chat by its number
    assert desk.run("run", "--once").returncode == 0
    assert titles(telegram) == written


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.DROP_BEFORE, Kind.TOO_MANY])
def test_a_fault_neither_loses_nor_repeats_a_post(live: Desk, telegram: TelegramServer, kind: Kind) -> None:
    live.write("-first.txt", "خبر آغازین")
    live.run("run", "--once")
    written = ["خبر آغازین", *write(live, 4)]
    telegram.api.faults.plan(kind, "sendMessage", times=2)
    done = live.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert titles(telegram) == written


@pytest.mark.parametrize("kind", [Kind.DROP_AFTER, Kind.ERROR_AFTER, Kind.DROP_BEFORE])
def test_the_very_first_post_to_a_channel_is_not_repeated_either(
    live: Desk, telegram: TelegramServer, kind: Kind
) -> None:
    for _ in range(40):
        channel(telegram).post_by_others("پیام دیگران")
    written = write(live, 2)
    telegram.api.faults.plan(kind, "sendMessage")
    done = live.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert titles(telegram)[40:] == written


def test_a_killed_service_neither_loses_nor_repeats_a_post(live: Desk, telegram: TelegramServer) -> None:
    telegram.latency = 0.05
    written = write(live, 30)
    for sent in (1, 6, 15):
        process = live.start()
        live.until(lambda sent=sent: len(channel(telegram).history) >= sent, process)
        process.kill()
        process.wait()
    done = live.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert titles(telegram) == written


def test_an_outage_of_telegram_is_outlived(live: Desk, telegram: TelegramServer) -> None:
    written = write(live, 2)
    telegram.outage()
    with live.running() as process:
        time.sleep(1)
        assert live.get("/healthz").status_code == 200
        telegram.back()
        live.until(lambda: titles(telegram) == written, process)
        live.until(lambda: "the bot answers as" in live.log(), process)


def test_a_changed_document_corrects_the_post_and_says_so(live: Desk, telegram: TelegramServer) -> None:
    live.write("a.txt", "خبر نخست")
    live.run("run", "--once")
    live.write("a.txt", "خبر ویراسته")
    live.run("run", "--once")
    assert titles(telegram) == ["خبر ویراسته"]
    assert "به‌روزرسانی" in channel(telegram).texts[0]


def test_a_correction_that_moves_an_article_is_posted_where_it_belongs_and_stays_where_it_was(
    live: Desk, telegram: TelegramServer
) -> None:
    fars = telegram.api.add_channel(-1001234567891, username="fars_news", title="خبرهای فارس")
    del live.settings["TELEGRAM_CHANNEL"]
    tables = [
        f'[[channel]]\nchat = {chat}\nprovinces = ["{slug}"]\n' for chat, slug in ((CHANNEL, "qom"), (fars.id, "fars"))
    ]
    (live.folder / "chapar.toml").write_text("".join(tables), encoding="utf-8")
    live.write("a.txt", "همایش سفال", "قم – این همایش در قم برگزار شد.")
    live.run("run", "--once")
    for body in ("شیراز – این همایش در شیراز برگزار شد.", "شیراز – این همایش دیروز در شیراز برگزار شد."):
        live.write("a.txt", "همایش سفال", body)
        assert live.run("run", "--once").returncode == 0
    assert len(channel(telegram).history) == len(fars.history) == 1
    for text in (*channel(telegram).texts, *fars.texts):
        assert "دیروز در شیراز" in text
        assert "به‌روزرسانی" in text
    assert_no_call_was_refused(telegram)


def test_a_channel_that_the_bot_may_not_write_to_holds_its_posts(live: Desk, telegram: TelegramServer) -> None:
    write(live, 2)
    channel(telegram).may_post = False
    done = live.run("run", "--once")
    assert done.returncode == 1
    assert "make it an administrator" in done.stderr
    channel(telegram).may_post = True
    assert live.run("run", "--once").returncode == 0
    assert len(channel(telegram).history) == 2


class TestTheBot:
    """What a person sees who asks."""

    def ask(self, desk: Desk, telegram: TelegramServer, text: str, *, user: int = READER) -> str:
        chat = telegram.api._private(user)
        seen = len(chat.history) + 1
        telegram.api.say(text, user=user)
        desk.until(lambda: len(chat.history) > seen, seconds=15)
        return chat.history[-1].text

    def test_a_search_is_answered_with_the_article_and_its_link(self, live: Desk, telegram: TelegramServer) -> None:
        live.write("a.txt", "همایش سفال در قم")
        live.write("b.txt", "خبری از شیراز", "شیراز – متن خبر آمد.")
        live.run("run", "--once")
        with live.running():
            for typed in ("/search قم", "قم", "جستجو قم", "/search@chapar_test_bot qom", "rl"):
                answer = self.ask(live, telegram, typed)
                assert "همایش سفال در قم" in answer, typed
                assert "شیراز" not in answer
            message = telegram.api._private(READER).history[-1]
            link = message.links[0]
            assert link.startswith(f"{live.url}/a/")
            page = live.get(link.removeprefix(live.url))
            assert page is not None
            assert "همایش سفال در قم" in page.text
        assert_no_call_was_refused(telegram)

    def test_the_menu_is_set_and_every_command_answers(self, live: Desk, telegram: TelegramServer) -> None:
        live.write("a.txt", "همایش سفال در قم")
        live.run("run", "--once")
        with live.running():
            live.until(lambda: telegram.api.commands)
            assert all(re.search(r"[\u0600-\u06ff]", command["description"]) for command in telegram.api.commands)
            for command in telegram.api.commands:
                assert self.ask(live, telegram, f"/{command['command']}")
            assert "همایش سفال در قم" in self.ask(live, telegram, "/start p_qom")
        assert_no_call_was_refused(telegram)

    def test_a_list_turns_its_page_in_place(self, live: Desk, telegram: TelegramServer) -> None:
        write(live, 7)
        live.run("run", "--once")
        with live.running():
            self.ask(live, telegram, "/search قم")
            chat = telegram.api._private(READER)
            message = chat.history[-1]
            assert "خبر شمارهٔ ۰۰۶" in message.text
            telegram.api.press(message.button("قدیمی‌تر"), message, user=READER)
            live.until(lambda: "خبر شمارهٔ ۰۰۰" in message.text)
            assert len(chat.messages) == 2
        assert_no_call_was_refused(telegram)

    def test_an_error_gets_a_polite_sentence_and_an_id_that_the_log_has(
        self, live: Desk, telegram: TelegramServer
    ) -> None:
        with live.running():
            live.until(lambda: "the bot answers as" in live.log())
            (live.folder / "var" / "chapar.db").rename(live.folder / "var" / "away.db")
            (live.folder / "var" / "chapar.db").write_bytes(b"")
            answer = self.ask(live, telegram, "/search قم")
            number = re.search(r"[0-9a-f]{8}", answer)
            assert number, answer
            assert f"error {number[0]}" in live.log()


def test_what_waits_in_a_channel_that_is_named_no_more_is_told(live: Desk, telegram: TelegramServer) -> None:
    telegram.api.add_channel(-1001234567899, username="sport")
    toml = live.folder / "chapar.toml"
    toml.write_text('[[channel]]\nchat = "@sport"\nhold = true\n', encoding="utf-8")
    live.write("a.txt", "خبر نخست")
    live.run("run", "--once")
    toml.unlink()
    with live.running() as process:
        live.until(lambda: live.status()["problems"], process)
    (problem,) = live.status()["problems"]
    assert (problem["where"], "chapar.toml" in problem["what"]) == ("channel @sport", True)
    toml.write_text('[[channel]]\nchat = "@sport"\n', encoding="utf-8")
    live.run("run", "--once")
    assert live.status()["problems"] == []


class TestTheDesk:
    """What TELEGRAM_ADMINS may do, and nobody else."""

    EDITOR = 9001

    @pytest.fixture
    def newsroom(self, live: Desk) -> Desk:
        """A live desk with one editor."""
        live.settings["TELEGRAM_ADMINS"] = str(self.EDITOR)
        return live

    def command(self, desk: Desk, telegram: TelegramServer, text: str) -> str:
        return TestTheBot.ask(self, desk, telegram, text, user=self.EDITOR)  # type: ignore[arg-type]

    def test_the_editor_stops_holds_releases_retracts_and_restores(
        self, newsroom: Desk, telegram: TelegramServer
    ) -> None:
        newsroom.write("a.txt", "خبر نخست")
        newsroom.run("run", "--once")
        with newsroom.running() as process:
            assert "ایستاد" in self.command(newsroom, telegram, "/pause آزمون")
            newsroom.write("b.txt", "خبر دوم")
            newsroom.until(lambda: "خبر دوم" in self.command(newsroom, telegram, "/queue"), process)
            uid = re.findall(r"[0-9a-f]{16}", telegram.api.chats[self.EDITOR].history[-1].text)[0]
            assert "۱" in self.command(newsroom, telegram, f"/hold\n{uid}")
            assert "آزمون" in self.command(newsroom, telegram, "/status")
            self.command(newsroom, telegram, "/resume")
            assert "۱" in self.command(newsroom, telegram, f"/release {uid}")
            newsroom.until(lambda: titles(telegram) == ["خبر نخست", "خبر دوم"], process)
            self.command(newsroom, telegram, f"/retract {uid}")
            newsroom.until(lambda: "تکذیب شد" in channel(telegram).texts[1], process)
            assert "خبر دوم" in self.command(newsroom, telegram, f"/restore {uid}")
            newsroom.until(lambda: titles(telegram) == ["خبر نخست", "خبر دوم"], process)
            assert "تکذیب نشده" in self.command(newsroom, telegram, f"/restore {uid}")
            assert "خبر دوم" in self.command(newsroom, telegram, "/search قم")
        newsroom.forked = False
        assert newsroom.run("articles", "restore", uid).returncode != 0  # there is nothing to restore
        audit = newsroom.run("audit").stdout
        for act in ("pause", "hold", "resume", "release", "retract", "restore"):
            assert f"telegram:{self.EDITOR}  {act}" in audit

    def test_what_has_its_time_is_nowhere_before_and_goes_by_itself(
        self, newsroom: Desk, telegram: TelegramServer
    ) -> None:
        (newsroom.folder / "chapar.toml").write_text(f"[[channel]]\nchat = {CHANNEL}\nhold = true\n", encoding="utf-8")
        newsroom.settings.pop("TELEGRAM_CHANNEL")
        newsroom.write("a.txt", "خبر نخست")
        telegram.api._private(self.EDITOR)
        told = telegram.api.chats[self.EDITOR].history
        with newsroom.running() as process:
            newsroom.until(lambda: told, process)
            assert told[0].text.startswith("⏳ ۱ خبر منتظر تأیید شماست")
            uid = told[0].button("✅").split(":")[-1]
            with open_store(f"sqlite:///{newsroom.folder / 'var' / 'chapar.db'}") as store:
                article = store.articles.by_uid(uid)
                assert article is not None
                now = datetime.now(UTC)
                store.editorial.embargo("me", now, article_id=article.id, until=now + timedelta(seconds=3))
            assert newsroom.get(f"/a/{uid}").status_code == 404
            newsroom.until(lambda: titles(telegram) == ["خبر نخست"], process)
            assert newsroom.get(f"/a/{uid}").status_code == 200
        assert len(told) == 1

    def test_nobody_else_commands_the_desk(self, newsroom: Desk, telegram: TelegramServer) -> None:
        newsroom.write("a.txt", "خبر نخست")
        newsroom.run("run", "--once")
        with newsroom.running():
            telegram.api.say("/pause", user=READER)
            assert "خبر نخست" in TestTheBot.ask(self, newsroom, telegram, "/search قم")  # type: ignore[arg-type]
        assert newsroom.status()["paused"] == ""

    def test_the_editor_hears_of_a_problem_once(self, newsroom: Desk, telegram: TelegramServer) -> None:
        newsroom.write("broken.txt", "خبر", day="2025-13-40")
        telegram.api._private(self.EDITOR)
        heard = telegram.api.chats[self.EDITOR].history
        for _ in range(2):
            with newsroom.running() as process:
                newsroom.until(lambda: heard, process)
                newsroom.until(lambda: "the bot answers as" in newsroom.log(), process)
        assert [message.text.splitlines()[0].strip("\u200f⚠️ ") for message in heard] == ["broken.txt"]


def test_the_token_is_never_logged(live: Desk, telegram: TelegramServer) -> None:
    write(live, 1)
    live.settings["LOG_LEVEL"] = "DEBUG"
    telegram.api.faults.plan(Kind.DROP_BEFORE, times=3)
    with live.running() as process:
        live.until(lambda: channel(telegram).history, process)
    telegram.api.token = "123456:ANOTHER-TOKEN-OF-THE-BOT-1234567890"
    with live.running() as process:
        live.until(lambda: "TELEGRAM_TOKEN" in live.log(), process)
    assert "TEST-TOKEN" not in live.log()
