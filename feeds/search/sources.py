"""«از ایرنا», «خبرگزاری مهر»: whose articles are wanted."""

from __future__ import annotations

import re
from functools import cache

from feeds.sources.agencies import AGENCIES

_ORDINARY = frozenset(
    {"مهر", "فارس", "حوزه", "رسا", "شبستان", "میزان", "دانشجو", "موج", "دفاع مقدس", "آنا", "قدس", "همشهری", "پانا"}
    | {"جمهوری اسلامی", "دانشجویان ایران", "کار ایران", "کتاب ایران", "کشاورزی ایران", "قرآنی ایران", "صدا و سیما"}
)
"""Names that are words or places, too: they are an agency's only after «خبرگزاری»."""


@cache
def _asked() -> re.Pattern[str]:
    every = {name: agency for agency in AGENCIES for name in (agency.name, *agency.spellings)}
    plain = _any(name for name in every if name not in _ORDINARY)
    whole = _any(every)
    reporter = r"(?:خبرگزاری|خبر گزاری|سایت|پایگاه خبری|منبع:?)"
    return re.compile(
        rf"(?<!\w)(?:(?:از|به نقل از|به گزارش|منبع:?) )?(?:{reporter} (?:های? )?(?P<sure>{whole})|"
        rf"(?:(?:از|به نقل از|به گزارش|اخبار|خبرهای|خبرای) )(?P<plain>{plain}))(?!\w)"
    )


def _any(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]


@cache
def _full_names() -> dict[str, str]:
    return {name: agency.full_name for agency in AGENCIES for name in (agency.name, *agency.spellings)}


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
