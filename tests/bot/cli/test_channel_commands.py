"""`chapar channels …`: how each does, and one that is no more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli.main import app
from bot.service import Service
from bot.settings import Settings
from feeds.errors import ChaparError
from feeds.models import Document, Problem, Route
from feeds.pipeline import edit
from feeds.store import Store, open_store
from feeds.store.delivery.restored import Behind

NOW = datetime.now(UTC)
RIGHT, MISSPELT = "@qom_news", "@qom_newz"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A desk whose channel was misspelt, and is mended: three articles wait for the ghost."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    for name, value in {
        "TELEGRAM_TOKEN": "1:A",
        "TELEGRAM_CHANNEL": RIGHT,
        "TELEGRAM_API_URL": "http://[::1]:9",
    }.items():
        monkeypatch.setenv(name, value)
    with open_store(Settings.load().database_url.get_secret_value()) as opened:
        opened.channels.ensure(RIGHT)
        opened.channels.describe(RIGHT, chat_id=-1001, title="خبر قم", username="qom_news")
        opened.channels.ensure(MISSPELT)
        opened.channels.block(MISSPELT, "chat not found")
        opened.problems.set(Problem(f"channel {MISSPELT}", 0, "chat not found; its posts wait", NOW, "channel"))
        for number in range(3):
            save(opened, f"{number}", "seeds")
        yield opened


def save(store: Store, key: str, source: str, *channels: str) -> None:
    document = Document(source, key, f"باران {key}", "قم – باران آمد.", NOW - timedelta(hours=1), fingerprint=key)
    store.articles.save(edit(document), [Route(channel) for channel in channels or (MISSPELT,)], NOW)


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["channels", *words])
    assert result.exit_code == code, result.output
    return result


def listed() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in json.loads(run("list", "--json").output)}


def clean_up(store: Store) -> None:
    """What the leader does at its start."""

    async def start() -> None:
        service = Service(Settings.load(), store)
        service.name_forgotten()
        await service.publisher.close()

    asyncio.run(start())


def test_the_list_says_what_each_is_and_what_waits(store: Store) -> None:
    store.channels.pause(RIGHT, "a rumour")
    rows = listed()
    assert list(rows) == [RIGHT, MISSPELT]
    assert (rows[RIGHT]["title"], rows[RIGHT]["trouble"]) == ("خبر قم", "paused: a rumour")
    assert (rows[MISSPELT]["waiting"], rows[MISSPELT]["trouble"]) == (3, "in no setting")
    (head, right, ghost) = run("list").output.splitlines()
    assert head.index("waiting") == ghost.index("3")
    assert "خبر قم @qom_news" in right


def test_a_name_that_was_never_a_channel_is_forgotten_when_it_is_mended(store: Store) -> None:
    store.restored.mark(MISSPELT, Behind("x"), NOW)
    clean_up(store)
    assert list(listed()) == [RIGHT]
    assert store.deliveries.counts()["pending"] == 0
    assert store.problems.all() == ()
    assert store.restored.behind() == {}


def test_what_would_be_lost_with_it_is_told_and_can_be_sent_to_the_right_one(store: Store) -> None:
    save(store, "of a feed", "mehr")
    save(store, "had", "mehr", MISSPELT, RIGHT)
    clean_up(store)
    (problem,) = store.problems.all()
    assert f"chapar channels forget {MISSPELT}" in problem.what
    said = run("forget", MISSPELT, "--to", RIGHT, code=1)
    assert "5 that wait go to @qom_news" in str(said.exception)
    assert listed()[MISSPELT]["waiting"] == 5
    assert "4 posts go to @qom_news" in run("forget", MISSPELT, "--to", RIGHT, "--yes").output
    rows = listed()
    assert (list(rows), rows[RIGHT]["waiting"]) == ([RIGHT], 5)
    assert store.problems.all() == ()
    assert [(act.act, act.target) for act in store.desk.acts(limit=9)] == [("forget", MISSPELT)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([RIGHT, "--yes"], "is in the settings"),
        (["@nobody", "--yes"], "no channel @nobody is known"),
        ([MISSPELT, "--to", "@nobody", "--yes"], "no channel @nobody in the settings"),
    ],
)
def test_what_can_not_be_forgotten_stays(store: Store, words: list[str], why: str) -> None:
    before = listed()
    said = run("forget", *words, code=1)
    assert isinstance(said.exception, ChaparError)
    assert why in str(said.exception)
    assert listed() == before
    assert store.desk.acts(limit=9) == ()


def test_a_channel_is_asked_for_now(store: Store) -> None:
    assert store.desk.acts(limit=1) == ()
    assert "can't be reached" in run("test", RIGHT, code=1).output
    assert isinstance(run("test", MISSPELT, code=1).exception, ChaparError)
