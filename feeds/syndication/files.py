"""A folder of feed files: each is replaced whole or not at all, and only when its bytes changed.

A file is a temporary one first, synced, then renamed over the old: a reader (or a web server that serves the folder)
sees the old bytes or the new ones, and a full disk leaves the old. What each feed was made of stands beside them in a
small manifest, so that a pass without news renders nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from feeds.errors import FeedError

MANIFEST = ".manifest.json"
READABLE = 0o644
"""Temporary files are their owner's alone; feeds are for everyone, a web server of another user too."""


class FeedFolder:
    """The files of one folder, and what became of each in this pass."""

    def __init__(self, path: Path) -> None:
        """Open the folder, making it where it is missing.

        Raises:
            FeedError: the folder can't be made.
        """
        self.path = path
        self.changed: list[str] = []
        self.unchanged = 0
        _make(path)
        self._made_of = _read_manifest(path / MANIFEST)

    def stands(self, feed: str, made_of: str, names: Sequence[str]) -> bool:
        """Whether a feed's files are all there and made of just that; then they count as unchanged."""
        if self._made_of.get(feed) != made_of or not all((self.path / name).is_file() for name in names):
            return False
        self.unchanged += len(names)
        return True

    def put(self, name: str, data: bytes) -> None:
        """Write a file, unless these are its bytes already.

        Raises:
            FeedError: it can't be written; the old file is whole.
        """
        path = self.path / name
        if _bytes_of(path) == data:
            self.unchanged += 1
            return
        if "/" in name:
            _make(path.parent)
        replace(path, data)
        self.changed.append(name)

    def keep_only(self, folder: str, feeds: Collection[str]) -> None:
        """Take away the files below a folder of feeds that there are no more.

        Raises:
            FeedError: one can't be taken away.
        """
        for path in sorted((self.path / folder).glob("*")):
            feed = f"{folder}{path.stem}"
            if feed in feeds or path.name.startswith("."):
                continue
            try:
                path.unlink()
            except OSError as error:
                raise _unwritable(path, error) from error
            self._made_of.pop(feed, None)
            self.changed.append(f"{folder}{path.name}")

    def remember(self, feed: str, made_of: str) -> None:
        """Note what a feed's files were made of, once all of them are written."""
        self._made_of[feed] = made_of

    def close(self) -> None:
        """Keep the notes. Where this is not reached, the next pass looks at every feed again and nothing is lost.

        Raises:
            FeedError: the manifest can't be written.
        """
        manifest = json.dumps(self._made_of, indent=0, sort_keys=True).encode()
        if _bytes_of(self.path / MANIFEST) != manifest:
            replace(self.path / MANIFEST, manifest)


def replace(path: Path, data: bytes) -> None:
    """Write a file so that it is, at every moment and after any crash, the old one or the new one.

    Raises:
        FeedError: a full disk or a folder without rights; the old file is whole.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(data)
            file.flush()
            os.fchmod(handle, READABLE)
            os.fsync(handle)
        Path(temporary).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise _unwritable(path, error) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(path: Path, error: OSError) -> FeedError:
    reason = error.strerror or error
    return FeedError(f"{path} can't be written: {reason}; make room, or set FEEDS_DIR to a folder that may be written")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read_manifest(path: Path) -> dict[str, str]:
    """What the feeds were made of; nothing where the manifest is missing or damaged, then all are made again."""
    try:
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}
