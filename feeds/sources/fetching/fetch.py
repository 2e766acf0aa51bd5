"""Polite fetching: conditional, within limits of time and size, never from the desk's own network unless allowed.

A fetch ends in one of three ways: `Unchanged`, `Fetched`, or a `FetchError` that says why and when to come again.

Long, as each end of a fetch is one short function here, beside the one request that they share.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from io import BytesIO
from types import TracebackType
from typing import Any, BinaryIO, Self
from urllib.parse import urlsplit

import httpx

from feeds.sources.fetching import wire
from feeds.sources.fetching.addresses import absolute
from feeds.sources.fetching.guard import FetchError, refuse_private_name, refuse_private_peer
from feeds.sources.fetching.login import Login, is_same_site
from feeds.sources.fetching.refusals import cause, refusal, unreachable
from feeds.sources.fetching.unpack import Body, UnpackError

__all__ = ["FetchError", "Fetched", "Fetcher", "Limits", "Unchanged", "Wanted"]

AGENT = "Chapar/0.1 (news courier; feed reader)"
HOPS = 5
CONNECTIONS = 32
PER_HOST = 4
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_BEGINNING = 1 << 20  # bytes of a large body that are in memory
_LONGEST_VALIDATOR = 1000
_SECONDS = re.compile(r"\d{1,9}(?:\.\d*)?", re.ASCII)
_LINGERING = 1.0  # seconds that a server may take to close what it said it would
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one fetch may take."""

    size: int = 32 << 20
    """Bytes of the body, unpacked."""
    seconds: float = 20.0
    """From the first connection to the last byte, redirects included."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to fetch, and how."""

    url: str
    """Without user and password: it stands in messages."""
    etag: str = ""
    modified: str = ""
    proxy: str = field(default="", repr=False)
    allow_private: bool = False
    """Loopback and private addresses may be fetched from the host and port of `site`, and from no other."""
    site: str = ""
    """The address that the desk gave, where `url` only stands in what came from there; `url` itself by default."""
    login: Login | None = None
    """Sent to the site that it opens, and to no other that a redirect leads to."""
    agent: str = ""
    """The User-Agent; the fetcher's own by default."""
    accept: str = (
        "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
        "text/html;q=0.5, */*;q=0.5"  # some servers answer 406 to whoever does not name HTML
    )

    def may_be_private(self, url: str) -> bool:
        """Whether an address, of this fetch or of a redirect in it, may lead into a private network."""
        return self.allow_private and is_same_site(url, self.site or self.url)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304: what was fetched before still stands."""

    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body."""

    url: str
    """Where it came from, after all redirects."""
    body: bytes
    """Of a large one the beginning."""
    moved_to: str = ""
    """The address that a permanent redirect told us to use from now on."""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    max_age: timedelta | None = None
    """How long the server says that it stays as it is."""
    fault: str = ""
    """Why the body ends too early, by what its server said of it; a document in it may be whole all the same."""
    refused: bool = False
    """It came under a status that no feed has (`fault` says which): it is a feed only where it holds entries."""
    large: Body | None = field(default=None, repr=False)
    """A large body, whole, in its temporary file."""
    size: int = 0
    """Bytes of the whole body."""

    def open(self) -> BinaryIO:
        """The whole body, from its beginning; it ends with this."""
        if self.large is None or self.large.spilled is None:
            return BytesIO(self.body)
        self.large.spilled.seek(0)
        return self.large.spilled


