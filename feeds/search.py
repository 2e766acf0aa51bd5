"""What a person typed -> SearchQuery: a period, provinces, and words.

    "قم سیل هفته گذشته"  ->  period (the last Saturday to Friday)  ->  province (قم)  ->  terms (سیل)
    "نون کرمون"  ->  in formal Persian (نان کرمان)  ->  province (کرمان)  ->  terms (نان)

Pure: the words, `now` and the zone in; the query out. Nothing typed can fail here, however hostile: what is neither a
period nor a province is folded to search tokens, and only those reach the store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from feeds.models import SearchQuery
from feeds.provinces import gazetteer, lookup
from feeds.text import colloquial, fold, jalali

LONGEST = 256
"""Characters of a query that are read; Telegram's inline queries have the same limit."""
MOST_TERMS = 12


def parse(typed: str, now: datetime, zone: ZoneInfo) -> SearchQuery:
    """Understand what a person typed.

    `choices` of the result is filled, and nothing else is to be searched, where a name means several provinces.
    """
    text = " ".join(typed[:LONGEST].split())
    period, rest = jalali.find_period(text, now, zone)
    rest, found = _places(rest)
    terms = tuple(dict.fromkeys(fold.tokens(found.words)))[:MOST_TERMS]
    return SearchQuery(
        text=text,
        provinces=found.provinces,
        terms=terms,
        first=_town(rest, found, terms),
        since=period.since if period else None,
        until=period.until if period else None,
        choices=found.choices,
    )


def _places(words: str) -> tuple[str, lookup.Lookup]:
    """The words in formal Persian, and the places among them; names that only sound colloquial are read as typed."""
    formal = colloquial.formal(words)
    for reading in dict.fromkeys((formal, words)):
        found = lookup.lookup(reading)
        if found.provinces or found.choices:
            return reading, replace(found, words=colloquial.formal(found.words))
    return formal, lookup.lookup(formal)


def _town(words: str, found: lookup.Lookup, terms: tuple[str, ...]) -> tuple[str, ...]:
    """What was typed of a province that is none of its own names: «کاشان» for Isfahan."""
    if len(found.provinces) != 1:
        return ()
    province = gazetteer.by_slug(found.provinces[0])
    known = {*terms, *_MARKERS, *(token for name in (province.name, *province.aliases) for token in fold.tokens(name))}
    typed = dict.fromkeys(fold.tokens(words))
    return tuple(token for token in typed if token not in known and not token.isascii())[:MOST_TERMS]


_MARKERS = frozenset({"استان", "شهرستان", "شهر", "بخش"})
