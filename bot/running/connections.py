"""Slow and half-open clients: how long a request's head may take, and how many connections there may be.

uvicorn waits for ever for a head that was begun, so idle half requests would take every file handle from the store, the
feeds and Telegram. A proxy in front (docs/operations.md) bounds more; this holds without one.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import resource
import time
from typing import ClassVar

from bot.running.at_once import AtOnceProtocol

log = logging.getLogger(__name__)

HEAD_SECONDS = 10.0
"""For a request's head, from the first byte that it may come."""
MOST = 1000
"""Connections at a time, where the system gives handles enough."""
RESERVE = 256
"""File handles that are kept for everything else."""
WANTED_HANDLES = 8192
SCARCE = 0.9
"""The share of all file handles from which on they run short."""
SAY_SECONDS = 60.0


def most_connections() -> int:
    """How many connections there may be, after asking the system for as many file handles as it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_HANDLES if hard == resource.RLIM_INFINITY else min(WANTED_HANDLES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else max(min(MOST, soft - RESERVE), soft // 4, 1)


def strain() -> str:
    """Why file handles run short, in one sentence with what to do; empty while there are enough."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        used = len(os.listdir("/dev/fd"))  # noqa: PTH208 - a Path would open more of them
    except OSError as error:
        used = soft if error.errno in {errno.EMFILE, errno.ENFILE} else 0
    if soft == resource.RLIM_INFINITY or used < soft * SCARCE:
        return ""
    do = "raise the limit (ulimit -n, LimitNOFILE), and put a proxy in front (docs/operations.md)"
    return f"{used:,} of {soft:,} file handles are in use: {do}"


class BoundedProtocol(AtOnceProtocol):
    """A connection that is closed where its head takes too long; of too many, the one that waits longest goes."""

    most: ClassVar[int] = MOST
    _waiting: ClassVar[dict[BoundedProtocol, None]] = {}
    """Connections that have sent no whole head yet, those that wait longest first."""
    _said_at: ClassVar[float] = -SAY_SECONDS
    _left_out: ClassVar[int] = 0

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it; where that is one too many, another one that sends nothing goes."""
        super().connection_made(transport)
        self._await_head()
        if len(self.connections) > self.most:  # all others may be answering: then it is this one
            self._drop(next(iter(self._waiting)))

    def data_received(self, data: bytes) -> None:
        """Bytes of a head or, after it, of nothing that we wait for."""
        heads = self.heads
        super().data_received(data)
        if self.heads > heads and not self.head_begun:
            self._end_wait()
        elif self.head_begun and self._head_timer is None and not self._is_answering():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._end_wait()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await_head(self) -> None:
        self._waiting[self] = None
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._drop, self)

    def _end_wait(self) -> None:
        self._waiting.pop(self, None)
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    @classmethod
    def _drop(cls, one: BoundedProtocol) -> None:
        one._end_wait()
        one.transport.abort()
        cls._left_out += 1
        now = time.monotonic()
        if now - cls._said_at >= SAY_SECONDS:
            log.warning("%d connections sent no request in time and were closed", cls._left_out)
            cls._said_at, cls._left_out = now, 0
