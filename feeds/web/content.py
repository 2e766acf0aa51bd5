"""What is answered, and what a request says of it: conditions and content codings (RFC 9110).

Pages and feeds are `Content`; `feeds.web.serving` turns it into 200 or 304, packed as the client asked.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property, lru_cache, partial

import brotli

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
    depends: frozenset[str] = frozenset("*")
    """What it shows, by the tags of the store's journal; `*`: any article may change it."""
    until: datetime | None = None
    """When it has to be made anew although nothing has changed: «۱۲ دقیقه پیش» is true for a minute, which is also what
    a page has that depends on something and does not say."""
    path: str = ""
    """The file that it is read from, and its mark: it is what it is while the file is."""
    mark: tuple[int, int] | None = None

    @cached_property
    def tag(self) -> str:
        """A digest of the body: the ETag without quotes and without its coding."""
        return hashlib.sha256(self.body).hexdigest()[:24]


@lru_cache(maxsize=256)
def coding_for(accepted: str, worth_packing: bool) -> str:
    """The best coding that a client takes: `br`, `gzip`, or empty for none."""
    if not worth_packing:
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
