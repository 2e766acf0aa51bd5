"""The desk's commands in the terminal, over a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.settings import Settings
from feeds.errors import ChaparError
from feeds.models import DeliveryState, Document, Route
from feeds.pipeline import edit
from feeds.store import Store, open_store

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.chdir(tmp_path)
    with open_store(Settings.load().database_url.get_secret_value()) as opened:
        yield opened


def save(store: Store, source: str, *, story: str = "") -> str:
    document = Document(source, "1", f"باران در قم به روایت {source}", "قم – باران آمد.", NOW, fingerprint=source)
    routes = [Route("preview")]
    return store.articles.save(edit(document), routes, NOW, story=(story, "event") if story else None).article.uid


@pytest.mark.parametrize("command", [["merge", "a", "b"], ["split", "a"]])
def test_what_is_not_there_is_neither_merged_nor_split(store: Store, command: list[str]) -> None:
    result = CliRunner().invoke(app, ["articles", *command])
    assert isinstance(result.exception, ChaparError)
    assert "no article a" in str(result.exception)


def test_an_article_that_was_merged_wrongly_is_split_off_and_posted(store: Store) -> None:
    lead = save(store, "mehr")
    other = save(store, "irna", story=lead)
    address = f"http://127.0.0.1:8080/a/{other}"
    assert store.deliveries.counts(["preview"])[DeliveryState.PENDING] == 1
    result = CliRunner().invoke(app, ["articles", "split", address, "--post"])
    assert result.exit_code == 0, result.exception
    assert store.deliveries.counts(["preview"])[DeliveryState.PENDING] == 2
    assert [act.act for act in store.desk.acts(limit=5)] == ["split"]
    again = CliRunner().invoke(app, ["articles", "split", address, "--post"])
    assert "stands behind no other" in str(again.exception)


def test_what_is_merged_and_split_again_is_posted_once(store: Store) -> None:
    lead, other = save(store, "mehr"), save(store, "irna")
    for command in (["merge", other, lead], ["split", other, "--post"]) * 2:
        assert CliRunner().invoke(app, ["articles", *command]).exit_code == 0
    counts = store.deliveries.counts(["preview"])
    assert (counts[DeliveryState.PENDING], counts[DeliveryState.SKIPPED]) == (2, 0)
    assert [act.act for act in store.desk.acts(limit=9)] == ["split", "merge"] * 2


@pytest.mark.parametrize("reference", ["", "nonsense", "0" * 16])
def test_nothing_is_held_where_no_article_is_named(store: Store, reference: str) -> None:
    save(store, "mehr")
    result = CliRunner().invoke(app, ["articles", "hold", reference])
    assert isinstance(result.exception, ChaparError)
    assert store.deliveries.counts(["preview"])[DeliveryState.HELD] == 0


@pytest.mark.parametrize("command", [["decide", "--lost"], ["retry"]])
@pytest.mark.parametrize("number", ["0", "9" * 20, "one"])
def test_a_number_that_no_delivery_can_have_is_a_word_of_advice(store: Store, command: list[str], number: str) -> None:
    result = CliRunner().invoke(app, ["articles", *command, number])
    assert (result.exit_code, store.desk.acts(limit=1)) == (2, ())


def test_what_is_held_and_released_is_said_and_an_act_on_nothing_fails(store: Store) -> None:
    uid = save(store, "mehr")
    said = [CliRunner().invoke(app, ["articles", *command]) for command in (["hold", uid], ["release", uid])]
    assert [result.exit_code for result in said] == [0, 0]
    assert "no reader sees the article until you release it" in said[0].output
    assert "1 post released" in said[1].output
    for command in (["release", uid], ["release", "--all"]):
        again = CliRunner().invoke(app, ["articles", *command])
        assert isinstance(again.exception, ChaparError)
        assert "is held" in str(again.exception)
    assert [act.act for act in store.desk.acts(limit=9)] == ["release", "hold"]
