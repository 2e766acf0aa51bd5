"""Persian set on a page: digits, Latin runs, times. Filters of the templates; all escape what they are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from feeds.models import Article
from feeds.search import marking
from feeds.text.times import jalali

RECENT = timedelta(hours=24)
"""How long a time is told as «۱۲ دقیقه پیش»."""

REMEMBERED = 4_096
"""Of each line that is said of an article: lists are made anew all day, and mostly of the same articles."""

MOST_CLOSING = 4
"""Brackets that are looked at after a Latin run: enough for `).»`, and never slow."""
_BEFORE, _BEHIND = " .,;:!?\"'([{<)]}>", " .,;:!?\"'([{<"
"""What is no part of a run before and behind it; a bracket behind it may close one of its own."""

_DIGITS = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")
_ASCII_RUN = re.compile(r"[!-~]+(?: [!-~]+)*")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_SET_APART = re.compile("[A-Za-z&<>'\"]")
"""What a text has to hold for its markup to be another than itself: hardly any Persian headline does."""


def number(value: int) -> str:
    """A count as Persian readers write it: «۱۲٬۳۴۵»."""
    return f"{value:,}".translate(_DIGITS)


def latin(text: str) -> Markup:
    """Text with every Latin run in `<bdi>`, so that its punctuation stays on its own side."""
    return _set(text, ())


def marked(text: str, ways: Sequence[tuple[str, ...]]) -> Markup:
    """As `latin`, with what was found in `<mark>`; a Latin run is one, marked or not, and is read from the left."""
    return _set(text, marking.places(text, ways))


def _set(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    if not _SET_APART.search(text):
        return Markup("".join(_pieces(text, 0, len(text), marks, str)))  # noqa: S704 - there is nothing to escape
    parts: list[str] = []
    at = 0
    for start, end in _latin_runs(text):
        parts += _pieces(text, at, start, marks, escape)
        parts += ("<bdi>", *_pieces(text, start, end, marks, escape), "</bdi>")
        at = end
    parts += _pieces(text, at, len(text), marks, escape)
    return Markup("".join(parts))  # noqa: S704 - escaped piece by piece


def _pieces(
    text: str, at: int, last: int, marks: Sequence[tuple[int, int]], shown: Callable[[str], str]
) -> Iterator[str]:
    """A part of a text, with the marks that lie in it."""
    for begin, finish in marks:
        start, end = max(begin, at), min(finish, last)
        if start < end:
            yield from (shown(text[at:start]), "<mark>", shown(text[start:end]), "</mark>")
            at = end
    yield shown(text[at:last])


def _latin_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text what is read from the left stands, from and to."""
    for run in _ASCII_RUN.finditer(text):
        start, end = _core(text, run.start(), run.end())
        if _LATIN_LETTER.search(text, start, end):
            yield start, end


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """The run without the punctuation around it, which belongs to the Persian sentence."""
    while start < end and (
        text[start] in _BEFORE or (text[start + 1 : start + 2] == " " and not text[start].isalnum())
    ):
        start += 1
    for _ in range(MOST_CLOSING):
        while start < end and (text[end - 1] in _BEHIND or (text[end - 2] == " " and not text[end - 1].isalnum())):
            end -= 1
        if start == end or not _closes_nothing(text, start, end):
            break
        end -= 1
    return start, end


def _closes_nothing(text: str, start: int, end: int) -> bool:
    pair = {")": "(", "]": "[", "}": "{", ">": "<"}.get(text[end - 1])
    return pair is not None and text.count(pair, start, end) < text.count(text[end - 1], start, end)


def lines(paragraph: str) -> Markup:
    """A paragraph, its line breaks kept."""
    return Markup("<br>").join(latin(line) for line in paragraph.strip().split("\n"))


@lru_cache(maxsize=REMEMBERED)
def full_time(moment: datetime, zone: ZoneInfo, *, day_only: bool = False) -> str:
    """«چهارشنبه ۲ مهر ۱۴۰۴، ۱۸:۳۰»; without the hour where only the day is known."""
    local = moment.astimezone(zone)
    day = jalali.news_date(local.date())
    return day if day_only else f"{day}، {jalali.clock(local, zone)}"


def when(article: Article, now: datetime, zone: ZoneInfo) -> Markup:
    """When an article was published, as `<time>`: relative while it is recent, the full date in its title."""
    full = full_time(article.published, zone, day_only=article.day_only)
    recent = not article.day_only and timedelta() <= now - article.published < RECENT
    shown = jalali.ago(article.published, now) if recent else full
    return time_tag(article.published, shown, full, zone, day_only=article.day_only)


@lru_cache(maxsize=REMEMBERED)
def time_tag(moment: datetime, shown: str, full: str, zone: ZoneInfo, *, day_only: bool = False) -> Markup:
    """A `<time>` that machines and people can read."""
    local = moment.astimezone(zone)
    machine = local.date().isoformat() if day_only else local.isoformat(timespec="minutes")
    title = f' title="{escape(full)}"' if shown != full else ""
    return Markup(f'<time datetime="{machine}"{title}>{escape(shown)}</time>')  # noqa: S704 - escaped
