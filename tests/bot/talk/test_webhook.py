"""Updates by webhook: none without the secret, each once, on whichever node they come."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from empty_store import empty_store
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from telegram_server.api import Api
from telegram_server.limits import Limits
from telegram_server.server import TelegramServer

from bot.publishing.pacing import Rates
from bot.talk import application
from bot.talk.answers import Answers
from bot.talk.once import Once
from bot.talk.replies import ReplyPacer
from bot.talk.webhook import HEADER, PATH, Webhook, secret_of
from feeds.store import Store, open_store

LIMITS = Limits(overall=(10**6, 1.0), private=(10**6, 1.0))


def pages() -> Starlette:
    return Starlette(routes=[Route("/", lambda _request: PlainTextResponse("pages"))])


class Node:
    """A node that handles what comes to it."""

    def __init__(self, name: str, api: Api, url: str, store: Store) -> None:
        once = Once(store, name)
        self.webhook = Webhook(api.token, once, pages())
        answers = Answers(store, ZoneInfo("Asia/Tehran"), "https://news.example")
        pacer = ReplyPacer(store, Rates())
        self.bot = application.build(api.token, answers, pacer, api_url=url, once=once)
        self.leader = application.build(api.token, answers, pacer, api_url=url, once=once)
        self.secret = secret_of(api.token)

    async def post(self, body: Any, *, secret: str | None = None, method: str = "POST") -> int:
        headers = {HEADER: self.secret if secret is None else secret}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        transport = httpx.ASGITransport(app=self.webhook)
        async with httpx.AsyncClient(transport=transport, base_url="https://news.example") as client:
            return (await client.request(method, PATH, content=content, headers=headers)).status_code


@asynccontextmanager
async def nodes(folder: Path, count: int = 2) -> AsyncIterator[tuple[Api, list[Node]]]:
    api = Api(limits=LIMITS)
    async with AsyncExitStack() as stack:
        server = stack.enter_context(TelegramServer.running(api))
        store = stack.enter_context(open_store(empty_store(folder)))
        made = [Node(f"node-{number}", api, server.url, store) for number in range(count)]
        stop = asyncio.Event()
        tasks = [asyncio.create_task(application.listen(node.bot, node.webhook, stop)) for node in made]
        address = f"https://news.example{PATH}"
        tasks.append(asyncio.create_task(application.lead(made[0].leader, address, made[0].secret, stop)))
        began = time.monotonic()
        while not (api.webhook and all(node.webhook.application for node in made)):
            assert time.monotonic() - began < 20
            await asyncio.sleep(0.02)
        try:
            yield api, made
        finally:
            stop.set()
            await asyncio.gather(*tasks)


def update(api: Api, text: str, number: int = 1) -> dict[str, Any]:
    api._private(7001)
    sender = {"id": 7001, "is_bot": False, "first_name": "کاربر"}
    chat = {"id": 7001, "type": "private", "first_name": "کاربر"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": text},
    }


def replies(api: Api) -> list[str]:
    return [message.text for message in api._private(7001).history if message.by_bot]


async def test_an_update_is_handled_once_on_whichever_nodes_it_comes(tmp_path: Path) -> None:
    async with nodes(tmp_path) as (api, (one, other)):
        assert api.webhook == f"https://news.example{PATH}"
        both = await asyncio.gather(one.post(update(api, "/help")), other.post(update(api, "/help")))
        assert both == [200, 200]
        assert await one.post(update(api, "/help")) == 200
        assert await other.post(update(api, "/follow", 2)) == 200
        assert len(replies(api)) == 2


@pytest.mark.parametrize("secret", ["", "wrong", "x" * 64])
async def test_who_does_not_know_the_secret_is_refused(tmp_path: Path, secret: str) -> None:
    async with nodes(tmp_path, 1) as (api, (node,)):
        assert await node.post(update(api, "/help"), secret=secret) == 403
        assert replies(api) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"update_id": "x"}', b'{"message": 1}', b"1" * (2 << 20)]
)
async def test_what_is_no_update_is_left_out_and_harms_nobody(tmp_path: Path, body: bytes) -> None:
    async with nodes(tmp_path, 1) as (api, (node,)):
        assert await node.post(body) == 200
        assert await node.post(update(api, "/help", 9)) == 200
        assert len(replies(api)) == 1


async def test_a_node_that_is_not_ready_leaves_the_update_to_the_next_try(tmp_path: Path) -> None:
    with open_store(empty_store(tmp_path)) as store:
        webhook = Webhook("1:a", Once(store, "node"), pages())
        transport = httpx.ASGITransport(app=webhook)
        async with httpx.AsyncClient(transport=transport, base_url="https://news.example") as client:
            answer = await client.post(PATH, content=b"{}", headers={HEADER: secret_of("1:a")})
            assert answer.status_code == 503
            assert (await client.get("/")).text == "pages"
