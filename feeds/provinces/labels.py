"""What a source's own label says of a place: «استان‌ها > تهران», «استان فارس», «قم».

A label is a desk's word for a kind of news before it is a place: «اندیشه», «مقاومت», «مهر» and «نور» are towns, too,
and «فارس» is an agency. So a label counts only where nothing else can be meant: a province under «استان» or «استان‌ها»,
a town under «استان‌ها», or the name of a province that is no other word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.provinces import names, words
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.names import PROVINCE

_PARTS = re.compile(r"&gt;|[>»›/\\|:–—]|\s-\s")
"""What parts a path of sections."""
_PROVINCES = frozenset(
    {"استانها", "استان ها", "استانهای کشور", "استان های کشور", "استانی", "استان", "شهرستانها", "شهرستان ها"}
)
"""Sections that hold one section for each province."""
_NEWS = frozenset({"اخبار", "خبر", "خبرهای", "خبرگزاری"})
"""What may stand before «استان»."""
_AMBIGUOUS = frozenset({"فارس", "مرکزی"})
"""Names of provinces that alone are an agency's, an adjective, a club's."""


@lru_cache(maxsize=4096)
def place_of(label: str) -> tuple[str, int, int] | None:
    """The province's slug that a label names, and where its name stands in the label."""
    start, parents = 0, list[str]()
    for parting in _PARTS.finditer(label):
        parents.append(words.fold(label[start : parting.start()]))
        start = parting.end()
    text = words.split(label[start:])
    first = next((index for index, key in enumerate(text.keys) if key not in _NEWS), 0)
    is_province = first < len(text.keys) and text.keys[first] == "استان"
    first = first + 1 if is_province else 0
    hits = [hit for hit in names.find(text) if hit.first == first and hit.last == len(text.keys) - 1]
    if not hits:
        return None
    below = not _PROVINCES.isdisjoint(parents)
    meant = {place.province for place in hits[0].places if _is_meant(place, is_province=is_province, below=below)}
    if len(meant) != 1:
        return None
    begin, end = text.place(hits[0].first, hits[0].last)
    return meant.pop(), start + begin, start + end


def _is_meant(place: Place, *, is_province: bool, below: bool) -> bool:
    """Whether a label means a place of the name that it ends with."""
    if place.kinds == PROVINCE:
        return is_province or below or place.name not in _AMBIGUOUS
    return below and not is_province and place.needs in {Needs.NOTHING, Needs.PLACE}
