"""Where an article is passed on to: addresses that work without a script."""

from __future__ import annotations

from urllib.parse import quote

_PLACES = (
    ("تلگرام", "https://t.me/share/url?url={url}&text={title}"),
    ("بله", "https://ble.ir/share/url?url={url}&text={title}"),
    ("ایتا", "https://eitaa.com/share/url?url={url}&text={title}"),
    ("واتساپ", "https://wa.me/?text={title}%0A{url}"),
)


def places(url: str, title: str) -> list[tuple[str, str]]:
    """The messengers that Iranians use, each with the address that passes the article on there."""
    encoded = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    return [(name, form.format(**encoded)) for name, form in _PLACES]
