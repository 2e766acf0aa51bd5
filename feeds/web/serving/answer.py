"""An answer that is made once: what HTTP says of some content, for every client that may ask (RFC 9110).

The messages of each form (content coding, 200 or 304) are put together at the first use, so that to answer again is to
look at three headers of the request and to hand over two dictionaries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from typing import cast

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from feeds.web.content import PACKERS, WORTH_PACKING, Content, coding_for, is_known

Headers = Iterable[tuple[bytes, bytes]]

_CONDITIONS = frozenset((b"if-none-match", b"if-modified-since", b"accept-encoding"))
_QUICKLY_PACKED = 60_000
"""Bytes that are packed at once; more would keep everybody else waiting."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The messages of one form."""

    start: Message
    body: Message
    known: Message
    """The start of a 304."""
    tag: bytes
    head: bytes
    """The start as it goes over a connection, without what the server adds."""
    known_head: bytes


class Answer:
    """Content, ready to be sent. It is an ASGI application of its own, too."""

    __slots__ = ("_everywhere", "_forms", "content")

    def __init__(self, content: Content, everywhere: Mapping[str, str]) -> None:
        """Make the answer.

        Args:
            content: What is answered.
            everywhere: The headers that every answer carries.
        """
        self.content = content
        self._everywhere = everywhere
        self._forms: dict[str, _Form] = {}

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory, packed forms among them."""
        return 2_000 + len(self.content.body) * 3 // 2

    def messages(self, method: str, sent: Headers) -> tuple[Message, Message] | None:
        """The two messages for a request; None where the form that it wants takes long to make: see `made`."""
        conditions = {name: value.decode("latin-1") for name, value in sent if name in _CONDITIONS}
        content = self.content
        coding = coding_for(conditions.get(b"accept-encoding", ""), len(content.body) >= WORTH_PACKING)
        form = self._forms.get(coding)
        if form is None:
            if coding and len(content.body) > _QUICKLY_PACKED:
                return None
            form = self.make(coding)
        if content.status == HTTPStatus.OK and len(conditions) > (b"accept-encoding" in conditions):
            named = {name.decode(): value for name, value in conditions.items()}
            if is_known(content, named):
                return form.known, _NOTHING
        return form.start, _NOTHING if method == "HEAD" else form.body

    def make(self, coding: str) -> _Form:
        """The form of a coding (`br`, `gzip`, or empty for none)."""
        content = self.content
        body = PACKERS[coding](content.body) if coding else content.body
        headers = dict(self._everywhere)
        headers["etag"] = f'"{content.tag}{f"-{coding}" if coding else ""}"'
        headers["cache-control"] = content.cache
        headers["vary"] = "accept-encoding"
        headers |= dict(content.headers)
        if content.modified:
            headers["last-modified"] = format_datetime(content.modified, usegmt=True)
        known = _start(HTTPStatus.NOT_MODIFIED, headers)
        if coding:
            headers["content-encoding"] = coding
        headers["content-type"] = content.media_type
        headers["content-length"] = str(len(body))
        start = _start(content.status, headers)
        tag = headers["etag"].encode()
        form = _Form(start, {"type": "http.response.body", "body": body}, known, tag, _head(start), _head(known))
        self._forms[coding] = form
        return form

    def bytes_for(self, method: bytes, sent: Headers) -> tuple[bytes, bytes] | None:
        """Head and body as they go over a connection; None where the request needs a longer look, or a form made."""
        accepted, tag = "", None
        for name, value in sent:
            if name == b"accept-encoding":
                accepted = value.decode("latin-1")
            elif name == b"if-none-match":
                tag = value
            elif name == b"if-modified-since":
                return None
        form = self._forms.get(coding_for(accepted, len(self.content.body) >= WORTH_PACKING))
        if form is None:
            return None
        if tag is not None:
            return (form.known_head, b"") if tag == form.tag and self.content.status == HTTPStatus.OK else None
        return form.head, b"" if method == b"HEAD" else form.body["body"]

    async def made(self, method: str, sent: Headers, executor: Executor | None = None) -> tuple[Message, Message]:
        """As `messages`; what takes long is done in a thread."""
        if (found := self.messages(method, sent)) is not None:
            return found
        accepted = next((value.decode("latin-1") for name, value in sent if name == b"accept-encoding"), "")
        await asyncio.get_running_loop().run_in_executor(executor, self.make, coding_for(accepted, True))
        messages = self.messages(method, sent)
        assert messages is not None, "the form was made"  # noqa: S101 - for the type checker
        return messages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        for message in await self.made(scope["method"], scope["headers"]):
            await send(message)


def as_response(answer: Answer) -> Response:
    """An answer where Starlette's types want a response; it takes any ASGI application."""
    return cast("Response", answer)


_NOTHING: Message = {"type": "http.response.body", "body": b""}


def _head(start: Message) -> bytes:
    status = HTTPStatus(start["status"])
    lines = [b"%b: %b\r\n" % header for header in start["headers"]]
    return b"".join((f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode(), *lines))


def _start(status: int, headers: Mapping[str, str]) -> Message:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": int(status), "headers": raw}
