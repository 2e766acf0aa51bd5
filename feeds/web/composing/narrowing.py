"""The fields that narrow a search, put into its words: so each can be seen, taken off, shared, and said to the bot."""

from __future__ import annotations

from collections.abc import Mapping

from feeds.text.agency_names import NAMES_OF
from feeds.web.composing.listings import province_of

PERIODS = ("امروز", "دیروز", "۷ روز گذشته", "۳۰ روز گذشته")
"""What a search may be narrowed to, in words that it understands."""
AGENCIES = tuple(sorted(NAMES_OF))


def narrowed(fields: Mapping[str, str]) -> str:
    """The words of a search with those of its fields, `province`, `period` and `source`; nonsense says nothing."""
    typed = fields.get("q", "").strip()
    added = (
        _province(fields.get("province", "")),
        _period(fields.get("period", "")),
        _source(fields.get("source", "")),
    )
    return " ".join((typed, *(words for words in added if words and words not in typed))).strip()


def _province(slug: str) -> str:
    province = province_of(slug)
    return f"استان {province.name}" if province else ""


def _period(words: str) -> str:
    return words if words in PERIODS else ""


def _source(name: str) -> str:
    """An agency by the name that it signs with; «از» makes a site's bare name a source."""
    if name not in NAMES_OF:
        return ""
    return name if name.startswith("خبرگزاری ") else f"از {name}"
