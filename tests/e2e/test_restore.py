"""The drill of docs/operations.md: a backup, more posts, the backup put back. None is lost, and none is there twice."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desk import Desk
from persiantools.digits import en_to_fa
from telegram_server.api import Api
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

from feeds.store import backup

CHANNEL = -1001234567890
DESK = 7100


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A server with one channel, at a pace that tests can wait for."""
    api = Api(limits=Limits(group=(20, 1.0)))
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
        "TELEGRAM_RATE_GROUP": "20/1",
    }
    return desk


def titles(telegram: TelegramServer) -> list[str]:
    return [re.sub(r"^\W+", "", text.splitlines()[0]) for text in telegram.api.chats[CHANNEL].texts]


def write(desk: Desk, *numbers: int) -> list[str]:
    named = [en_to_fa(f"{number:03}") for number in numbers]
    for name in named:
        desk.write(f"{name}.txt", f"خبر شمارهٔ {name}", f"قم – متن کامل خبر {name} در قم آمد.")
    return [f"خبر شمارهٔ {name}" for name in named]


def store(desk: Desk) -> Path:
    return desk.folder / "var" / "chapar.db"


def backup_while_posting(
    desk: Desk, telegram: TelegramServer, count: int, *, backed_up: int = 0, killed: int = 0
) -> list[str]:
    """A backup taken after so many of the posts (a quarter), and the service killed after more of them (half)."""
    telegram.latency = 0.1
    written = write(desk, *range(count))
    process = desk.start()
    chat = telegram.api.chats[CHANNEL]
    desk.until(lambda: len(chat.history) > (backed_up or count // 4), process)
    backup(f"sqlite:///{store(desk)}", desk.folder / "copy.db")
    desk.until(lambda: len(chat.history) > (killed or count // 2), process)
    process.kill()
    process.wait()
    return written


@pytest.mark.parametrize("admin", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_drill(live: Desk, telegram: TelegramServer, *, admin: bool) -> None:
    if admin:
        live.settings["TELEGRAM_ADMINS"] = str(DESK)
        telegram.api._private(DESK)
    written = backup_while_posting(live, telegram, 24)
    posted = len(titles(telegram))
    done = live.run("db", "restore", "copy.db")
    assert done.returncode == 0, done.stderr
    assert "the file that was there is" in done.stdout
    assert posted < 24
    finished = live.run("run", "--once")
    assert finished.returncode == 0, finished.stderr
    assert Counter(titles(telegram)) == Counter(written)
    assert live.status()["deliveries"]["sent"] == 24
    write(live, 24)
    assert live.run("run", "--once").returncode == 0
    assert titles(telegram) == [*written, "خبر شمارهٔ ۰۲۴"]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("moment", range(10))
def test_a_backup_of_any_moment_loses_and_repeats_nothing(live: Desk, telegram: TelegramServer, moment: int) -> None:
    rng = random.Random(moment)
    backed_up = rng.randrange(1, 20)
    written = backup_while_posting(
        live, telegram, 24, backed_up=backed_up, killed=min(backed_up + rng.randrange(1, 12), 22)
    )
    if rng.random() < 0.5:  # the desk has gone on meanwhile
        written += write(live, 24, 25)
    assert live.run("db", "restore", "copy.db").returncode == 0
    done = live.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert Counter(titles(telegram)) == Counter(written)


def test_a_backup_that_was_put_there_by_hand(live: Desk, telegram: TelegramServer) -> None:
    written = backup_while_posting(live, telegram, 16)
    shutil.copy(live.folder / "copy.db", store(live))
    journal = store(live).with_name("chapar.db-wal")
    assert journal.stat().st_size
    refused = live.run("run", "--once")
    assert refused.returncode == 1
    assert "`chapar db restore FILE` does so" in refused.stderr
    journal.unlink()
    store(live).with_name("chapar.db-shm").unlink()
    assert live.run("run", "--once").returncode == 0
    assert Counter(titles(telegram)) == Counter(written)


def test_a_copy_that_is_none_of_ours_is_noticed_by_the_file_beside_the_store(
    live: Desk, telegram: TelegramServer
) -> None:
    write(live, 0, 1)
    assert live.run("run", "--once").returncode == 0
    shutil.copy(store(live), live.folder / "copy.db")
    written = write(live, 2, 3, 4)
    assert live.run("run", "--once").returncode == 0
    shutil.copy(live.folder / "copy.db", store(live))
    assert live.run("run", "--once").returncode == 0
    assert titles(telegram)[2:] == written


def test_the_whole_folder_put_back(live: Desk, telegram: TelegramServer) -> None:
    write(live, 0, 1)
    assert live.run("run", "--once").returncode == 0
    shutil.copytree(live.folder / "var", live.folder / "copy")
    written = write(live, 2, 3, 4)
    assert live.run("run", "--once").returncode == 0
    shutil.rmtree(live.folder / "var")
    time.sleep(11)  # a copy is told by its age
    shutil.copytree(live.folder / "copy", live.folder / "var")
    assert live.run("run", "--once").returncode == 0
    assert titles(telegram)[2:] == written


class TestWhatIsRefused:
    """The store stays as it was."""

    def test_a_store_that_a_service_has_open(self, live: Desk) -> None:
        live.run("run", "--once")
        live.run("db", "backup", "copy.db")
        with live.running():
            done = live.run("db", "restore", "copy.db")
        assert done.returncode == 1
        assert "a service has the store" in done.stderr
        assert not list(store(live).parent.glob("*.before-*"))

    def test_what_is_no_backup(self, live: Desk) -> None:
        write(live, 0)
        live.run("run", "--once")
        (live.folder / "torn.db").write_bytes(store(live).read_bytes()[:30_000])
        with closing(sqlite3.connect(live.folder / "other.db")) as other:
            other.execute("CREATE TABLE a (b)")
        for name, said in {
            "torn.db": "torn.db",
            "other.db": "no store of Chapar",
            "none.db": "there is no file",
            "var/chapar.db": "the store itself",
        }.items():
            done = live.run("db", "restore", name)
            assert done.returncode == 1
            assert said in done.stderr, name
            assert "Traceback" not in done.stderr
        assert live.status()["articles"] == 1
        assert sorted(path.name for path in store(live).parent.glob("*.part*")) == []

    def test_an_unsound_store_is_replaced(self, live: Desk) -> None:
        write(live, 0)
        live.run("run", "--once")
        live.run("db", "backup", "copy.db")
        store(live).write_bytes(b"nonsense" * 2000)
        live.forked = False
        done = live.run("db", "restore", "copy.db")
        assert done.returncode == 0, done.stderr
        assert live.status()["articles"] == 1


@pytest.mark.parametrize("how", ["deleted", pytest.param("replaced", marks=pytest.mark.slow)])
def test_a_store_that_is_taken_away_under_the_service_is_noticed(
    live: Desk, telegram: TelegramServer, how: str
) -> None:
    live.settings["TELEGRAM_ADMINS"] = str(DESK)
    told = telegram.api._private(DESK)
    write(live, 0)
    live.run("run", "--once")
    with live.running() as process:
        live.until(lambda: "the bot answers as" in live.log(), process)
        store(live).rename(live.folder / "away.db")
        if how == "replaced":
            shutil.copy(live.folder / "away.db", store(live))
        live.until(lambda: "under the running service" in live.log(), process)
        answer = live.get("/healthz")
        assert answer is not None
        assert answer.status_code == 503
        assert "under the running service" in answer.text
        live.until(lambda: any("under the running service" in text for text in told.texts), process)
        write(live, 1)
        time.sleep(4)
        assert len(titles(telegram)) == 1
        assert live.log().count("[critical") == 1, live.log()
        assert "Traceback" not in live.log(), live.log()
        store(live).unlink(missing_ok=True)
        (live.folder / "away.db").rename(store(live))
        live.until(lambda: len(titles(telegram)) == 2, process)
