"""Straight and curly quotation marks as «», the outer ones of a line: what is quoted within them keeps its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIGNS = ('"', "“", "”", "„", "<<", "‹‹")
"""One of these is in a text that has something to do."""
_MARKS = re.compile('[«»“”„"]')
_PERSIAN = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_OPENING = "([«“:،"
ENDINGS = "ی|ها|های|هایی|ای|اند|ام|اش|م|ش|ست|مان|تان|شان"
"""What may stand at a word without a space, whatever closes the word."""
_SPACED = re.compile(r'(?:[^«»“”„"]*[\s:،(])?(?P<open>")\s[^«»“”„"]*\s(?P<close>")(?:[\s:،؛.!؟)][^«»“”„"]*)?')
"""The only two marks of a line, each with a space on both sides."""
_WORD = re.compile(rf"(?!(?:{ENDINGS})(?!\w))[\w«]")
"""What a space stands before, after a quotation: a word, and no ending."""
_CLOSING = {'"': '"', "“": "”", "”": "“", "„": "“"}
"""What closes what each mark opens; Persian keyboards give the curly ones either way round."""


_DOUBLED = re.compile(r"<<([^<>«»\n]+)>>|‹‹([^‹›«»\n]+)››")
"""What keyboards without «» give for them."""


def mark(text: str) -> str:
    """The text with «» for the outer marks of its Persian quotations."""
    if "<<" in text or "‹‹" in text:
        text = _DOUBLED.sub(lambda said: f"«{said[1] or said[2]}»" if _PERSIAN.search(said[0]) else said[0], text)
    return "\n".join(_mark_line(line) if any(map(line.__contains__, SIGNS)) else line for line in text.split("\n"))


def _mark_line(line: str) -> str:
    letters = list(line)
    for start, end in _outer(line):
        inside = line[start + 1 : end]
        if "«" not in inside and _PERSIAN.search(inside):
            letters[start] = " «" if _PERSIAN.match(line, start - 1) and start else "«"
            letters[end] = "» " if _WORD.match(line, end + 1) else "»"
    return "".join(letters)


def _outer(line: str) -> Iterator[tuple[int, int]]:
    """Where the outermost quotations of a line open and close, of those that do both; what «» holds is passed over."""
    if spaced := _SPACED.fullmatch(line):
        yield spaced.start("open"), spaced.start("close")
        return
    depth = int(_continues(line))
    opened: list[int] = []
    for found in _MARKS.finditer(line):
        place, sign = found.start(), found[0]
        if sign in "«»":
            depth = max(0, depth + (1 if sign == "«" else -1))
        elif depth and not opened:
            continue
        elif opened and _CLOSING[line[opened[-1]]] == sign and not line[place - 1].isspace():
            start = opened.pop()
            if not opened:
                yield start, place
        elif _opens(line, place, nested=bool(opened)):
            opened.append(place)


def _continues(line: str) -> bool:
    """Whether a line begins within a quotation of the lines before: it is closed first."""
    closed = line.find("»")
    return closed >= 0 and not 0 <= line.find("«") < closed


def _opens(line: str, place: int, *, nested: bool) -> bool:
    """Whether a mark opens a quotation: one within another only after a space, after digits it is an inch."""
    sign, before, after = line[place], line[place - 1 : place], line[place + 1 : place + 2]
    if not after or after.isspace() or before.isdigit():
        return False
    if sign == "”" or nested:
        return not before or before.isspace() or before in _OPENING
    return True
