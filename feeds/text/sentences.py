"""Sentences of Persian news: where one ends, and where a full stop is something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from feeds.text.acronyms import INITIALS, LETTER_NAMES

_END = re.compile(r"[.!؟?…]+[»”\"')\]\u200e\u200f]*(?=\s|$|(?<=\.)[\u0621-\u06cc]{2})")
"""The mark of an end, what closes with it, and a space, the end of the line or (typed in haste) the next word."""
_QUOTES = re.compile("[«»]")
_MARKS = re.compile(r"[.!؟?…]")
_LAST = ".!؟?…»”\"')]\u200e\u200f \t"
"""Marks and what closes with them: at the end of a line they part it from nothing."""

_ABBREVIATION = re.compile(
    r"\W*(?:co|inc|ltd|corp|bros|dr|mr|mrs|ms|prof|st|jr|sr|no|nos|vs|etc|al|eds?|fig|vol|pp|gen|col|sen|rep|gov|ave|mt|"
    r"ph|approx|dept|est|cf|ca|jan|feb|mar|apr|aug|sept?|oct|nov|dec)",
    re.IGNORECASE,
)
"""Latin words before a full stop which abbreviates them."""
_LETTER = re.compile(r"(?:^|.*[(«\"“./\u200c])(?:[\u0621-\u06cc]|[A-Za-z])[\u200c\u200d\u0640]?")
"""A single letter: «ق.م», «ه‍. ش.», «ص.», `U.S.`, an initial."""
_NUMBER = re.compile(r"\W*(?:(?:(?:ماده|تبصره|بند|اصل|فصل|بخش|گام|نکته) )?[۰-۹0-9]{1,3}|[A-Za-z]|الف)")
"""What stands before the full stop of an item in a list: «۲.», «ماده ۳.»."""
_SPELLED_NEXT = re.compile(r"\s*([\u0621-\u06cc]{2,6})\.")
_PAGES = re.compile(r"\s*[۰-۹0-9]")
_DOTTED = re.compile(r"[^\s.]*\.[^\s.]+\.[^\s.]")
_SHORT = 2
"""Letters of the parts of an acronym that is written as it is spoken: «ام.آر.آی»."""
_SHORT_ENDS = frozenset(("شد", "زد"))
"""Words that short at which sentences end, and which a next one is often typed to without a space."""
_GOES_ON = re.compile(r"\s*[،؛:]|\s+(?:و|که|را|تا|است|بود|اما|ولی|سپس)\s")
"""What goes on after a quotation that ends in a mark."""
_NAMES = re.compile(r"\s+(?:نام|عنوان|به|از|در|با|برای|یا|یعنی|نیز|هم|اثر|نوشتهٔ?|ساختهٔ?)\s")
"""What goes on after a title that the sentence opens with."""
_SPEECH = re.compile(r"(?::|گفت|افزود|نوشت|که|است|کرد|داد|داشت|شد)\s*$")
"""What stands before the quotation of a speech; a title («کی بود؟») stands in its sentence."""
_WORD = re.compile(r"\w")
_NEAR = 200
"""How far ahead a next word is looked for, in characters."""


def split(text: str) -> list[str]:
    """Split a text into sentences, without the white space around them.

    Sentences end at `. ! ؟ ? …` and at newlines; not at «؛», not within «quotations» (and «quotations «within» them»),
    not in decimals, addresses, acronyms, abbreviations, titles or the numbers of a list. Joining the result by spaces
    gives every word of the text, in order.
    """
    return list(each(text))


def each(text: str) -> Iterator[str]:
    """As `split`, one after another: whoever needs the first has it at once."""
    for line in text.splitlines():
        yield from _sentences_of(line)


def first(text: str) -> str:
    """The first sentence; empty where there is none."""
    return next(each(text), "")


def _sentences_of(line: str) -> Iterator[str]:
    last = len(line.rstrip(_LAST))
    start = 0
    if _MARKS.search(line, 0, last):  # most paragraphs of agencies are one sentence
        for end in _ends_within(line, last):
            if sentence := line[start:end].strip():
                yield sentence
            start = end
    if sentence := line[start:].strip():
        yield sentence


def _ends_within(line: str, last: int) -> Iterator[int]:
    """Where the sentences of a line end, all but its last one."""
    opened, closed = _quotations(line) if "«" in line else ([], [])
    start = 0
    for mark in _END.finditer(line):
        end, quoted = mark.end(), None
        if end > last:  # no word follows
            break
        if opened and (inside := bisect_right(opened, end - 1) - 1) >= 0:
            if end <= closed[inside]:
                continue
            quoted = opened[inside] if mark.start() < closed[inside] else None
        if _ends(line, start, mark, quoted):
            yield end
            start = end


def _quotations(line: str) -> tuple[list[int], list[int]]:
    """Where the outermost quotations that close within their line begin and end (at the closing mark)."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for mark in _QUOTES.finditer(line):
        if mark[0] == "«":
            open_at.append(mark.start())
        elif open_at:
            begin = open_at.pop()
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, mark.start()))
    return [begin for begin, _ in pairs], [end for _, end in pairs]


