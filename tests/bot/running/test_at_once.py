"""Answers that are ready leave at once, and are what the application itself would have sent."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.running import listener, server

Headers = Sequence[tuple[bytes, bytes]]
LARGE = b"x" * 500_000


class Site:
    """An application that has /ready and /large at once, and everything when it is called."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.asked = 0
        self.until = 0.0
        """Until when what is ready is true."""

    def at_once(self, method: bytes, url: bytes, headers: Headers) -> tuple[bytes, bytes, float] | None:
        self.asked += 1
        assert all(name == name.lower() for name, _ in headers)
        body = {b"/ready": b"ready", b"/large": LARGE}.get(url)
        if body is None:
            return None
        head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n" % len(body)
        return head, b"" if method == b"HEAD" else body, self.until

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.called.append(f"{scope['method']} {scope['path']}")
        message = await receive()
        body = b"called" + message["body"]
        length = str(len(body)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(site: Any) -> AsyncIterator[int]:
    bound, stop = listener.bind("127.0.0.1", 0), asyncio.Event()
    task = asyncio.create_task(server.serve(site, bound, stop))
    try:
        yield bound.getsockname()[1]
    finally:
        stop.set()
        await task


async def say(port: int, *requests: bytes) -> bytes:
    """What comes back until the server closes; the last request asks it to."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        except ConnectionRefusedError:
            await asyncio.sleep(0.02)
    writer.write(b"".join(requests))
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


GET = b"GET %s HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


async def test_what_is_ready_is_answered_without_a_call_and_the_connection_goes_on() -> None:
    site = Site()
    async with serving(site) as port:
        answer = await say(port, GET % b"/ready", GET % b"/large", LAST)
    assert site.called == ["GET /last"]
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert answer.count(b"date: ") == 3
    assert LARGE in answer
    assert answer.endswith(b"called")


async def test_answers_keep_the_order_of_their_requests() -> None:
    site = Site()
    async with serving(site) as port:
        answer = await say(port, GET % b"/slow", GET % b"/ready", LAST)
    assert site.called == ["GET /slow", "GET /ready", "GET /last"]  # what is ready does not overtake what is not
    assert answer.count(b"called") == 3


@pytest.mark.parametrize(
    "request_head",
    [
        b"POST /ready HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
        b"GET /ready HTTP/1.0\r\n\r\n",
        b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
async def test_what_needs_more_than_bytes_goes_to_the_application(request_head: bytes) -> None:
    site = Site()
    async with serving(site) as port:
        answer = await say(port, request_head)
    assert len(site.called) == 1
    assert b"called" in answer


async def test_head_has_no_body_and_a_body_that_nobody_wants_is_skipped() -> None:
    site = Site()
    async with serving(site) as port:
        with_body = b"GET /ready HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"
        answer = await say(port, b"HEAD /ready HTTP/1.1\r\nHost: x\r\n\r\n", with_body, LAST)
    assert answer.count(b"ready") == 1
    assert answer.count(b"200 OK") == 3


async def test_the_same_request_is_not_read_again_while_its_answer_holds() -> None:
    site = Site()
    site.until = math.inf
    async with serving(site) as port:
        await say(port, LAST)  # until it listens
        site.asked = 0
        for _ in range(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for _ in range(3):
                writer.write(GET % b"/ready")
                answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\nready"), 5)
                assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            writer.close()
        assert site.asked == 1
        site.until = 0.0  # the next answer holds no longer, and with it none
        await say(port, GET % b"/large", LAST)
        site.asked = 0
        assert b"ready" in await say(port, GET % b"/ready", LAST)
        assert site.asked == 1


async def test_what_looks_like_a_known_request_within_a_body_is_a_body() -> None:
    site = Site()
    site.until = math.inf
    known = GET % b"/ready"
    async with serving(site) as port:
        await say(port, LAST)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(known)
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\nready"), 5)
        assert site.asked == 1
        writer.write(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(known))
        while "POST /x" not in site.called:  # noqa: ASYNC110 - what it waits for is a list
            await asyncio.sleep(0.01)
        writer.write(known)
        assert (await asyncio.wait_for(reader.read(), 5)).endswith(b"called" + known)
        writer.close()


async def test_a_large_answer_that_is_known_is_whole_however_slowly_it_is_read() -> None:
    site = Site()
    site.until = math.inf
    async with serving(site) as port:
        await say(port, LAST)
        site.asked = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**16)
        for _ in range(4):
            writer.write(GET % b"/large")
            await asyncio.sleep(0.05)  # it fills all buffers on the way
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            assert b"content-length: 500000" in head
            assert await asyncio.wait_for(reader.readexactly(len(LARGE)), 5) == LARGE
        writer.close()
    assert site.asked == 1
