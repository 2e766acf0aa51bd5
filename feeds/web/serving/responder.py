"""Kept answers before all routing: who asks for what did not change gets bytes.

Whether anything changed is asked of the store's journal at most every `fresh_within` seconds, and before an answer is
given: so a change on any node is seen by who asks later than that. Where the journal can't be read, nothing kept is
given, and the view behind says what is wrong.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.errors import StoreError
from feeds.store.journal import Changes
from feeds.web.content import PRIVATE, Content
from feeds.web.serving.answer import Answer, Headers
from feeds.web.serving.shelf import ANYTHING, Key, Shelf
from feeds.web.timing import next_minute

log = logging.getLogger(__name__)

FRESH_WITHIN = 0.05
"""Seconds. A reader sees no text that was withdrawn longer ago than this and a look at the journal take."""
AHEAD = 0.6
"""The share of that time after which the next look begins, so that who asks meanwhile need not wait for it."""
MAKERS = 2
"""Pages that are made at a time. One waits for a disk while another works; more than two take the interpreter from each
other with every row that they read, and all of them together make fewer pages."""

FIELDS = frozenset((b"q", b"page", b"before", b"order", b"province", b"period", b"source", b"channel", b"key", b"v"))
"""What the views read of a query. All else is what apps and senders of letters add to a link (`utm_source`, `fbclid`),
another one for each reader: it makes no other page."""


def heard(query: bytes) -> bytes:
    """The query without the fields that nobody reads."""
    if not query:
        return query
    fields = query.split(b"&")
    return b"&".join(field for field in fields if field.partition(b"=")[0] in FIELDS)


class Responder:
    """Kept answers, and the application that makes the others."""

    app: ASGIApp
    """Who answers what is not kept; set once it is made, as it makes its answers through `answer`."""

    def __init__(
        self,
        since: Callable[[int | None], Changes],
        clock: Callable[[], datetime],
        everywhere: Mapping[str, str],
        *,
        fresh_within: float = FRESH_WITHIN,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Make an empty shelf.

        Args:
            since: What has changed after a number of the journal.
            clock: The time that pages are made for.
            everywhere: The headers that every answer carries.
            fresh_within: For how many seconds a look at the journal holds.
            changed: Is told when something has changed, on this node or on another.
        """
        self._since = since
        self._clock = clock
        self._everywhere = everywhere
        self._fresh_within = fresh_within
        self._changed = changed
        self._shelf = Shelf()
        self._seq: int | None = None
        self._looked = -1e9
        self._looking: asyncio.Task[None] | None = None
        self._making: dict[tuple[Key, int | None], asyncio.Task[Answer]] = {}
        self._looker = ThreadPoolExecutor(1, "journal")  # never behind the service's long work
        self._makers = ThreadPoolExecutor(MAKERS, "pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["query_string"]:
            scope = {**scope, "query_string": heard(scope["query_string"])}
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            if time.monotonic() - self._looked > self._fresh_within:
                await self._look()
            answer = self._shelf.get((scope["path"], scope["query_string"]), self._clock())
            if answer is not None:
                sent = scope["headers"]
                messages = answer.messages(scope["method"], sent) or await answer.made(
                    scope["method"], sent, self._makers
                )
                await send(messages[0])
                await send(messages[1])
                return
        await self.app(scope, receive, send)

    def at_once(self, method: bytes, url: bytes, headers: Headers) -> tuple[bytes, bytes, float] | None:
        """Head and body of a kept answer, for a server that asks before it calls; None: it has to call.

        The third is until when that is so without another question, by `time.monotonic`.

        Args:
            method: GET or HEAD.
            url: As it stands in the request.
            headers: Names in small letters.
        """
        age = time.monotonic() - self._looked
        if age > self._fresh_within:
            return None
        ahead = age > self._fresh_within * AHEAD
        if ahead:
            self._begin_look()
        path, _, query = url.partition(b"?")
        if not path.startswith(b"/") or not path.isascii() or b"#" in query:
            return None
        named = unquote(path.decode("ascii")) if b"%" in path else path.decode("ascii")
        answer = self._shelf.get((named, heard(query)), self._clock())
        ready = None if answer is None else answer.bytes_for(method, headers)
        return None if ready is None else (*ready, self._looked + self._fresh_within * (1 if ahead else AHEAD))

    async def answer(self, scope: Scope, make: Callable[[], Content]) -> Answer:
        """What a view makes, kept where it may be: one that is asked for by many at once is made once.

        Args:
            scope: The request: nothing of it but path and query may have a part in what is made.
            make: Makes the content, in a thread.
        """
        key, seq = (scope["path"], scope["query_string"]), self._seq
        task = self._making.get((key, seq))
        if task is None or task.done():
            task = self._making[key, seq] = asyncio.create_task(self._make(key, seq, make))
            task.add_done_callback(lambda _done: self._making.pop((key, seq), None))
        return await asyncio.shield(task)

    async def alone(self, make: Callable[[], Content]) -> Answer:
        """What a view makes for one client alone."""
        content = await asyncio.get_running_loop().run_in_executor(self._makers, make)
        return Answer(content, self._everywhere)

    async def _make(self, key: Key, seq: int | None, make: Callable[[], Content]) -> Answer:
        answer = await self.alone(make)
        content = answer.content
        lasting = content.status == 200 and content.cache != PRIVATE  # noqa: PLR2004
        # What changed while it was made may be missing in it.
        if lasting and (self._seq == seq is not None or not content.depends):
            self._shelf.put(
                key, answer, until=content.until or (next_minute(self._clock()) if content.depends else None)
            )
        return answer

    async def _look(self) -> None:
        await asyncio.shield(self._begin_look())

    def _begin_look(self) -> asyncio.Task[None]:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._heed())
        return self._looking

    async def _heed(self) -> None:
        """Look at the journal, and forget what has changed."""
        began = time.monotonic()
        try:
            changes = await asyncio.get_running_loop().run_in_executor(self._looker, self._since, self._seq)
        except StoreError as error:
            log.warning("whether pages have changed can't be told: %s", error)
            self._seq = None
            self._shelf.forget(frozenset((ANYTHING,)))
        else:
            self._shelf.forget(changes.tags)
            if self._seq is not None and changes.tags:
                self._changed()
            self._seq = changes.seq
        self._looked = began
