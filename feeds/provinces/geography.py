"""A point on the globe -> the province that it lies in; near a border, the others that it may lie in.

`borders.csv` has the provinces' outlines, `towns.csv` towns with their provinces and, without one, towns abroad
(`tools/build_borders.py` compiles both; NOTICE names the sources). The outlines are generalized to about a kilometre,
and some are older than the last counties that changed hands; so the nearest town has a word in it.

A library of geometry (shapely) would bring GEOS and numpy, 40 MB, for the two dozen lines below.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KM_PER_DEGREE = 111.2
NEAR_KM = 3.0
"""So near to an outline, it can't be said on which side of the border a point lies."""
TOWN_KM = 12.0
"""A point so near to a town lies where the town does, whatever the outline says."""
REACH_KM = 60.0
"""How far a town's word on its surroundings counts where an outline says otherwise."""
_SCALE = 1000

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a point lies."""

    provinces: tuple[str, ...]
    """Slugs, the likeliest first; several where it is too near to a border to tell. Empty: not in Iran."""
    at_the_border: bool = False
    """So near to Iran's border, or coast, that it may lie outside."""


@dataclass(frozen=True, slots=True)
class _Town:
    province: str
    """Empty abroad."""
    point: Point


@dataclass(frozen=True, slots=True)
class _Outline:
    province: str
    ring: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Whether the point is inside: a ray to the east crosses the ring an odd number of times."""
        x, y = point
        if not (self.west <= x <= self.east and self.south <= y <= self.north):
            return False
        inside = False
        for (x1, y1), (x2, y2) in zip(self.ring, (*self.ring[1:], self.ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside

    def distance(self, point: Point) -> float:
        """Kilometres to the ring."""
        x, y = point
        margin = NEAR_KM * 2 / KM_PER_DEGREE * 2
        if not (self.west - margin <= x <= self.east + margin and self.south - margin <= y <= self.north + margin):
            return math.inf
        ends = (_flat(corner, point) for corner in (*self.ring[1:], self.ring[0]))
        return min(_to_segment(_flat(one, point), other) for one, other in zip(self.ring, ends, strict=True))


def find(latitude: float, longitude: float) -> Whereabouts:
    """Where a point lies.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
    """
    point = (longitude, latitude)
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return Whereabouts(())
    outlines = _outlines()
    inside = [one.province for one in outlines if one.holds(point)]
    near = sorted((one.distance(point), one.province) for one in outlines)
    near_by = [province for distance, province in near if distance <= NEAR_KM]
    town_km, town = _nearest(_towns(), point)
    if not inside and not near_by:
        return Whereabouts(()) if not town.province or town_km > TOWN_KM else Whereabouts((town.province,), True)
    likeliest = inside or near_by[:1]
    if town.province and (town_km <= TOWN_KM or (town_km <= REACH_KM and inside and not near_by)):
        likeliest = [town.province, *likeliest]
    provinces = tuple(dict.fromkeys((*likeliest, *near_by)))
    at_the_border = not inside or (not town.province and town_km <= TOWN_KM) or _is_outer(provinces, near_by)
    return Whereabouts(provinces, at_the_border)


def _is_outer(provinces: Sequence[str], near_by: Sequence[str]) -> bool:
    """Whether the border near by is Iran's: on the other side of it lies no province."""
    return len(near_by) == 1 and len(provinces) == 1


def _nearest(towns: Iterable[_Town], point: Point) -> tuple[float, _Town]:
    return min(((math.hypot(*_flat(town.point, point)), town) for town in towns), key=lambda pair: pair[0])


def _flat(point: Point, around: Point) -> Point:
    """A point as kilometres east and north of another that is not far."""
    x = (point[0] - around[0]) * KM_PER_DEGREE * math.cos(math.radians(around[1]))
    return x, (point[1] - around[1]) * KM_PER_DEGREE


def _to_segment(one: Point, other: Point) -> float:
    """The distance of the origin from a segment."""
    (x1, y1), (x2, y2) = one, other
    dx, dy = x2 - x1, y2 - y1
    squared = dx * dx + dy * dy
    along = min(max(-(x1 * dx + y1 * dy) / squared, 0.0), 1.0) if squared else 0.0
    return math.hypot(x1 + along * dx, y1 + along * dy)


@cache
def _outlines() -> tuple[_Outline, ...]:
    return tuple(_outline(row["province"], row["ring"]) for row in _rows("borders.csv"))


def _outline(province: str, ring: str) -> _Outline:
    numbers = [int(number) / _SCALE for number in ring.split()]
    points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    longitudes, latitudes = numbers[::2], numbers[1::2]
    return _Outline(province, points, min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@cache
def _towns() -> tuple[_Town, ...]:
    return tuple(
        _Town(row["province"], (float(row["longitude"]), float(row["latitude"]))) for row in _rows("towns.csv")
    )


def _rows(name: str) -> Iterable[dict[str, str]]:
    text = files("feeds.provinces").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
