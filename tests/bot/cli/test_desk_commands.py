"""The desk's commands in the terminal, over a store of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.settings import Settings
from feeds.errors import ChaparError
from feeds.models import DeliveryState, Document, Problem, Route
from feeds.pipeline import edit
from feeds.search import parse
from feeds.store import Store, open_store

NOW = datetime.now(UTC)
TEHRAN = ZoneInfo("Asia/Tehran")


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


def say(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, (result.output, result.exception)
    return result.output if code == 0 else f"{result.output}{result.exception}"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["resume"], "nothing to resume"),
        (["pause", "--channel", "@nobody"], "nothing to pause"),
        (["articles", "restore", "UID"], "not retracted"),
        (["articles", "merge", "UID", "UID"], "nothing to merge"),
        (["articles", "edit", "UID", "--title", "باران در قم به روایت mehr"], "says that already"),
        (["articles", "decide", "1", "--lost"], "not in doubt"),
    ],
)
def test_an_act_on_nothing_fails_and_is_in_no_audit(store: Store, words: list[str], why: str) -> None:
    uid = save(store, "mehr")
    assert why in say(*(uid if word == "UID" else word for word in words), code=1)
    assert store.desk.acts(limit=9) == ()
    assert "nothing was done yet" in say("audit")


def test_what_was_done_is_in_the_audit_with_title_and_uid(store: Store) -> None:
    uid = save(store, "mehr")
    say("articles", "retract", uid)
    assert "retracted already" in say("articles", "retract", uid, code=1)
    say("articles", "publish-at", uid, "now", code=1)
    say("articles", "restore", uid)
    say("articles", "set-province", uid, "یزد")
    say("articles", "publish-at", uid, "2 ساعت دیگر")
    assert [act.act for act in store.desk.acts(limit=9)] == ["embargo", "place", "restore", "retract"]
    lines = " ".join(say("audit").split())
    assert f"{uid} باران در قم به روایت mehr" in lines
    assert "(just now)" in lines
    assert re.search(r"embargo until \d{4}-\d\d-\d\d \d\d:\d\d ", lines)


def test_the_queue_says_why_each_waits(store: Store) -> None:
    first = save(store, "mehr")
    say("articles", "hold", first)
    quiet = Document("seeds", "2", "خبر بی‌کانال", "قم – باران.", NOW, fingerprint="2", hold=True)
    store.articles.save(edit(quiet), [], NOW)
    store.channels.ensure("preview")
    later = save(store, "irna")
    assert "no reader sees the article before" in say("articles", "publish-at", later, "3 ساعت دیگر")
    said = say("queue")
    assert "its article waits for the desk\n" in said
    assert "it goes to no channel" in said
    assert "its article waits for its moment  not before" in said
    assert "(in 2 h)" in said
    save(store, "isna")
    say("pause", "a rumour")
    assert "everything is paused: a rumour" in say("queue")


def test_the_status_has_a_line_a_channel_and_problems_by_kind(store: Store) -> None:
    save(store, "mehr")
    since = datetime.now(UTC) - timedelta(minutes=3)
    for number in range(2):
        store.problems.set(Problem(f"{number}.txt", 1, "it is broken", since))
    said = say("status")
    assert "documents of the inbox: 2" in said
    assert "(3 min ago)" in said
    (line,) = [line for line in said.splitlines() if line.startswith("preview")]
    assert "not looked at yet" in line


def test_articles_are_listed_shown_and_corrected(store: Store, tmp_path: Path) -> None:
    uid = save(store, "mehr")
    assert uid in say("articles", "list")
    assert "there is none" in say("articles", "list", "--held")
    say("articles", "hold", uid)
    assert uid in say("articles", "list", "--held")
    assert "revision 2: برف در قم" in say("articles", "edit", uid, "--title", "برف در قم")
    (tmp_path / "new.txt").write_text("قم – برف سنگینی آمد.\n\nراه‌ها باز است.", encoding="utf-8")
    say("articles", "edit", uid, "--text", str(tmp_path / "new.txt"))
    article = store.articles.by_uid(uid)
    assert article is not None
    assert (article.title, article.revision, article.held is None) == ("برف در قم", 3, False)
    assert "برف سنگینی آمد." in article.body
    shown = say("articles", "show", uid)
    assert "held, revision 3" in shown
    assert "باران در قم به روایت mehr" in shown  # a revision of before
    say("articles", "release", uid)
    assert uid in {one.uid for one in store.articles.search(parse("برف سنگین", NOW, TEHRAN), limit=3).articles}
    assert say("articles", "edit", uid, "--text", "no-such-file", code=1)


def test_the_source_s_unchanged_document_leaves_a_correction_and_its_next_revision_replaces_it(store: Store) -> None:
    uid = save(store, "mehr")
    say("articles", "edit", uid, "--title", "برف در قم")
    save(store, "mehr")
    assert store.articles.by_uid(uid).title == "برف در قم"  # type: ignore[union-attr]
    changed = Document("mehr", "1", "تگرگ در قم", "قم – تگرگ آمد.", NOW, fingerprint="another")
    store.articles.save(edit(changed), [], NOW)
    assert store.articles.by_uid(uid).title == "تگرگ در قم"  # type: ignore[union-attr]
