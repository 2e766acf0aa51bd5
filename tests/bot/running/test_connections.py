"""Clients that send nothing, or half a request, keep nobody out."""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.running import connections, listener, server

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def hello(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"hi"})


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    """A server; its port."""
    bound, stop = listener.bind("127.0.0.1", 0), asyncio.Event()
    task = asyncio.create_task(server.serve(hello, bound, stop))
    port = bound.getsockname()[1]
    try:
        while True:
            with suppress(ConnectionRefusedError):
                await ask(port)
                break
            await asyncio.sleep(0.02)
        yield port
    finally:
        stop.set()
        await task


async def ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST)
    answer = await asyncio.wait_for(reader.readuntil(b"hi"), 5)
    writer.close()
    return answer


async def test_a_head_that_does_not_end_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began = time.monotonic()
        for byte in (b"G", b"E", b"T", b" "):  # a byte now and then gives no more time
            writer.write(byte)
            await asyncio.sleep(0.05)
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""  # closed without a word
        assert time.monotonic() - began < 5
        writer.close()


async def test_empty_lines_are_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\r\n")
        with suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_a_connection_that_is_kept_may_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(REQUEST)
            assert b"200 OK" in await asyncio.wait_for(reader.readuntil(b"hi"), 5)
            await asyncio.sleep(0.4)
        writer.close()


async def test_whoever_asks_gets_in_past_any_number_that_send_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "most_connections", lambda: 20)
    idle = []
    async with serving() as port:
        with caplog.at_level(logging.WARNING):
            for _ in range(100):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET / HTTP/1.1\r\n")
                idle.append(writer)
            assert b"200 OK" in await ask(port)
        assert sum(record.levelno >= logging.WARNING for record in caplog.records) <= 1
        for writer in idle:
            writer.close()


def test_answers_do_not_wait_for_more_bytes() -> None:
    with listener.bind("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP


def test_handles_that_run_short_are_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connections.strain() == ""
    used = len(os.listdir("/dev/fd"))  # noqa: PTH208
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (used, used))
    assert "file handles are in use: raise the limit" in connections.strain()
