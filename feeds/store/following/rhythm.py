"""When somebody wants to hear: at once, in a digest at an hour of theirs, and not while they sleep. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
_DAY = 24


class Rhythm(StrEnum):
    """How often somebody hears."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which somebody sleeps, over midnight where they end before they begin.

    Args:
        begins: the first hour, 0 to 23, on the reader's clock.
        ends: the first hour after it.
    """

    begins: int
    ends: int

    @classmethod
    def parse(cls, text: str) -> Quiet | None:
        """The hours of `23-7`; None where the text names none."""
        found = _HOURS.fullmatch(text)
        begins, ends = (int(found[1]), int(found[2])) if found else (0, 0)
        return cls(begins, ends) if begins < _DAY and ends < _DAY and begins != ends else None

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it ends, if it is quiet now; None where it is not."""
        hour = now.astimezone(zone).hour
        if self.begins < self.ends:
            covered = self.begins <= hour < self.ends
        else:
            covered = hour >= self.begins or hour < self.ends
        return next(_at_hour(self.ends, now, zone)) if covered else None


def next_digest(rhythm: Rhythm, hour: int, weekday: int, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the next digest comes; None for who hears at once.

    Args:
        rhythm: how often.
        hour: 0 to 23, on the reader's clock.
        weekday: of a weekly one, as `date.weekday()`: Monday is 0.
        now: the moment; the digest comes later than it.
        zone: where the reader's clock is.
    """
    if rhythm is Rhythm.NOW:
        return None
    days = _at_hour(hour, now, zone)
    return next(day for day in days if rhythm is Rhythm.DAILY or day.astimezone(zone).weekday() == weekday)


def _at_hour(hour: int, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments after `now` at which it is that hour, one a day; of an hour that a day has not, the one after it."""
    day = now.astimezone(zone).replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    while True:
        moment = day.astimezone(UTC)
        if moment > now:
            yield moment
        day += timedelta(days=1)
