"""What hazm said of colloquial words, as a file: a trie that is mapped, so that hardly any memory is held for it.

One file holds all: `hazm-0.10.0-1.marisa` in a folder beside the store; the name says which hazm answered, and which
edition of our questions. Nothing of it goes into what is stored of an article, so another version needs no reindex.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from marisa_trie import BytesTrie

log = logging.getLogger(__name__)

EDITION = 1
"""Raised whenever the child asks hazm something else, or writes the answers another way."""
_SURE, _UNSURE = b"=", b"~"
_PARTING = "|"
_CANARY = "hazm"
"""A key of every table: a file without it is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a colloquial word stands for."""

    formal: tuple[str, ...]
    """The likeliest first; never empty."""
    sure: bool
    """Whether the word is none of the formal language."""


class Table:
    """hazm's answers."""

    def __init__(self, path: Path) -> None:
        """Map a file.

        Raises:
            OSError: it can't be read.
            ValueError: it is no table.
        """
        self._trie = BytesTrie()
        try:
            self._trie.mmap(str(path))
        except RuntimeError as error:  # what the trie says of a file that is empty, cut off or another's
            raise ValueError(str(error)) from None
        if _CANARY not in self._trie:
            raise ValueError("it has no answers of hazm")

    def get(self, key: str) -> Answer | None:
        """What a word stands for; its key is its letters without ZWNJ."""
        found: list[bytes] | None = self._trie.get(key)
        if not found or key == _CANARY:
            return None
        return Answer(tuple(found[0][1:].decode().split(_PARTING)), found[0][:1] == _SURE)


def path_of(folder: Path, version: str) -> Path:
    """Where the answers of a version of hazm lie."""
    return folder / f"hazm-{version}-{EDITION}.marisa"


def newest(folder: Path) -> Table | None:
    """The table that was made last: one of another version of hazm is better than none. What is no table is deleted."""
    for path in sorted(folder.glob(f"hazm-*-{EDITION}.marisa"), key=_made, reverse=True):
        try:
            return Table(path)
        except (OSError, ValueError) as error:
            log.warning("%s can't be used, so it is asked for anew: %s", path, error)
            with suppress(OSError):
                path.unlink()
    return None


def _made(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def write(path: Path, answers: Iterable[tuple[str, Answer]], version: str) -> None:
    """Write a table; whoever reads sees the old one or the new one, whole."""
    keys = sorted(
        (key, (_SURE if answer.sure else _UNSURE) + _PARTING.join(answer.formal).encode()) for key, answer in answers
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")  # nodes may share a folder
    BytesTrie([(_CANARY, version.encode()), *keys]).save(str(new))
    new.replace(path)
