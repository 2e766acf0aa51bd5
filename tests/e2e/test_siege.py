"""The service under siege: floods at the bot, half-open connections at its door, and a kill -9 every five seconds.

What takes minutes is `slow`; `pytest -m slow -s` shows the figures. The bounds are those that a desk was promised.
"""

from __future__ import annotations

import random
import re
import resource
import selectors
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

import pytest
from desk import Desk
from persiantools.digits import en_to_fa
from telegram_server.api import Api
from telegram_server.faults import Kind
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

CHANNEL, GROUP = -1001234567890, -1002000000001
EDITOR, STRANGERS, CROWD = 9001, range(8000, 9000), range(7001, 7011)
WITHIN, DESK_WITHIN, STRANGER_WITHIN = 3.0, 1.0, 3.0
"""Seconds: from the inbox to the channel, and from a question to its answer."""

pytestmark = pytest.mark.slow


@contextmanager
def telegram(limits: Limits) -> Iterator[TelegramServer]:
    api = Api(limits=limits)
    api.add_channel(CHANNEL, username="qom_news", title="خبرهای قم")
    api.add_channel(GROUP, kind="supergroup", title="گروه", username="")
    with TelegramServer.running(api, latency=0.02) as server:
        yield server


def go_live(desk: Desk, server: TelegramServer) -> None:
    desk.settings |= {
        "TELEGRAM_API_URL": server.url,
        "TELEGRAM_TOKEN": server.api.token,
        "TELEGRAM_CHANNEL": str(CHANNEL),
        "TELEGRAM_ADMINS": str(EDITOR),
    }


def titles(server: TelegramServer) -> list[str]:
    return [re.sub(r"^\W+", "", text.splitlines()[0]) for text in server.api.chats[CHANNEL].texts]


def wait(true: Callable[[], object], seconds: float = 30.0) -> float:
    """Seconds until something is true."""
    began = time.monotonic()
    while not true() and time.monotonic() - began < seconds:
        time.sleep(0.01)
    return time.monotonic() - began


def answer_time(server: TelegramServer, user: int, text: str) -> float:
    """How long somebody waits for the answer to a question."""
    said = len(server.api._private(user).history) + 1
    server.api.say(text, user=user)
    return wait(lambda: len(server.api._private(user).history) > said)


def post_time(desk: Desk, server: TelegramServer, name: str) -> float:
    """How long a document takes from the inbox to the channel."""
    title = f"خبر {en_to_fa(name)}"
    desk.write(f"{name}.txt", title, f"قم – متن خبر {name} در قم آمد.")
    return wait(lambda: title in titles(server))


@contextmanager
def posting(desk: Desk, server: TelegramServer, name: str, waited: list[float]) -> Iterator[None]:
    """A document that is posted meanwhile."""
    work = threading.Thread(target=lambda: waited.append(post_time(desk, server, name)))
    work.start()
    yield
    work.join()


@contextmanager
def going_on(do: Callable[[], object], every: float) -> Iterator[None]:
    """Something that is done again and again meanwhile, in a thread."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            do()
            over.wait(every)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def slowest(seconds: list[float]) -> str:
    slow = max(seconds)
    where = f"slowest {slow:.2f} s (number {seconds.index(slow) + 1}) of {len(seconds)}"
    return f"median {statistics.median(seconds):.2f} s, p95 {p95(seconds):.2f} s, {where}"


def p95(seconds: list[float]) -> float:
    """The time within which 95 of 100 were answered."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


class TestFlood:
    """A thousand messages of ten people, at Telegram's own limits."""

    @pytest.mark.timeout(300)
    @pytest.mark.parametrize("kind", ["messages", "presses", "in a group"])
    def test_the_desk_and_strangers_are_answered_and_posts_are_not_late(self, desk: Desk, kind: str) -> None:
        with telegram(Limits()) as server:
            go_live(desk, server)
            desk.write("first.txt", "همایش سفال", "قم – این همایش در قم برگزار شد.")
            with desk.running() as process:
                desk.until(lambda: titles(server), process)
                for user in CROWD:
                    answer_time(server, user, "/search قم")
                waited: dict[str, list[float]] = {"the desk": [], "strangers": [], "posts": []}
                flood = self.flood(server, kind)
                for _ in range(500):  # half of it at once
                    next(flood)
                strangers = iter(STRANGERS)
                with going_on(lambda: [next(flood, None) for _ in range(10)], 0.7):
                    for number in range(30):
                        with (
                            posting(desk, server, f"{number:03}", waited["posts"]) if number % 3 == 0 else nullcontext()
                        ):
                            command = ("/status", "/queue", "/help")[number % 3]
                            waited["the desk"].append(answer_time(server, EDITOR, command))
                            waited["strangers"].append(answer_time(server, next(strangers), "/search قم"))
                            time.sleep(1)
                assert next(flood, None) is None
            for who, seconds in waited.items():
                print(f"\n{kind}: {who}: {slowest(seconds)}", end="")  # noqa: T201 - the figures are asked for
            assert p95(waited["the desk"]) < DESK_WITHIN
            assert max(waited["strangers"]) < STRANGER_WITHIN
            assert max(waited["posts"]) < WITHIN
            assert server.api.limits.refusals == 0
            assert [
                call.error for call in server.api.calls if call.error and "query is too old" not in call.error
            ] == []

    @staticmethod
    def flood(server: TelegramServer, kind: str) -> Iterator[None]:
        """One after the other, what ten people send."""
        lists = {user: server.api._private(user).history[-1] for user in CROWD}
        for number in range(1000):
            user = CROWD[number % len(CROWD)]
            if kind == "presses":
                message = lists[user]
                rows = message.markup["inline_keyboard"]
                buttons = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
                server.api.press(buttons[number % len(buttons)], message, user=user)
            elif kind == "in a group":
                command = [{"type": "bot_command", "offset": 0, "length": 7}]
                server.api.send(user=user, chat_id=GROUP, text=f"/search قم {number}", entities=command)
            else:
                server.api.say(f"/search قم {number}", user=user)
            yield


