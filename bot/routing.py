"""Which channels an article goes to: a pure function of the settings and the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.settings import ChannelSettings
from feeds.models import Draft, Route

PREVIEW = "preview"
"""The channel of a desk that has no Telegram channel yet: a page shows it."""


def router(channels: Sequence[ChannelSettings]) -> Callable[[Draft], tuple[Route, ...]]:
    """The function that routes an article; with no channels everything goes to the preview."""

    def route(draft: Draft) -> tuple[Route, ...]:
        if not channels:
            return (Route(PREVIEW),)
        return tuple(Route(channel.chat, channel.hold) for channel in channels if wants(channel, draft.provinces))

    return route


def wants(channel: ChannelSettings, provinces: Sequence[str]) -> bool:
    """Whether a channel carries news of these provinces; one without provinces carries everything."""
    return not channel.provinces or not set(channel.provinces).isdisjoint(provinces)
