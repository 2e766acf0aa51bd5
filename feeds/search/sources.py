"""«از ایرنا», «خبرگزاری مهر», «ایسنا سیل»: whose articles are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feeds.text.agency_names import ALSO_WORDS, NAMES_OF

_ORDINARY = ALSO_WORDS | {"مهر", "فارس", "شبستان", "آنا", "پانا", "صدا و سیما", "صدا و سیمای"}
"""Names that are words or places, too: they are an agency's only after «خبرگزاری» or before «نیوز»."""
_LATIN = {
    "irna": "ایرنا", "isna": "ایسنا", "tasnim": "تسنیم", "tasnimnews": "تسنیم", "ilna": "ایلنا", "farsnews": "فارس",
    "fars news": "فارس", "mehrnews": "مهر", "mehr news": "مهر", "khabaronline": "خبر آنلاین", "tabnak": "تابناک",
}  # fmt: skip


@cache
def _asked() -> re.Pattern[str]:
    names = [name for name in _full_names() if name not in _ORDINARY]
    plain = _any(names)
    alone = _any(name for name in names if " " not in name)
    whole = _any(_full_names())
    latin = _any(_LATIN)
    reporter = r"(?:خبرگزاری|خبر گزاری|سایت|پایگاه خبری|منبع:?)"
    leading = r"(?:(?:از|به نقل از|به گزارش|منبع:?) )?"
    return re.compile(
        rf"(?<!\w)(?:{leading}(?:{reporter} (?:های? )?(?P<sure>{whole})|(?P<news>{whole}) ?نیوز|(?P<latin>{latin}))|"
        rf"(?:(?:از|به نقل از|به گزارش|اخبار|خبرهای|خبرای|خبر|گزارش) )(?P<plain>{plain}))(?!\w)|"
        rf"^(?P<first>{alone})(?![\w:])|(?<!\w)(?P<last>{alone})$",
        re.IGNORECASE,
    )


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _full_names() -> dict[str, str]:
    named = {name: signed for signed, names in NAMES_OF.items() for name in names}
    return named | {signed.removeprefix("خبرگزاری "): signed for signed in NAMES_OF}


def find(text: str) -> tuple[str, str]:
    """The agency that a search names as its source, by the name that it signs with, and the rest of the search.

    («», the text) where none is named. A name that is a word of its own («مهر», «فارس») needs «خبرگزاری» before it or
    «نیوز» behind it; one that is nothing else may stand alone at either end of a search, where no headline has it.
    """
    plain = text.replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک")  # letter for letter: places stay
    match = _asked().search(plain)
    if not match:
        return "", text
    rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
    name = next(filter(None, match.group("sure", "news", "plain", "first", "last", "latin")))
    return _full_names()[_LATIN.get(name.lower(), name)], rest
