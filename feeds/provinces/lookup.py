"""What a person typed: which provinces are meant, or may be meant, and the words that remain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from feeds.provinces import gazetteer

_FOLD = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "\u200c": ""})


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a query means."""

    provinces: tuple[str, ...]
    """Slugs of the provinces that are meant."""
    choices: tuple[str, ...] = ()
    """Slugs to choose from where a name means several provinces."""
    words: str = ""
    """The rest of the query, in its order."""


def lookup(query: str) -> Lookup:
    """Find the provinces that a query names."""
    words = query.split()
    left: list[str] = []
    provinces: list[str] = []
    at = 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            key = "".join(words[at : at + size]).translate(_FOLD).lower().removeprefix("استان")
            if key in _names():
                provinces.append(_names()[key])
                at += size
                break
        else:
            left.append(words[at])
            at += 1
    if provinces:
        left = [word for word in left if word != "استان"]
    return Lookup(tuple(dict.fromkeys(provinces)), (), " ".join(left))


@cache
def _names() -> dict[str, str]:
    table = {}
    for province in gazetteer.PROVINCES:
        for name in (province.capital, province.name, *province.aliases, *province.latin):
            table[name.replace(" ", "").translate(_FOLD)] = province.slug
    return table
