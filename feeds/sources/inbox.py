"""The inbox: a folder of text files, each an article, read in the order of their publication.

    folder --scan--> files that are new or changed --sort by date--> parse --> Document, or DocumentError

Nothing in the folder is ever moved, written or deleted, and a file that disappears takes nothing with it: its article
stays published. A file that is renamed is another article, because its name is its identity.
"""

from __future__ import annotations

import asyncio
import os
import stat
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from feeds.errors import DocumentError
from feeds.models import Document
from feeds.sources.reading import document as document_format

if TYPE_CHECKING:
    from watchfiles import Change

LIMIT = 1 << 20  # bytes; the longest real report is a twentieth of it
HEADER_BYTES = 4096

_TEMPORARY = (".tmp", ".part", ".partial", ".swp", ".crdownload")


@dataclass(frozen=True, slots=True)
class _Signature:
    """What changes when a file is written to or replaced."""

    mtime_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> _Signature:
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


@dataclass(slots=True)
class _Seen:
    """What the last look at a file came to."""

    signature: _Signature
    since: float
    """When this signature was first seen, in monotonic seconds."""
    fingerprint: str = ""
    """Of the bytes with this signature; empty while they were not read whole."""


class Inbox:
    """A folder of documents; subfolders belong to it.

    An instance remembers what it saw, so that an unchanged folder costs one `stat` a file.
    """

    def __init__(
        self,
        folder: Path,
        *,
        source: str = "seeds",
        quiet: float = 1.0,
        zone: tzinfo | None = None,
        limit: int = LIMIT,
    ) -> None:
        """Make an inbox of a folder, which may be missing yet.

        Args:
            folder: Where the documents lie.
            source: The key of this source in the store.
            quiet: Seconds for which a file must have been left alone before it is read.
            zone: Where the day of a document begins; Asia/Tehran by default.
            limit: Bytes; a larger file is refused unread.
        """
        self.folder = folder
        self.source = source
        self.again_in: float | None = None
        """After `read` ended: seconds until files that were still being written can be read; None with none left."""
        self._quiet = quiet
        self._zone = zone
        self._limit = limit
        self._seen: dict[str, _Seen] = {}

    def read(self, known: Mapping[str, str]) -> Iterator[Document | DocumentError]:
        """Yield each document that is new, changed or broken, by date and file name; the broken ones first.

        A broken document is yielded on every call until it is mended or gone, so what a whole pass does not yield
        is not broken any more. A file that is still being written is left for later, see `again_in`.

        Args:
            known: The stored fingerprint of each document, by key: the path relative to the folder, with slashes.
        """
        self.again_in = None
        if not known and not self.folder.exists():
            return  # a desk that follows feeds alone; a folder that had documents and is gone is another matter
        waiting: list[tuple[date, str]] = []
        present: set[str] = set()
        for found in self._files():
            if isinstance(found, DocumentError):
                yield found
                continue
            key, status = found
            present.add(key)
            seen = self._look(key, status)
            if self._settled(seen) and not self._unchanged(key, seen, known.get(key)):
                waiting.append((self._day(key), key))
        self._seen = {key: seen for key, seen in self._seen.items() if key in present}
        for _day, key in sorted(waiting):
            document = self._load(key)
            if document is not None:
                yield document

    def _files(self) -> Iterator[tuple[str, os.stat_result] | DocumentError]:
        """Yield the key and status of each document in the folder, and what can't be one."""
        if not self.folder.is_dir():
            what = "is not a folder" if self.folder.exists() else "does not exist"
            yield DocumentError(str(self.folder), 0, f"the inbox {what}: make the folder, or set SEEDS_DIR to another")
            return
        root = self.folder.resolve()
        barred: list[OSError] = []
        for parent, folders, names in os.walk(self.folder, onerror=barred.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in [name for name in folders if _is_document(name)]:
                folders.remove(name)
                yield DocumentError(
                    self._key(Path(parent, name)), 0, "is a folder, not a document: rename or remove it"
                )
            for name in [name for name in folders if Path(parent, name).is_symlink()]:
                reason = "is a link to a folder, which is not followed: copy its documents here"
                yield DocumentError(self._key(Path(parent, name)), 0, reason)
            for name in sorted(filter(_is_document, names)):
                yield self._status(Path(parent, name), root)
        for error in barred:
            yield _unreadable(self._key(Path(error.filename)), error)

    def _status(self, path: Path, root: Path) -> tuple[str, os.stat_result] | DocumentError:
        key = self._key(path)
        if key.encode() != os.fsencode(path.relative_to(self.folder)):
            return DocumentError(key, 0, "the file's name is not UTF-8: rename it")
        try:
            if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
                return DocumentError(key, 0, "is a link out of the inbox, not followed: copy the document here")
            status = path.stat()
        except OSError as error:
            return _unreadable(key, error)
        except RuntimeError:  # before Python 3.13
            return DocumentError(key, 0, "is a link to itself: put a text file in its place")
        if not stat.S_ISREG(status.st_mode):
            return DocumentError(key, 0, "is not a regular file: put a text file in its place")
        return key, status

    def _key(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix().encode("utf-8", "backslashreplace").decode()

    def _look(self, key: str, status: os.stat_result) -> _Seen:
        signature = _Signature.of(status)
        seen = self._seen.get(key)
        if seen is None or seen.signature != signature:
            seen = self._seen[key] = _Seen(signature, since=time.monotonic())
        return seen

    def _settled(self, seen: _Seen) -> bool:
        """Whether a file was left alone for long enough; if not, note when to look again.

        A clock that was set back, or a `touch` into the future, must not hide a file for ever: one that did not
        change while we watched is settled too.
        """
        age = max(time.time() - seen.signature.mtime_ns / 1e9, time.monotonic() - seen.since)
        if age < self._quiet:
            self._later(self._quiet - age)
        return age >= self._quiet

    def _later(self, seconds: float) -> None:
        self.again_in = max(self.again_in or 0.0, seconds)

    def _unchanged(self, key: str, seen: _Seen, known: str | None) -> bool:
        """Whether the store has the file as it is; only a file that may have changed is read."""
        if known is None or seen.signature.size > self._limit:
            return False
        if not seen.fingerprint:
            with suppress(OSError), _open(self.folder / key) as file:
                seen.fingerprint = document_format.fingerprint(file.read(self._limit + 1))
        return seen.fingerprint == known

    def _day(self, key: str) -> date:
        """The day of a document; `date.min` for one that is broken, which `_load` will find again."""
        with suppress(OSError), _open(self.folder / key) as file:
            return document_format.peek(file.read(HEADER_BYTES))
        return date.min

    def _load(self, key: str) -> Document | DocumentError | None:
        """The document, or what is wrong with it; None if it is gone, or being written to after all."""
        seen = self._seen[key]
        size = seen.signature.size
        if size > self._limit:
            reason = f"{size:,} bytes, {self._limit:,} are allowed: no article is so long; split or remove it"
            return DocumentError(key, 0, reason)
        try:
            with _open(self.folder / key) as file:
                data = file.read(self._limit + 1)
                written = _Signature.of(os.fstat(file.fileno())) != seen.signature
        except FileNotFoundError:
            return None
        except OSError as error:
            return _unreadable(key, error)
        if written:
            self._later(self._quiet)
            return None
        try:
            document = document_format.parse(key, data, source=self.source, zone=self._zone)
        except DocumentError as error:
            return error
        seen.fingerprint = document.fingerprint
        return document


async def watch(folder: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield whenever documents in the folder were added, changed or removed, until `stop` is set.

    Changes that come together are told once. The folder may be missing, may appear later, and may be replaced; where
    the system can't watch (too many watches, some network folders) the changes are found by polling.
    """
    from watchfiles import awatch  # noqa: PLC0415 - one pass over the inbox watches nothing

    polling = False
    while not stop.is_set():
        inode = _inode(folder)
        if inode is None:
            await _pause(stop, 1.0)
            continue
        fresh = True  # what came before the watch stood brings no event
        try:
            async for changes in awatch(
                folder,
                watch_filter=_concerns_documents,
                stop_event=stop,
                debounce=400,
                rust_timeout=500,
                yield_on_timeout=True,
                force_polling=polling or None,
                ignore_permission_denied=True,
            ):
                if changes or fresh:
                    yield
                fresh = False
                if _inode(folder) != inode:
                    break
        except OSError:
            polling = True
            await _pause(stop, 1.0)


def _is_document(name: str) -> bool:
    """Whether a name is a document's, and not one that an editor or a copy is still writing."""
    name = name.lower()
    stem = name.removesuffix(".txt")
    return stem not in ("", name) and not stem.startswith((".", "~", "#")) and not stem.endswith(_TEMPORARY)


def _concerns_documents(_change: Change, path: str) -> bool:
    name = Path(path).name
    return _is_document(name) or "." not in name  # a folder that is moved in brings no events for its files


def _open(path: Path) -> BinaryIO:
    # O_NONBLOCK: a pipe that took the file's place since it was looked at must not stop the service.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return cast("BinaryIO", os.fdopen(os.open(path, flags), "rb"))


def _unreadable(key: str, error: OSError) -> DocumentError:
    return DocumentError(key, 0, f"can't be read ({error.strerror}): check the file and its rights")


def _inode(folder: Path) -> int | None:
    with suppress(OSError):
        if folder.is_dir():
            return folder.stat().st_ino
    return None


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
