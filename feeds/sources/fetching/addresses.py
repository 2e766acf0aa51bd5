"""Addresses as they stand in feeds and pages -> addresses that can be fetched and shown."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
"""The hosts that channels of Telegram have pages on."""

_CHANNEL = re.compile(r"/(?:s/)?(?P<name>(?!s/)[A-Za-z][A-Za-z0-9_]{3,31})/?")
_UNENCODED = "/:;@!$&'()*+,=~%?-._[]"
_STRAY_PERCENT = re.compile(r"%(?![\da-fA-F]{2})")
_LONGEST_URL = 4000  # characters; no server takes more, and a Persian slug has six for each letter


def absolute(address: str, base: str) -> str:
    """An address as a whole http(s) URL, percent-encoded; "" where it is none.

    Links of Iranian agencies hold raw Persian slugs; what is encoded already stays as it is.
    """
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    host = f"[{host}]" if ":" in host else host
    path, query, fragment = map(_encoded, (parts.path, parts.query, parts.fragment))
    url = urlunsplit((parts.scheme, host + port, path, query, fragment))
    return url if len(url) <= _LONGEST_URL else ""


def public_page(url: str) -> str:
    """What is fetched for a source's address: of a Telegram channel its public page (t.me/s/NAME), else the address."""
    parts = urlsplit(url)
    channel = _CHANNEL.fullmatch(parts.path)
    if (parts.hostname or "").lower().removeprefix("www.") not in TELEGRAM or channel is None:
        return url
    return f"https://t.me/s/{channel['name']}"


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_UNENCODED, errors="replace")
