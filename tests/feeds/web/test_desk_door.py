"""How the service does is the desk's business alone; what answers say of themselves repeats no stranger's words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from feeds.store import Store
from feeds.web.app import create_app
from feeds.web.desk_door import DeskDoor

KEY = "a-key-that-nobody-guesses"
Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(archive: Store, feeds_dir: Path, tehran: ZoneInfo) -> Ask:
    def ask(
        path: str,
        *,
        comes_from: str = "203.0.113.9",
        local: bool = True,
        key: str = KEY,
        public_url: str = "http://testserver",
        strain: str = "",
        **headers: str,
    ) -> httpx.Response:
        door = DeskDoor(key, local=local)
        app = create_app(
            archive, public_url=public_url, feeds_dir=feeds_dir, zone=tehran, door=door, strain=lambda: strain
        )

        async def get() -> httpx.Response:
            transport = httpx.ASGITransport(app, client=(comes_from, 1234))
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
                return await client.get(path, headers=named)

        return asyncio.run(get())

    return ask


def test_a_stranger_finds_no_status_page(ask: Ask) -> None:
    assert ask("/status").status_code == 404
    assert ask("/status?key=guess").status_code == 404
    assert ask("/status?key=", key="").status_code == 404


@pytest.mark.parametrize("comes_from", ["127.0.0.1", "::1"])
def test_who_sits_at_the_machine_is_the_desk(ask: Ask, comes_from: str) -> None:
    assert ask("/status", comes_from=comes_from).status_code == 200


@pytest.mark.parametrize(
    ("host", "code"), [("127.0.0.1:8080", 200), ("[::1]:8080", 200), ("localhost", 200), ("rebound.example:8080", 404)]
)
def test_a_site_that_leads_the_desk_s_browser_here_reads_nothing(ask: Ask, host: str, code: int) -> None:
    assert ask("/status", comes_from="127.0.0.1", host=host).status_code == code


def test_the_key_opens_from_anywhere(ask: Ask) -> None:
    assert ask(f"/status?key={KEY}", local=False).status_code == 200


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "via"])
def test_what_a_proxy_passes_on_is_a_strangers(ask: Ask, header: str) -> None:
    assert ask("/status", comes_from="127.0.0.1", **{header: "for=203.0.113.9"}).status_code == 404


def test_behind_a_public_address_only_the_key_opens(ask: Ask) -> None:
    assert ask("/status", comes_from="127.0.0.1", local=False).status_code == 404


def test_strangers_hear_that_the_store_is_away_and_not_why(ask: Ask, archive: Store) -> None:
    assert ask("/healthz").json() == {"status": "ok"}
    archive.close()
    path = Path(str(archive._engine.url.database))
    path.unlink()
    path.mkdir()
    away = ask("/healthz")
    assert (away.status_code, away.json()) == (503, {"status": "unavailable"})
    assert str(path) in ask("/healthz", comes_from="127.0.0.1").json()["reason"]


def test_what_runs_short_is_the_desk_s_business(ask: Ask) -> None:
    strain = "990 of 1,024 file handles are in use"
    assert ask("/healthz", strain=strain).json() == {"status": "ok"}
    told = ask("/healthz", strain=strain, comes_from="127.0.0.1")
    assert (told.status_code, told.json()) == (200, {"status": "strained", "reason": strain})


def test_a_slash_too_many_leads_on_without_a_strangers_host(ask: Ask) -> None:
    answer = ask("/provinces/?before=1", host="evil.example")
    assert (answer.status_code, answer.headers["location"]) == (308, "/provinces?before=1")
    assert ask("/%2F%2Fevil.example/").headers["location"] == "/evil.example"


def test_only_the_version_that_there_is_lasts_for_ever(ask: Ask) -> None:
    assert "immutable" not in ask("/static/style.css?v=1").headers["cache-control"]
    address = ask("/").text.split('rel="stylesheet" href="')[1].split('"')[0].replace("http://testserver", "")
    assert "immutable" in ask(address).headers["cache-control"]


def test_who_came_by_https_stays_there(ask: Ask) -> None:
    assert "strict-transport-security" in ask("/", public_url="https://news.example").headers
    assert "strict-transport-security" not in ask("/").headers
