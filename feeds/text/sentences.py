"""Sentences of Persian news: where one ends, and where a full stop is something else."""

from __future__ import annotations

import re

_TERMINATORS = ".!؟?…"
_CLOSERS = "»”\"')]"

_END = re.compile(rf"[{_TERMINATORS}]+[{re.escape(_CLOSERS)}]*(?=(\s+)|$|(?<=\.)(?=[\u0621-\u06cc]{{2}}))")
"""The end of a sentence: its mark, what closes with it, and a space, the end of the line, or (typed in haste) a word."""

_QUOTED = re.compile(r"«[^»]*»")
"""A quotation that closes within its line; nested ones end at the inner mark, which is enough to stay whole."""

_ABBREVIATION = re.compile(r"(?:^|[\s(«.])(?:[\u0621-\u06cc]|[A-Za-z]|ه\.ق|ه\.ش)$")
"""A single letter before the full stop: «ق.م»، «ه.ش»، `U.S.`, an initial."""


def split(text: str) -> list[str]:
    """Split a text into sentences, without the white space around them.

    Sentences end at `. ! ؟ ? …` and at newlines; not at «؛», not within «quotations», not in decimals, addresses or
    abbreviations. Joining the result by spaces gives every word of the text, in order.
    """
    return [sentence for line in text.splitlines() for sentence in _split_line(line)]


def _split_line(line: str) -> list[str]:
    quoted = _quoted_inside(line)
    sentences, start = [], 0
    for end in _END.finditer(line):
        if _is_inside(end.start(), quoted) or _continues(line, end):
            continue
        sentences.append(line[start : end.end()])
        start = end.end()
    sentences.append(line[start:])
    return [sentence for sentence in map(str.strip, sentences) if sentence]


def _quoted_inside(line: str) -> list[tuple[int, int]]:
    """The insides of quotations as (start, end), without the last mark: «گفت.» ends a sentence when the line goes on."""
    if "«" not in line:
        return []
    return [(found.start(), found.end()) for found in _QUOTED.finditer(line)]


def _is_inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < position < end for start, end in spans)


def _continues(line: str, end: re.Match[str]) -> bool:
    """Whether the mark is an abbreviation's, or an ellipsis in mid-sentence."""
    before, after = line[max(0, end.start() - 6) : end.start()], line[end.end() :].lstrip()
    if end.group().startswith(".") and _ABBREVIATION.search(before) and after:
        return True
    return not _has_word(line[: end.start()]) or bool(after) and not _has_word(after)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
