"""The table of facts: 31 provinces and the places in them, read once from the CSV files beside this module.

`provinces.csv` has a row a province, `places.csv` a row a name; both are meant to be edited by hand and reviewed as
a diff, and `tests/feeds/provinces/test_gazetteer.py` holds them to their invariants. Cells of several values part them
by `;`. A name is written as editors write it, with a ZWNJ or a space at each joint: that it is typed otherwise (joined,
with Arabic letters, without the sign of آ) is not the table's business. `needs` says what must stand before a name that
means other things, too, see `Needs`; a name of two provinces stands in both, and is `province` in the lesser known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from sys import intern


@dataclass(frozen=True, slots=True)
class Province:
    """A province of Iran, by ISO 3166-2:IR as renumbered in 2020."""

    code: str
    """ISO 3166-2, `IR-25`."""
    slug: str
    """The name in addresses and in the store, `qom`."""
    name: str
    english: str
    capital: str
    aliases: tuple[str, ...]
    """Other Persian spellings and names of the province."""
    latin: tuple[str, ...]
    """Latin spellings that people type, in small letters."""
    neighbours: tuple[str, ...]
    """Slugs of the provinces that it shares a land border with."""
    row: int
    """Its row in the tile map, 0 in the north."""
    column: int
    """Its column in the tile map, 0 in the west."""

    @property
    def hashtag(self) -> str:
        """The name as Telegram's hashtags allow it, without the sign: `استان_خراسان_رضوی`."""
        return "استان_" + self.name.replace(" ", "_")


class Needs(StrEnum):
    """What a name needs around it before it counts as that place."""

    NOTHING = ""
    """The name means the place wherever it stands."""
    PLACE = "place"
    """It has another sense, too: a word of place (شهر، در، از …) or of office must stand before it."""
    OFFICE = "office"
    """It is another thing more often (a surname, a mountain, a brand): a word of office or of division
    (فرماندار، شهرستان …) must stand before it."""
    WORD = "word"
    """An everyday word. As `OFFICE`, and typed alone it is not taken for the place."""
    PROVINCE = "province"
    """Too common to say which one is meant: it adds to a province that other words speak for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name within a province. A name that two provinces share is a place in each."""

    province: str
    """The province's slug."""
    name: str
    kinds: frozenset[str]
    """Any of `county`, `city`, `district`, `landmark`, `region` (older and larger than a province), `alias`."""
    needs: Needs
    latin: tuple[str, ...] = ()
    """Latin spellings that people type, in small letters; of well-known towns."""


PROVINCES: tuple[Province, ...]
"""All provinces, in the order of their codes; read from the table at the first use."""
PLACES: tuple[Place, ...]
"""All places in them."""


def __getattr__(name: str) -> tuple[Province, ...] | tuple[Place, ...]:
    if name == "PROVINCES":
        return _provinces()
    if name == "PLACES":
        return _places()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def by_slug(slug: str) -> Province:
    """The province with that slug; KeyError when there is none."""
    return _by_slug()[slug]


def by_code(code: str) -> Province:
    """The province with that ISO 3166-2 code; KeyError when there is none."""
    return _by_code()[code]


@cache
def _provinces() -> tuple[Province, ...]:
    return tuple(
        Province(
            code=row["code"],
            slug=row["slug"],
            name=row["name"],
            english=row["english"],
            capital=row["capital"],
            aliases=_parts(row["aliases"]),
            latin=_parts(row["latin"]),
            neighbours=_parts(row["neighbours"]),
            row=int(row["row"]),
            column=int(row["column"]),
        )
        for row in _rows("provinces.csv")
    )


@cache
def _places() -> tuple[Place, ...]:
    needs = {str(need): need for need in Needs}
    kinds = cache(lambda cell: frozenset(_parts(cell)))
    return tuple(
        Place(intern(row["province"]), row["name"], kinds(row["kind"]), needs[row["needs"]], _parts(row["latin"]))
        for row in _rows("places.csv")
    )


@cache
def _by_slug() -> Mapping[str, Province]:
    return {province.slug: province for province in _provinces()}


@cache
def _by_code() -> Mapping[str, Province]:
    return {province.code: province for province in _provinces()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath("data", name).open(encoding="utf-8") as table:
        rows = csv.reader(line for line in table if not line.startswith("#"))
        columns = next(rows)
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip()) if cell else ()
