"""What the desk asks of its bot at Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram_server.api import Api
from telegram_server.server import TelegramServer
from typer.testing import CliRunner

from bot.cli.main import app
from feeds.errors import SettingError


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    api = Api()
    with TelegramServer.running(api) as server:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("TELEGRAM_TOKEN", api.token)
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        yield api


def chapar(*words: str) -> str:
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_webhook_is_named_by_its_host_alone_and_taken_off_on_request(api: Api) -> None:
    assert "no webhook" in chapar("webhook")
    api.webhook = "https://other.example/secret-token"
    said = chapar("webhook")
    assert "other.example" in said
    assert "secret-token" not in said
    assert "taken off" in chapar("webhook", "--remove")
    assert api.webhook == ""


def test_without_a_token_there_is_no_bot_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingError, match="TELEGRAM_TOKEN is not set"):
        CliRunner().invoke(app, ["webhook"], catch_exceptions=False)
