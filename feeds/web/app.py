"""The ASGI application: addresses, and what every answer has in common."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from feeds.errors import StoreError
from feeds.store import Store
from feeds.syndication import FORMATS, OPML_FILE, OPML_MEDIA_TYPE
from feeds.web.archive import archive_views
from feeds.web.contacts import Contact
from feeds.web.content import FOREVER, Content, respond
from feeds.web.desk_door import DeskDoor
from feeds.web.feed_cache import FeedCache
from feeds.web.machine_views import machine_views
from feeds.web.pages import Message, Pages, static_file, static_version
from feeds.web.views import NotFoundError, Views

log = logging.getLogger(__name__)

View = Callable[[Request], Content]

STATIC = {
    "style.css": "text/css; charset=utf-8",
    "preview.css": "text/css; charset=utf-8",
    "suggest.js": "text/javascript; charset=utf-8",
    "theme.js": "text/javascript; charset=utf-8",
    "copy.js": "text/javascript; charset=utf-8",
    "vazirmatn.woff2": "font/woff2",
    "icon.svg": "image/svg+xml",
    "icon.png": "image/png",
    "icon-512.png": "image/png",
    "favicon.ico": "image/vnd.microsoft.icon",
}
HEADERS = {
    # Scripts of ours suggest, copy and switch to dark; pictures of agencies come from anywhere.
    "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "font-src 'self'; manifest-src 'self'; img-src 'self' https: http:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
HSTS = {"strict-transport-security": "max-age=31536000"}
"""Where readers come by https."""
A_DAY = "public, max-age=86400"

NOT_FOUND = Message(404, "این صفحه نیست", "شاید نشانی نادرست است، یا خبر برداشته شده است.")
NOT_ALLOWED = Message(405, "این کار شدنی نیست", "این نشانی را فقط می‌توان خواند.")
NOT_WRITTEN = Message(503, "هنوز آماده نیست", "این خوراک تا چند ثانیهٔ دیگر نوشته می‌شود. کمی بعد دوباره بیایید.")
BROKEN = Message(500, "چیزی درست کار نکرد", "خطا ثبت شد و به آن می‌رسیم. کمی بعد دوباره بیایید.")
STORE_AWAY = Message(503, "بایگانی در دسترس نیست", "چند لحظهٔ دیگر دوباره بیایید.")


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def create_app(
    store: Store,
    *,
    public_url: str,
    feeds_dir: Path,
    zone: ZoneInfo,
    status: Callable[[], Mapping[str, Any]] | None = None,
    site_name: str = "چاپار",
    preview_channel: str = "preview",
    door: DeskDoor | None = None,
    strain: Callable[[], str] = str,
    contacts: Callable[[], Sequence[Contact]] = tuple,
    clock: Callable[[], datetime] = utc_now,
) -> Starlette:
    """The pages and feeds as an ASGI application. It only reads.

    Args:
        store: Where articles, deliveries and problems are.
        public_url: The address of the pages as readers see it; behind a proxy it may hold a path.
        feeds_dir: Where `feeds.syndication.write` writes.
        zone: The zone in which times are shown.
        status: What the service says of itself on the status page: JSON-able values, `sources` and `ticks` among them.
        site_name: The name in the masthead.
        preview_channel: The channel that `/preview` opens with.
        strain: Why something runs short, in a sentence, for `/healthz`; empty while nothing does.
        door: What opens `/status` and the reasons of `/healthz`; by default, sitting at this machine.
        contacts: The channels and the bot that pages lead to, as they are now.
        clock: The time, for «۱۲ دقیقه پیش» and for the periods of a search.
    """
    pages = Pages(public_url=public_url, zone=zone, site_name=site_name, contacts=contacts)
    views = Views(store, pages, clock, preview_channel, status or dict, door or DeskDoor(), strain)
    serve = partial(_serve, views)
    app = Starlette(
        routes=[
            Route("/", serve(views.home)),
            Route("/p/{slug}", serve(views.province)),
            Route("/provinces", serve(views.provinces)),
            Route("/search", serve(views.search)),
            Route("/suggest", serve(views.suggest)),
            Route("/preview", serve(views.preview)),
            Route("/status", serve(views.status)),
            Route("/healthz", serve(views.health)),
            Route("/feeds", serve(views.feeds)),
            Route("/about", serve(views.about)),
            *(Route(path, serve(view)) for path, view in archive_views(views)),
            *(Route(path, serve(view)) for path, view in machine_views(views)),
            *_feed_routes(views, feeds_dir),
            *_static_routes(),
        ],
        middleware=[Middleware(_EveryAnswer, headers=HEADERS | (HSTS if public_url.startswith("https://") else {}))],
        exception_handlers={404: partial(_not_found, views), 405: partial(_not_allowed, views)},
    )
    app.router.redirect_slashes = False  # Starlette's redirects repeat whatever Host a stranger sends: see `_not_found`
    return app


def _serve(views: Views, view: View) -> Callable[[Request], Response]:
    """A view as an endpoint: run in a thread by Starlette, its errors told to the reader and to the log."""

    def endpoint(request: Request) -> Response:
        try:
            content = view(request)
        except NotFoundError:
            content = views.message(NOT_FOUND)
        except StoreError as error:
            content = _failure(views, request, STORE_AWAY, error)
        except Exception as error:  # noqa: BLE001 - the reader gets a page, the log gets the traceback
            content = _failure(views, request, BROKEN, error)
        return respond(request, content)

    return endpoint


def _failure(views: Views, request: Request, message: Message, error: Exception) -> Content:
    error_id = secrets.token_hex(4)
    log.error("%s %s failed [%s]: %s", request.method, request.url.path, error_id, error, exc_info=error)
    return views.message(replace(message, error_id=error_id))


def _not_found(views: Views, request: Request, _error: Exception) -> Response:
    """The page for an address that is none; one with a slash too many leads to what it means."""
    path = request.url.path.rstrip("/")
    if path != request.url.path and path:
        query = f"?{request.url.query}" if request.url.query else ""
        return Response(status_code=308, headers={"location": f"/{path.lstrip('/')}{query}"})
    return respond(request, views.message(NOT_FOUND))


def _not_allowed(views: Views, request: Request, error: Exception) -> Response:
    headers = error.headers if isinstance(error, HTTPException) else None
    response = respond(request, views.message(NOT_ALLOWED))
    response.headers.update(headers or {})
    return response


def _feed_routes(views: Views, folder: Path) -> list[Route]:
    """The feeds, from memory."""
    media_types = {
        f"{channel.slug}.{form.ending}": form.media_type for channel in views.pages.channels for form in FORMATS
    }
    cache = FeedCache(folder, media_types | {OPML_FILE: OPML_MEDIA_TYPE})

    async def feed(request: Request) -> Response:
        name = request.path_params.get("name", OPML_FILE)
        if not cache.knows(name):
            return respond(request, views.message(NOT_FOUND))
        content = cache.get(name)
        if content is None:
            return respond(request, replace(views.message(NOT_WRITTEN), headers=(("retry-after", "30"),)))
        return respond(request, content)

    return [Route("/feeds/{name}", feed), Route("/opml", feed)]


def _static_routes() -> list[Route]:
    """The style sheet and the icons, from memory; for ever where their address holds their digest."""
    lasting = {name: Content(static_file(name), media_type, cache=FOREVER) for name, media_type in STATIC.items()}
    passing = {name: replace(content, cache=A_DAY) for name, content in lasting.items()}

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in passing:
            raise HTTPException(404)
        is_its_own = request.query_params.get("v") == static_version(name)
        return respond(request, (lasting if is_its_own else passing)[name])

    async def favicon(request: Request) -> Response:
        return respond(request, passing["favicon.ico"])

    return [Route("/static/{name}", static), Route("/favicon.ico", favicon)]


class _EveryAnswer:
    """The headers that every answer carries."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: ASGIMessage) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
