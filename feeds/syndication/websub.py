"""WebSub: tell a hub which of our feeds have changed, and it tells those who follow them (W3C Recommendation, 2018).

What a feed was when the hub last heard of it is remembered in the store, by all nodes and over restarts: the hub hears
of each change once, and of nothing that is no change.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import httpx

from feeds.errors import FeedError
from feeds.redaction import redact
from feeds.store import Store
from feeds.syndication.channel import Channel
from feeds.syndication.items import FORMATS

_TOLD = "websub:"
"""What the names of what the hub has heard begin with, among the store's key values."""
SECONDS = 10.0
"""For an answer of the hub."""


def topics(channel: Channel) -> tuple[str, ...]:
    """What a hub knows a feed by: its address in each format."""
    return tuple(channel.address(form.ending) for form in FORMATS)


def news_of(store: Store, folder: Path, channel: Channel) -> str:
    """The state of a feed's files that the hub has to hear of; empty where it has heard of it, or nothing is in it."""
    state, is_empty = _state(folder, channel)
    if not state or store.key_values.get(_TOLD + channel.slug) == state:
        return ""
    return "" if is_empty and store.key_values.get(_TOLD + channel.slug) is None else state


def tell(client: httpx.Client, channel: Channel) -> None:
    """Tell the hub of a feed that it has changed.

    Raises:
        FeedError: it did not take it; nothing is lost, it can be told again.
    """
    for topic in topics(channel):
        try:
            answer = client.post(channel.hub, data={"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
        except httpx.HTTPError as error:
            raise FeedError(f"WEBSUB_HUB={redact(channel.hub)}: {type(error).__name__}: {error}") from error
        if not answer.is_success:
            said = " ".join(answer.text.split())[:100]
            raise FeedError(f"WEBSUB_HUB={redact(channel.hub)} answered {answer.status_code} {said}")


def remember(store: Store, channel: Channel, state: str, now: datetime) -> None:
    """The hub has heard of this state."""
    store.key_values.put(_TOLD + channel.slug, state, now)


def _state(folder: Path, channel: Channel) -> tuple[str, bool]:
    """A digest of a feed's files, empty where one is missing; and whether nothing is in them."""
    try:
        files = [(folder / f"{channel.slug}.{form.ending}").read_bytes() for form in FORMATS]
    except OSError:
        return "", True
    digest = hashlib.sha256(b"\0".join((channel.hub.encode(), *files))).hexdigest()[:32]
    return digest, b"<item>" not in files[0]
