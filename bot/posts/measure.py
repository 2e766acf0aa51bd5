"""Lengths as Telegram counts them, texts that fit, and lines that every client lays out from the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.posts.links import UNSEEN
from bot.posts.spans import Line, Span
from feeds.text import sentences

RLM = "\u200f"

# Line separators of Unicode, which Telegram removes.
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def length(lines: Sequence[Line]) -> int:
    """The length of lines, with the newlines between them, in UTF-16 units."""
    return sum(utf16(span.text) for line in lines for span in line) + max(len(lines) - 1, 0)


def clean(text: str) -> str:
    """A text that no client and no parser stumbles over: nothing invisible but ZWNJ, lines parted by newlines."""
    return UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def split(text: str) -> list[str]:
    """The sentences of a text, none of them empty."""
    return [stripped for sentence in sentences.split(text) if (stripped := sentence.strip())]


def shorten(text: str, room: int) -> str:
    """The whole sentences that fit; where not even one does, its words, and an ellipsis that says so."""
    if utf16(text) <= room:
        return text
    kept = ""
    for sentence in split(text):
        longer = f"{kept} {sentence}".strip()
        if utf16(longer) > room:
            break
        kept = longer
    return kept or _cut(text, room)


def _cut(text: str, room: int) -> str:
    units = 0
    for end, character in enumerate(text):
        units += utf16(character)
        if units > room - 1:
            words, space, _ = text[:end].rpartition(" ")
            return (words if space and len(words) > end // 2 else text[:end]) + "…"
    return text


def rtl(spans: Line) -> Line:
    """The line with an RLM before it where its first strong character is not a right-to-left one (UAX #9, rule P2)."""
    for character in "".join(span.text for span in spans):
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return spans
        if direction in ("L", ""):  # what Unicode does not know yet counts as left-to-right
            break
    if spans and spans[0].folded:
        return (replace(Span(RLM), folded=True), *spans)
    return (Span(RLM), *spans)
