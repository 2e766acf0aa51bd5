"""Edited prose for showing, by the rules of the Academy of Persian and nothing beyond them.

    letters      ي ك and presentation forms to Persian ones, invisible and control characters away     everywhere
    ZWNJ         restored, see `zwnj`                                                                  everywhere
    marks        ، ؛ ؟ ٪ and «»; no space before a mark or inside «» and (), one after it              not in quotations
    digits       Persian, for whole numbers in Persian prose, see `numerals`                           not in quotations

Addresses, e-mail, handles, hashtags, code, Latin words and what goes with them, decimals, dates and times in Latin form
are never touched. A quotation within a quotation keeps its marks. Each rule names what it may change, so all else comes
back as it was, and twice is the same as once.
"""

from __future__ import annotations

import html
import re

from feeds.text import acronyms, numerals, quotations
from feeds.text.letters import KEEP, LETTER, letters
from feeds.text.restoring import zwnj
from feeds.text.restoring.lexicon import ZWNJ

_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|nbsp|zwnj|shy|laquo|raquo|quot|hellip|ndash|mdash|rlm|lrm);"
)

_PERSIAN = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")

_RULES = (
    rf"(?P<kept>{KEEP}|«[^«»\n]*»)"
    r"|(?P<code>(?<![0-9])[0-9]*[A-Za-z](?:[^\W\u0600-\u06ff]|[.'’/+&-])*(?: ?[0-9]+(?:[.,:/-][0-9]+)*)*)"
    rf"|(?P<number>{numerals.PATTERN})"
    rf"|(?P<latin>(?<=[{LETTER}»)]) *[,;?](?![0-9۰-۹]))(?P<tight>(?=[{LETTER}«]))?"
    rf"|(?P<before> +(?=[،؛؟!»)]|[.:](?=[\s»)]|$)))"
    r"|(?P<inside>(?<=[«(]) +)"
    rf"|(?P<after>[،؛؟!](?=[{LETTER}«])|[،؛](?<=[{LETTER}].)(?=[0-9۰-۹])|(?<=[{LETTER}]{{2}})(?:[.](?=[{LETTER}]{{2}})|:(?=[{LETTER}«])))"
    r"|(?P<end> +(?=\n|$))"
    r"|(?P<spaces>  +)"
)
_MARK = re.compile(rf"(?![{LETTER}{ZWNJ}]|(?<=[{LETTER}{ZWNJ}]) [{LETTER}])(?:{_RULES})")
_MARK_NEAR_ADDRESSES = re.compile(_RULES)
"""At a Persian letter begins nothing but an e-mail address; without one, `_MARK` does it in a sixth of the time."""
_SUSPECT = re.compile(rf"[0-9,;?%]| [ ،؛؟!.:»)\n]|[«(] |[،؛؟!.:][{LETTER}«۰-۹]| $")
"""What `_MARK` could change; most prose of agencies has none of it."""
ROUNDS = 4
_MARKS = {",": "،", ";": "؛", "?": "؟"}


def normalize(text: str) -> str:
    """Set a text of one or many paragraphs as a careful editor would.

    Correct text comes back unchanged, and normalizing twice is the same as once. Never raises; linear in the length.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0].replace("amp;", "")), text)
    text = letters(text)
    if not _PERSIAN.search(text):
        return text.strip()
    return zwnj.restore("\n".join(map(_mark_line, text.split("\n")))).strip()


def _mark_line(line: str) -> str:
    """One paragraph with its marks and digits set right."""
    rules = _MARK_NEAR_ADDRESSES if "@" in line else _MARK
    for _ in range(ROUNDS):  # one rule may make room for another
        before = line
        if any(map(line.__contains__, quotations.SIGNS)):
            line = quotations.mark(line)
        if _SUSPECT.search(line):
            line = rules.sub(_mark, line)
        if line == before:
            break
    return line


def _mark(match: re.Match[str]) -> str:
    """What an editor writes for a match of `_MARK`."""
    match match.lastgroup:
        case "kept" | "code":
            return f"«{match[0][1:-1].strip(' ')}»" if match[0][0] == "«" else match[0]
        case "number":
            return numerals.persian(match[0], *_beside(match))
        case "latin" | "tight":
            return _MARKS[match["latin"].strip()] + (" " if match["tight"] is not None else "")
        case "after":
            return match[0] if match[0] == "." and acronyms.holds(match.string, match.start()) else match[0] + " "
        case kind:
            return " " if kind == "spaces" else ""


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a match."""
    text, start, end = match.string, match.start(), match.end()
    return text[max(0, start - numerals.NEAR) : start], text[end : end + numerals.NEAR]
