"""Times as Persian readers write them: the Jalali calendar in news form, and the periods that a search may name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from persiantools.jdatetime import JalaliDate

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
"""By `date.weekday()`: Monday is 0."""

_UNITS = ((31_557_600, "سال"), (2_629_800, "ماه"), (604_800, "هفته"), (86_400, "روز"), (3_600, "ساعت"), (60, "دقیقه"))
"""Seconds of each, the longest first."""
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def news_date(day: date) -> str:
    """A day as the news writes it: «چهارشنبه ۲ مهر ۱۴۰۴»."""
    jalali = JalaliDate(day)
    return persian_digits(f"{WEEKDAYS[day.weekday()]} {jalali.day} {MONTHS[jalali.month - 1]} {jalali.year}")


def numeric(day: date) -> str:
    """A day in figures: «۱۴۰۴/۰۷/۰۲»."""
    jalali = JalaliDate(day)
    return persian_digits(f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}")


def clock(moment: datetime, zone: tzinfo) -> str:
    """The time of day of an aware moment in a zone: «۱۸:۳۰»."""
    return persian_digits(f"{moment.astimezone(zone):%H:%M}")


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: «۱۲ دقیقه پیش»; what lies ahead by a wrong clock is «لحظاتی پیش» too."""
    seconds = (now - moment).total_seconds()
    for size, unit in _UNITS:
        if seconds >= size:
            return persian_digits(f"{int(seconds // size)} {unit} پیش")
    return "لحظاتی پیش"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, aware and UTC; `until` is exclusive."""

    since: datetime
    until: datetime


def find_period(words: str, now: datetime, zone: tzinfo) -> tuple[Period | None, str]:
    """Take the first period that is named out of a search: «سیل دیروز» is yesterday, and «سیل».

    Known are days («امروز», «پریروز», «چهارشنبه», «۲ مهر», `1404/07/02`), weeks from Saturday («هفته گذشته»),
    Jalali months and years («ماه گذشته», «مهر ۱۴۰۴»), stretches («۳ روز گذشته»; but «۳ روز پیش» is that day) and ranges
    («۲ تا ۵ مهر»). A day without a year is its latest occurrence that is not ahead. What is no date («۴۵ مهر») stays
    among the words.
    """
    plain = _plain(words)
    today = now.astimezone(zone).date()
    for pattern, reading in _FORMS:
        for match in pattern.finditer(plain):
            days = reading(match, today)
            if days is not None:
                rest = " ".join((words[: match.start()] + " " + words[match.end() :]).split())
                return _period(*days, zone), rest
    return None, words


_Days = tuple[date, date]
"""The first day and the day after the last."""


def persian_digits(text: str) -> str:
    """Text with its Latin digits in Persian ones."""
    return text.translate(_PERSIAN_DIGITS)


def _period(first: date, end: date, zone: tzinfo) -> Period:
    midnights = (datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in (first, end))
    return Period(*midnights)


_LETTERS = {
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict.fromkeys("يىئ", "ی"),
    "ك": "ک",
    "آ": "ا",
    **dict.fromkeys("ةۀ", "ه"),
    **dict.fromkeys("\u200c\u00a0\t\n", " "),
}
_PLAIN = str.maketrans(_LETTERS)


def _plain(words: str) -> str:
    """The words in one spelling, letter for letter, so that positions stay."""
    return words.translate(_PLAIN)


def _names(names: tuple[str, ...]) -> str:
    """A pattern for names that may be typed with a space, a ZWNJ or nothing where they have a ZWNJ."""
    return "|".join(_plain(name).replace(" ", " ?") for name in names)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None


def _month_days(year: int, month: int) -> _Days | None:
    """A Jalali month; `month` may overflow by any number of months."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = _day(year, month, 1)
    end = _day(year + month // 12, month % 12 + 1, 1)
    return (first, end) if first and end else None


def _year_days(year: int) -> _Days | None:
    first, end = _day(year, 1, 1), _day(year + 1, 1, 1)
    return (first, end) if first and end else None


def _one_day(day: date | None) -> _Days | None:
    return (day, day + timedelta(days=1)) if day else None


def _month_number(name: str) -> int:
    return [_plain(month) for month in MONTHS].index(name) + 1


def _full_year(written: str) -> int:
    """«۱۴۰۴» or, in short, «۰۴» and «۹۹»."""
    year = int(written)
    if year >= 100:  # noqa: PLR2004
        return year
    return year + (1400 if year < 50 else 1300)  # noqa: PLR2004


def _latest(month: int, day: int, today: date) -> date | None:
    """The newest day of that name which is not ahead; a leap day is looked for up to eight years back."""
    year = JalaliDate(today).year
    candidates = (_day(year - back, month, day) for back in range(9))
    return next((found for found in candidates if found and found <= today), None)


def _read_named_day(match: re.Match[str], today: date) -> _Days | None:
    back = {"امروز": 0, "امشب": 0, "دیروز": 1, "دیشب": 1, "پریروز": 2, "پریشب": 2}[match["name"]]
    return _one_day(today - timedelta(days=back))


def _read_day_before(_match: re.Match[str], today: date) -> _Days | None:
    return _one_day(today - timedelta(days=1))


def _read_numeric(match: re.Match[str], _: date) -> _Days | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if year < 1700:  # noqa: PLR2004 - Jalali years are 621 behind
        return _one_day(_day(year, month, day))
    try:
        return _one_day(date(year, month, day))
    except ValueError:
        return None


def _read_numeric_month(match: re.Match[str], _: date) -> _Days | None:
    return _month_days(int(match["year"]), int(match["month"]))


def _read_range(match: re.Match[str], today: date) -> _Days | None:
    last_month = _month_number(match["month"])
    first_month = _month_number(match["first_month"]) if match["first_month"] else last_month
    first, last = int(match["first"]), int(match["last"])
    if match["year"]:
        year = _full_year(match["year"])
        end = _day(year, last_month, last)
        since = _day(year - (first_month > last_month), first_month, first)
    else:
        since = _latest(first_month, first, today)
        end = since and _day(JalaliDate(since).year + (first_month > last_month), last_month, last)
    return (since, end + timedelta(days=1)) if since and end and since <= end else None


def _read_day_of_month(match: re.Match[str], today: date) -> _Days | None:
    day, month = int(match["day"]), _month_number(match["month"])
    return _one_day(_day(_full_year(match["year"]), month, day) if match["year"] else _latest(month, day, today))


def _read_month(match: re.Match[str], today: date) -> _Days | None:
    month, now = _month_number(match["month"]), JalaliDate(today)
    year = _full_year(match["year"]) if match["year"] else now.year - (month > now.month)
    return _month_days(year, month)


def _read_stretch(match: re.Match[str], today: date) -> _Days | None:
    count = _NUMBERS.get(match["count"]) or int(match["count"])
    if not 1 <= count <= 1000:  # noqa: PLR2004
        return None
    if match["unit"] == "روز" and match["past"] in ("پیش", "قبل"):
        return _one_day(today - timedelta(days=count))
    days = {"ساعت": -(-count // 24), "روز": count, "هفته": 7 * count, "ماه": 30 * count, "سال": 365 * count}[
        match["unit"]
    ]
    return today - timedelta(days=days), today + timedelta(days=1)


def _read_this_or_last(match: re.Match[str], today: date) -> _Days | None:
    last = match["this"] is None
    now = JalaliDate(today)
    match match["unit"] or match["unit_last"]:
        case "هفته":
            saturday = today - timedelta(days=(today.weekday() + 2) % 7 + 7 * last)
            return saturday, saturday + timedelta(days=7)
        case "ماه":
            return _month_days(now.year, now.month - last)
        case _:
            return _year_days(now.year - last)


def _read_year(match: re.Match[str], today: date) -> _Days | None:
    if match["name"]:
        return _year_days(JalaliDate(today).year - ("امسال", "پارسال").index(match["name"]))
    return _year_days(int(match["year"]))


def _read_weekday(match: re.Match[str], today: date) -> _Days | None:
    names = [_plain(name).replace(" ", "") for name in WEEKDAYS]
    weekday = names.index(match["weekday"].replace(" ", ""))
    back = (today.weekday() - weekday) % 7
    return _one_day(today - timedelta(days=back or (7 if match["last"] else 0)))


_NUMBERS = {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10}


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_MONTH = rf"(?P<month>{_names(MONTHS)})(?: ?ماه)?"
_YEAR = r"(?: (?:سال )?(?P<year>1[34]\d\d|\d\d))?"
_DAY_PREFIX = rf"(?:(?:روز )?(?:{_names(WEEKDAYS)}),?،? )?(?:روز )?"
_PAST = r"(?:گذشته|پیش|قبل|اخیر)"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Days | None]], ...] = (
    (_form(r"(?P<year>\d{4})(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)"), _read_numeric),
    (_form(r"(?P<year>1[34]\d\d)[/-](?P<month>0?[1-9]|1[0-2])(?![/.-]?\d)"), _read_numeric_month),
    (
        _form(
            rf"(?:از )?(?P<first>\d\d?)(?: (?P<first_month>{_names(MONTHS)})(?: ?ماه)?)? ?(?:تا|-|–) ?"
            rf"(?P<last>\d\d?) {_MONTH}{_YEAR}"
        ),
        _read_range,
    ),
    (_form(rf"{_DAY_PREFIX}(?P<day>\d\d?)(?:م| ام)? {_MONTH}{_YEAR}"), _read_day_of_month),
    (_form(rf"(?P<month>{_names(MONTHS)})(?: ?ماه)? (?:سال )?(?P<year>1[34]\d\d)"), _read_month),
    (_form(rf"(?P<month>{_names(MONTHS)}) ?ماه(?P<year>(?!))?"), _read_month),
    (
        _form(
            rf"(?:(?:در|طی) )?(?P<count>\d+|{'|'.join(_NUMBERS)}) ?"
            rf"(?P<unit>ساعت|روز|هفته|ماه|سال) ?(?:ی )?(?P<past>{_PAST})"
        ),
        _read_stretch,
    ),
    (_form(rf"(?P<this>این) (?P<unit>هفته|ماه|سال)|(?P<unit_last>هفته|ماه|سال) ?(?:ی )?{_PAST}"), _read_this_or_last),
    (_form(rf"(?P<name>روز|شب) {_PAST}"), _read_day_before),
    (_form(r"(?P<name>امروز|امشب|دیروز|دیشب|پریروز|پریشب)"), _read_named_day),
    (_form(r"(?P<name>امسال|پارسال)|سال (?P<year>1[34]\d\d)"), _read_year),
    # A bare «شنبه» is also a town: it counts with «روز» or «گذشته» only.
    (
        _form(rf"روز (?P<weekday>{_names(WEEKDAYS)})(?: (?P<last>{_PAST}))?"),
        _read_weekday,
    ),
    (_form(rf"(?P<weekday>{_names(WEEKDAYS)}) (?P<last>{_PAST})"), _read_weekday),
    (
        # «امام جمعه» and «نماز جمعه» are no days, either.
        _form(
            r"(?<!امام )(?<!نماز )(?<!خطیب )(?<!ائمه )(?<!ایمه )"
            rf"(?P<weekday>{_names(tuple(name for name in WEEKDAYS if name != 'شنبه'))})(?P<last>(?!))?"
        ),
        _read_weekday,
    ),
)
