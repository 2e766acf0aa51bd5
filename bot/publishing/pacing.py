"""Telegram's limits, kept: which of the waiting messages may go now, and when to look again.

Everything here is a pure decision about data; `feeds.store.delivery.outbox` keeps the calls, `publisher` makes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feeds.models import ChannelState
from feeds.store.delivery.claims import Candidate, bucket_of
from feeds.store.delivery.rate import Rate

__all__ = ["Plan", "Rate", "Rates", "plan"]


SPARED = 6
"""One in so many calls is kept from followers."""
_ENOUGH_CALLS = 100
"""The first calls open connections, and take several round trips."""
_LONGEST_WAY = timedelta(seconds=0.25)


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of one bot token. Sends and edits count together.

    Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    overall: Rate = field(default_factory=lambda: Rate(30, 1))
    private: Rate = field(default_factory=lambda: Rate(1, 1))
    group: Rate = field(default_factory=lambda: Rate(20, 60))
    """Groups, supergroups and channels."""
    own: Mapping[str, Rate] = field(default_factory=dict)
    """By key, of the channels that have a limit of their own."""

    @property
    def followers(self) -> Rate:
        """The part of the bot's limit that goes to followers: the rest is free at any moment for posts and answers."""
        return Rate(max(self.overall.count - math.ceil(self.overall.count / SPARED), 1), self.overall.seconds)

    def overall_of(self, candidate: Candidate) -> Rate:
        """What a message may take of the bot's limit."""
        return self.followers if candidate.delivery.kind.personal else self.overall

    @property
    def horizon(self) -> timedelta:
        """How far back a call may count."""
        return max(rate.window for rate in (self.overall, self.private, self.group, *self.own.values()))

    def of(self, chat_id: int | None) -> Rate:
        """The rate of a chat: positive ids are private chats, all others are groups and channels."""
        return self.private if chat_id is not None and chat_id > 0 else self.group

    def of_channel(self, channel: ChannelState) -> Rate:
        """The rate of a channel: its own, or that of its chat."""
        return self.own.get(channel.key) or self.of(channel.chat_id)


@dataclass(slots=True)
class Travel:
    """How long calls and answers travel, at least: by so much earlier than its answer came, a call was counted.

    The platform counts a call when it arrives there. Between the arrival of one call and that of the next one that its
    window holds back lies the way back of the first answer and the way there of the next call, so half of the shortest
    round trip that was ever seen is on the safe side. Counting from the answer alone would cost a slow connection to
    Telegram a part of each second.
    """

    calls: int = 0
    shortest: timedelta = timedelta.max

    def counted(self, begun: datetime, answered: datetime) -> datetime:
        """From when a call counts that was answered just now."""
        self.calls += 1
        self.shortest = min(self.shortest, answered - begun)
        if self.calls < _ENOUGH_CALLS:
            return answered
        return max(begun, answered - min(self.shortest / 2, _LONGEST_WAY))


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now, and when to look again."""

    go: tuple[Candidate, ...]
    wake: datetime | None
    """When the next of the others may go; None where nothing waits."""


def plan(candidates: Sequence[Candidate], calls: Mapping[str, Sequence[datetime]], rates: Rates, now: datetime) -> Plan:
    """Choose among the first messages of all channels: urgent ones, then those of the channel that waited longest.

    Channels go before those who follow something, whatever there is for these.

    Args:
        candidates: the next message of each channel that has no call under way.
        calls: by chat, when calls count as made, newest first.
        rates: the limits.
        now: the moment of deciding.
    """
    made = sorted((at for times in calls.values() for at in times), reverse=True)
    go: list[Candidate] = []
    later: list[datetime] = []
    for candidate in sorted(candidates, key=_turn):
        opens = max(
            rates.overall_of(candidate).opens(made, now),
            rates.of_channel(candidate.channel).opens(calls.get(bucket_of(candidate.channel), ()), now),
            candidate.channel.not_before or now,
        )
        if opens > now:
            later.append(opens)
            continue
        go.append(candidate)
        made = sorted([*made, now], reverse=True)
    return Plan(tuple(go), min(later, default=None))


def _turn(candidate: Candidate) -> tuple[bool, bool, bool, float, int]:
    """Channels, then urgent ones, then the channel that was served longest ago, then the older article."""
    served = candidate.served.timestamp() if candidate.served else 0.0
    personal = candidate.delivery.kind.personal
    return personal, not candidate.delivery.urgent, candidate.served is not None, served, candidate.delivery.article_id
