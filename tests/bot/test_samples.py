"""The invented samples of seeds/ never come before readers by themselves."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from bot.desk import Desk, IdleError
from bot.service import Service
from bot.settings import Settings
from feeds.models import DeliveryState
from feeds.store import Store, open_store

SEEDS = Path(__file__).parents[2] / "seeds"
SHIPPED = 34
LIVE = {"TELEGRAM_TOKEN": "123456:ABC-DEF", "TELEGRAM_CHANNEL": "@qom_news"}


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The inbox as it is shipped, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    for path in folder.rglob("*.txt"):
        os.utime(path, (1, 1))
    return folder


def take_in(store: Store) -> Service:
    """A pass over the inbox, without one over the channels."""

    async def run() -> Service:
        service = Service(Settings.load(), store)
        await service.ingest()
        await service.publisher.close()
        return service

    return asyncio.run(run())


def states(store: Store) -> dict[str, int]:
    return {state: count for state, count in store.deliveries.counts().items() if count}


@pytest.mark.parametrize("host", ["https://api.telegram.org", "https://tapi.bale.ai"])
def test_samples_are_held_before_real_channels_and_forgotten_when_they_are_deleted(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name, value in {**LIVE, "TELEGRAM_API_URL": host}.items():
        monkeypatch.setenv(name, value)
    with open_store(Settings.load().database_url.get_secret_value()) as store:
        take_in(store)
        assert states(store) == {DeliveryState.HELD: SHIPPED, DeliveryState.PENDING: 1}
        assert store.articles.total() == 1
        (problem,) = store.problems.all("samples")
        assert f"{SHIPPED} invented articles are held" in problem.what
        with pytest.raises(IdleError):  # «release all» does not mean these
            Desk(store, "me").release()
        (sample,) = store.articles.stored(limit=1, held=True)
        Desk(store, "me").release(sample.uid)
        shutil.rmtree(inbox / "samples")
        take_in(store)
        assert states(store) == {DeliveryState.SKIPPED: SHIPPED - 1, DeliveryState.PENDING: 2}
        assert store.problems.all() == ()
        assert store.articles.stored(limit=1, held=True) == ()


@pytest.mark.parametrize("settings", [{}, {**LIVE, "TELEGRAM_API_URL": "http://127.0.0.1:9"}])
def test_before_the_preview_or_a_server_on_the_desk_they_are_articles_as_others(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    assert inbox.is_dir()
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with open_store(Settings.load().database_url.get_secret_value()) as store:
        take_in(store)
        assert states(store) == {DeliveryState.PENDING: SHIPPED + 1}
        assert store.problems.all() == ()


def test_a_channel_that_comes_later_gets_what_is_true(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert inbox.is_dir()
    with open_store(Settings.load().database_url.get_secret_value()) as store:
        take_in(store)
        for name, value in LIVE.items():
            monkeypatch.setenv(name, value)
        service = take_in(store)
        store.channels.ensure("@qom_news")
        service._catch_up("@qom_news")
        own = {delivery.channel: [] for delivery in store.deliveries.queue(states=list(DeliveryState), limit=100)}
        for delivery in store.deliveries.queue(states=list(DeliveryState), limit=100):
            own[delivery.channel].append(delivery.state)
        assert sorted(own["@qom_news"]) == ["held"] * SHIPPED + ["pending"]
