"""A moment as people write it: «فردا ۱۰», «۲ ساعت دیگر», «جمعه ساعت ۱۸:۳۰», `1405/01/01 10:00`, `2026-03-21T10:00`.

For what is to happen: a day without a year is the next such day, and a moment that is past is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from persiantools.jdatetime import JalaliDate

from feeds.text.times.jalali import MONTHS

_FIGURES = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك\u200c", "01234567890123456789یک ")
_UNITS = {
    **dict.fromkeys(("دقیقه", "minute", "minutes", "min"), timedelta(minutes=1)),
    **dict.fromkeys(("ساعت", "hour", "hours", "h"), timedelta(hours=1)),
    **dict.fromkeys(("روز", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("هفته", "week", "weeks"), timedelta(weeks=1)),
}
_DIGITS = "یک دو سه چهار پنج شش هفت هشت نه ده"
NUMBERS: dict[str, float] = {word: number for number, word in enumerate(_DIGITS.split(), 1)}
NUMBERS |= {"پانزده": 15, "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "نیم": 0.5, "ربع": 0.25, "یک ربع": 0.25}
_DAYS = {"امروز": 0, "today": 0, "امشب": 0, "tonight": 0, "فردا": 1, "tomorrow": 1, "پس فردا": 2, "پسفردا": 2}
_WEEKDAYS = ("دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")  # as `date.weekday`
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SPAN = re.compile(
    rf"(?:in )?(?P<count>\d{{1,6}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}) ?(?P<unit>{'|'.join(_UNITS)})"
    r"(?P<half> و نیم)?(?: (?:دیگر|دیگه|بعد|later|from now))?"
)
_CLOCK = re.compile(
    r"(?:(?:ساعت|at|t) ?)?(?<!\d)(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?::\d{2})?"
    r"(?: ?(?P<half>صبح|بامداد|ظهر|عصر|بعدازظهر|بعد از ظهر|شب|am|pm))?$"
)
_PARTS = {"صبح": time(8), "ظهر": time(12), "عصر": time(17), "شب": time(21)}
"""What a part of the day is taken for, where no hour is said."""
_DATE = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\d)")
_NAMED = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})(?: ماه)?(?: (?P<year>\d{{4}}))?")
NOW = frozenset(("now", "الان", "اکنون", "حالا", "همین حالا", "همین الان"))
"""What means at once; `read` takes moments to come alone."""
_JALALI = range(1300, 1600)
_NOON = 12
_SMALL_HOURS = 5
"""«۲ شب» is after midnight; «۸ شب» is before it."""
_FAR = timedelta(days=2 * 366)
"""What is further ahead is a slip of the pen."""


def read(words: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that is meant, in UTC terms of `now`'s zone.

    Args:
        words: as a person writes them, in Persian or English.
        now: the moment of writing, aware.
        zone: the writer's.

    Raises:
        ValueError: a sentence that says what is wrong: no moment, no such day, or one that is past.
    """
    text = " ".join(words.translate(_FIGURES).lower().replace("،", " ").split())
    try:
        moment = _ahead(text, now) or _iso(text, zone) or _day_and_clock(text, now.astimezone(zone), zone)
        if moment is None:
            raise ValueError(
                f"«{words}» is no moment; write «فردا ۱۰», «۲ ساعت دیگر», 1405/01/01 10:00 or 2026-03-21T10:00"
            )
        if moment <= now:
            raise ValueError(f"«{words}» is past: {moment.astimezone(zone):%Y-%m-%d %H:%M}; name a moment to come")
        if moment - now > _FAR:
            raise ValueError(
                f"«{words}» is years ahead: {moment.astimezone(zone):%Y-%m-%d}; see whether its year is right"
            )
    except OverflowError:
        raise ValueError(f"«{words}» is out of reach; see whether that is meant") from None
    return moment


def _ahead(text: str, now: datetime) -> datetime | None:
    """So many hours, or another unit, from now."""
    span = _SPAN.fullmatch(text)
    if span is None:
        return None
    count = (NUMBERS.get(span["count"]) or float(span["count"])) + (0.5 if span["half"] else 0)
    return now + min(count * _UNITS[span["unit"]], 2 * _FAR)


def _iso(text: str, zone: tzinfo) -> datetime | None:
    """ISO 8601 with a clock, perhaps with a zone of its own, of the Gregorian calendar."""
    if not re.search(r"\dt\d| \d", text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if moment.year in _JALALI:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _day_and_clock(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    day, rest = _day(text, now.date())
    rest = rest.strip().removeprefix("-").strip()
    tonight = "امشب" in text or "tonight" in text
    if day is not None and (not rest or rest in _PARTS):
        return datetime.combine(day, _PARTS.get(rest, _PARTS["شب" if tonight else "صبح"]), tzinfo=zone)
    clock = _CLOCK.fullmatch(rest)
    after_midnight = None if clock is None else _time(clock, tonight=tonight)
    if after_midnight is None:
        return None
    at = datetime.combine(day or now.date(), time(), tzinfo=zone) + after_midnight
    if day is not None:
        return at
    days = (at + timedelta(days=ahead) for ahead in (-1, 0, 1))  # «۲ شب» at one in the morning is in an hour
    return next(moment for moment in days if moment > now)


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that stands in the words, and the words without it."""
    for name, ahead in sorted(_DAYS.items(), key=lambda item: -len(item[0])):
        if re.search(rf"(?<!\w){name}(?!\w)", text):
            return today + timedelta(days=ahead), re.sub(rf"(?<!\w){name}(?!\w)", " ", text)
    if match := _DATE.search(text) or _DAY_FIRST.search(text):
        return _numbered(int(match["year"]), int(match["month"]), int(match["day"])), _without(text, match)
    if match := _NAMED.search(text):
        return _in_month(match, today), _without(text, match)
    for names in (_WEEKDAYS, _ENGLISH):
        for number, name in sorted(enumerate(names), key=lambda item: -len(item[1])):
            found = re.search(rf"(?:روز |on )?(?<!\w){name.replace(' ', ' ?')}(?!\w)", text)
            if found:
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1), _without(text, found)
    return None, text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _numbered(year: int, month: int, day: int) -> date:
    """A day of either calendar, told apart by its year.

    Raises:
        ValueError: there is no such day.
    """
    try:
        return JalaliDate(year, month, day).to_gregorian() if year in _JALALI else date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no day {year}/{month}/{day}") from None


def _in_month(match: re.Match[str], today: date) -> date:
    month, day = MONTHS.index(match["month"]) + 1, int(match["day"])
    year = int(match["year"]) if match["year"] else JalaliDate.to_jalali(today).year
    found = _numbered(year, month, day)
    return found if match["year"] or found >= today else _numbered(year + 1, month, day)


def _time(clock: re.Match[str], *, tonight: bool) -> timedelta | None:
    """How long after the midnight that begins the day; a night goes on past the one that ends it."""
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), clock["half"]
    if hour > 24 or minute > 59:  # noqa: PLR2004
        return None
    if half == "شب" or (tonight and half is None):
        past_midnight = hour == _NOON or hour < _SMALL_HOURS
        late = 24 - (hour == _NOON) * _NOON if past_midnight else _NOON if hour < _NOON else 0
    elif half in {"عصر", "بعدازظهر", "بعد از ظهر", "pm"}:
        late = _NOON if hour < _NOON else 0
    elif half == "ظهر":
        late = _NOON if hour < _SMALL_HOURS else 0
    else:
        late = -_NOON if half in {"am", "بامداد"} and hour == _NOON else 0
    return timedelta(hours=hour + late, minutes=minute)