def _ends(line: str, start: int, end: re.Match[str], quoted: int | None) -> bool:
    """Whether a sentence that starts there ends here: it has words, more follow, and the mark is no abbreviation's.

    Args:
        line: the line.
        start: where the sentence starts.
        end: the mark.
        quoted: where the quotation begins that ends with the mark.
    """
    mark, at, behind = end[0], end.start(), end.end()
    if not (line[at - 1 : at].isalnum() or _WORD.search(line, start, at)):
        return False
    if not (line[behind + 1 : behind + 2].isalnum() or _WORD.search(line, behind, behind + _NEAR)):
        return False
    if quoted is not None and _is_within(line, start, behind, quoted):
        return False
    if mark.startswith(("..", "…")) and line[at - 1].isspace():
        return False
    return not (mark[0] == "." and _abbreviates(line, start, end))


def _is_within(line: str, start: int, end: int, quoted: int) -> bool:
    """Whether a sentence goes on after a quotation in it that ends there."""
    before = line[max(start, quoted - _NEAR) : quoted].strip()
    if not before and quoted - start < _NEAR:
        return bool(_GOES_ON.match(line, end) or _NAMES.match(line, end))
    return bool(_GOES_ON.match(line, end)) or not _SPEECH.search(before)


def _abbreviates(line: str, start: int, end: re.Match[str]) -> bool:
    """Whether a full stop belongs to what stands before it: an abbreviation, an acronym, the number of an item."""
    at = end.start()
    following = line[end.end() : end.end() + 1]
    if line[at - _SHORT : at].isalpha() and not line[at - 1].isascii() and following in " \n":
        return _is_spelled(line, start, end)
    word = line[max(line.rfind(" ", start, at) + 1, start) : at].lstrip()
    if _LETTER.fullmatch(word) or _ABBREVIATION.fullmatch(word) or _NUMBER.fullmatch(line, start, at):
        return True
    if not following or following.isspace():
        return False
    if "." in word or _DOTTED.match(line, at - len(word)):
        return all(len(part) <= _SHORT for part in word.split("."))
    return 0 < len(word) <= _SHORT and word not in _SHORT_ENDS


_SHORTENED = frozenset({"صص", "الف"})
"""What is written with a stop, besides the names of letters."""


def _is_spelled(line: str, start: int, end: re.Match[str]) -> bool:
    """Whether a full stop and a space stand behind an initial that is written as it is spoken: «جی. دی. ونس»."""
    at = end.start()
    word = line[max(line.rfind(" ", start, at) + 1, start) : at].lstrip('«("')
    if word not in LETTER_NAMES and word not in _SHORTENED:  # as nearly always
        return False
    before = line[start:at].split()[-3:-1]
    if word == "صص":
        return _PAGES.match(line, end.end()) is not None
    if word == "الف":
        return not before
    earlier = before[-1] if before else ""
    if earlier in LETTER_NAMES:  # «ام اس.»: its letters have no stops
        return False
    following = _SPELLED_NEXT.match(line, end.end())
    spelled_before = earlier.endswith(".") and earlier[:-1] in LETTER_NAMES
    return word in INITIALS or spelled_before or bool(following and following[1] in LETTER_NAMES)
