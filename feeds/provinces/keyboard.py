"""Words typed with the wrong keyboard layout: `rl` is قم on the keys of a Persian keyboard."""

from __future__ import annotations

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,\\`"
_LETTERS = "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپوپپ"
"""The Persian letters on those keys (ISIRI 9147; پ lies in three places, by the maker)."""
_MORE = {"H": "آ", "C": "ژ", "M": "ء"}

_TO_PERSIAN = str.maketrans({**dict(zip(_KEYS, _LETTERS, strict=True)), **_MORE})
_TO_LATIN = str.maketrans(
    {letter: key for key, letter in zip(_KEYS, _LETTERS, strict=True) if key.isalpha()} | {"ئ": "m", "پ": "m", "ا": "h"}
)


def to_persian(word: str) -> str:
    """What a word of Latin keys says on a Persian keyboard; empty where a character is on none of its letters."""
    plain = "".join(character if character in _MORE else character.lower() for character in word)
    persian = plain.translate(_TO_PERSIAN)
    return persian if not any(character.isascii() for character in persian) else ""


def to_latin(word: str) -> str:
    """What a word of Persian letters says on a Latin keyboard; empty where a letter is on none of its keys."""
    latin = word.translate(_TO_LATIN)
    return latin if latin.isascii() and latin.isalpha() else ""
