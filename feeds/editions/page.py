"""An edition as one HTML file that holds all it needs."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from markupsafe import Markup

from feeds.editions.gathering import Edition
from feeds.editions.setting import render, style, tiles, time_of
from feeds.layout import drawing

HTML = "text/html; charset=utf-8"


def as_html(edition: Edition) -> bytes:
    """The edition as a file for any browser: UTF-8, right-to-left, under 500 KB, with its letters within it.

    The same edition gives the same bytes.
    """
    page = render(
        "edition.html",
        edition,
        style=Markup(f"{_letters()}\n{style()}"),  # noqa: S704 - our own file
        map=Markup(tiles(edition)),  # noqa: S704 - drawn by us
        time_of=time_of(edition),
    )
    return page.encode()


@cache
def _letters() -> str:
    font = b64encode((drawing.FONTS / drawing.WEB).read_bytes()).decode()
    return (
        "@font-face{font-family:Vazirmatn;font-weight:400 700;font-display:swap;"
        f'src:url("data:font/woff2;base64,{font}") format("woff2")}}'
    )
