"""Restoration of lost zero-width non-joiners (ZWNJ, U+200C)."""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.text import lexicon, morphology
from feeds.text.lexicon import ZWNJ

_WORD = re.compile("[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ]{3,}")
_KEPT = re.compile(r"(?:https?://|www\.)[^\s«»،؛()]+|[#@]\w[\w\u200c]*|`[^`\n]*`")
"""Addresses, hashtags, handles and code: left as they are."""

_FOLD = str.maketrans("يىك", "ییک")
_MARKS = re.compile("[\u064b-\u0655\u0670]")


def restore(text: str) -> str:
    """Put lost ZWNJ back; nothing else changes, and correct text comes back as it is."""
    if "#" in text or "@" in text or "`" in text or "://" in text or "www." in text:
        parts, start = [], 0
        for kept in _KEPT.finditer(text):
            parts += [_restore_prose(text[start : kept.start()]), kept.group()]
            start = kept.end()
        return "".join([*parts, _restore_prose(text[start:])])
    return _restore_prose(text)


def _restore_prose(text: str) -> str:
    return _WORD.sub(_restore_match, text)


def _restore_match(match: re.Match[str]) -> str:
    return restore_word(match[0])


@lru_cache(maxsize=65_536)
def restore_word(word: str) -> str:
    """Restore one run of letters, whatever its letters and marks are."""
    plain = _MARKS.sub("", word.translate(_FOLD))
    restored = morphology.analyse(plain, lexicon.load())
    if restored == plain:
        return word
    return restored if plain == word else _transfer(restored, word)


def _transfer(restored: str, word: str) -> str:
    """Put the ZWNJ of `restored` into `word`, which differs from it in letters and marks; marks stay with their letter."""
    parts, start = [], 0
    for part in restored.split(ZWNJ):
        end = start
        for _ in part:
            end = _after_letter(word, end)
        parts.append(word[start:end])
        start = end
    return ZWNJ.join(parts)


def _after_letter(word: str, position: int) -> int:
    """The position after the next letter and the marks on it."""
    position += 1
    while position < len(word) and _MARKS.match(word[position]):
        position += 1
    return position
