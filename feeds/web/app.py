"""The ASGI application: addresses, and what every answer has in common."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
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
from feeds.search import LONGEST
from feeds.store import Store
from feeds.syndication import FORMATS, OPML_FILE, Site
from feeds.syndication.channel import ALL
from feeds.web.archive import archive_views
from feeds.web.composing.contacts import Contact
from feeds.web.content import FOREVER, Content
from feeds.web.desk_door import DeskDoor
from feeds.web.machine_views import machine_views
from feeds.web.misaddressed import leading_to
from feeds.web.pages import Message, Pages, static_file, static_version
from feeds.web.serving.answer import as_response
from feeds.web.serving.responder import FRESH_WITHIN, Responder
from feeds.web.syndicated import NoSuchFeedError, NotWrittenError, Syndicated
from feeds.web.views import NotFoundError, Views

log = logging.getLogger(__name__)

View = Callable[[Request], Content]
Endpoint = Callable[[Request], Awaitable[Response]]

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
    site: Site | None = None,
    fresh_within: float = FRESH_WITHIN,
    changed: Callable[[], None] = lambda: None,
) -> ASGIApp:
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
        site: Whose feeds they are, where these have a hub, or what was written of them is shared with the writer.
        fresh_within: For how many seconds a look at what has changed holds.
        changed: Is told when articles have changed, on this node or on another.
    """
    site = Site(public_url.rstrip("/"), zone, site_name) if site is None else site
    pages = Pages(public_url=public_url, zone=zone, site_name=site_name, contacts=contacts)
    views = Views(store, pages, clock, preview_channel, status or dict, door or DeskDoor(), site, strain)
    headers = HEADERS | (HSTS if public_url.startswith("https://") else {})
    responder = Responder(store.journal.since, clock, headers, fresh_within=fresh_within, changed=changed)
    public, alone = partial(_public, views, responder), partial(_alone, views, responder)
    app = Starlette(
        routes=[
            Route("/", public(views.home)),
            Route("/p/{slug}", public(views.province)),
            Route("/provinces", public(views.provinces)),
            Route("/urgent", public(views.urgent)),
            Route("/sources/{slug}", public(views.agency)),
            Route("/corrections", public(views.corrections)),
            Route("/search", public(views.search)),
            Route("/suggest", public(views.suggest)),
            Route("/preview", alone(views.preview)),
            Route("/status", alone(views.status)),
            Route("/healthz", alone(views.health)),
            Route("/feeds", public(views.feeds)),
            Route("/about", public(views.about)),
            *(Route(path, public(view)) for path, view in archive_views(views)),
            *(Route(path, public(view)) for path, view in machine_views(views)),
            *_feed_routes(public, Syndicated(store, site, feeds_dir, clock)),
            *_static_routes(public),
        ],
        middleware=[Middleware(_EveryAnswer, headers=headers)],
        exception_handlers={
            404: partial(_not_found, views, responder),
            405: partial(_not_allowed, views, responder),
        },
    )
    app.router.redirect_slashes = False  # Starlette's redirects repeat whatever Host a stranger sends: see `_not_found`
    responder.app = app
    return responder


def _public(views: Views, responder: Responder, view: View) -> Endpoint:
    """A view that is the same for everybody who asks for its path and query: kept, and made once."""

    async def endpoint(request: Request) -> Response:
        return as_response(await responder.answer(request.scope, partial(_content, views, view, request)))

    return endpoint


def _alone(views: Views, responder: Responder, view: View) -> Endpoint:
    """A view that looks at who asks, or must always be of this moment."""

    async def endpoint(request: Request) -> Response:
        return as_response(await responder.alone(partial(_content, views, view, request)))

    return endpoint


def _content(views: Views, view: View, request: Request) -> Content:
    """What a view makes of a request; its errors are told to the reader and to the log."""
    try:
        return view(request)
    except (NotFoundError, NoSuchFeedError):
        return _missing(views, request)
    except NotWrittenError:
        return replace(views.message(NOT_WRITTEN), headers=(("retry-after", "5"),))
    except StoreError as error:
        return _failure(views, request, STORE_AWAY, error)
    except Exception as error:  # noqa: BLE001 - the reader gets a page, the log gets the traceback
        return _failure(views, request, BROKEN, error)


def _failure(views: Views, request: Request, message: Message, error: Exception) -> Content:
    error_id = secrets.token_hex(4)
    log.error("%s %s failed [%s]: %s", request.method, request.url.path, error_id, error, exc_info=error)
    return views.message(replace(message, error_id=error_id))


def _missing(views: Views, request: Request) -> Content:
    """The way to what an address is meant to be, or the page that says that it is none."""
    path = request.scope["path"]  # the URL of Starlette has some of its signs encoded again, and others left out
    bare = f"/{path.strip('/')}"
    if bare not in (path, "/"):  # one with a slash too many
        return _way(views, bare, request.url.query, status=308)
    if meant := leading_to(path):
        return _way(views, meant, request.url.query, status=301)
    return views.message(NOT_FOUND)


def _way(views: Views, path: str, query: str, *, status: int) -> Content:
    location = f"{views.pages.base}{quote(path)}{f'?{query}' if query else ''}"
    return Content(b"", "text/plain; charset=utf-8", status=status, headers=(("location", location),), cache=A_DAY)


async def _not_found(views: Views, responder: Responder, request: Request, _error: Exception) -> Response:
    return as_response(await responder.alone(partial(_missing, views, request)))


async def _not_allowed(views: Views, responder: Responder, _request: Request, error: Exception) -> Response:
    headers = error.headers if isinstance(error, HTTPException) and error.headers else {}
    content = await asyncio.to_thread(views.message, NOT_ALLOWED)
    return as_response(await responder.alone(lambda: replace(content, headers=tuple(headers.items()))))


def _feed_routes(public: Callable[[View], Endpoint], syndicated: Syndicated) -> list[Route]:
    """The feeds, their archives, and those of a search."""

    def search(request: Request) -> Content:
        ending = request.path_params["ending"]
        if ending not in {form.ending for form in FORMATS}:
            raise NoSuchFeedError
        typed = request.query_params.get("q", "")[:LONGEST].strip()
        return syndicated.search(typed, ending) if typed else syndicated.file(f"{ALL}.{ending}")

    return [
        Route("/feeds/archive/{path:path}", public(lambda request: syndicated.archive(request.path_params["path"]))),
        Route("/feeds/{name:path}", public(lambda request: syndicated.file(request.path_params["name"]))),
        Route("/opml", public(lambda _request: syndicated.file(OPML_FILE))),
        Route("/search.{ending}", public(search)),
    ]


def _static_routes(public: Callable[[View], Endpoint]) -> list[Route]:
    """The style sheet and the icons; for ever where their address holds their digest."""
    still: frozenset[str] = frozenset()
    lasting = {
        name: Content(static_file(name), media_type, cache=FOREVER, depends=still)
        for name, media_type in STATIC.items()
    }
    passing = {name: replace(content, cache=A_DAY) for name, content in lasting.items()}

    def static(request: Request) -> Content:
        name = request.path_params["name"]
        if name not in passing:
            raise NotFoundError
        is_its_own = request.query_params.get("v") == static_version(name)
        return (lasting if is_its_own else passing)[name]

    return [
        Route("/static/{name}", public(static)),
        Route("/favicon.ico", public(lambda _request: passing["favicon.ico"])),
    ]


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
