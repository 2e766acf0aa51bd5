"""Which provinces an article is about: the primary one first, each with its evidence, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from feeds.provinces import gazetteer

_FOLD = str.maketrans("يكىأإة", "یکیااه")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that speak for a province."""

    province: str
    field: str
    """Where they stand: `title`, `body`, `section`, `category` or `source`."""
    start: int
    end: int
    words: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Location:
    """What an article is about: slugs, the primary one first; empty where it is about no province."""

    provinces: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


def locate(title: str, body: str, *, section: str = "", categories: Sequence[str] = (), province: str = "") -> Location:
    """Find the provinces of an article."""
    found: list[Evidence] = []
    texts = [("title", title), ("body", body), ("section", section), *(("category", c) for c in categories)]
    for field, text in texts:
        for match in _names().finditer(text.translate(_FOLD)):
            slug = _slugs()[re.sub(r"[\s\u200c]", "", match[0])]
            found.append(Evidence(slug, field, match.start(), match.end(), match[0], "name", 1.0))
    slugs = [province] if province else []
    slugs += sorted({e.province for e in found}, key=lambda s: -sum(e.province == s for e in found))
    return Location(tuple(dict.fromkeys(slugs))[:2], tuple(found))


@cache
def _slugs() -> dict[str, str]:
    table = {}
    for province in gazetteer.PROVINCES:
        for name in (province.name, province.capital, *province.aliases):
            table[re.sub(r"[\s\u200c]", "", name)] = province.slug
    table["استانمرکزی"], table["استانفارس"] = table.pop("مرکزی"), table.pop("فارس")
    return table


@cache
def _names() -> re.Pattern[str]:
    names = sorted(_slugs(), key=len, reverse=True)
    return re.compile(r"(?<![آ-ی])(?:" + "|".join(r"[\s\u200c]?".join(n) for n in names) + r")(?![آ-ی])")
