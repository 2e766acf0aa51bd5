"""The Jalali calendar as the archive uses it: months laid out in weeks, and days as addresses write them.

A day's address is `1404-07-02`, a month's `1404-07`: the reader's own calendar, in letters that every browser shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from feeds.text.times import jalali

FIRST_YEAR, LAST_YEAR = 1300, 1600
"""Years that an archive of news may be asked for."""
WEEK = tuple((name[0], name) for name in (*jalali.WEEKDAYS[5:], *jalali.WEEKDAYS[:5]))
"""The heads of a week's columns, in short and in full; it begins on Saturday."""
DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A Jalali month."""

    year: int
    number: int

    @property
    def title(self) -> str:
        """«مهر ۱۴۰۴»."""
        return f"{jalali.MONTHS[self.number - 1]} {jalali.persian_digits(str(self.year))}"

    @property
    def address(self) -> str:
        """`1404-07`."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def days(self) -> list[date]:
        """Its days, in order."""
        first, end = self.first, self.next.first
        return [first + timedelta(days=number) for number in range((end - first).days)]

    @property
    def first(self) -> date:
        """Its first day."""
        day: date = JalaliDate(self.year, self.number, 1).to_gregorian()
        return day

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - (self.number == 1), self.number - 1 or 12)

    @property
    def weeks(self) -> list[list[date | None]]:
        """Its weeks from Saturday on; None where a day is another month's."""
        days = self.days
        before = (days[0].weekday() + 2) % DAYS
        cells: list[date | None] = [None] * before + [*days]
        cells += [None] * (-len(cells) % DAYS)
        return [cells[start : start + DAYS] for start in range(0, len(cells), DAYS)]


def month_of(day: date) -> Month:
    """The month that a day is in."""
    jalali_day = JalaliDate(day)
    return Month(jalali_day.year, jalali_day.month)


def address_of(day: date) -> str:
    """`1404-07-02`."""
    jalali_day = JalaliDate(day)
    return f"{jalali_day.year:04}-{jalali_day.month:02}-{jalali_day.day:02}"


def day_number(day: date) -> str:
    """The day of its month: «۲»."""
    return jalali.persian_digits(str(JalaliDate(day).day))


def read_day(address: str) -> date | None:
    """The day that an address names; None where there is no such day."""
    numbers = _numbers(address, parts=3)
    try:
        day: date | None = JalaliDate(*numbers).to_gregorian() if numbers else None
    except ValueError:
        return None
    return day


def read_month(address: str) -> Month | None:
    """The month that an address names; None where there is none."""
    numbers = _numbers(address, parts=2)
    return Month(*numbers) if numbers and 1 <= numbers[1] <= len(jalali.MONTHS) else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a zone, in UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _numbers(address: str, *, parts: int) -> tuple[int, ...]:
    """The numbers of an address, in whichever digits; empty where they are no such address."""
    written = address.translate(_LATIN).split("-")
    if len(written) != parts or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in written):  # noqa: PLR2004
        return ()
    numbers = tuple(map(int, written))
    return numbers if FIRST_YEAR <= numbers[0] <= LAST_YEAR else ()


_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
