"""The dates of feeds: as the standards say, and as they are found."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from feeds.text.jalali import MONTHS

_ISO = re.compile(
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<month>\w+)\s+(?P<year>1[34]\d{2})(?:\D+(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)
_LATIN_MONTHS = (  # as sites spell them
    *("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar"),
    *("mehr", "aban", "azar", "dey", "bahman", "esfand"),
)
_FIGURES = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك", "01234567890123456789یک")
_JALALI_YEARS = range(1300, 1500)
_PLAUSIBLE_YEARS = range(1995, 2200)


def moment(words: str, zone: tzinfo | None = None) -> datetime | None:
    """When something was published, aware and UTC; None where the words are no date.

    Understood are RFC 822 with all its habits, ISO 8601 with most of its, and Jalali dates in figures or with the
    month's name. A date without a zone is one of the site's own clock: Tehran's, unless `zone` says otherwise.
    """
    words = words.strip().translate(_FIGURES)
    local = zone or ZoneInfo("Asia/Tehran")
    try:
        return _numeric(words, local) or _named(words, local) or _mail(words, local)
    except (ValueError, OverflowError):
        return None


def _numeric(words: str, local: tzinfo) -> datetime | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    midnight = _midnight(int(match["year"]), int(match["month"]), int(match["day"]))
    return _utc(midnight + _clock(match["hour"], match["minute"], match["second"]), _zone(match["zone"], local))


def _named(words: str, local: tzinfo) -> datetime | None:
    match = _NAMED.search(words)
    name = match["month"].lower() if match else ""
    if match is None or name not in (*MONTHS, *_LATIN_MONTHS):
        return None
    month = (MONTHS if name in MONTHS else _LATIN_MONTHS).index(name) + 1
    midnight = _midnight(int(match["year"]), month, int(match["day"]))
    return _utc(midnight + _clock(match["hour"], match["minute"], None), local)


def _mail(words: str, local: tzinfo) -> datetime | None:
    fields = parsedate_tz(words)
    if fields is None:
        return None
    # A Jalali day under an English month's name ("1 Oct 1404") can't be turned into a day: _utc refuses its year.
    midnight = datetime(*fields[:3])  # noqa: DTZ001 - given one in _utc
    naive = midnight + timedelta(hours=fields[3], minutes=fields[4], seconds=min(fields[5], 59))
    return _utc(naive, local if fields[9] is None else _offset(fields[9]))


def _midnight(year: int, month: int, day: int) -> datetime:
    if year in _JALALI_YEARS:
        date = JalaliDate(year, month, day).to_gregorian()
        year, month, day = date.year, date.month, date.day
    return datetime(year, month, day)  # noqa: DTZ001 - given one in _utc


def _clock(hour: str | None, minute: str | None, second: str | None) -> timedelta:
    return timedelta(hours=int(hour or 0), minutes=int(minute or 0), seconds=min(int(second or 0), 59))


def _utc(naive: datetime, zone: tzinfo) -> datetime | None:
    return naive.replace(tzinfo=zone).astimezone(UTC) if naive.year in _PLAUSIBLE_YEARS else None


def _zone(words: str | None, local: tzinfo) -> tzinfo:
    if not words:
        return local
    if words.upper() in ("Z", "UTC", "GMT"):
        return UTC
    sign = -1 if words[0] == "-" else 1
    return _offset(sign * (int(words[1:3]) * 3600 + int(words[-2:]) * 60))


def _offset(seconds: int) -> tzinfo:

    return timezone(timedelta(seconds=seconds))
