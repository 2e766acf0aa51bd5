"""A web server that answers as it is told to, well or badly."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A site on the loopback address: `pages` holds what each path answers with."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer = site.pages.get(self.path)
                try:
                    (answer or reply(b"", status=404))(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def reply(
    body: bytes, *, status: int = 200, kind: str = "application/rss+xml; charset=utf-8", **headers: str
) -> Answer:
    """A plain answer; header names are given with underscores."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def validated(body: bytes, etag: str) -> Answer:
    """An answer that is not repeated to whoever has it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        (reply(b"", status=304, ETag=etag) if known else reply(body, ETag=etag))(handler)

    return answer


def item(
    number: int, *, title: str = "", text: str = "", link: str = "", guid: str = "", age: timedelta | None = None
) -> str:
    """An item of an RSS feed; numbers make it unlike any other."""
    published = format_datetime(datetime.now(UTC) - (age if age is not None else timedelta(minutes=number)))
    title = title or f"گشایش طرح شمارهٔ {number} در استان قم"
    text = text or f"قم – طرح شمارهٔ {number} با حضور مردم و مسئولان شهر گشایش یافت و {number * 3} نفر را به کار گرفت."
    return (
        f"<item><title>{escape(title)}</title><description>{escape(text)}</description>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f"<guid isPermaLink='false'>{escape(guid)}</guid>" if guid else "")
        + f"<pubDate>{published}</pubDate></item>"
    )


def feed(*items: str, head: str = "") -> bytes:
    """An RSS feed of these items."""
    return f'<rss version="2.0"><channel><title>نمونه</title>{head}{"".join(items)}</channel></rss>'.encode()
