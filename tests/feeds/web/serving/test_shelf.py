"""Answers that are kept while they are true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.web.content import Content
from feeds.web.serving.answer import Answer
from feeds.web.serving.shelf import Shelf, mark_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def answer(*depends: str, size: int = 100, path: str = "") -> Answer:
    content = Content(b"x" * size, "text/plain", depends=frozenset(depends), path=path, mark=mark_of(path))
    return Answer(content, {})


@pytest.mark.parametrize(
    ("depends", "touched", "stays"),
    [
        (("article:1",), {"article:2", "province:qom"}, True),
        (("article:1", "province:qom"), {"article:2", "province:qom"}, False),
        (("*",), {"article:2"}, False),
        (("article:1",), {"*"}, False),
        ((), {"*"}, True),
        (("*",), set(), True),
    ],
)
def test_a_change_takes_away_just_what_depends_on_it(depends: tuple[str, ...], touched: set[str], stays: bool) -> None:
    shelf = Shelf()
    shelf.put(("/", b""), answer(*depends))
    shelf.forget(frozenset(touched))
    assert (shelf.get(("/", b""), NOW) is not None) is stays


def test_an_answer_is_over_at_its_time(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put(("/", b""), answer("*"), until=NOW + timedelta(minutes=1))
    assert shelf.get(("/", b""), NOW + timedelta(seconds=59))
    assert shelf.get(("/", b""), NOW + timedelta(minutes=1)) is None
    assert len(shelf) == 0


def test_an_answer_from_a_file_is_true_while_the_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "all.rss"
    file.write_bytes(b"one")
    shelf = Shelf()
    shelf.put(("/", b""), answer(path=str(file)))
    assert shelf.get(("/", b""), NOW)
    (tmp_path / "new").write_bytes(b"two")
    (tmp_path / "new").replace(file)
    assert shelf.get(("/", b""), NOW) is None
    shelf.put(("/", b""), answer(path=str(file)))
    file.unlink()
    assert shelf.get(("/", b""), NOW) is None


def test_there_is_room_for_so_much_and_who_was_asked_for_last_stays() -> None:
    shelf = Shelf(room=4 * answer(size=10_000).size)
    for name in "abcd":
        shelf.put((name, b""), answer(size=10_000))
    shelf.get(("a", b""), NOW)
    shelf.put(("e", b""), answer(size=10_000))
    assert [name for name in "abcde" if shelf.get((name, b""), NOW)] == ["a", "c", "d", "e"]
    shelf.put(("large", b""), answer(size=50_000))
    assert shelf.get(("large", b""), NOW) is None
    assert len(shelf) == 4
