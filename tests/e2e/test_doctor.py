"""`chapar doctor`: a line for each thing that must be in place, and what to do where it isn't."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from desk import Desk
from telegram_server.api import Api
from telegram_server.server import TelegramServer

CHANNEL = -1001234567890
DESK = 7100


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A server with one channel."""
    api = Api()
    api.add_channel(CHANNEL, username="qom_news", title="خبرهای قم")
    with TelegramServer.running(api) as server:
        yield server


@pytest.fixture
def live(desk: Desk, telegram: TelegramServer) -> Desk:
    """A desk that went live."""
    telegram.api._private(DESK)
    desk.settings |= {
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_TOKEN": telegram.api.token,
        "TELEGRAM_CHANNEL": str(CHANNEL),
        "TELEGRAM_ADMINS": str(DESK),
    }
    return desk


def findings(desk: Desk, *, code: int) -> dict[str, dict[str, str]]:
    done = desk.run("doctor", "--json")
    assert done.returncode == code, done.stdout + done.stderr
    return {finding["what"]: finding for finding in json.loads(done.stdout)}


def test_where_all_is_in_place_it_says_so(live: Desk, telegram: TelegramServer) -> None:
    with live.running() as process:
        live.until(lambda: live.get("/feeds/all.rss").status_code == 200, process)
        found = findings(live, code=0)
        live.forked = False
        done = live.run("doctor")
    fine = {what for what, finding in found.items() if finding["level"] == "ok"}
    assert fine >= {"token", f"channel {CHANNEL}", f"desk {DESK}", "rates", "pages", "feeds", "database", "disk"}
    assert "«خبرهای قم» @qom_news" in found[f"channel {CHANNEL}"]["said"]
    assert "✓ token: the bot is @chapar_test_bot" in done.stdout
    assert telegram.api.chats[CHANNEL].history == []
    assert "PUBLIC_URL" in found


def test_what_is_wrong_is_named_with_what_to_do(live: Desk, telegram: TelegramServer) -> None:
    telegram.api.chats[CHANNEL].may_post = False
    telegram.api.inline_mode = False
    telegram.api.chats[DESK].status = "blocked"
    live.settings |= {"TELEGRAM_RATE_GROUP": "40/60", "PUBLIC_URL": "http://127.0.0.1:9"}
    live.write("samples/a.txt", "خبر ساختگی")
    (live.folder / "chapar.toml").write_text(
        '[[channel]]\nchat = "@other_news"\nsources = ["seeds"]\n'
        '[[source]]\nurl = "http://127.0.0.1:9/rss"\nallow_private = true\n',
        encoding="utf-8",
    )
    found = findings(live, code=1)
    wrong = {what for what, finding in found.items() if finding["level"] == "failed"}
    source = "source http://127.0.0.1:9/rss"
    assert wrong == {f"channel {CHANNEL}", "channel @other_news", f"desk {DESK}", source, "samples", "pages"}
    assert "right to post" in found[f"channel {CHANNEL}"]["said"]
    assert "press Start" in found[f"desk {DESK}"]["do"]
    assert found["TELEGRAM_RATE_GROUP"]["level"] == found["inline mode"]["level"] == "warning"
    assert all(finding["do"] for finding in found.values() if finding["level"] != "ok")


def test_a_token_that_is_not_taken(live: Desk) -> None:
    live.settings["TELEGRAM_TOKEN"] = "1:WRONG"
    found = findings(live, code=1)
    assert "@BotFather" in found["token"]["do"]
    assert "WRONG" not in json.dumps(found)


def test_no_connection_to_telegram(live: Desk) -> None:
    live.settings["TELEGRAM_API_URL"] = "http://127.0.0.1:9"
    assert "TELEGRAM_PROXY" in findings(live, code=1)["token"]["do"]


def test_a_desk_that_is_not_live_yet_hears_what_is_missing(desk: Desk) -> None:
    found = findings(desk, code=0)
    assert found["token"]["level"] == "warning"
    assert "none yet" in found["database"]["said"]
    assert not (desk.folder / "var").exists()
