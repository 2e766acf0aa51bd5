"""Edited prose for showing: letters, ZWNJ, punctuation and digits by the rules of the Academy of Persian."""

from __future__ import annotations

from feeds.text import zwnj

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u00a0": " "})


def normalize(text: str) -> str:
    """Set a text of one or many paragraphs as a careful editor would; twice is the same as once."""
    return zwnj.restore(text.translate(_LETTERS)).strip()
