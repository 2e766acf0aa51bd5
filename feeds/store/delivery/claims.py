"""What is done with a delivery: the next one of a channel, the wish to send it, and the claim to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feeds.models import ChannelState, Delivery
from feeds.store.delivery.rate import Rate


@dataclass(frozen=True, slots=True)
class Candidate:
    """The next thing to do in a channel."""

    delivery: Delivery
    channel: ChannelState
    served: datetime | None = None
    """When the channel was last served."""
    target: int | None = None
    """The message that an edit or a deletion is about."""


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """A candidate with what shall be sent for it."""

    candidate: Candidate
    payload: Mapping[str, Any] | None
    rendered: int
    """The revision of the article that the payload shows; the claim fails where a newer one was stored meanwhile."""
    rate: Rate
    overall: Rate | None = None
    """The part of the limit of all chats that it may take; None for all of it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is ours until the lease ends, and the call that was counted for it."""

    delivery: Delivery
    channel: ChannelState
    call: int
    lease_until: datetime
    target: int | None = None
    counted: datetime | None = None
    """From when the call counts, where that is known better than by the moment of settling."""


def bucket_of(channel: ChannelState) -> str:
    """The chat that calls are counted for: `@name` and the id are one chat, so the id where it is known."""
    return channel.key if channel.chat_id is None else str(channel.chat_id)
