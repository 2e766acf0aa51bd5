"""The icon as PNG and ICO, for what knows no SVG: home screens, feeds, old browsers.

.venv/bin/python tools/build_icons.py   # from feeds/web/static/icon.svg, beside it
"""

from __future__ import annotations

import struct
from pathlib import Path

import resvg_py

STATIC = Path(__file__).resolve().parent.parent / "feeds" / "web" / "static"
SIZES = {"icon.png": 144, "icon-512.png": 512}
FAVICON = 48


def main() -> None:
    """Write the icons."""
    for name, size in SIZES.items():
        (STATIC / name).write_bytes(drawn(size))
    (STATIC / "favicon.ico").write_bytes(ico(drawn(FAVICON), FAVICON))


def drawn(size: int) -> bytes:
    """The icon as PNG of so many pixels a side."""
    return bytes(resvg_py.svg_to_bytes(svg_path=str(STATIC / "icon.svg"), width=size, height=size))


def ico(png: bytes, size: int) -> bytes:
    """An ICO with one picture: a head of 6 bytes, an entry of 16, the PNG."""
    head = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), len(head) + 16)
    return head + entry + png


if __name__ == "__main__":
    main()
