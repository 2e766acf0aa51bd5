"""The newest message id of each chat, kept in a small file outside the store.

A store that was put back from a backup, by whatever way, knows an older one than this file: so it is known to lag
behind its channels (`recovery`). The file can be put back together with the store, so it vouches only where it lies as
this program wrote it: a copy of it has a later change time (`st_ctime`, which no program can set), and another machine
has another name.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from feeds.models import ChannelState

log = logging.getLogger(__name__)

_PROMPT = 10.0
"""Seconds within which a file that was written is in place."""


class Newest:
    """What the channels are known to have reached.

    Args:
        path: the file; it is made with the first message.
        place: this machine, since it started.
    """

    def __init__(self, path: Path, place: str) -> None:
        self._path = path
        self._place = place
        self._lock = threading.Lock()
        self._writable = True
        self._ids, self.vouches = self._load()
        """Whether the file lies as it was written here: else it may be as old as the store."""

    def lagging(self, states: Iterable[ChannelState]) -> dict[str, int]:
        """The channels whose chats went further than the store knows, and how far they did."""
        reached = ((state, self._ids.get(state.chat_id, 0)) for state in states if state.chat_id is not None)
        return {state.key: newest for state, newest in reached if newest > state.last_message_id}

    def learn(self, states: Iterable[ChannelState]) -> None:
        """Take over what the store knows; what goes back is not forgotten."""
        with self._lock:
            known = dict(self._ids)
            for state in states:
                if state.chat_id is not None:
                    known[state.chat_id] = max(known.get(state.chat_id, 0), state.last_message_id)
            if known != self._ids or not self._path.exists():
                self._ids = known
                self._write()

    def _load(self) -> tuple[dict[int | None, int], bool]:
        try:
            held: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            ids: dict[int | None, int] = {int(chat): int(newest) for chat, newest in held["newest"].items()}
            prompt = abs(self._path.stat().st_ctime - float(held["written"])) < _PROMPT
            return ids, prompt and held["place"] == self._place
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # none yet, or not one of ours
            return {}, False

    def _write(self) -> None:
        held = {"place": self._place, "written": time.time(), "newest": self._ids}
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(held), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            if self._writable:
                log.warning(
                    "%s can't be written (%s): a restored backup may not be noticed", self._path, error.strerror
                )
            self._writable = False
        else:
            self._writable = True
