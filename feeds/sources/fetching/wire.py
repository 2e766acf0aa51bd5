"""Answers as servers send them -> answers that the HTTP library reads.

h11 keeps to the letter of RFC 9112, and refuses what browsers and curl read: header lines that are none, `identity` as
a transfer coding, `chunked` twice, lengths that are no numbers. The head of each answer is set right on its way from
the socket; it is the seam that httpcore has for that (`AsyncNetworkBackend`), so everything else (limits, guard, pool)
stays as it is. Two lengths that disagree stay refused: nobody knows where such an answer ends.

    socket --read--> head --mended--> head, body -->  h11
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

TOLD_LENGTH = "told_length"
"""What `get_extra_info` of an answer's stream is asked for: its `Content-Length`, where its end is that of the
connection. Servers that count letters instead of bytes give too small a one for Persian."""

_LONGEST_HEAD = 64 << 10
_BLANK_LINE = 3  # bytes that may stand before the last one of the line that ends a head
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_LINE_ENDS = re.compile(rb"\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.(?P<minor>\d))?[ \t]*(?P<status>[1-5]\d\d|[6-9]\d\d)(?P<reason>.*)", re.IGNORECASE)
_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
_NO_SIGNS = bytes.maketrans(bytes([*range(9), *range(10, 32)]), b" " * 31)
_BEGINS = b"HTTP/"


def transport(*, verify: ssl.SSLContext, limits: httpx.Limits, proxy: str = "") -> httpx.AsyncHTTPTransport:
    """A transport of httpx, with a pool of its own, that reads such answers too."""
    made = httpx.AsyncHTTPTransport(verify=verify, http2=True, proxy=proxy or None, limits=limits)
    pool = made._pool  # noqa: SLF001 - httpx hands no backend on to httpcore, whose own argument it is
    pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001
    return made


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer, set right."""

    data: bytes
    told_length: int | None = None
    """Its length, where the connection ends with it; then `data` has none, and it is read to its end."""
    length: int | None = None
    """Its length, where the connection goes on after it."""
    is_last: bool = True
    """Not one that another head follows (100, 103)."""


def mended(head: bytes) -> Head:
    """A head, up to its blank line, with what browsers pass over set right; what is no head stays as it is."""
    status_line, *lines = _LINE_ENDS.split(head.lstrip(b"\r\n").rstrip(b"\r\n"))
    status = _STATUS.match(status_line)
    if status is None:
        return Head(head)
    minor = b"0" if status["minor"] == b"0" else b"1"
    kept = [b"HTTP/1." + minor + b" " + status["status"] + b" " + status["reason"].strip().translate(_NO_SIGNS)]
    lengths: set[bytes] = set()
    codings: list[bytes] = []
    connection = b""
    for name, value in _fields(lines):
        folded = name.lower()
        if folded == b"content-length":
            lengths.update(filter(bytes.isdigit, map(bytes.strip, value.split(b","))))
        elif folded == b"transfer-encoding":
            codings += [coding.strip().lower() for coding in value.split(b",")]
        else:
            connection = value.lower() if folded == b"connection" else connection
            kept.append(name + b": " + value)
    told: int | None = None
    length: int | None = None
    if b"chunked" in codings:
        kept.append(b"Transfer-Encoding: chunked")  # what it is packed with besides shows in the body
        if lengths:  # who says two things of its end may mean the other one: nothing is read behind it, RFC 9112, 6.3
            kept.append(b"Connection: close")
    elif len(lengths) == 1 and (b"close" in connection or (minor == b"0" and b"keep-alive" not in connection)):
        told = int(lengths.pop()[:18])
    else:
        kept += [b"Content-Length: " + one for one in lengths]
        length = int(next(iter(lengths))[:18]) if len(lengths) == 1 else None
    return Head(b"\r\n".join(kept) + b"\r\n\r\n", told, length, is_last=status["status"][:1] != b"1")


def _fields(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The fields of a head; lines that are none are left out, and those that go on are joined."""
    fields: list[tuple[bytes, bytes]] = []
    goes_on = False
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            if goes_on:
                name, value = fields[-1]
                fields[-1] = name, value + b" " + line.strip().translate(_NO_SIGNS)
            continue
        name, colon, value = line.partition(b":")
        name = name.strip()
        goes_on = bool(colon) and _NAME.fullmatch(name) is not None
        if goes_on:
            fields.append((name, value.translate(_NO_SIGNS).strip()))
    yield from fields


class _Backend(httpcore.AsyncNetworkBackend):
    """Connections whose answers are set right."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(self, *arguments: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.connect_tcp(*arguments, **named))

    async def connect_unix_socket(self, *arguments: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        return await self._inner.connect_unix_socket(*arguments, **named)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection: whatever is written to it is answered by a head, unless it is a SOCKS proxy's."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._awaits_head = False
        self._told_length: int | None = None
        self._left: int | None = None
        """Bytes of the body that are to come, where its length says so; what comes beyond answers nothing."""

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        self._awaits_head = True
        self._told_length = self._left = None
        await self._inner.write(buffer, timeout)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - as above
        if not self._awaits_head:
            return self._within_length(await self._inner.read(max_bytes, timeout))
        came = b""
        while chunk := await self._inner.read(max_bytes, timeout):
            seen = max(len(came) - _BLANK_LINE, 0)
            came = (came + chunk).lstrip(b"\r\n")
            if not _BEGINS.startswith(came[: len(_BEGINS)].upper()) or len(came) > _LONGEST_HEAD:
                break  # SOCKS, or nothing that is known
            # Who sends a head a byte at a time has it looked at once, not once for each.
            if _HEAD_ENDS.search(came, seen) and (ready := self._set_right(came)) is not None:
                return ready
        self._awaits_head = False
        return came

    def _set_right(self, came: bytes) -> bytes | None:
        """What came, its heads set right; None where the last of them is not whole."""
        ready, start = b"", 0
        while end := _HEAD_ENDS.search(came, start):
            head = mended(came[start : end.end()])
            ready, start = ready + head.data, end.end()
            if head.is_last:
                self._awaits_head, self._told_length, self._left = False, head.told_length, head.length
                return ready + self._within_length(came[start:])
        return None

    def _within_length(self, body: bytes) -> bytes:
        """The next bytes of a body without those that would be taken for the next answer."""
        if self._left is not None:
            body = body[: self._left]
            self._left -= len(body)
        return body

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(self, *arguments: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.start_tls(*arguments, **named)
        tls = inner.get_extra_info("ssl_object")
        # HTTP/2 has frames and no heads: what a read begins with there may be any byte of a body.
        return inner if tls and tls.selected_alpn_protocol() == "h2" else _Stream(inner)

    def get_extra_info(self, info: str) -> Any:
        return self._told_length if info == TOLD_LENGTH else self._inner.get_extra_info(info)
