"""Sentences of Persian news: where one ends, and where a full stop is something else."""

from __future__ import annotations

import re
from bisect import bisect_left

_END = re.compile(r"[.!؟?…]+[»”\"')\]]*(?=\s|$|(?<=\.)[\u0621-\u06cc]{2})")
"""The mark of an end, what closes with it, and a space, the end of the line or (typed in haste) the next word."""

_QUOTED = re.compile(r"«[^«»]*»")
"""A quotation that closes within its line."""

_ABBREVIATED = re.compile(r"(?:^|[\s(«.])(?:[\u0621-\u06cc]|[A-Za-z])$")
"""A single letter before the full stop: «ق.م»، «ه.ش»، `U.S.`, an initial."""
_GOES_ON = re.compile(r"\s+(?:و|که|را|تا|است|بود|اما|ولی|سپس)\s")
"""What goes on after a quotation that ends in a full stop."""
_WORD = re.compile(r"\w")
_NEAR = 200
"""How far ahead a next word is looked for, in characters."""


def split(text: str) -> list[str]:
    """Split a text into sentences, without the white space around them.

    Sentences end at `. ! ؟ ? …` and at newlines; not at «؛», not within «quotations», not in decimals, addresses or
    abbreviations. Joining the result by spaces gives every word of the text, in order.
    """
    return [sentence for line in text.splitlines() for sentence in _split_line(line)]


def _split_line(line: str) -> list[str]:
    # With one list of all quotation marks, a position is inside where an odd number of them lies before it.
    marks = [mark for quoted in _QUOTED.finditer(line) for mark in (quoted.start(), quoted.end() - 1)]
    sentences, start = [], 0
    for end in _END.finditer(line):
        if bisect_left(marks, end.end()) % 2 or not _ends(line, start, end):
            continue
        sentences.append(line[start : end.end()])
        start = end.end()
    sentences.append(line[start:])
    return [sentence for sentence in map(str.strip, sentences) if sentence]


def _ends(line: str, start: int, end: re.Match[str]) -> bool:
    """Whether a sentence that starts there ends here: it has words, more follow, and the mark is no abbreviation's."""
    if not _WORD.search(line, start, end.start()) or not _WORD.search(line, end.end(), end.end() + _NEAR):
        return False
    if end.group().endswith("»") and _GOES_ON.match(line, end.end()):
        return False
    if end.group().startswith(("..", "…")) and line[end.start() - 1].isspace():
        return False
    return not (end.group().startswith(".") and _ABBREVIATED.search(line[max(start, end.start() - 4) : end.start()]))
