"""Times as Persian readers write them: the Jalali calendar in news form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from persiantools.jdatetime import JalaliDate

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
"""By `date.weekday()`: Monday is 0."""

_UNITS = ((31_557_600, "سال"), (2_629_800, "ماه"), (604_800, "هفته"), (86_400, "روز"), (3_600, "ساعت"), (60, "دقیقه"))
"""Seconds of each, the longest first."""
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@lru_cache(maxsize=512)
def news_date(day: date) -> str:
    """A day as the news writes it: «چهارشنبه ۲ مهر ۱۴۰۴»."""
    jalali = JalaliDate(day)
    return persian_digits(f"{WEEKDAYS[day.weekday()]} {jalali.day} {MONTHS[jalali.month - 1]} {jalali.year}")


def numeric(day: date) -> str:
    """A day in figures: «۱۴۰۴/۰۷/۰۲»."""
    jalali = JalaliDate(day)
    return persian_digits(f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}")


def days_between(since: datetime | None, until: datetime | None, zone: tzinfo) -> str:
    """A stretch of time in days: «۱۳ تا ۱۹ دی ۱۴۰۴», «مهر ۱۴۰۴», «از ۱۳ دی ۱۴۰۴»; its `until` is exclusive."""
    begin = since.astimezone(zone) if since else None
    first = JalaliDate(begin.date()) if begin else None
    last = JalaliDate((until.astimezone(zone) - timedelta(microseconds=1)).date()) if until else None
    if begin is not None and first and last is None:
        at = f"، {begin:%H:%M}" if begin.time() != time() else ""
        return persian_digits(f"از {_day(first)} {first.year}{at}")
    if first is None or last is None:
        return persian_digits(f"تا {_day(last)} {last.year}") if last else ""
    if (first.month, first.day) == (1, 1) and JalaliDate(last.to_gregorian() + timedelta(days=1)).year > first.year:
        return persian_digits(f"سال {first.year}" if first.year == last.year else f"سال‌های {first.year} تا {last.year}")
    if first.day == 1 and JalaliDate(last.to_gregorian() + timedelta(days=1)).day == 1:
        year = f" {first.year}" if first.year != last.year else ""
        begins = f"{MONTHS[first.month - 1]}{year} تا " if (first.year, first.month) != (last.year, last.month) else ""
        return persian_digits(f"{begins}{MONTHS[last.month - 1]} {last.year}")
    if first == last:
        return persian_digits(f"{_day(first)} {first.year}")
    begins = str(first.day) if (first.year, first.month) == (last.year, last.month) else _day(first)
    year = f" {first.year}" if first.year != last.year else ""
    return persian_digits(f"{begins}{year} تا {_day(last)} {last.year}")


def _day(day: JalaliDate) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day of an aware moment in a zone: «۱۸:۳۰»."""
    local = moment.astimezone(zone)
    return persian_digits(f"{local.hour:02}:{local.minute:02}")


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: «۱۲ دقیقه پیش»; what lies ahead by a wrong clock is «لحظاتی پیش» too."""
    seconds = (now - moment).total_seconds()
    for size, unit in _UNITS:
        if seconds >= size:
            return persian_digits(f"{int(seconds // size)} {unit} پیش")
    return "لحظاتی پیش"


def persian_digits(text: str) -> str:
    """Text with its Latin digits in Persian ones."""
    return text.translate(_PERSIAN_DIGITS)
