"""The clock of a date, wherever and however it stands there: the time of day, and its zone."""

from __future__ import annotations

import re
from datetime import timedelta, tzinfo

from feeds.sources.reading.dates import zones

_MORNING = r"a\.?m\b\.?|ق\.?\s?ظ\b\.?|قبل[\s\u200c]?از[\s\u200c]?ظهر|صبح|بامداد|ص\b|صباحا"
_EVENING = r"p\.?m\b\.?|ب\.?\s?ظ\b\.?|بعد[\s\u200c]?از[\s\u200c]?ظهر|عصر|ظهر|شب(?!نبه)|م\b|مساء"
_HALF = rf"(?:{_MORNING}|{_EVENING})"
_ZONE = (
    r"\s*(?:به وقت\s+)?[(\[]?(?P<name>[a-z]{1,12}(?:/[a-z_]+){1,2}|[^\W\d_]{1,8})?[)\]]?"
    r"\s*[(\[]?(?P<offset>[+-]\s?\d{1,2}(?::?\d{2}|\.5)?(?::\d{2})?(?![\d/.-]))?"
)
_CLOCK = re.compile(
    rf"(?:(?P<early>{_HALF})\s*)?"
    r"(?<![\d:])(?P<hour>\d{1,2})\s?[:٫]\s?(?P<minute>\d{1,2})(?:\s?:\s?(?P<second>\d{1,2})(?:[.,:]\d+)?)?(?![\d:])"
    rf"(?:\s*(?P<half>{_HALF})[\u064b\w]?)?{_ZONE}"
)
_HOUR = re.compile(  # «ساعت ۱۸», `9 am`, `18h30`, `18.30 Uhr`
    rf"(?P<early>(?!))?(?:ساعت\s*(?P<hour>\d{{1,2}})(?:\s?(?:[.:]|و)\s?(?P<minute>\d{{1,2}})(?:\s*دقیقه)?)?(?:\s*(?P<half>{_HALF}))?"
    rf"|(?<![\d/.-])(?P<hour2>\d{{1,2}})\s*(?P<half2>{_HALF})"
    r"|(?<![\d/.-])(?P<hour3>\d{1,2})(?:h|[.](?=\d\d\s*uhr))\s?(?P<minute3>\d{2})?(?:\s*uhr)?)" + _ZONE
)
_DOTTED = re.compile(  # `06.30.00 GMT`, beside a month's name
    rf"(?P<early>(?!))?(?<![\d.])(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?:\.(?P<second>\d{{2}}))?(?![\d.])(?P<half>(?!))?{_ZONE}"
)
LETTERS = re.compile(r"[^\W\d_]{2}")


def clock_in(words: str) -> re.Match[str] | None:
    """Where the clock of a date stands; for `time_of` and `zone_of`."""
    return _CLOCK.search(words) or _HOUR.search(words) or (_DOTTED.search(words) if LETTERS.search(words) else None)


def time_of(match: re.Match[str]) -> timedelta:
    """The time of day; of a clock that no clock shows (25:10), none."""
    facts = match.groupdict()
    hour = int(facts["hour"] or facts.get("hour2") or facts.get("hour3") or 0)
    minute = int(facts["minute"] or facts.get("minute3") or 0)
    second = int(facts.get("second") or 0)
    half = facts.get("early") or facts.get("half") or facts.get("half2")
    if half and hour <= 12:  # noqa: PLR2004 - `14:22 PM` says it twice
        hour = hour % 12 + (12 if re.match(_EVENING, half) else 0)
        if half == "شب" and hour == 12:  # noqa: PLR2004 - «۱۲ شب» is midnight, at the end of the day
            hour = 24
    if hour > 24 or minute > 59 or hour * 60 + minute > 1440:  # noqa: PLR2004
        return timedelta()
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def zone_of(match: re.Match[str]) -> tzinfo | None:
    """The zone behind a clock: its offset, or else what its name stands for."""
    if match["offset"]:
        return zones.offset(match["offset"].replace(" ", ""))
    return zones.named(match["name"]) if match["name"] else None
