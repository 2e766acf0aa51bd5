"""Names of Latin letters in Persian: what «ام.آر.آی», «ای بی سی» and «ام اس» are made of."""

from __future__ import annotations

import re

LETTER_NAMES = frozenset(
    {"آ", "ای", "بی", "سی", "دی", "یی", "اف", "جی", "اچ", "ایچ", "آی", "کی", "ال", "ام", "ان", "او", "پی", "کیو", "آر"}
    | {"اس", "تی", "یو", "وی", "دابلیو", "دبلیو", "ایکس", "وای", "زد", "زی"}
)
SURE_LETTER_NAMES = frozenset({"اف", "جی", "اچ", "ایچ", "آی", "کیو", "آر", "اس", "تی", "یو", "ایکس"})
"""Those that are hardly anything else between words; «سی» is thirty, too, «بی» is without, «وی» he."""
INITIALS = SURE_LETTER_NAMES - {"آی", "ایکس"} | {"دابلیو", "دبلیو"}
"""Those that a full stop makes an initial of: «جورج دبلیو. بوش»."""

_RUN = "[\u0621-\u063a\u0641-\u064aپچژکگی]+"
_BEFORE, _AFTER = re.compile(rf"(?:({_RUN})\.)?({_RUN})$"), re.compile(_RUN)
_LONGEST = max(map(len, LETTER_NAMES)) + 1


def holds(text: str, stop: int) -> bool:
    """Whether the full stop there parts the letters of an acronym, «ام.آر.آی», or a word from them, «سی.تی.اسکن»."""
    before = _BEFORE.search(text[max(0, stop - 2 * _LONGEST) : stop])
    after = _AFTER.match(text, stop + 1, stop + 1 + _LONGEST)
    if not (before and after and before[2] in LETTER_NAMES):
        return False
    return before[1] in LETTER_NAMES or after[0] in LETTER_NAMES
