"""What is answered, and how: conditional requests, compression and caching in one place (RFC 9110).

Pages and feeds are `Content`; `respond` turns it into 200 or 304, packed as the client asked. Packed bytes of content
that lives in memory are made once.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property, partial

import brotli
from starlette.requests import Request
from starlette.responses import Response

FRESH = "no-cache"
"""Kept, and asked about each time: a page is never stale, and mostly costs a 304."""
FOREVER = "public, max-age=31536000, immutable"
"""For addresses that hold a digest of their content."""
PRIVATE = "no-store"

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
"""Content codings, the better first."""
WORTH_PACKING = 1_000
"""Bytes; less is not worth the header."""


@dataclass(frozen=True)
class Content:
    """A body with what HTTP says of it."""

    body: bytes
    media_type: str
    """With its charset."""
    cache: str = FRESH
    modified: datetime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())

    @cached_property
    def tag(self) -> str:
        """A digest of the body: the ETag without quotes and without its coding."""
        return hashlib.sha256(self.body).hexdigest()[:24]

    @cached_property
    def _packed(self) -> dict[str, bytes]:
        return {"": self.body}

    def packed(self, coding: str) -> bytes:
        """The body in a content coding (`br`, `gzip`, or empty for none), made at the first call."""
        if coding not in self._packed:
            self._packed[coding] = PACKERS[coding](self.body)
        return self._packed[coding]


def respond(request: Request, content: Content) -> Response:
    """The answer to GET or HEAD; Starlette drops the body of HEAD."""
    coding = coding_for(request.headers.get("accept-encoding", ""), len(content.body))
    headers = {
        "etag": f'"{content.tag}{f"-{coding}" if coding else ""}"',
        "cache-control": content.cache,
        "vary": "accept-encoding",
        **dict(content.headers),
    }
    if content.modified:
        headers["last-modified"] = format_datetime(content.modified, usegmt=True)
    if content.status == 200 and is_known(content, request.headers):  # noqa: PLR2004
        return Response(status_code=304, headers=headers)
    if coding:
        headers["content-encoding"] = coding
    headers["content-type"] = content.media_type
    return Response(content.packed(coding), status_code=content.status, headers=headers)


def coding_for(accepted: str, size: int) -> str:
    """The best coding that a client takes: `br`, `gzip`, or empty for none."""
    if size < WORTH_PACKING:
        return ""
    weights = dict(_weight(part) for part in accepted.lower().split(",") if part.strip())
    usable = [coding for coding in PACKERS if weights.get(coding, weights.get("*", 0.0)) > 0]
    return max(usable, key=lambda coding: weights.get(coding, weights.get("*", 0.0)), default="")


def _weight(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        return name.strip(), float(parameter.partition("=")[2]) if parameter.strip() else 1.0
    except ValueError:
        return name.strip(), 0.0


def is_known(content: Content, headers: Mapping[str, str]) -> bool:
    """Whether the client has these bytes; If-None-Match, where it is sent, is the only word that counts."""
    if (tags := headers.get("if-none-match")) is not None:
        return any(_same_tag(tag.strip(), content.tag) for tag in tags.split(","))
    since = headers.get("if-modified-since")
    if since is None or content.modified is None:
        return False
    try:
        return parsedate_to_datetime(since) >= content.modified.replace(microsecond=0)
    except (ValueError, TypeError):
        return False


def _same_tag(sent: str, tag: str) -> bool:
    opaque = sent.removeprefix("W/").strip('"')
    return sent == "*" or opaque.removesuffix("-gzip").removesuffix("-br") == tag
