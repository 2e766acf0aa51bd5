"""What a person typed -> SearchQuery: a period, provinces, and words.

    "قم سیل هفته گذشته"  ->  period (the last Saturday to Friday)  ->  province (قم)  ->  terms (سیل)

Pure: the words, `now` and the zone in; the query out. Nothing typed can fail here, however hostile: what is neither a
period nor a province is folded to search tokens, and only those reach the store.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.models import SearchQuery
from feeds.provinces import lookup
from feeds.text import fold, jalali

LONGEST = 256
"""Characters of a query that are read; Telegram's inline queries have the same limit."""
MOST_TERMS = 12


def parse(typed: str, now: datetime, zone: ZoneInfo) -> SearchQuery:
    """Understand what a person typed.

    `choices` of the result is filled, and nothing else is to be searched, where a name means several provinces.
    """
    text = " ".join(typed[:LONGEST].split())
    period, rest = jalali.find_period(text, now, zone)
    found = lookup.lookup(rest)
    return SearchQuery(
        text=text,
        provinces=found.provinces,
        terms=tuple(dict.fromkeys(fold.tokens(found.words)))[:MOST_TERMS],
        since=period.since if period else None,
        until=period.until if period else None,
        choices=found.choices,
    )
