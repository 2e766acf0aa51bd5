"""How many calls may be made in how long, as a sliding window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_CALL = timedelta(minutes=1)
"""A call under way counts from when its caller's lease ends, which is no further ahead than this. One that is further
ahead is from before the clock was set back, and counts no more: else all would wait until the clock is there again."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` calls in any `seconds` seconds."""

    count: int
    seconds: float

    @property
    def window(self) -> timedelta:
        """The length of the window."""
        return timedelta(seconds=self.seconds)

    def opens(self, calls: Sequence[datetime], now: datetime) -> datetime:
        """When the next call may begin: `now`, or the moment the oldest call that counts leaves the window.

        Args:
            calls: when the answers to earlier calls came, newest first. A call counts from its answer: the server
                counted it no later than that, so its window never sees one call too many.
            now: the moment of asking.
        """
        counted = [at for at in calls if at <= now + LONGEST_CALL]
        if len(counted) < self.count:
            return now
        return max(now, counted[self.count - 1] + self.window)
