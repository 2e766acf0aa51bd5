"""Files that are whole at every moment."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.errors import FeedError
from feeds.syndication.files import FeedFolder, replace


@contextmanager
def _disk_with_room_for(size: int) -> Iterator[None]:
    """The kernel refuses to write further than that into any file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_clear_error_and_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "all.rss"
    replace(path, b"old")
    with _disk_with_room_for(4096), pytest.raises(FeedError, match=r"all\.rss can't be written: .*FEEDS_DIR"):
        replace(path, b"new" * 10_000)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_can_t_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FeedError, match="feeds can't be written"):
        FeedFolder(tmp_path / "file" / "feeds")


def test_a_folder_that_vanished_is_a_clear_error(tmp_path: Path) -> None:
    folder = FeedFolder(tmp_path / "feeds")
    folder.path.rmdir()
    with pytest.raises(FeedError, match=r"all\.rss can't be written"):
        folder.put("all.rss", b"new")


def test_anyone_may_read_a_feed_file(tmp_path: Path) -> None:
    replace(tmp_path / "all.rss", b"new")
    assert (tmp_path / "all.rss").stat().st_mode & 0o777 == 0o644


def test_a_reader_sees_the_old_bytes_or_the_new_ones(tmp_path: Path) -> None:
    path, seen, done = tmp_path / "all.rss", set(), threading.Event()
    texts = [character * 200_000 for character in (b"a", b"b")]
    replace(path, texts[0])

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        replace(path, texts[number % 2])
    done.set()
    reader.join()
    assert seen <= set(texts)


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_manifest_means_that_all_is_made_again(tmp_path: Path, damage: bytes) -> None:
    folder = FeedFolder(tmp_path)
    folder.put("all.rss", b"new")
    folder.remember("all", "this")
    folder.close()
    assert FeedFolder(tmp_path).stands("all", "this", ["all.rss"])
    (tmp_path / ".manifest.json").write_bytes(damage)
    assert not FeedFolder(tmp_path).stands("all", "this", ["all.rss"])
