"""Addresses that Telegram keeps: it drops a malformed link without a word, and refuses a post for a bad button."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bot.posts.style import Platform

LONGEST = 2000
"""A longer address would leave no room for the story where links are written out."""

# Controls; marks, embeddings, overrides and isolates of direction, which foreign text must not bring into our lines;
# lone surrogates, which no JSON can carry; characters that are none.
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def safe_link(url: str) -> str:
    """An address in ASCII, without what would end the attribute or confuse a parser; empty where it is none."""
    url = UNSEEN.sub("", url).strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    if ":" in host:
        host = f"[{host}]"
    elif host == "localhost":  # Telegram drops links to names without a dot; this is the same machine
        host = "127.0.0.1"
    elif not re.fullmatch(r"[a-z0-9._-]+", host):
        return ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    fragment = quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?")
    place = f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}"
    address = f"{place}{path}{f'?{query}' if query else ''}{f'#{fragment}' if fragment else ''}"
    return address if len(address) <= LONGEST else ""


def linkable(url: str) -> bool:
    """Whether Telegram keeps a link to this (safe) address: it drops names without a dot without a word."""
    host = urlsplit(url).hostname or ""
    return ":" in host or bool(re.fullmatch(r"[^.]+(\.[^.]+)+", host))


def is_public(url: str) -> bool:
    """Whether a (safe) address names a host on the internet: a button to any other is refused, with its post."""
    host = urlsplit(url).hostname or ""
    return linkable(url) and ":" not in host and not host.rpartition(".")[2].isdigit()


def deep_link(platform: Platform, bot: str, payload: str) -> str:
    """The address that starts a conversation with a bot (by its username), which hears `/start payload`."""
    host = "ble.ir" if platform == "bale" else "t.me"
    return f"https://{host}/{bot}?start={payload}"
