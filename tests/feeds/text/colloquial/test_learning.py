"""hazm is asked once, by a child process; whatever becomes of the child, searches go on."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from feeds import search
from feeds.text import colloquial
from feeds.text.colloquial import learning, table
from feeds.text.colloquial.learning import LearningError, keep, learn


def found_by(typed: str) -> list[set[str]]:
    """The tokens that each word of a query finds an article by: as it was typed, and as it may be meant."""
    query = search.parse(typed, datetime(2026, 1, 10, tzinfo=UTC), ZoneInfo("Asia/Tehran"))
    readings = ([word.tokens, *word.also] for word in query.words if word.needed)
    return [{token for tokens in one for token in tokens} for one in readings]


@pytest.fixture
def blocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`import hazm` fails in the child process."""
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "hazm.py").write_text("raise ImportError('hazm is blocked')")
    monkeypatch.setenv("PYTHONPATH", str(shadow), prepend=os.pathsep)


def running(word: str) -> list[str]:
    """The processes whose command holds a word."""
    commands = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(entry.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [command for command in commands if word in command]


def test_a_colloquial_query_is_understood_because_hazm_is_there(learnt: Path) -> None:
    assert found_by("قیمت نون")[1] == {"نون"}
    assert colloquial.use(learnt)
    assert found_by("قیمت نون")[1] == {"نون", "نان"}
    assert "اتش" in found_by("آتیش سوزی جنگلای گیلون")[0]
    assert "جنگل" in found_by("آتیش سوزی جنگلای گیلون")[-1]
    assert colloquial.formal("میخوام بدونم چی میگن") == "می\u200cخواهم بدانم چه می\u200cگویند"


def test_hazm_reads_no_formal_word_otherwise(learnt: Path) -> None:
    colloquial.use(learnt)
    text = (
        "استاندار کرمان می\u200cگوید مردم به خیابان می\u200cروند، نگه داشتن بدن، دره و خان دورود میان شهرهای ایران است."
    )
    assert colloquial.formal(text) == text


def test_the_table_bears_the_version_that_answered(learnt: Path) -> None:
    assert [path.name for path in learnt.iterdir()] == [f"hazm-{version('hazm')}-1.marisa"]
    assert not learning.is_due(learnt)


async def test_the_service_uses_what_it_had_learnt_before(learnt: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await keep(learnt, asyncio.Event(), after=0)
    assert caplog.text == ""  # it is not asked again


@pytest.mark.usefixtures("blocked")
async def test_where_hazm_is_blocked_one_warning_is_given_and_the_rules_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await keep(tmp_path / "var", asyncio.Event(), after=0)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "hazm is blocked" in record.getMessage()
    assert found_by("خبرای نون تهرون") == [{"نون"}]  # plainly worse, and no worse than that
    assert not (tmp_path / "var").exists()


async def test_where_the_folder_can_not_be_written_the_warning_says_so(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    program = "import sys, pathlib; pathlib.Path(sys.argv[1]).mkdir(parents=True)"
    with pytest.raises(LearningError, match="FileExistsError"):
        await learn(tmp_path / "var", command=(sys.executable, "-c", program))


async def test_a_child_that_hangs_is_killed_in_time(tmp_path: Path) -> None:
    began, mark = monotonic(), f"hangs{os.getpid()}"
    with pytest.raises(LearningError, match="longer than 1 s"):
        await learn(tmp_path, limit=1, command=("sh", "-c", f"while :; do sleep 1; done # {mark}"))
    assert monotonic() - began < 20
    assert running(mark) == []


async def test_a_child_that_is_killed_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(LearningError, match="ended with -9"):
        await learn(tmp_path, command=("sh", "-c", "kill -9 $$"))


async def test_a_child_that_can_not_be_started_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(LearningError, match="can't be started"):
        await learn(tmp_path, command=(str(tmp_path / "missing"),))


async def test_stopping_takes_the_child_along(tmp_path: Path) -> None:
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep(tmp_path, stop, after=0))
    while not running(f"colloquial.asking {tmp_path}"):  # noqa: ASYNC110 - nothing of it tells of its start
        await asyncio.sleep(0.02)
    stop.set()
    await asyncio.wait_for(keeping, 10)
    assert running(f"colloquial.asking {tmp_path}") == []
    assert not table.path_of(tmp_path, version("hazm")).exists()


async def test_a_service_that_ends_soon_starts_no_child(tmp_path: Path) -> None:
    stop = asyncio.Event()
    stop.set()
    await asyncio.wait_for(keep(tmp_path, stop), 5)
    assert not table.path_of(tmp_path, version("hazm")).exists()


async def test_where_memory_is_short_hazm_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 2000000 kB\nMemAvailable:     307200 kB\n")
    monkeypatch.setattr(learning, "_MEMORY", tmp_path / "meminfo")
    with pytest.raises(LearningError, match="300 MB are free"):
        await learn(tmp_path)