class Besiegers:
    """Connections that send half a request's head and no more; each that is closed is opened again."""

    def __init__(self, port: int, count: int) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count + 2000)), hard))
        self._port, self._count = port, count
        self._selector = selectors.DefaultSelector()
        self.opened = 0

    def press_on(self) -> None:
        """Open what is missing, and drop what was closed."""
        for key, _ in self._selector.select(0):
            with suppress(OSError):
                if key.fileobj.recv(100):  # type: ignore[union-attr]
                    continue
            self._selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]
        for _ in range(min(self._count - len(self._selector.get_map()), 500)):
            one = socket.socket()
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(("127.0.0.1", self._port))
            time.sleep(0.0005)
            with suppress(OSError):
                one.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ")
            self._selector.register(one, selectors.EVENT_READ)
            self.opened += 1

    def leave(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()


@pytest.mark.timeout(300)
def test_half_open_connections_delay_no_post_and_fill_no_log(desk: Desk) -> None:
    with telegram(Limits()) as server:
        go_live(desk, server)
        desk.write("first.txt", "همایش سفال", "قم – این همایش در قم برگزار شد.")
        with desk.running() as process:
            desk.until(lambda: titles(server), process)
            lines = len(desk.log().splitlines())
            crowd, waited, pages = Besiegers(desk.port, 5000), [], []
            with going_on(crowd.press_on, 0.1):
                end = time.monotonic() + 60
                while time.monotonic() < end:
                    waited.append(post_time(desk, server, f"{len(waited):03}"))
                    began = time.monotonic()
                    assert desk.get("/") is not None
                    pages.append(time.monotonic() - began)
                    time.sleep(3)
            crowd.leave()
            said = len(desk.log().splitlines()) - lines
        print(f"\nposts: {slowest(waited)}; pages: {slowest(pages)}")  # noqa: T201
        print(f"{said} lines of log, {crowd.opened:,} connections opened")  # noqa: T201
        assert max(waited) < WITHIN
        assert said < 100


FAULTS = (
    Kind.TOO_MANY,
    Kind.ERROR_BEFORE,
    Kind.ERROR_AFTER,
    Kind.DROP_BEFORE,
    Kind.DROP_AFTER,
    Kind.SLOW,
    Kind.GARBAGE_AFTER,
)


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("minutes", [1, 10])
def test_a_kill_every_five_seconds_and_faults_lose_and_repeat_nothing(desk: Desk, minutes: int) -> None:
    rng = random.Random(minutes)
    with telegram(Limits(group=(20, 6.0))) as server:
        go_live(desk, server)
        desk.settings["TELEGRAM_RATE_GROUP"] = "20/6"
        server.api.faults.chances = dict.fromkeys(FAULTS, 0.04)
        server.api.faults.seconds = {Kind.SLOW: 2.0, Kind.TOO_MANY: 2.0}
        for _ in range(3):
            server.api.chats[CHANNEL].post_by_others("پیام دیگران")
        written: list[str] = []
        kills, end = 0, time.monotonic() + minutes * 60
        while time.monotonic() < end:
            process = desk.start()
            killed_at = time.monotonic() + 5
            while time.monotonic() < killed_at:
                name = f"{len(written):04}"
                written.append(f"خبر {en_to_fa(name)}")
                desk.write(f"{name}.txt", written[-1], f"قم – متن خبر {name} در قم آمد.")
                if rng.random() < 0.2:
                    again = rng.randrange(len(written))
                    desk.write(f"{again:04}.txt", written[again], f"قم – متن خبر {again:04} دیگر شد {rng.random()}.")
                time.sleep(rng.uniform(0.3, 1.5))
            process.kill()
            process.wait()
            kills += 1
        server.api.faults.chances = {}
        with desk.running() as process:
            desk.until(lambda: not set(written) - set(titles(server)), process, 240)
            time.sleep(20)  # what is in doubt is looked for, and marks are taken away
        counts = Counter(titles(server))
        struck = sum(server.api.faults.struck.values())
        print(f"\n{kills} kills, {struck} faults, {len(written)} posts")  # noqa: T201
        assert counts == Counter([*written, "پیام دیگران", "پیام دیگران", "پیام دیگران"])
        assert not [text for text in server.api.chats[CHANNEL].texts if text.strip("\u200f ") in {"•", ""}]
        assert server.api.limits.during_penalty == 0