class Fetcher:
    """Fetches many addresses at once, a few at a time from each host. An async context manager."""

    def __init__(self, limits: Limits | None = None, *, per_host: int = PER_HOST, agent: str = AGENT) -> None:
        self._limits = limits or Limits()
        self._agent = agent
        self._per_host = per_host
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._all = asyncio.Semaphore(CONNECTIONS)
        self._transports: dict[tuple[str, bool, bool], httpx.AsyncHTTPTransport] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def fetch(self, wanted: Wanted, limits: Limits | None = None) -> Fetched | Unchanged:
        """Fetch an address.

        Args:
            wanted: What to fetch.
            limits: Other limits than the fetcher's own.

        Raises:
            FetchError: nothing usable came; says why.
        """
        limits = limits or self._limits
        try:
            host = urlsplit(wanted.url).netloc.rpartition("@")[2].lower()
        except ValueError as error:
            raise FetchError(f"{wanted.url[:120]} is not an address: {error}") from None
        queue = self._hosts.setdefault(host, asyncio.Semaphore(self._per_host))
        async with queue, self._all:
            try:
                return await self._follow(wanted, limits)
            except TimeoutError:
                raise FetchError(_late(limits)) from None
            except httpx.ConnectError as error:
                raise FetchError(unreachable(error)) from None
            except httpx.ProxyError as error:
                raise FetchError(f"the proxy refuses: {cause(error)}") from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                raise FetchError(f"the connection broke: {cause(error)}") from None

    async def _follow(self, wanted: Wanted, limits: Limits) -> Fetched | Unchanged:
        """Follow redirects by hand: each hop is looked at, and only permanent ones are remembered."""
        url, moved_to, permanent = wanted.url, "", True
        deadline = asyncio.get_running_loop().time() + limits.seconds
        cookies = httpx.Cookies()  # some sites set one and redirect to the same page; it lives as long as this fetch
        for _ in range(HOPS + 1):
            async with asyncio.timeout_at(deadline):
                response = await self._request(wanted, url, cookies, limits)
            async with aclosing(response):
                if response.status_code not in _REDIRECTS:
                    result = await self._result(response, url, moved_to, limits, deadline)
                    if isinstance(result, Unchanged) and not (wanted.etag or wanted.modified):
                        raise FetchError("HTTP 304 although nothing was known of it: the server has trouble")
                    return result
                target = absolute(response.headers.get("location", ""), url)
            if not target:
                told = response.headers.get("location", "")[:80]
                raise FetchError(f"a redirect to nowhere ({told!r}): look for the feed's new address, or ask the site")
            permanent = permanent and response.status_code in _PERMANENT
            url, moved_to = target, target if permanent else moved_to
        raise FetchError(f"more than {HOPS} redirects, the last to {url[:120]}: the site sends us in a circle")

    async def _request(self, wanted: Wanted, url: str, cookies: httpx.Cookies, limits: Limits) -> httpx.Response:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url[:120]} is not an http or https address")
        may_be_private = wanted.may_be_private(url)
        if not may_be_private:
            refuse_private_name(parts.hostname)
        headers = {"User-Agent": wanted.agent or self._agent, "Accept": wanted.accept, "Accept-Encoding": "gzip, br"}
        if wanted.login and wanted.login.opens(url):
            headers["Authorization"] = wanted.login.header
        if wanted.etag:
            headers["If-None-Match"] = wanted.etag
        if wanted.modified:
            headers["If-Modified-Since"] = wanted.modified
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)
        extensions: dict[str, Any] = {"timeout": timeouts}
        if not may_be_private and not wanted.proxy:
            extensions["trace"] = refuse_private_peer
        raw = [(name.encode(), value.encode("latin-1", "ignore")) for name, value in headers.items()]
        request = httpx.Request("GET", url, headers=raw, extensions=extensions)
        if cookies:  # few sites have any, and to look costs a tenth of asking a feed that is unchanged
            cookies.set_cookie_header(request)
        response = await self._transport(
            wanted.proxy, may_be_private, tls=parts.scheme == "https"
        ).handle_async_request(request)
        response.request = request
        if "set-cookie" in response.headers:
            cookies.extract_cookies(response)
        return response

    def _transport(self, proxy: str, may_be_private: bool, *, tls: bool) -> httpx.AsyncHTTPTransport:
        """A pool of connections; those into private networks are kept apart, or another source could use them."""
        key = (proxy, may_be_private, tls)
        if key not in self._transports:
            pool = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
            transport = wire.transport(verify=_tls() if tls else _nobody(), limits=pool, proxy=proxy)
            self._stack.push_async_callback(transport.aclose)
            self._transports[key] = transport
        return self._transports[key]

    @staticmethod
    async def _result(
        response: httpx.Response, url: str, moved_to: str, limits: Limits, deadline: float
    ) -> Fetched | Unchanged:
        headers = response.headers
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Unchanged(_max_age(headers))
        # A whole feed comes under any success: 202 from caches that are not warm, 206 unasked.
        refused = "" if response.is_success else refusal(response.status_code, headers)
        if refused and not _may_be_feed(response):
            raise FetchError(refused, retry_after=_retry_after(headers), status=response.status_code)
        body = Body(headers.get("content-encoding", ""), limits.size)
        try:
            await _take(response, body, deadline)
        except TimeoutError:
            body.fault = _late(limits)
        except (httpx.HTTPError, UnpackError) as error:
            body.fault = f"the answer broke off: {cause(error)}"
        body.end()
        body.fault = refused or body.fault
        if body.fault and not body.size:
            raise FetchError(body.fault, status=response.status_code if refused else 0)
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", headers.get("content-type", ""), re.IGNORECASE)
        return Fetched(
            url=url,
            body=body.spilled.read(_BEGINNING) if body.spilled else bytes(body.data),
            moved_to=moved_to,
            charset=charset[1] if charset else "",
            etag=_validator(headers, b"etag"),
            modified=_validator(headers, b"last-modified"),
            max_age=_max_age(headers),
            fault=body.fault,
            refused=bool(refused),
            large=body if body.spilled else None,
            size=body.size,
        )


