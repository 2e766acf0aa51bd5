"""Where else the news is to be had: the channels and the bot, which every page leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A channel or a bot."""

    name: str
    """As it is shown: a channel's title, a bot's name."""
    url: str
    """Its public address."""
    is_bot: bool = False
    provinces: tuple[str, ...] = ()
    """The slugs of the provinces that a channel is about; empty for all."""


def nearest(contacts: Sequence[Contact], province: str = "") -> list[Contact]:
    """What a page leads to: one channel, that of its province before one of all the country, and the bot."""
    channels = [contact for contact in contacts if not contact.is_bot]
    own = [channel for channel in channels if province and province in channel.provinces]
    general = [channel for channel in channels if not channel.provinces]
    bots = [contact for contact in contacts if contact.is_bot]
    return [*(own or general or channels)[:1], *bots[:1]]
