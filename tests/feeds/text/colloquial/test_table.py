"""What hazm said is kept whole or not at all, and a file that is none is passed over."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from feeds.text.colloquial import formal, use
from feeds.text.colloquial.table import Answer, newest, path_of, write

SAID = [("دیفال", Answer(("دیوار", "دیواره"), sure=True))]


def test_the_answers_come_back_as_they_were_given(tmp_path: Path) -> None:
    write(path_of(tmp_path / "var", "9.9"), SAID, "9.9")
    table = newest(tmp_path / "var")
    assert table is not None
    assert table.get("دیفال") == Answer(("دیوار", "دیواره"), sure=True)
    assert table.get("دیوار") is table.get("hazm") is table.get("") is None
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["hazm-9.9-1.marisa"]


@pytest.mark.parametrize("content", [b"", b"We love Marisa.", b"\0" * 4096])
def test_a_file_that_is_no_table_is_told_of_and_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    path = path_of(tmp_path, "9.9")
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert not use(tmp_path)
    assert str(path) in caplog.text
    assert not path.exists()  # so it is asked for anew
    assert formal("تهرون") == "تهران"


def test_a_cut_off_table_is_passed_over_for_an_older_whole_one(tmp_path: Path) -> None:
    write(path_of(tmp_path, "9.8"), SAID, "9.8")
    newer = path_of(tmp_path, "9.9")
    newer.write_bytes(path_of(tmp_path, "9.8").read_bytes()[:-100])
    assert use(tmp_path)
    assert formal("دیفال") == "دیوار"
