"""Addresses as they stand in feeds and pages -> addresses that can be fetched and shown."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from feeds.sources.fetching.guard import FetchError, refuse_private_name

TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
"""The hosts that channels of Telegram have pages on."""

_CHANNEL = re.compile(r"/(?:s/)?(?P<name>(?!s/)[A-Za-z][A-Za-z0-9_]{3,31})/?")
_UNENCODED = "/:;@!$&'()*+,=~%?-._[]"
_STRAY_PERCENT = re.compile(r"%(?![\da-fA-F]{2})")
_LONGEST_URL = 4000  # characters; no server takes more, and a Persian slug has six for each letter
_LONGEST_WRITTEN = 2 * _LONGEST_URL  # with all that people put around one; what is longer is not looked at
_PORTS = {"http": 80, "https": 443}
EDGES = "\"'<> \t\r\n\0\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
_AGAIN = re.compile(r"(?<!\s)\s+https?://.*", re.IGNORECASE | re.DOTALL)
"""A second address behind the first."""
_BROKEN = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_SCHEME = re.compile(r"(?:h(?:tt?ps?|tttps?):?|feed::?)(?://?)(?=[^/])|https?:/{3,}", re.IGNORECASE)
_TWICE = re.compile(r"(?:https?:/*|feed::?(?://)?)(?=https?:/)", re.IGNORECASE)
_GOOGLE = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?(?:[^#]*&)?(?:url|q)=(https?[^&#]+)", re.IGNORECASE)
"""What Google's alerts put before the address of an article."""
_AMPERSAND = re.compile(r"&(?:amp;)+")
_WINDOWS = re.compile(r"[^?#]*")
"""The part of an address in which browsers take a backslash for a slash."""
_BARE = re.compile(
    r"(?:www\.[^\s/?#]+\.[^\s/?#]+|(?:[a-z\d-]+\.)+(?:ir|com|org|net|news|info|af|tj)(?=[:/?#]))(?:[:/?#]|$)",
    re.IGNORECASE,
)
"""A host without a scheme: what begins with `www.`, or ends as sites' names do."""
_SITE = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_PLACEHOLDERS = frozenset({"#", "-", "n/a", "none", "null", "nil", "undefined", "about:blank"})
_PRIVATE_ZONES = (".lan", ".home", ".corp", ".intranet", ".localdomain", ".home.arpa", ".private")


def absolute(address: str, base: str) -> str:
    """An address as a whole http(s) URL, percent-encoded; "" where it is none.

    Links of Iranian agencies hold raw Persian slugs; what is encoded already stays as it is. Set right is what people
    and templates get wrong: no scheme, two, a mistyped one, line breaks within, `&amp;` that was escaped twice, the
    backslashes of Windows. Nothing (and `#`) leads nowhere, not to the page that it stands in.
    """
    words = _AGAIN.sub("", address[:_LONGEST_WRITTEN].strip(EDGES))
    words = _AMPERSAND.sub("&", _BROKEN.sub("", words))
    if told := _GOOGLE.match(words):
        words = unquote(told[1])
    if "\\" in words:
        words = _WINDOWS.sub(lambda path: path[0].replace("\\", "/"), words, count=1)
    if words.lower() in _PLACEHOLDERS or not words or len(address) > _LONGEST_WRITTEN:
        return ""
    try:
        words = _with_scheme(words)
        parts = urlsplit(words if words.startswith(("https://", "http://")) else urljoin(base, words))
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    if re.search(r"[\s<>\"'\\^`{|}]", host):
        return ""
    host = f"[{host}]" if ":" in host else host
    path, query, fragment = map(_encoded, (parts.path, parts.query, parts.fragment))
    url = urlunsplit((parts.scheme, host + port, path, query, fragment))
    return url if len(url) <= _LONGEST_URL else ""


def reaches_readers(url: str, origin: str) -> bool:
    """Whether an address may be shown to readers: not into a network that is the desk's own.

    Args:
        url: An absolute address.
        origin: The feed or page that names it; what stands on its very host and port may be shown, as the feed itself
            could only be fetched there because the desk allows it.
    """
    there = _place(url)
    return bool(there[0]) and (_is_public(there[0]) or there == _place(origin))


@lru_cache(maxsize=4096)
def _is_public(host: str) -> bool:
    if ("." not in host and ":" not in host) or host.endswith(_PRIVATE_ZONES):
        return False
    try:
        refuse_private_name(host)
    except FetchError:
        return False
    return True


def _with_scheme(words: str) -> str:
    """An address with the scheme that it lacks, or that was mistyped (`http:/`, `https//`, `http://https://`)."""
    if words.startswith(("https://", "http://")) and not words[7:].startswith(("/", "http", "ttp")):
        return words
    words = _TWICE.sub("", words)
    if scheme := _SCHEME.match(words):
        return f"{'https' if 's' in scheme[0].lower() else 'http'}://{words[scheme.end() :]}"
    return f"https://{words}" if _BARE.match(words) else words


def _place(url: str) -> tuple[str, int | None]:
    site = _SITE.match(url)
    return _host_and_port(site[0]) if site else ("", None)


@lru_cache(maxsize=4096)
def _host_and_port(site: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(site)
        return (parts.hostname or "").rstrip(".").lower(), parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", None


def public_page(url: str) -> str:
    """What is fetched for a source's address: of a Telegram channel its public page (t.me/s/NAME), else the address."""
    parts = urlsplit(url)
    channel = _CHANNEL.fullmatch(parts.path)
    if (parts.hostname or "").lower().removeprefix("www.") not in TELEGRAM or channel is None:
        return url
    return f"https://t.me/s/{channel['name']}"


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_UNENCODED, errors="replace")
