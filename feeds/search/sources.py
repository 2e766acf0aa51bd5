"""«از ایرنا», «خبرگزاری مهر»: whose articles are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feeds.text.agency_names import ALSO_WORDS, NAMES_OF

_ORDINARY = ALSO_WORDS | {"مهر", "فارس", "شبستان", "آنا", "پانا", "صدا و سیما", "صدا و سیمای"}
"""Names that are words or places, too: they are an agency's only after «خبرگزاری»."""


@cache
def _asked() -> re.Pattern[str]:
    plain = _any(name for name in _full_names() if name not in _ORDINARY)
    whole = _any(_full_names())
    reporter = r"(?:خبرگزاری|خبر گزاری|سایت|پایگاه خبری|منبع:?)"
    return re.compile(
        rf"(?<!\w)(?:(?:از|به نقل از|به گزارش|منبع:?) )?(?:{reporter} (?:های? )?(?P<sure>{whole})|"
        rf"(?:(?:از|به نقل از|به گزارش|اخبار|خبرهای|خبرای) )(?P<plain>{plain}))(?!\w)"
    )


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _full_names() -> dict[str, str]:
    named = {name: signed for signed, names in NAMES_OF.items() for name in names}
    return named | {signed.removeprefix("خبرگزاری "): signed for signed in NAMES_OF}


def find(text: str) -> tuple[str, str]:
    """The agency that a search names as its source, by the name that it signs with, and the rest of the search.

    («», the text) where none is named. A name that is a word of its own («مهر», «فارس») needs «خبرگزاری» before it.
    """
    plain = text.replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک")  # letter for letter: places stay
    match = _asked().search(plain)
    if not match:
        return "", text
    rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
    return _full_names()[match["sure"] or match["plain"]], rest
