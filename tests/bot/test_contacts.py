"""The pages lead to the channels that have a public name, and to the bot once it has run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.contacts import BOT, contacts
from bot.settings import Settings
from feeds.store import Store, open_store
from feeds.web.composing.contacts import Contact

TOKEN = "TELEGRAM_TOKEN=123456:ABC-DEF\n"
CHANNELS = """
[[channel]]
chat = "@news"
[[channel]]
chat = -1001
provinces = ["qom"]
[[channel]]
chat = -1002
[[channel]]
chat = "@bale_news"
platform = "bale"
"""


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url)) as opened:
        yield opened


def load(tmp_path: Path, env: str) -> Settings:
    (tmp_path / ".env").write_text(env, encoding="utf-8")
    (tmp_path / "chapar.toml").write_text(CHANNELS, encoding="utf-8")
    return Settings.load(dotenv=tmp_path / ".env", toml=tmp_path / "chapar.toml")


def test_channels_with_a_public_name_are_led_to(store: Store, tmp_path: Path) -> None:
    store.channels.ensure("-1001")
    store.channels.describe("-1001", chat_id=-1001, title="چاپار قم", username="chapar_qom")
    assert contacts(load(tmp_path, TOKEN), store) == (
        Contact("@news", "https://t.me/news"),
        Contact("چاپار قم", "https://t.me/chapar_qom", provinces=("qom",)),
        Contact("@bale_news", "https://ble.ir/bale_news"),
    )


def test_the_bot_is_led_to_once_it_has_run(store: Store, tmp_path: Path) -> None:
    settings = load(tmp_path, TOKEN)
    assert not any(contact.is_bot for contact in contacts(settings, store))
    store.key_values.put(BOT, "ChaparBot", datetime.now(UTC))
    assert contacts(settings, store)[-1] == Contact("@ChaparBot", "https://t.me/ChaparBot", is_bot=True)


def test_without_a_token_there_is_nothing_to_lead_to(store: Store, tmp_path: Path) -> None:
    store.key_values.put(BOT, "ChaparBot", datetime.now(UTC))
    assert contacts(load(tmp_path, ""), store) == ()
