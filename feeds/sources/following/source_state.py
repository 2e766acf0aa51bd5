"""How a feed does, poll by poll: pure functions from what was known of it, and what came, to what is known now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from feeds.models import SourceState
from feeds.sources.fetching.fetch import Fetched
from feeds.sources.following import timing
from feeds.sources.reading.formats.syndication import Channel

_CLOCKS = timedelta(minutes=10)
"""How far the clocks of several nodes may differ."""
_DOUBTS = 6  # hours
_FARTHEST = timedelta(days=2)
"""No pause is as long, whatever a server asks for: a poll that is farther off was noted by mistake."""


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether it is time to poll a feed; what was noted while the clock was ahead holds nothing back."""
    ahead = state.polled is not None and state.polled - now > _CLOCKS
    return state.next_poll is None or state.next_poll <= now or state.next_poll - now > _FARTHEST or ahead


def is_doubtful(state: SourceState, now: datetime) -> bool:
    """Whether «unchanged» is not to be believed of a feed: it is silent beyond its habit, and is asked so now and then.

    Some servers say it for ever.
    """
    return now.hour % _DOUBTS == 0 and timing.silent_for(state.newest, state.habit, now) is not None


def failed(state: SourceState, reason: str, retry_after: timedelta | None, now: datetime) -> SourceState:
    """The state of a feed after a poll that brought nothing; what was remembered of its entries stays.

    Its validators do not: some servers stumble over being asked whether something changed (412, 400, 500).
    """
    failures = state.failures + 1
    pause = timing.backoff(failures, retry_after)
    if state.error and not state.failures:  # what was wrong with the feed itself is looked at again
        state = replace(state, digest="")
    return replace(
        state,
        etag="",
        modified="",
        polled=now,
        failures=failures,
        error=reason,
        damage="",
        next_poll=now + _spread(state, now, pause),
    )


def unchanged(state: SourceState, asked: timedelta | None, now: datetime) -> SourceState:
    """The state of a feed after a poll that found it as it was, with what is wrong with it."""
    interval = timing.next_interval(state.interval, timing.Outcome(asked=asked))
    return replace(
        state,
        polled=now,
        succeeded=now,
        failures=0,
        error="" if state.failures else state.error,
        damage="",
        interval=interval,
        next_poll=now + _spread(state, now, interval),
    )


def read_well(
    state: SourceState, answer: Fetched, channel: Channel, *, new: Sequence[datetime], entries: int, now: datetime
) -> SourceState:
    """The state of a feed after a poll that brought it, whole or in part.

    Args:
        state: What was known of it.
        answer: What came.
        channel: What it says of itself, and what is wrong with it.
        new: When its new articles were published.
        entries: How many it holds.
        now: The time of the poll.
    """
    before = [state.newest] if state.newest and state.newest <= now else []
    asked = max(channel.ttl or timedelta(), answer.max_age or timedelta())
    outcome = timing.Outcome(len(new) if state.succeeded else 0, entries, asked)
    interval = timing.next_interval(state.interval, outcome)
    # A feed that was cut off is asked for whole again; what servers say of a body's length is wrong of many.
    whole = not channel.cut_off
    return replace(
        state,
        title=channel.title,
        site=channel.site,
        etag=answer.etag if whole else "",
        modified=answer.modified if whole else "",
        digest=digest_of(answer) if whole else "",
        polled=now,
        succeeded=now,
        newest=max([*new, *before], default=None),
        habit=timing.habit(state.habit, [*new, *before]),
        entries=entries,
        failures=0,
        error=(not whole and answer.fault) or channel.fault,
        damage="",
        interval=interval,
        next_poll=now + _spread(state, now, interval),
    )


def postponed(state: SourceState, now: datetime) -> SourceState:
    """The state of a feed that came and could not be dealt with yet: it is asked for again soon."""
    return replace(state, next_poll=now + _spread(state, now, timing.SHORTEST))


def digest_of(answer: Fetched) -> str:
    """What tells one body from another."""
    digest, body = hashlib.sha256(), answer.open()
    while chunk := body.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()[:32]


def is_first(state: SourceState) -> bool:
    """Whether what a feed holds now is news to us as a whole: it was never read, or never in one piece."""
    return state.succeeded is None or not state.entries or not state.digest


def _spread(state: SourceState, now: datetime, pause: timedelta) -> timedelta:
    return timing.spread(state.key, now, pause)
