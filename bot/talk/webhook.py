"""Updates by webhook: Telegram posts them to the server of the pages, to whichever node stands behind the address.

A request without the secret token is nobody's: it gets an empty 403. An update is answered with 200 once it is handled,
or was handled before, here or elsewhere; a node that dies over it leaves it to Telegram's next try. The secret is made
of the bot's token, so all nodes know it and there is nothing to set.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import Update

from bot.talk.commands.context import Application
from bot.talk.once import Once

log = logging.getLogger(__name__)

PATH = "/telegram/updates"
HEADER = "x-telegram-bot-api-secret-token"
LARGEST = 1 << 20
"""Bytes of an update; Telegram's are a few kilobytes."""
PATIENCE_SECONDS = 25
"""For how long Telegram waits; an update that takes longer goes on all the same."""


def secret_of(token: str) -> str:
    """What Telegram shows with each update, so that nobody else can send one."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


class Webhook:
    """The pages' application with the webhook before it.

    Args:
        token: the bot's.
        once: which updates were taken.
        pages: answers everything else.
    """

    def __init__(self, token: str, once: Once, pages: ASGIApp | None = None) -> None:
        self.pages = pages
        self._secret = secret_of(token)
        self._once = once
        self._handling: set[asyncio.Task[None]] = set()
        self.application: Application | None = None
        """The bot; None while it is not ready."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if self.pages is not None and (scope["type"] != "http" or not scope["path"].endswith(PATH)):
            await self.pages(scope, receive, send)
            return
        status = await self._answer(Request(scope, receive))
        await Response(status_code=status)(scope, receive, send)

    async def _answer(self, request: Request) -> int:
        shown = request.headers.get(HEADER, "")
        if request.method != "POST" or not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return 403
        if self.application is None:  # Telegram comes again
            return 503
        update = await _update_of(request, self.application)
        if update is not None and await self._once.take([update]):
            await self._handle(self.application, update)
        return 200

    async def _handle(self, application: Application, update: Update) -> None:
        work = asyncio.create_task(_process(application, update))
        self._handling.add(work)
        work.add_done_callback(self._handling.discard)
        await asyncio.wait({work}, timeout=PATIENCE_SECONDS)


async def _process(application: Application, update: Update) -> None:
    await application.update_processor.process_update(update, application.process_update(update))


async def _update_of(request: Request, application: Application) -> Update | None:
    """The update of a request; None for what is none, which Telegram need not send again."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                log.warning("an update of more than %d bytes was left out", LARGEST)
                return None
        values: Any = json.loads(body)
        if not isinstance(values, dict) or not isinstance(values.get("update_id"), int):
            return None
        return Update.de_json(values, application.bot)
    except ClientDisconnect:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("an update could not be read (%s)", type(error).__name__)
        return None
