"""A feed's user and password: taken out of its address at the entrance, and sent to its own site alone.

What is logged, stored and shown is the address without them, so no place that shows one can give them away.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Login:
    """What opens a site. Its `repr` shows nothing of it."""

    words: str = field(repr=False)
    """`user:password`, percent-encoded as in the address; a token may stand alone."""
    site: str = field(repr=False)
    """An address of the site that it is for."""

    @property
    def header(self) -> str:
        """The value of `Authorization` (RFC 7617)."""
        user, _, password = self.words.partition(":")
        return "Basic " + b64encode(unquote_to_bytes(user) + b":" + unquote_to_bytes(password)).decode()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The words that no line of a log may hold."""
        user, _, password = self.words.partition(":")
        encoded = password or user
        return tuple({encoded, unquote_to_bytes(encoded).decode(errors="replace"), self.header[6:]})

    def opens(self, url: str) -> bool:
        """Whether an address is of the site that it is for."""
        return is_same_site(url, self.site)

    def into(self, url: str) -> str:
        """The address with it, as the desk writes it."""
        return url.replace("://", f"://{self.words}@", 1)


def apart(url: str) -> tuple[str, Login | None]:
    """An address without its user and password, and these; what is no address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, None
    words, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, None
    bare = urlunsplit(parts._replace(netloc=host))
    return bare, Login(words, bare) if words.strip(":") else None


def is_same_site(url: str, site: str) -> bool:
    """Whether an address has the host and port of another; https is as good as http, not the reverse."""
    ours, theirs = _origin(site), _origin(url)
    upgraded = ours[::2] == ("http", 80) and theirs[::2] == ("https", 443)
    return bool(ours[1]) and (ours == theirs or (upgraded and ours[1] == theirs[1]))


def _origin(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0
