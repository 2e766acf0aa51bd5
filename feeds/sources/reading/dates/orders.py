"""Which of three figures is the day: no date tells it alone, all dates of a feed together mostly do. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from persiantools.jdatetime import JalaliDate

from feeds.sources.reading.dates import months

AHEAD = timedelta(days=1)
"""How far ahead of us a date may lie: clocks differ, and so do zones that were left out."""
_JALALI_YEARS = range(1300, 1500)
_FIGURED = re.compile(r"(?<![\d.])(\d{1,4})\s?([-/.,،])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_TWELVE_HOURS = re.compile(r"\d\s*[ap]\.?m\b")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = 4  # digits


@dataclass(frozen=True, slots=True)
class Figures:
    """Three figures of a date, and what else stands there that may tell which is which."""

    parts: tuple[str, str, str]
    sign: str
    weekday: int | None = None
    """Monday is 0."""
    twelve_hours: bool = False
    """Its clock has AM and PM, as where the month is written first."""

    @property
    def form(self) -> str:
        """Where the year stands, if it can be seen: `first`, `last`, or `hidden`, of two digits."""
        first, _, last = map(len, self.parts)
        return "first" if first == _YEAR else "last" if last == _YEAR else "hidden"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of day, month and year."""

    places: tuple[int, int, int]
    """Where year, month and day stand."""
    century: int = 0
    """What a year of two digits lacks."""

    def day(self, figures: Figures) -> date | None:
        """The day in this order; None where there is none."""
        year, month, day = (int(figures.parts[place]) for place in self.places)
        try:
            return self.calendar_day(year + self.century, month, day)
        except ValueError:
            return None

    @staticmethod
    def calendar_day(year: int, month: int, day: int) -> date:
        """A day of the Jalali calendar where the year is one of it, else of the Gregorian.

        Raises:
            ValueError: There is no such day.
        """
        if year in _JALALI_YEARS:
            found: date = JalaliDate(year, month, day).to_gregorian()
            return found
        return date(year, month, day)


_YMD, _YDM, _DMY, _MDY = (0, 1, 2), (0, 2, 1), (2, 1, 0), (2, 0, 1)
_BY_FORM: dict[str, tuple[Order, ...]] = {
    "first": (Order(_YMD), Order(_YDM)),
    "last": (Order(_DMY), Order(_MDY)),
    "hidden": tuple(Order(places, century) for century in (2000, 1400) for places in (_DMY, _MDY, _YMD)),
}
"""The likely orders, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders that a feed writes its dates in, by their form."""

    chosen: dict[str, tuple[Order, ...]]

    def of(self, figures: Figures) -> tuple[Order, ...]:
        """The orders that figures may be read in, the one that the feed writes first."""
        return self.chosen.get(figures.form) or _BY_FORM[figures.form]

    @classmethod
    def told_by(cls, dates: Iterable[str], now: datetime) -> Orders:
        """What the dates of a feed tell of their order.

        Args:
            dates: As they stand in the feed, in lower case with Latin figures.
            now: The time.
        """
        by_form: dict[str, list[Figures]] = {}
        for words in dates:
            figures = figures_in(words)
            if figures is not None:
                by_form.setdefault(figures.form, []).append(figures)
        today = now.astimezone(UTC).date()
        return cls({form: _ranked(_BY_FORM[form], found, today) for form, found in by_form.items()})


def figures_in(words: str) -> Figures | None:
    """The three figures of a date, from words in lower case with Latin figures."""
    match = _FIGURED.search(words)
    if match is None or {len(match[1]), len(match[4])} & {3}:
        return None
    weekday = next((day for word in _WORD.findall(words) if (day := months.weekday(word)) is not None), None)
    return Figures((match[1], match[3], match[4]), match[2], weekday, _TWELVE_HOURS.search(words) is not None)


def _ranked(orders: Sequence[Order], dates: Sequence[Figures], today: date) -> tuple[Order, ...]:
    """The orders, the best first; where nothing tells them apart they stay as they are."""
    return tuple(sorted(orders, key=lambda order: _against(order, dates, today)))


def _against(order: Order, dates: Sequence[Figures], today: date) -> tuple[int, ...]:
    """What speaks against an order, the weightiest first.

    Days that do not exist; a year before the day, which hardly anybody writes; days that are another day of the week,
    or lie ahead; that the newest is years old, where the year is a guess; that the feed jumps to and fro, or spans more
    time than in another order; then the habits of those who write so.
    """
    days = [order.day(figures) for figures in dates]
    found = [day for day in days if day is not None]
    if not found:
        return (len(days),)
    wrong_weekday = sum(
        figures.weekday is not None and day is not None and day.weekday() != figures.weekday
        for figures, day in zip(dates, days, strict=True)
    )
    ahead = sum(day > today + AHEAD for day in found)
    falls = sum(later < earlier for earlier, later in itertools.pairwise(found))
    rises = sum(later > earlier for earlier, later in itertools.pairwise(found))
    month_first = order.places == _MDY
    american = any(figures.twelve_hours for figures in dates)
    dotted = any(figures.sign == "." for figures in dates)
    return (
        len(days) - len(found),
        int(order.places == _YDM),
        wrong_weekday,
        ahead,
        abs((today - max(found)).days) // 365 if order.century else 0,
        min(falls, rises),
        (max(found) - min(found)).days // 7,
        int(month_first != (american and not dotted)),
    )
