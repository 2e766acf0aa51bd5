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
_WRITTEN_TOGETHER = 16_000
"""Bytes of a body that are copied behind their head, to leave in one packet; longer ones are written after it."""


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
        head = [answer[0], *(b"%b: %b\r\n" % header for header in self.server_state.default_headers), b"\r\n"]
        body = answer[1]
        if len(body) <= _WRITTEN_TOGETHER:
            self.transport.write(b"".join((*head, body)))
        else:
            self.transport.write(b"".join(head))
            self.transport.write(body)
        self.on_response_complete()
        return True