async def _take(response: httpx.Response, body: Body, deadline: float) -> None:
    """Read a body to its end; where the connection ends with it, what comes beyond the length that was told, too.

    Raises:
        TimeoutError: It goes on for too long.
        httpx.HTTPError: The connection broke.
        UnpackError: It is damaged.
    """
    told = response.extensions["network_stream"].get_extra_info(wire.TOLD_LENGTH)
    came, loop = 0, asyncio.get_running_loop()
    try:
        async with asyncio.timeout_at(deadline) as limit:
            async for chunk in response.aiter_raw():
                body.feed(chunk)
                came += len(chunk)
                if told is not None and came >= told:
                    limit.reschedule(min(deadline, loop.time() + _LINGERING))
    except TimeoutError:
        if told is None or came < told:
            raise
    if told is not None and came < told:
        raise httpx.RemoteProtocolError(f"{came:,} of {told:,} bytes came")


def _late(limits: Limits) -> str:
    return f"no whole answer within {limits.seconds:.0f} seconds"


@cache
def _tls() -> ssl.SSLContext:
    """Whom to trust, read once: for each round anew, it would cost as much as a dozen unchanged feeds."""
    return ssl.create_default_context()


@cache
def _nobody() -> ssl.SSLContext:
    """For connections without TLS: httpx wants a context all the same, and the certificates of the world are 2 MB."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _may_be_feed(response: httpx.Response) -> bool:
    """Whether a refusal may hold a feed all the same: WordPress says 404 over sound ones whose rules broke."""
    kind = response.headers.get("content-type", "").lower()
    return response.status_code in (404, 500) and ("xml" in kind or "json" in kind) and "html" not in kind


def _validator(headers: httpx.Headers, name: bytes) -> str:
    """A validator byte for byte, as Latin-1: some hold Persian letters. "" for one that is too long to be stored."""
    value = next((value for key, value in headers.raw if key.lower() == name), b"").strip()
    return value.decode("latin-1") if len(value) <= _LONGEST_VALIDATOR else ""


def _max_age(headers: httpx.Headers) -> timedelta | None:
    match = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", headers.get("cache-control", ""))
    return timedelta(seconds=int(match[1])) if match else None


def _retry_after(headers: httpx.Headers) -> timedelta | None:
    words = headers.get("retry-after", "").strip()
    try:
        wait = (
            timedelta(seconds=float(words))
            if _SECONDS.fullmatch(words)
            else parsedate_to_datetime(words) - datetime.now(UTC)
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta()), _LONGEST_WAIT)
