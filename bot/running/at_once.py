"""Requests that are answered at once: without a task, where the application has the bytes ready.

uvicorn makes a task, an event and three dictionaries for each request, which takes three times as long as to write a
304. An application that has a method `at_once` is asked first; where it has nothing ready, or the connection is busy,
everything goes uvicorn's way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_METHODS = (b"GET", b"HEAD")


class AtOnce(Protocol):
    """Whoever has answers ready."""

    def __call__(self, method: bytes, url: bytes, headers: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, bytes] | None:
        """The head of an answer, from its status line to its last header's line end, and its body; None without one."""


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

    def on_message_begin(self) -> None:
        """A head begins; what uvicorn makes ready for its task is made where there is one."""
        self.head_begun = True
        self.url = b""
        self.headers = []
        self.expect_100_continue = False

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

    def _answers_at_once(self) -> bool:
        parser, ask = self.parser, type(self).at_once
        busy = self.pipeline or (self.cycle is not None and not self.cycle.response_complete) or self.flow.write_paused
        if ask is None or busy or self.expect_100_continue:
            return False
        method = parser.get_method()
        if method not in _METHODS or parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        if parser.should_upgrade() or self.transport.is_closing():
            return False
        answer = ask(method, self.url, self.headers)
        if answer is None:
            return False
        self.cycle = _ANSWERED
        self.transport.write(self._message(*answer))
        self.on_response_complete()
        return True

    def _message(self, head: bytes, body: bytes) -> bytes:
        """All of an answer in one piece, which leaves in one call; the last one is kept for who asks for the same."""
        kind, common = type(self), self.server_state.default_headers
        if kind.last_sent[0] is not head or kind.last_sent[1] is not body or kind.last_sent[2] is not common:
            message = b"".join((head, *(b"%b: %b\r\n" % header for header in common), b"\r\n", body))
            kind.last_sent = (head, body, common, message)
        return kind.last_sent[3]
