"""The Bot API over HTTP on 127.0.0.1, with the faults of real networks.

As a fixture:      with TelegramServer.running() as server: … TELEGRAM_API_URL=server.url …
On the command line: python -m telegram_server.server --port 8081 (with `tests` on PYTHONPATH)
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import email
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import h11
from telegram_server.api import Api
from telegram_server.chats import File
from telegram_server.faults import Fault, Kind

_AFTER = {Kind.ERROR_AFTER, Kind.DROP_AFTER, Kind.SLOW_AFTER, Kind.GARBAGE_AFTER}


class TelegramServer:
    """A Bot API server; `api` holds what it knows and what it was asked.

    Args:
        api: the state behind it.
        port: 0 for any free one.
        latency: seconds from a request to its processing, and again to the answer.
    """

    def __init__(self, api: Api | None = None, *, port: int = 0, latency: float = 0.0) -> None:
        self.api = api or Api()
        self.port = port
        self.latency = latency
        self._server: asyncio.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connections: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    @contextmanager
    def running(cls, api: Api | None = None, *, port: int = 0, latency: float = 0.0) -> Iterator[TelegramServer]:
        """A server in a thread of its own."""
        server = cls(api, port=port, latency=latency)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="telegram-server", daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    async def start(self) -> None:
        """Listen; after `stop`, on the same port again."""
        self._loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections, and cut those that are open."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._connections):
            writer.transport.abort()
        this = asyncio.current_task()
        pending = [task for task in asyncio.all_tasks() if task is not this and task.get_name() == "connection"]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    def outage(self) -> None:
        """Be gone (from another thread) until `back`."""
        self._run(self.stop)

    def back(self) -> None:
        """End the outage."""
        self._run(self.start)

    def _run(self, work: Callable[[], Any]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work(), self._loop).result(10)

    # One connection -------------------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name("connection")
        self._connections.add(writer)
        try:
            connection = h11.Connection(h11.SERVER)
            while await self._exchange(connection, reader, writer):
                connection.start_next_cycle()
        except (ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._connections.discard(writer)
            writer.close()

    async def _exchange(
        self, connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """One request and its answer; whether the connection goes on."""
        request, body = None, b""
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                break
            elif isinstance(event, h11.ConnectionClosed):
                return False
        assert request is not None
        status, answer = await self._answer(request, body)
        if answer is None:
            writer.transport.abort()
            return False
        headers = [("content-type", "application/json"), ("content-length", str(len(answer)))]
        writer.write(connection.send(h11.Response(status_code=status, headers=headers)) or b"")
        writer.write(connection.send(h11.Data(data=answer)) or b"")
        writer.write(connection.send(h11.EndOfMessage()) or b"")
        await writer.drain()
        return connection.our_state is h11.DONE

    async def _answer(self, request: h11.Request, body: bytes) -> tuple[int, bytes | None]:
        """Status and body; None to cut the connection."""
        target = urlsplit(request.target.decode())
        parameters = _parameters(request, target.query, body)
        parts = unquote(target.path).strip("/").split("/")
        if len(parts) != 2 or not parts[0].startswith("bot"):
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        token, method = parts[0].removeprefix("bot"), parts[1]
        await self._pause(self.latency)
        fault = self.api.faults.next(method.lower(), self.api.chat_of(parameters))
        if fault is not None and fault.kind not in _AFTER | {Kind.SLOW}:
            return self._fail(fault, parameters)
        answer = self.api.answer(token, method, parameters)
        if method.lower() == "getupdates" and answer["ok"] and not answer["result"]:
            answer = await self._poll(token, method, parameters)
        await self._pause(self.latency)
        if fault is not None:
            return await self._spoil(fault, answer)
        return int(answer.get("error_code", 200)), json.dumps(answer).encode()

    async def _poll(self, token: str, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Long polling: wait for an update as long as the bot asked for."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + float(parameters.get("timeout", 0))
        while not self.api.updates and clock() < deadline:  # noqa: ASYNC110  # injected by other threads
            await asyncio.sleep(0.02)
        return self.api.answer(token, method, parameters)

    def _fail(self, fault: Fault, parameters: dict[str, Any]) -> tuple[int, bytes | None]:
        """A fault that strikes before anything is processed."""
        code, body = 502, {"ok": False, "error_code": 502, "description": fault.description or "Bad Gateway"}
        match fault.kind:
            case Kind.DROP_BEFORE:
                return 0, None
            case Kind.TOO_MANY:
                code = 429
                seconds = int(fault.seconds)
                chat_id = self.api.chat_of(parameters)
                if chat_id is not None:
                    self.api.limits.punish(chat_id, seconds, self.api.clock())
                body = {
                    "ok": False,
                    "error_code": 429,
                    "description": f"Too Many Requests: retry after {seconds}",
                    "parameters": {"retry_after": seconds},
                }
            case Kind.BLOCKED | Kind.REFUSED:
                code = 403 if fault.kind is Kind.BLOCKED else 400
                said = fault.description or "Forbidden: bot is not a member of the channel chat"
                body = {"ok": False, "error_code": code, "description": said}
            case Kind.STATUS:
                code = fault.code
                body = {"ok": False, "error_code": code, "description": fault.description or "Not Found"}
            case _:
                pass
        return code, json.dumps(body).encode()

    async def _spoil(self, fault: Fault, answer: dict[str, Any]) -> tuple[int, bytes | None]:
        """A fault that strikes after the call was processed."""
        match fault.kind:
            case Kind.DROP_AFTER:
                return 0, None
            case Kind.ERROR_AFTER:
                return 504, b'{"ok":false,"error_code":504,"description":"Gateway Timeout"}'
            case Kind.GARBAGE_AFTER:
                return 200, b"<html>Please log in to the network</html>"
            case _:
                await self._pause(fault.seconds)
                return int(answer.get("error_code", 200)), json.dumps(answer).encode()

    async def _pause(self, seconds: float) -> None:
        if seconds:
            await asyncio.sleep(seconds)


def _parameters(request: h11.Request, query: str, body: bytes) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = next((value.decode() for name, value in request.headers if name == b"content-type"), "")
    if "json" in kind and body:
        parameters |= json.loads(body)
    elif "urlencoded" in kind:
        parameters |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif "multipart" in kind:
        parameters |= _parts(kind, body)
    return parameters


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    """The fields and files of a form."""
    form = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    parts: dict[str, Any] = {}
    for part in form.iter_parts():
        data = part.get_payload(decode=True)
        name, file = part.get_param("name", header="content-disposition"), part.get_filename()
        parts[str(name)] = File(file, data) if file else data.decode()
    return parts


def main() -> None:
    """Serve until interrupted, and say at the end what came."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--port", type=int, default=8081)
    arguments.add_argument("--token", default=Api.token)
    arguments.add_argument("--platform", choices=("telegram", "bale"), default="telegram")
    arguments.add_argument("--channel", type=int, default=-1001234567890)
    chosen = arguments.parse_args()
    api = Api(token=chosen.token, platform=chosen.platform)
    channel = api.add_channel(chosen.channel)
    with TelegramServer.running(api, port=chosen.port) as server:
        sys.stdout.write(
            f"TELEGRAM_API_URL={server.url} TELEGRAM_TOKEN={api.token} TELEGRAM_CHANNEL={channel.id}" + "\n"
        )
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    for message in channel.history:
        sys.stdout.write(f"--- {message.id}\n{message.text}" + "\n")


if __name__ == "__main__":
    main()
