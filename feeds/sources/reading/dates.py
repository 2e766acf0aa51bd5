"""The dates of feeds: as the standards say, and as they are found."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from feeds.text.jalali import MONTHS

_LONGEST = 100  # characters; what is longer is no date

_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap]\.?m\b\.?|[قب]\.?\s?ظ\.?))?"
    r"(?:\s*(?P<name>[a-z]{1,5})?(?P<offset>[+-]\d{1,2}(?::?\d{2})?(?![\d/-]))|\s*(?P<alone>[a-z]{1,5})\b)?"
)
_FIGURED = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:t(?P<clock>\d{6}))?(?P<zone>z)?")
_NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[\s-]+(?P<month>[^\W\d_]{2,})\.?[\s,،-]+(?P<year>\d{4}|\d{2})(?!\d)"
    r"|(?P<first>[a-z]{3,})\.?\s+(?P<second>\d{1,2})(?:st|nd|rd|th)?[\s,]+(?P<last>\d{4})(?!\d)"
)
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")  # since 1970, or thousandths of them

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GREGORIAN = (  # as Persian has them
    *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
    *("", "", "", "", "می", "", "جولای", "آگوست"),
)
_LATIN_MONTHS = (  # Jalali ones, as sites spell them
    *("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar"),
    *("mehr", "aban", "azar", "dey", "bahman", "esfand"),
)
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt"), 0.0),
    "irst": 3.5,
    "irdt": 4.5,
    "cet": 1.0,
    "cest": 2.0,
    "msk": 3.0,
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
}
"""Hours ahead of UTC; what else stands there is a clock of the site's own."""
_FIGURES = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك", "01234567890123456789یک")
_JALALI_YEARS = range(1300, 1500)
_PLAUSIBLE_YEARS = range(1995, 2200)


def moment(words: str, zone: tzinfo | None = None) -> datetime | None:
    """When something was published, aware and UTC; None where the words are no date.

    Understood are RFC 822 with all its habits, ISO 8601 with most of its, and Jalali dates in figures or with the
    month's name, the clock before or behind the day. A date without a zone is one of the site's own clock: Tehran's,
    unless `zone` says otherwise.
    """
    words = words.strip().translate(_FIGURES).lower()
    if not words or len(words) > _LONGEST:
        return None
    local = zone or ZoneInfo("Asia/Tehran")
    try:
        return _written(words, local) or _compact(words, local) or _counted(words)
    except (ValueError, OverflowError):
        return None


def _written(words: str, local: tzinfo) -> datetime | None:
    clock = _CLOCK.search(words)
    rest = f"{words[: clock.start()].rstrip(' t')} {words[clock.end() :]}" if clock else words
    midnight = _figured(rest) or _named(rest)
    if midnight is None:
        return None
    return _utc(midnight + _time(clock), _zone(clock, local)) if clock else _utc(midnight, local)


def _figured(words: str) -> datetime | None:
    match = _FIGURED.search(words)
    return _midnight(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _named(words: str) -> datetime | None:
    for match in _NAMED.finditer(words):
        day, name = int(match["day"] or match["second"]), match["month"] or match["first"]
        digits = match["year"] or match["last"]
        year = int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004
        # A Jalali day under an English month's name ("1 Oct 1404") can't be turned into a day.
        months = (MONTHS, _LATIN_MONTHS) if year in _JALALI_YEARS else (_ENGLISH, _GREGORIAN)
        for names in months:
            found = name[:3] if names is _ENGLISH else name
            if found in names:
                return _midnight(year, names.index(found) % 12 + 1, day)
    return None


def _compact(words: str, local: tzinfo) -> datetime | None:
    match = _COMPACT.fullmatch(words)
    if match is None:
        return None
    clock = match["clock"] or "000000"
    time = timedelta(hours=int(clock[:2]), minutes=int(clock[2:4]), seconds=min(int(clock[4:]), 59))
    midnight = _midnight(int(match["year"]), int(match["month"]), int(match["day"]))
    return _utc(midnight + time, UTC if match["zone"] else local)


def _counted(words: str) -> datetime | None:
    return datetime.fromtimestamp(int(words[:10]), UTC) if _SECONDS.fullmatch(words) else None


def _midnight(year: int, month: int, day: int) -> datetime:
    if year in _JALALI_YEARS:
        date = JalaliDate(year, month, day).to_gregorian()
        year, month, day = date.year, date.month, date.day
    return datetime(year, month, day)  # noqa: DTZ001 - given one in _utc


def _time(clock: re.Match[str]) -> timedelta:
    hour, half = int(clock["hour"]), clock["half"]
    if half:
        hour = hour % 12 + (12 if half[0] in "pب" else 0)
    return timedelta(hours=hour, minutes=int(clock["minute"]), seconds=min(int(clock["second"] or 0), 59))


def _zone(clock: re.Match[str], local: tzinfo) -> tzinfo:
    if clock["offset"]:
        digits = clock["offset"][1:].replace(":", "")
        hours, minutes = (digits, 0) if len(digits) <= 2 else (digits[:-2], int(digits[-2:]))  # noqa: PLR2004
        span = timedelta(hours=int(hours), minutes=minutes)
        return timezone(-span if clock["offset"][0] == "-" else span)
    hours_ahead = _ZONES.get(clock["alone"] or "")
    return local if hours_ahead is None else timezone(timedelta(hours=hours_ahead))


def _utc(naive: datetime, zone: tzinfo) -> datetime | None:
    return naive.replace(tzinfo=zone).astimezone(UTC) if naive.year in _PLAUSIBLE_YEARS else None
