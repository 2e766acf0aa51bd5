"""How long what a page says of the time is true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from feeds.layout.typography import RECENT
from feeds.models import Article

_A_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(minutes=10)
"""What else a page shows (the channels that it leads to) is no article, and may be so old."""


def next_minute(now: datetime) -> datetime:
    """When «۱۲ دقیقه پیش» is to be said anew."""
    return now.replace(second=0, microsecond=0) + _A_MINUTE


def true_until(shown: Iterable[Article], now: datetime, zone: ZoneInfo) -> datetime:
    """Until when a page that shows these articles may stay as it is: a day turns, and what is new grows older."""
    if any(timedelta() <= now - article.published < RECENT for article in shown if not article.day_only):
        return next_minute(now)
    if any(article.published > now for article in shown):
        return next_minute(now)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(midnight, now + _LONGEST)
