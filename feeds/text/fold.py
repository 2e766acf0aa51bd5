"""One key for what a reader holds equal: spellings, digits, ZWNJ, diacritics, inflections."""

from __future__ import annotations

import re
import unicodedata

from feeds.text import zwnj

_DROPPED = "".join(
    chr(code) for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE), 0x0640)
)
_INVISIBLE = "\u00ad\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_LETTERS = {
    **dict.fromkeys("يىېےئ", "ی"),
    **dict.fromkeys("كڪګ", "ک"),
    **dict.fromkeys("أإٱآ", "ا"),
    **dict.fromkeys("ةۀەہھ", "ه"),
    "ؤ": "و",
    "ء": "",
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict.fromkeys(_DROPPED + _INVISIBLE, ""),
}
_FOLD = str.maketrans(_LETTERS)
_WORD = re.compile(r"[^\W_]+")
_UNIT = re.compile(r"[^\W_]+(?:\u200c+[^\W_]+)*")

_AFFIXES = frozenset(
    "می نمی ها های هایی هایم هایت هایش هایمان هایتان هایشان تر تری ترین ترینی ای ام ات اش ایم اید اند یی ی مان تان شان".split()
)
"""Parts that inflect a word and carry no meaning of their own, after folding."""


def fold(text: str) -> str:
    """One comparable key of a text: letters and digits in one spelling, words parted by single spaces, no stemming.

    «خرم‌آباد» and `خرمآباد` are equal, «مسئول» and «مسیول» too; punctuation, diacritics and case are gone.
    """
    return " ".join(_WORD.findall(_letters(text).replace("\u200c", "")))


def tokens(text: str) -> list[str]:
    """The search tokens of a text, in order: only letters and digits, inflections dropped.

    A document and a query that a reader holds equal have equal tokens, however their ZWNJ were typed:
    «سرمایه‌گذاری‌های», `سرمایهگذاریهای` and «سرمایه گذاری های» are all `سرمایه`, `گذاری`.
    """
    found = []
    for unit in _UNIT.findall(_letters(zwnj.restore(text))):
        parts = unit.split("\u200c")
        found += [_stem(part) for part in parts if part not in _AFFIXES] or parts
    return found


def _letters(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_FOLD).lower()


_PLURAL = re.compile(r"(?<=\w\w\w)(?:ها|های|هایی|هایش|هایشان)$")


def _stem(word: str) -> str:
    return _PLURAL.sub("", word)
