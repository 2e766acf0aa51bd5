"""The period that a search names: days, from one to another, or open at one end («از دیروز», «قبل از جمعه»)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from feeds.text.times import days
from feeds.text.times.days import Days, Named
from feeds.text.times.moments import NUMBERS


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, aware and UTC; `until` is exclusive; None where that end is open, and never both."""

    since: datetime | None
    until: datetime | None


def find(words: str, now: datetime, zone: tzinfo) -> tuple[Period | None, str]:
    """Take the first period that is named out of a search: «سیل دیروز» is yesterday, and «سیل».

    «دیروز و امروز» and «از دیروز تا امروز» are both days; «از دیروز» has no end and «تا ۵ مهر» no beginning.
    `feeds.text.times.days` says which days are known.
    """
    plain = days.plain(words)
    if hours := _HOURS.search(plain):
        rest = " ".join(f"{words[: hours.start()]} {words[hours.end() :]}".split())
        return Period(now.astimezone(UTC) - timedelta(hours=_hours(hours)), None), rest
    today = now.astimezone(zone).date()
    found = days.named(plain, today)
    if not found:
        return None, words
    start, end, first, last = _with_another(plain, found) or _alone(plain, found[0], today)
    rest = " ".join(f"{words[:start]} {words[end:]}".split())
    return Period(_midnight(first, zone), _midnight(last, zone)), rest


_COUNTED = {**NUMBERS, **days.NUMBERS, "چند": days.A_FEW["ساعت"]}
_HOURS = re.compile(
    rf"(?<!\w)(?:(?:در|طی|این) )?(?:{days.OTHER})?"
    rf"(?:(?:(?P<tens>بیست|سی|چهل|پنجاه) ?و ?)?(?P<count>[1-9]\d{{0,2}}|{'|'.join(_COUNTED)}) ?"
    r"ساعت ?(?:ی )?(?:گذشته|اخیر|پیش|قبل)|ساعت اخیر)(?!\w)"
)
"""«۲۴ ساعت گذشته»: the only stretch whose days would say too much."""


def _hours(match: re.Match[str]) -> float:
    tens, count = NUMBERS.get(match["tens"], 0), match["count"] or "یک"
    return tens + (_COUNTED.get(count) or int(count))


_Stretch = tuple[int, int, date | None, date | None]
"""Where it is named, its first day, and the day after its last; None where it is open."""

_TO = re.compile(r" ?(?:تا|الی|-|–) ?(?:روز )?")
_AND = re.compile(r" و (?:روز )?")
_BEFORE_BOTH = re.compile(r"(?<!\w)(?:(?:از|بین|فاصله) )+(?:روز )?$")
_BETWEEN = re.compile(r"(?<!\w)بین (?:روز )?$")

_OF_DAY = r"(?:(?:تاریخ|همان|همین|روز|صبح|ابتدای|اغاز|پایان|اخر|انتهای) )*$"
_EARLIER = re.compile(rf"(?<!\w)(?:تا )?(?:قبل|پیش) از {_OF_DAY}")
_LATER = re.compile(rf"(?<!\w)(?:از )?(?:بعد|پس) از {_OF_DAY}")
_UP_TO = re.compile(rf"(?<!\w)(?:تا|الی) {_OF_DAY}")
_SINCE = re.compile(rf"(?<!\w)از {_OF_DAY}")
_ONWARDS = re.compile(r" (?:به (?:بعد|این ?سو|این ?طرف)|تا ?(?:کنون|حالا|الان))(?!\w)")


def _with_another(plain: str, found: list[Named]) -> _Stretch | None:
    """The surest days and those that they are joined with."""
    chosen = found[0]
    for other in found[1:]:
        one, two = sorted((chosen, other))
        gap = plain[one.end : two.start]
        both = _BEFORE_BOTH.search(plain, 0, one.start)
        start = both.start() if both else one.start
        if _TO.fullmatch(gap) or (_AND.fullmatch(gap) and _BETWEEN.search(plain, 0, one.start)):
            ahead = two.days[1] <= one.days[0]  # «از دیروز تا ۵ مهر» before the fifth: it is still to come
            return start, two.end, one.days[0], None if ahead else two.days[1]
        if _AND.fullmatch(gap) and _touch(one.days, two.days):
            return one.start, two.end, min(one.days[0], two.days[0]), max(one.days[1], two.days[1])
    return None


def _touch(one: Days, two: Days) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _alone(plain: str, named: Named, today: date) -> _Stretch:
    """Days, and whether they are meant to begin or to end something."""
    first, last = named.days
    onwards = _ONWARDS.match(plain, named.end)
    end = onwards.end() if onwards else named.end

    def before(pattern: re.Pattern[str]) -> int | None:
        match = pattern.search(plain, 0, named.start)
        return match.start() if match else None

    if (start := before(_EARLIER)) is not None:
        return start, end, None, first
    if (start := before(_LATER)) is not None:
        return start, end, last, None
    if (start := before(_UP_TO)) is not None:
        return start, end, None, first + timedelta(days=1) if _until_now(named.days, today) else last
    if (start := before(_SINCE)) is not None or onwards:
        return named.start if start is None else start, end, first, None
    return named.start, named.end, first, last


def _until_now(named: Days, today: date) -> bool:
    """A stretch that lasts until today («۲ هفته پیش»): its end is now, and what is meant is its beginning."""
    return named[0] < today and named[1] == today + timedelta(days=1)


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) if day else None
