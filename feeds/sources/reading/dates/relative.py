"""Dates that are told from now, as lists of headlines tell them: «۲ ساعت پیش», «دیروز ۱۰:۳۰», `3 hours ago`. Pure.

Written by hand for the same reasons as `moments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from feeds.sources.reading.dates.clocks import clock_in, time_of

_SECOND, _MINUTE, _HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_UNITS = {
    **dict.fromkeys(("ثانیه", "second", "seconds", "sec", "secs", "s"), _SECOND),
    **dict.fromkeys(("دقیقه", "دقیقهای", "minute", "minutes", "min", "mins", "m"), _MINUTE),
    **dict.fromkeys(("ساعت", "ساعتی", "hour", "hours", "hr", "hrs", "h"), _HOUR),
    **dict.fromkeys(("روز", "day", "days", "d"), _DAY),
    **dict.fromkeys(("هفته", "week", "weeks", "w"), 7 * _DAY),
    **dict.fromkeys(("ماه", "month", "months"), 30 * _DAY),
    **dict.fromkeys(("سال", "year", "years"), 365 * _DAY),
}
_COUNTS = {
    **{
        name: number for number, name in enumerate(["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"], 1)
    },
    **dict.fromkeys(("a", "an", "one"), 1),
}
_VAGUE = {
    **dict.fromkeys(("لحظاتی", "لحظه ای", "لحظهای", "چند لحظه", "ثانیههایی"), _SECOND),
    **dict.fromkeys(("دقایقی", "دقیقههایی", "چند دقیقه", "few minutes"), 5 * _MINUTE),
    **dict.fromkeys(("نیم ساعت", "نیمساعت", "half an hour"), 30 * _MINUTE),
    **dict.fromkeys(("ساعتی", "ساعاتی", "چند ساعت"), 3 * _HOUR),
}
_NOW = ("هم اکنون", "هماکنون", "همین الان", "اکنون", "just now", "now")
_DAYS = {
    **dict.fromkeys(("امروز", "امشب", "today"), 0),
    **dict.fromkeys(("دیروز", "دیشب", "yesterday"), 1),
    **dict.fromkeys(("پریروز", "پریشب"), 2),
}

_LABEL = (
    r"(?:(?:تاریخ|زمان|ساعت)? ?(?:منتشر|ارسال|انتشار|درج|بروزرسانی|به روز رسانی|بهروزرسانی|posted|published|updated)"
    r"(?: (?:شده|شد|در|on))* ?:? ?)?"
)
_PAST = r"(?:پیش|قبل|گذشته|ago)"


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_COUNTED = re.compile(
    rf"{_LABEL}(?:حدود |about )?(?P<count>\d{{1,3}}|{_any(_COUNTS)}) ?(?P<unit>{_any(_UNITS)})"
    rf"(?: و (?P<more>\d{{1,2}}) (?P<lesser>{_any(_UNITS)}))? ?{_PAST}\.?"
)
_VAGUELY = re.compile(rf"{_LABEL}(?:a )?(?P<vague>{_any(_VAGUE)}) ?{_PAST}\.?")
_RIGHT_NOW = re.compile(rf"{_LABEL}(?:{_any(_NOW)})")
_ON_A_DAY = re.compile(rf"{_LABEL}(?P<day>{_any(_DAYS)})(?P<clock>\b.*)?")
_SIGNS = re.compile(r"[\s,،|/–-]*(?:(?:at|در|ساعت)\b)?[\s,،|:–-]*")


def is_relative(words: str) -> bool:
    """Whether words, in lower case with Latin figures, are a date told from now and nothing else."""
    return any(form.fullmatch(words) for form in (_COUNTED, _VAGUELY, _RIGHT_NOW)) or _day_and_clock(words) is not None


def moment(words: str, now: datetime, zone: tzinfo) -> datetime | None:
    """What words in lower case with Latin figures mean now; None where they are no such date.

    Whole days («۲ روز پیش») are midnight of that day at the site, like all dates without a clock.
    """
    if match := _COUNTED.fullmatch(words):
        ago = _size(match["count"], match["unit"]) + (
            _size(match["more"], match["lesser"]) if match["more"] else 0 * _DAY
        )
        return _midnight((now - ago).astimezone(zone).date(), zone) if _UNITS[match["unit"]] >= _DAY else now - ago
    if match := _VAGUELY.fullmatch(words):
        return now - _VAGUE[match["vague"]]
    if _RIGHT_NOW.fullmatch(words):
        return now
    found = _day_and_clock(words)
    if found is None:
        return None
    back, since_midnight = found
    return min(_midnight(now.astimezone(zone).date() - back * _DAY, zone) + since_midnight, now)


def _size(count: str, unit: str) -> timedelta:
    return (_COUNTS.get(count) or int(count)) * _UNITS[unit]


def _day_and_clock(words: str) -> tuple[int, timedelta] | None:
    """How many days ago, and the time of day: «دیروز ساعت ۱۰:۳۰»; None where anything else stands there."""
    match = _ON_A_DAY.fullmatch(words)
    if match is None:
        return None
    rest = match["clock"] or ""
    clock = clock_in(rest)
    if clock is None:
        return (_DAYS[match["day"]], timedelta()) if not rest.strip() else None
    beside = rest[: clock.start()], rest[clock.end() :]
    return (_DAYS[match["day"]], time_of(clock)) if all(map(_SIGNS.fullmatch, beside)) else None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
