"""A search narrowed to the last days by buttons: pure, from a query to one with a period, and the row of buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.talk import texts
from feeds.models import SearchQuery

PERIODS = {"1": (1, texts.LAST_DAY), "7": (7, texts.LAST_WEEK), "30": (30, texts.LAST_MONTH), "": (0, texts.ANY_TIME)}
"""By the name that callback data give it: how many days, and what the button says."""


def may_narrow(query: SearchQuery) -> bool:
    """Whether a person may choose a period: not where they named one."""
    return not (query.since or query.until)


def narrowed(query: SearchQuery, period: str, now: datetime) -> SearchQuery:
    """The query within a period; as it is where it has its own, or no such period is known."""
    days, _ = PERIODS.get(period, (0, ""))
    return replace(query, since=now - timedelta(days=days)) if days and may_narrow(query) else query


def buttons(callback: Callable[[str], str], chosen: str) -> tuple[tuple[str, str], ...]:
    """A row: each period, the chosen one marked.

    Args:
        callback: The callback data of a period.
        chosen: The one that is shown.
    """
    return tuple(
        (texts.CHOSEN.format(label=label) if period == chosen else label, callback(period))
        for period, (_, label) in PERIODS.items()
    )
