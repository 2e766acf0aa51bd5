"""Requests that are answered at once: without a task, where the application has the bytes ready.

uvicorn makes a task, an event and three dictionaries for each request, which takes three times as long as to write a
304. An application that has a method `at_once` is asked first; where it has nothing ready, or the connection is busy,
everything goes uvicorn's way.

A request that came before byte by byte, while the application's word holds (a twentieth of a second), is not even read
again: with many readers, most requests are such.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_METHODS = (b"GET", b"HEAD")


MOST_KEPT = 32
"""Requests whose answers are kept while the application's word holds."""


class AtOnce(Protocol):
    """Whoever has answers ready."""

    def __call__(
        self, method: bytes, url: bytes, headers: Sequence[tuple[bytes, bytes]]
    ) -> tuple[bytes, bytes, float] | None:
        """An answer: the head, from its status line to its last header's line end, and the body; None without one.

        The third is until when the same request has the same answer, by `time.monotonic`.
        """


LARGE = 64_000
"""Bytes of an answer that the system had better send from a file than copy."""


class _Known:
    """An answer that was given, to be given again."""

    def __init__(self, message: bytes) -> None:
        self._message = message
        self._file = -1

    def __del__(self) -> None:
        if self._file >= 0:
            os.close(self._file)

    def leave_by(self, transport: asyncio.WriteTransport) -> None:
        """Send it; a large one is a file in memory from then on, whose pages the system sends as they are."""
        sent = 0
        if len(self._message) >= LARGE and not transport.get_write_buffer_size() and hasattr(os, "memfd_create"):
            try:
                if self._file < 0:
                    self._file = os.memfd_create("answer", os.MFD_CLOEXEC)
                    os.write(self._file, self._message)
                sent = os.sendfile(transport.get_extra_info("socket").fileno(), self._file, 0, len(self._message))
            except OSError:  # the buffer is full, or nobody is there any more: the transport knows what to do
                sent = 0
        if sent < len(self._message):
            transport.write(self._message[sent:])


class _Answered:
    """What stands for uvicorn's cycle of request and response where there was none."""

    response_complete = True
    disconnected = False
    message_event = asyncio.Event()


_ANSWERED: Any = _Answered()


class AtOnceProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with a way past it."""

    at_once: ClassVar[AtOnce | None] = None
    head_begun = False
    """Part of a request's head has come, and not its end."""
    last_sent: ClassVar[tuple[bytes, bytes, object, bytes]] = (b"", b"", None, b"")
    heads = 0
    """How many have come whole."""
    _between = True
    """All that came were whole requests."""
    _rests_since = 0.0
    _sent = b""
    """What the bytes that are read just now were answered with at once."""
    _known: ClassVar[dict[bytes, _Known]] = {}
    """Requests as they came, each alone, with what was answered."""
    _known_until: ClassVar[float] = 0.0

    @classmethod
    def ask(cls, at_once: AtOnce | None) -> None:
        """Ask this one from now on."""
        AtOnceProtocol.at_once = at_once
        cls._known.clear()

    def data_received(self, data: bytes) -> None:
        """Answer what is known; read what is not."""
        known = self._known.get(data)
        if known is not None and self._between and not self._is_busy() and time.monotonic() < self._known_until:
            self.heads += 1
            self.server_state.total_requests += 1
            self.cycle = _ANSWERED
            known.leave_by(self.transport)
            self._rest()
            return
        heads, was_between, self._sent = self.heads, self._between, b""
        super().data_received(data)
        if self._sent and was_between and self._between and self.heads == heads + 1 and len(self._known) < MOST_KEPT:
            self._known[data] = _Known(self._sent)

    def on_message_begin(self) -> None:
        """A head begins; what uvicorn makes ready for its task is made where there is one."""
        self.head_begun = True
        self._between = False
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

    def on_message_complete(self) -> None:
        """A request has ended."""
        self._between = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        """Answer at once, or as uvicorn does."""
        self.head_begun = False
        self.heads += 1
        if self._answers_at_once():
            return
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        super().on_headers_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came for long: but a timer goes on where something came since it was set, as setting one costs."""
        left = self._rests_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def _rest(self) -> None:
        self._rests_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _is_busy(self) -> bool:
        answering = self.cycle is not None and not self.cycle.response_complete
        return bool(self.pipeline) or answering or self.flow.write_paused

    def _answers_at_once(self) -> bool:
        parser, ask = self.parser, type(self).at_once
        if ask is None or self._is_busy() or self.expect_100_continue:
            return False
        method = parser.get_method()
        if method not in _METHODS or parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        if parser.should_upgrade() or self.transport.is_closing():
            return False
        answer = ask(method, self.url, self.headers)
        if answer is None:
            return False
        head, body, until = answer
        if until != self._known_until:
            self._known.clear()
            AtOnceProtocol._known_until = until
        self.cycle = _ANSWERED
        self._sent = self._message(head, body)
        self.transport.write(self._sent)
        self.on_response_complete()
        return True

    def _message(self, head: bytes, body: bytes) -> bytes:
        """All of an answer in one piece, which leaves in one call; the last one is kept for who asks for the same."""
        kind, common = type(self), self.server_state.default_headers
        if kind.last_sent[0] is not head or kind.last_sent[1] is not body or kind.last_sent[2] is not common:
            message = b"".join((head, *(b"%b: %b\r\n" % header for header in common), b"\r\n", body))
            kind.last_sent = (head, body, common, message)
        return kind.last_sent[3]
