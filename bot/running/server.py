"""The pages and feeds over HTTP: uvicorn in the service's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from bot.running.connections import BoundedProtocol, most_connections

GRACE_SECONDS = 2


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: SIGTERM is the service's to catch."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(app: ASGIApp, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop` is set."""
    BoundedProtocol.most = most_connections()
    BoundedProtocol.ask(getattr(app, "at_once", None))
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    with suppress(asyncio.CancelledError):
        await serving
