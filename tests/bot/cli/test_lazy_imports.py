"""What a command does without: each is run in a process of its own, which says what it has loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_group

from bot.cli.main import app, only
from feeds.store import open_store

ROOT = Path(__file__).parents[3]
PLATFORMS = ("telegram", "httpx", "httpcore", "anyio")
READING = ("lxml", "trafilatura", "watchfiles", "nh3")
WEB = ("starlette", "uvicorn", "jinja2")
FEEDS = ("feedgen", "feeds.syndication")
SERVICE = ("bot.service", "apscheduler", "structlog")
STORE = ("sqlalchemy", "alembic", "psycopg", "feeds.store.store")
SCIENCE = ("hazm", "scipy", "numpy")
WORDS = ("feeds.provinces", "feeds.text", "rapidfuzz", "marisa_trie", "persiantools")
SETTINGS = ("bot.settings", "pydantic_settings")
DRAWING = ("rich.console", "rich.text", "rich.table", "rich.progress")
ALWAYS = (*PLATFORMS, *READING, *WEB, *FEEDS, *SCIENCE, "alembic", "psycopg")
PROGRAM = """
import sys
from bot.cli.main import main
sys.argv = ["chapar", *sys.argv[2:]]
try:
    main()
finally:
    print("loaded:", *sys.modules, file=sys.stderr)
"""


def loaded(*command: str, folder: Path, text: str = "", code: int = 0) -> tuple[set[str], str]:
    """Run a command; returns the modules that it has loaded, and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "-", *command],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == code, done.stderr.decode()
    return set(done.stderr.decode().rpartition("loaded: ")[2].split()), done.stdout.decode()


@pytest.mark.parametrize(
    ("command", "text", "answer"),
    [
        ("restore", '{"id": 1, "text": "کتاب ها"}', "کتاب\u200cها"),
        ("summarize", '{"id": 1, "title": "باران", "body": "باران در راه است."}', "باران در راه است."),
        ("locate", '{"id": 1, "title": "استاندار قم", "body": "قم – استاندار قم سخن گفت."}', "IR-25"),
        ("lookup", '{"id": 1, "query": "قم سیل"}', "IR-25"),
    ],
)
def test_text_work_starts_without_the_libraries_of_the_service(
    command: str, text: str, answer: str, tmp_path: Path
) -> None:
    modules, said = loaded("text", command, folder=tmp_path, text=text)
    assert answer in said
    assert modules.isdisjoint((*ALWAYS, *STORE, *SERVICE, *SETTINGS))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (("--version",), "chapar "),
        (("--help",), "status"),
        (("status", "--help"), "--json"),
        (("sources", "--help"), "check"),
        (("articles", "--help"), "retract"),
    ],
)
def test_help_and_version_load_nothing_that_works(command: tuple[str, ...], answer: str, tmp_path: Path) -> None:
    modules, said = loaded(*command, folder=tmp_path)
    assert answer in said
    assert modules.isdisjoint((*ALWAYS, *STORE, *SERVICE, *WORDS, *SETTINGS))


def test_the_version_is_said_without_the_library_that_draws_the_help(tmp_path: Path) -> None:
    modules, _ = loaded("--version", folder=tmp_path)
    assert modules.isdisjoint(("rich", "pydantic"))


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [(("status",), "articles", 0), (("queue",), "nothing waits", 0), (("search", "قم"), "nothing found", 1)],
)
def test_a_look_into_the_store_loads_the_store_alone(
    command: tuple[str, ...], answer: str, code: int, tmp_path: Path
) -> None:
    open_store(f"sqlite:///{tmp_path / 'var/chapar.db'}").close()
    modules, said = loaded(*command, folder=tmp_path, code=code)
    assert answer in said
    forbidden = (*ALWAYS, *SERVICE, *DRAWING, "sqlalchemy.dialects.postgresql")
    assert modules.isdisjoint(forbidden if command[0] == "search" else (*forbidden, *WORDS))


def test_the_first_start_posts_the_samples_to_the_preview_without_what_it_does_not_use(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    sample = tmp_path / "seeds" / "1.txt"
    sample.write_text(" date 2025-09-24   1. استانها\nباران در قم\n\nقم – باران آمد.\n", encoding="utf-8")
    os.utime(sample, (1, 1))
    modules, _ = loaded("run", "--once", folder=tmp_path)
    without = ("telegram", *WEB, *SCIENCE, "alembic", "psycopg", "apscheduler", "watchfiles")
    assert modules.isdisjoint((*without, "sqlalchemy.dialects.postgresql", "click"))


def test_what_fetches_loads_no_command_line_of_its_library() -> None:
    program = "import sys; import feeds.sources.following.poll; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT, text=True)
    assert {"httpx"} <= {*done.stdout.split()}
    assert {*done.stdout.split()}.isdisjoint(("click", "pygments", "rich.console"))


@pytest.mark.parametrize("name", sorted(get_group(app).commands))
def test_of_the_commands_only_the_one_that_is_named_is_read(name: str) -> None:
    assert [*get_group(only([name])).commands] == [name]


@pytest.mark.parametrize("typed", [[], ["--help"], ["--version"], ["stat"], [""]])
def test_where_no_command_is_named_all_are_there(typed: list[str]) -> None:
    assert get_group(only(typed)).commands.keys() == get_group(app).commands.keys()
