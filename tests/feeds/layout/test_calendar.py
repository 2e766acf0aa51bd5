from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.layout import calendar
from feeds.layout.calendar import Month

DAYS = st.dates(date(1950, 1, 1), date(2200, 1, 1))


@given(DAYS)
def test_an_address_leads_back_to_its_day(day: date) -> None:
    assert calendar.read_day(calendar.address_of(day)) == day


@given(DAYS)
def test_a_month_holds_its_days_once_in_weeks_from_saturday(day: date) -> None:
    month = calendar.month_of(day)
    cells = [cell for week in month.weeks for cell in week]
    assert [cell for cell in cells if cell] == month.days
    assert day in month.days
    assert all(week[0] is None or week[0].weekday() == 5 for week in month.weeks)
    assert {len(week) for week in month.weeks} == {7}


@given(DAYS)
def test_the_month_after_the_month_before_is_the_same_month(day: date) -> None:
    month = calendar.month_of(day)
    assert month.previous.next == month == month.next.previous


def test_months_are_called_as_readers_call_them() -> None:
    month = calendar.read_month("1404-07")
    assert month == Month(1404, 7)
    assert (month.title, month.address, len(month.days)) == ("مهر ۱۴۰۴", "1404-07", 30)


def test_a_day_may_be_written_in_persian_digits() -> None:
    assert calendar.read_day("۱۴۰۴-۰۷-۰۲") == date(2025, 9, 24)


@pytest.mark.parametrize("address", ["", "1404", "1404-13", "1404-00", "9999-01", "1404-07-02", "x-y", "-1-2", "۱۴-"])
def test_what_is_no_month_is_none(address: str) -> None:
    assert calendar.read_month(address) is None


@pytest.mark.parametrize("address", ["", "1404-07", "1404-07-31", "1404-12-30", "2025-09-24", "1404-07-0²", "a-b-c"])
def test_what_is_no_day_is_none(address: str) -> None:
    assert calendar.read_day(address) is None


def test_a_day_begins_at_midnight_of_its_zone(tehran: ZoneInfo) -> None:
    assert calendar.midnight(date(2026, 3, 1), tehran) == datetime.fromisoformat("2026-02-28T20:30:00+00:00")
