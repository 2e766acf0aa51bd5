"""Days as people name them in a search: «هفته گذشته» -> its first day, and the day after its last.

Known are days («امروز», «پریروز», «چهارشنبه», «۲ مهر», «پنجم مهر», `1404/07/02`, `02/07/1404`), weeks from Saturday
(«هفته گذشته»), Jalali months, seasons and years («ماه گذشته», «مهر پارسال», «زمستان ۱۴۰۳»), stretches
(«۳ روز گذشته», «چند روز اخیر»; but «۳ روز پیش» is that day, and «دو سه روز پیش» two) and ranges of days and months
(«۲ تا ۵ مهر», «از مهر تا آبان»).
A day without a year is its latest occurrence that is not ahead. What is no date («۴۵ مهر») is none.

Long, as each way to name days is one short function here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from persiantools.jdatetime import JalaliDate

from feeds.text.times.jalali import MONTHS, WEEKDAYS

Days = tuple[date, date]
"""The first day and the day after the last."""


class Named(NamedTuple):
    """Days, and where in the words they are named."""

    start: int
    end: int
    days: Days


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


def plain(words: str) -> str:
    """The words in one spelling, letter for letter, so that positions stay."""
    return words.translate(_PLAIN)


def _names(names: tuple[str, ...]) -> str:
    """A pattern for names that may be typed with a space, a ZWNJ or nothing where they have a ZWNJ."""
    return "|".join(plain(name).replace(" ", " ?") for name in names)


def named(words: str, today: date) -> list[Named]:
    """All days that are named in words that went through `plain`; the surest first, none over another."""
    found: list[Named] = []
    for pattern, reading in _FORMS:
        for match in pattern.finditer(words):
            days = reading(match, today)
            free = all(match.end() <= other.start or other.end <= match.start() for other in found)
            if days is not None and free:
                found.append(Named(match.start(), match.end(), days))
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None


def _month_days(year: int, month: int) -> Days | None:
    """A Jalali month; `month` may overflow by any number of months."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = _day(year, month, 1)
    end = _day(year + month // 12, month % 12 + 1, 1)
    return (first, end) if first and end else None


def _year_days(year: int) -> Days | None:
    first, end = _day(year, 1, 1), _day(year + 1, 1, 1)
    return (first, end) if first and end else None


def _one_day(day: date | None) -> Days | None:
    return (day, day + timedelta(days=1)) if day else None


def _month_number(name: str) -> int:
    return [plain(month) for month in MONTHS].index(name) + 1


def day_number(written: str) -> int:
    """The number that `NUMBERED_DAY` matched: 5 of «پنجم» and of `5`."""
    return _DAY_OF.get(written.replace(" ", "")) or int(written)


def _full_year(written: str, today: date) -> int:
    """«۱۴۰۴» or, in short, «۰۴» and «۹۹»; or «پارسال» and its like."""
    digits = written.removeprefix("سال ")
    if not digits.isdecimal():
        return JalaliDate(today).year - _YEARS_BACK.get(written, 1)
    year = int(digits)
    if year >= 100:  # noqa: PLR2004
        return year
    return year + (1400 if year < 50 else 1300)  # noqa: PLR2004


def _latest(month: int, day: int, today: date) -> date | None:
    """The newest day of that name which is not ahead; a leap day is looked for up to eight years back."""
    year = JalaliDate(today).year
    candidates = (_day(year - back, month, day) for back in range(9))
    return next((found for found in candidates if found and found <= today), None)


def _read_named_day(match: re.Match[str], today: date) -> Days | None:
    back = {"امروز": 0, "امشب": 0, "دیروز": 1, "دیشب": 1, "پریروز": 2, "پریشب": 2}[match["name"]]
    return _one_day(today - timedelta(days=back + (match["before"] is not None)))


def _read_day_before(_match: re.Match[str], today: date) -> Days | None:
    return _one_day(today - timedelta(days=1))


def _read_numeric(match: re.Match[str], _: date) -> Days | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if year < 1700:  # noqa: PLR2004 - Jalali years are 621 behind
        return _one_day(_day(year, month, day))
    try:
        return _one_day(date(year, month, day))
    except ValueError:
        return None


def _read_numeric_month(match: re.Match[str], _: date) -> Days | None:
    return _month_days(int(match["year"]), int(match["month"]))


def _read_months(match: re.Match[str], today: date) -> Days | None:
    first, last = _month_number(match["first_month"]), _month_number(match["month"])
    now = JalaliDate(today)
    year = _full_year(match["year"], today) if match["year"] else now.year - (first > now.month)
    days = _month_days(year, first), _month_days(year + (first > last), last)
    return (days[0][0], days[1][1]) if days[0] and days[1] else None


def _read_start(match: re.Match[str], today: date) -> Days | None:
    now = JalaliDate(today)
    match match["unit"]:
        case "هفته":
            return today - timedelta(days=(today.weekday() + 2) % 7), today + timedelta(days=1)
        case "ماه":
            first = _day(now.year, now.month, 1)
        case _:
            first = _day(now.year, 1, 1)
    return (first, today + timedelta(days=1)) if first else None


def _read_range(match: re.Match[str], today: date) -> Days | None:
    last_month = _month_number(match["month"])
    first_month = _month_number(match["first_month"]) if match["first_month"] else last_month
    first, last = day_number(match["first"]), day_number(match["last"])
    if match["year"]:
        year = _full_year(match["year"], today)
        end = _day(year, last_month, last)
        since = _day(year - (first_month > last_month), first_month, first)
    else:
        since = _latest(first_month, first, today)
        end = since and _day(JalaliDate(since).year + (first_month > last_month), last_month, last)
    return (since, end + timedelta(days=1)) if since and end and since <= end else None


def _read_day_of_month(match: re.Match[str], today: date) -> Days | None:
    day, month = day_number(match["day"]), _month_number(match["month"])
    return _one_day(_day(_full_year(match["year"], today), month, day) if match["year"] else _latest(month, day, today))


def _read_month(match: re.Match[str], today: date) -> Days | None:
    month, now = _month_number(match["month"]), JalaliDate(today)
    year = _full_year(match["year"], today) if match["year"] else now.year - (month > now.month)
    return _month_days(year, month)


def _read_stretch(match: re.Match[str], today: date) -> Days | None:
    count = A_FEW[match["unit"]] if match["count"] == "چند" else _number(match["count"])
    if not 1 <= count <= 1000:  # noqa: PLR2004
        return None
    if match["unit"] == "روز" and match["past"] in ("پیش", "قبل") and match["count"] != "چند":
        latest, earliest = sorted((count, _number(match["other"] or match["count"])))
        return today - timedelta(days=earliest), today - timedelta(days=latest - 1)
    days = {"ساعت": -(-count // 24), "روز": count, "هفته": 7 * count, "ماه": 30 * count, "سال": 365 * count}[
        match["unit"]
    ]
    return today - timedelta(days=days), today + timedelta(days=1)


def _read_lately(match: re.Match[str], today: date) -> Days | None:
    """«روزهای اخیر», «این چند روز»: as many as `A_FEW` says."""
    unit = match["unit"] or match["units"]
    days = {"روز": 1, "هفته": 7, "ماه": 30, "سال": 365}[unit] * A_FEW[unit]
    return today - timedelta(days=days), today + timedelta(days=1)


def _read_same_time(match: re.Match[str], today: date) -> Days | None:
    """«پارسال همین موقع»: the weeks around this day of that year."""
    now, year = JalaliDate(today), _full_year(match["year"], today)
    day = _day(year, now.month, now.day) or _day(year, now.month, now.day - 1)
    return (day - timedelta(days=7), day + timedelta(days=8)) if day else None


_NEARLY_GONE = {"هفته": 2, "ماه": 3, "سال": 15}
"""How many days before its end a week, month or year is the one «که گذشت» already: people look back on it then."""


def _read_gone(match: re.Match[str], today: date) -> Days | None:
    """«هفته‌ای که گذشت»."""
    unit = match["unit"]
    return _calendar(unit, today + timedelta(days=_NEARLY_GONE[unit]), back=True)


def _read_this_or_last(match: re.Match[str], today: date) -> Days | None:
    return _calendar(match["unit"] or match["unit_last"], today, back=match["this"] is None)


def _calendar(unit: str, today: date, *, back: bool) -> Days | None:
    """The week, month or year that a day is in, or the one before."""
    now = JalaliDate(today)
    match unit:
        case "هفته":
            saturday = today - timedelta(days=(today.weekday() + 2) % 7 + 7 * back)
            return saturday, saturday + timedelta(days=7)
        case "ماه":
            return _month_days(now.year, now.month - back)
        case _:
            return _year_days(now.year - back)


def _read_season(match: re.Match[str], today: date) -> Days | None:
    """A season of a year; the last one that is over where it is said to be past."""
    season, now = _SEASONS[match["season"]], JalaliDate(today)
    if match["year"]:
        return _season_days(_full_year(match["year"], today), season)
    ended = (_season_days(now.year - back, season) for back in range(3))
    return next((days for days in ended if days and days[1] <= today), None)


def _season_days(year: int, season: int) -> Days | None:
    first, last = _month_days(year, 3 * season + 1), _month_days(year, 3 * season + 3)
    return (first[0], last[1]) if first and last else None


def _read_weekday_of_week(match: re.Match[str], today: date) -> Days | None:
    """«سه‌شنبه هفته پیش»: weeks begin on Saturday."""
    saturday = today - timedelta(days=(today.weekday() + 2) % 7 + 7 * (match["this"] is None))
    names = [plain(name).replace(" ", "") for name in WEEKDAYS]
    weekday = names.index(match["weekday"].replace(" ", ""))
    return _one_day(saturday + timedelta(days=(weekday + 2) % 7))


def _read_weekend(_match: re.Match[str], today: date) -> Days | None:
    """The last Thursday and Friday that are over."""
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    return friday - timedelta(days=1), friday + timedelta(days=1)


def _read_year(match: re.Match[str], today: date) -> Days | None:
    if match["name"]:
        return _year_days(_full_year(match["name"], today))
    return _year_days(int(match["year"]))


def _read_weekday(match: re.Match[str], today: date) -> Days | None:
    names = [plain(name).replace(" ", "") for name in WEEKDAYS]
    weekday = names.index(match["weekday"].replace(" ", ""))
    back = (today.weekday() - weekday) % 7
    return _one_day(today - timedelta(days=back or (7 if match["last"] else 0)))


NUMBERS = {
    **dict.fromkeys(("یک", "یه", "یکی"), 1),
    **dict(zip(["دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"], range(2, 11), strict=True)),
}
"""Numbers that people write in words before a unit: «دو روز پیش»."""
A_FEW = {"ساعت": 6, "روز": 7, "هفته": 4, "ماه": 6, "سال": 5}
"""How many «چند» are, so that nothing of what is meant is missed; the answer names the days."""
_IN_WORDS = "|".join(NUMBERS)
_IN_A_ROW = "|".join(
    rf"(?:{'|'.join([*(word for word in NUMBERS if NUMBERS[word] == number), str(number)])})"
    rf"(?=[،,]? (?:{'|'.join(word for word in NUMBERS if NUMBERS[word] == number + 1)}|{number + 1}(?!\d)))"
    for number in range(1, 10)
)
OTHER = (
    rf"(?P<other>{_IN_A_ROW}|(?:\d{{1,3}}|{_IN_WORDS})(?= (?:تا|یا) | ?[-–] ?\d))"
    r"(?:(?:[،,]| تا| یا)? | ?[-–] ?)"
)
"""The other of two numbers: «دو سه», «۲ تا ۴», «۲-۳»; but the number of «منطقه ۲۲ سه روز پیش» is no other one."""
_COUNT = rf"(?:{OTHER})?(?P<count>\d+|چند|{_IN_WORDS})"
"""How many there are of a unit: «۳», «سه», «دو سه», «چند»."""


def _number(written: str) -> int:
    return NUMBERS.get(written) or int(written)


_TO_NINTH = ("یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم")
_TEENS = ("دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم")
_TWENTIES = ("بیستم", *(f"بیست و {name}" for name in _TO_NINTH))
_ORDINALS = (*_TO_NINTH, *_TEENS, *_TWENTIES, "سی ام", "سی و یکم", "اول")
_DAY_OF = {name.replace(" ", ""): day for day, name in enumerate(_ORDINALS[:-1], start=1)} | {"اول": 1}
NUMBERED_DAY = "|".join([r"\d\d?", *(name.replace(" ", " ?") for name in sorted(_ORDINALS, key=len, reverse=True))])
"""A pattern for the day of a month, in figures or as an ordinal."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_MONTH = rf"(?P<month>{_names(MONTHS)})(?: ?ماه)?"
_FIRST_MONTH = _MONTH.replace("<month>", "<first_month>")
_YEARS_BACK = {"امسال": 0, "سال جاری": 0, "پیرارسال": 2}
_YEAR_IN_WORDS = "امسال|پارسال|پیرارسال|سال جاری|سال ?(?:ی )?(?:گذشته|پیش|قبل)"
_YEAR = rf"(?: (?P<year>(?:سال )?(?:1[34]\d\d|\d\d)|{_YEAR_IN_WORDS}))?"
_SEASONS = {"بهار": 0, "تابستان": 1, "تابستون": 1, "پاییز": 2, "زمستان": 3, "زمستون": 3}
_DAY_PREFIX = rf"(?:(?:روز )?(?:{_names(WEEKDAYS)}),?،? )?(?:روز )?"
_FROM = r"(?:(?:از|بین) )?"
_TO = r"(?:تا|الی|-|–)"
_HOUR = "صبح|ظهر|بعد ?از ?ظهر|عصر|غروب|بامداد"
"""A part of a day, which is all of it in a search; «شب جمعه» is the night before."""
_PAST = r"(?:گذشته|پیش|قبل|اخیر)"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...] = (
    (_form(r"(?P<year>\d{4})(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)"), _read_numeric),
    (_form(r"(?P<year>1[34]\d\d|20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"), _read_numeric),
    (_form(r"(?P<year>1[34]\d\d)[/-](?P<month>0?[1-9]|1[0-2])(?![/.-]?\d)"), _read_numeric_month),
    (_form(r"(?P<day>\d\d?)(?P<sep>[/.-])(?P<month>\d\d?)(?P=sep)(?P<year>\d{4})"), _read_numeric),
    (
        _form(
            rf"{_FROM}(?P<first>{NUMBERED_DAY})(?:م| ?ام)?(?: {_FIRST_MONTH})? ?"
            rf"{_TO} ?(?P<last>{NUMBERED_DAY})(?:م| ?ام)? {_MONTH}{_YEAR}"
        ),
        _read_range,
    ),
    (_form(rf"{_DAY_PREFIX}(?P<day>{NUMBERED_DAY})(?:م| ?ام)? {_MONTH}{_YEAR}"), _read_day_of_month),
    (
        _form(rf"{_FROM}(?:(?:اول|ابتدای) )?{_FIRST_MONTH} {_TO} (?:(?:اخر|پایان) )?{_MONTH}{_YEAR}"),
        _read_months,
    ),
    (_form(r"(?:اول|ابتدای|اغاز) (?:این )?(?P<unit>هفته|ماه|سال)(?: جاری)?(?! ?\d)"), _read_start),
    (_form(rf"(?P<month>{_names(MONTHS)})(?: ?ماه)? (?P<year>(?:سال )?1[34]\d\d|{_YEAR_IN_WORDS})"), _read_month),
    (_form(rf"(?P<year>{_YEAR_IN_WORDS}) (?P<month>{_names(MONTHS)})(?: ?ماه)?"), _read_month),
    (
        _form(rf"(?P<season>{'|'.join(_SEASONS)}) (?:(?P<year>(?:سال )?1[34]\d\d|{_YEAR_IN_WORDS})|گذشته|پیش|قبل)"),
        _read_season,
    ),
    (_form(rf"(?P<month>{_names(MONTHS)}) ?ماه(?P<year>(?!))?"), _read_month),
    (
        _form(
            rf"(?:(?:در|طی|این) )?{_COUNT} ?"
            rf"(?P<unit>ساعت|روز|هفته|ماه|سال) ?(?:ی )?(?P<past>{_PAST})"
        ),
        _read_stretch,
    ),
    (
        _form(
            rf"(?:روز )?(?P<weekday>{_names(WEEKDAYS)}) ?(?:ی |در )?"
            rf"(?:(?P<this>این|همین) هفته|هفته ?(?:ی )?{_PAST})"
        ),
        _read_weekday_of_week,
    ),
    (
        _form(
            r"(?:(?:در|طی|تو|توی) )?این چند ?(?:تا )?(?P<unit>روز|هفته|ماه)ه?|"
            rf"(?:(?:در|طی|تو|توی) )?(?P<units>روز|هفته|ماه|سال) ?های {_PAST}"
        ),
        _read_lately,
    ),
    (_form(rf"(?:اخر|پایان) هفته ?(?:ی )?{_PAST}"), _read_weekend),
    (
        _form(
            rf"(?P<year>{_YEAR_IN_WORDS}) (?:(?:در|تو|توی) )?"
            r"(?:همین|این) (?:موقع|موقعا|وقت|وقتا|روز|روزا|روزها|ایام)"
        ),
        _read_same_time,
    ),
    (_form(rf"(?P<this>این) (?P<unit>هفته|ماه|سال)|(?P<unit_last>هفته|ماه|سال) ?(?:ی )?{_PAST}"), _read_this_or_last),
    (_form(r"(?P<unit>هفته|ماه|سال) ?(?:ای|ی) که گذشت"), _read_gone),
    (_form(rf"(?P<name>روز|شب) {_PAST}"), _read_day_before),
    (
        _form(
            rf"(?:(?:{_HOUR}|شب) )?(?:(?P<before>پس|پیش) ?(?=پری))?"
            rf"(?P<name>امروز|امشب|دیروز|دیشب|پریروز|پریشب)(?: (?:{_HOUR}|شب))?"
        ),
        _read_named_day,
    ),
    (_form(r"(?P<before>(?!))?(?P<name>دیروز|دیشب|پریروز|پریشب)ی"), _read_named_day),
    (_form(r"(?P<name>امسال|پارسال|پیرارسال)|سال (?P<year>1[34]\d\d)"), _read_year),
    # A bare «شنبه» is also a town: it counts with «روز» or «گذشته» only, or where something begins or ends with it.
    (_form(r"(?:(?<=از )|(?<=تا )|(?<=این )|(?<=همین ))(?P<weekday>شنبه)(?P<last>(?!))?"), _read_weekday),
    (_form(r"(?P<weekday>شنبه)(?P<last>(?!))?(?= (?:تا|الی) )"), _read_weekday),
    (
        _form(rf"روز (?P<weekday>{_names(WEEKDAYS)})(?: (?P<last>{_PAST}))?"),
        _read_weekday,
    ),
    (_form(rf"(?P<weekday>{_names(WEEKDAYS)}) (?P<last>{_PAST})"), _read_weekday),
    (
        # «امام جمعه», «نماز جمعه» and «چهارشنبه‌سوری» are no days, either.
        _form(
            rf"(?:(?:{_HOUR}) )?"
            r"(?<!امام )(?<!نماز )(?<!خطیب )(?<!ائمه )(?<!ایمه )"
            rf"(?P<weekday>{_names(tuple(name for name in WEEKDAYS if name != 'شنبه'))})(?P<last>(?!))?"
            rf"(?: (?:{_HOUR}|شب))?(?! ?(?:سوری|سیاه|خونین|بازار|های|ها)(?!\w))"
        ),
        _read_weekday,
    ),
)
