"""A reader of the site, and what tests do to have something to read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from starlette.types import ASGIApp

from feeds.models import Article

Save = Callable[..., Article]
"""Stores an article."""
Publish = Callable[[dict[str, Any]], None]
"""Settles what waits for the preview channel, with that payload."""


class Visitor:
    """Asks the application, as a browser would, without a socket between."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        """One answer; header names are written with underscores."""
        return self.get_all([path], method=method, **headers)[0]

    def get_all(self, paths: list[str], *, method: str = "GET", **headers: str) -> list[httpx.Response]:
        """The answers to requests that are all under way at once."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def ask() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await asyncio.gather(*(client.request(method, path, headers=named) for path in paths))

        return asyncio.run(ask())

    def ask(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> httpx.Response:
        """One answer to a request of any path and query, as they stand after decoding."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            url = httpx.URL("http://localhost/").copy_with(raw_path=quote(path).encode() + _query(query))
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            async with httpx.AsyncClient(transport=transport) as client:
                return await client.request(method, url, headers=named)

        return asyncio.run(ask())


def _query(query: Mapping[str, str]) -> bytes:
    return f"?{urlencode(query)}".encode() if query else b""
