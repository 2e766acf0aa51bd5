"""When a feed is polled again, and when it has been silent for too long. Pure functions of what is known and `now`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SHORTEST = timedelta(minutes=3)
LONGEST = timedelta(minutes=30)
"""A feed that publishes rarely is still looked at that often: its news is as urgent as another's."""
FIRST = timedelta(minutes=5)
PATIENCE = timedelta(hours=6)
"""The longest pause after failures: a source is never given up."""
HABIT = timedelta(hours=6)
"""What is believed of the habit of a source that has not shown one."""
FIRST_AGE = timedelta(days=1)
"""How old what a feed brings first, or changes late, may be to be posted."""
QUIETEST = timedelta(hours=12)
"""Any source may be silent for a night."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a successful poll found."""

    new: int = 0
    """Entries that were not known."""
    entries: int = 0
    """Entries in the feed; 0 for an unchanged one."""
    asked: timedelta | None = None
    """How long the feed (ttl) or its server (max-age) asks to be left alone."""


def next_interval(interval: timedelta, outcome: Outcome) -> timedelta:
    """The time until the next poll of a source that answered.

    News halves the interval, silence lengthens it by a fifth. A feed that holds only so many entries and showed none
    that was known may have lost some: it is polled at the shortest interval. What the feed asks for is granted up to
    the longest interval, because many ask for a day and publish each minute.
    """
    if outcome.new and outcome.new >= outcome.entries:
        wanted = SHORTEST
    else:
        wanted = interval / 2 if outcome.new else interval * 1.2
    asked = min(outcome.asked or timedelta(), LONGEST)
    return min(max(wanted, asked, SHORTEST), LONGEST)


def backoff(failures: int, retry_after: timedelta | None) -> timedelta:
    """The pause after the n-th failure in a row (from 1): doubled each time, and at least what the server asks for."""
    doubled = FIRST * (1 << min(max(failures - 1, 0), 10))
    return max(min(doubled, PATIENCE), retry_after or timedelta())


def spread(key: str, turn: datetime, pause: timedelta) -> timedelta:
    """A pause up to a tenth shorter, by the source and the time: polls that began together drift apart."""
    digest = hashlib.blake2b(f"{key} {turn.timestamp():.0f}".encode(), digest_size=2).digest()
    return pause * (1 - int.from_bytes(digest, "big") / 0xFFFF / 10)


def habit(old: timedelta | None, moments: Sequence[datetime]) -> timedelta | None:
    """The usual gap between two articles, learned slowly from the times of those that came.

    Articles of one moment, as of a feed whose dates have no clock, tell of no gap.

    Args:
        old: What was believed so far; None for nothing.
        moments: Times of publication, those of the newest article known before among them.
    """
    ordered = sorted(set(moments))
    for earlier, later in pairwise(ordered):
        gap = later - earlier
        old = gap if old is None else old + (gap - old) / 10
    return old


def silent_for(newest: datetime | None, usual: timedelta | None, now: datetime) -> timedelta | None:
    """How long a source has been silent, if that is longer than its habit; else None.

    Longer means ten of its usual gaps, and never less than a night: agencies sleep.
    """
    if newest is None:
        return None
    silence = now - newest
    return silence if silence > max(QUIETEST, 10 * (usual or HABIT)) else None
