"""Edited prose for showing, by the rules of the Academy of Persian and nothing beyond them.

    letters      ي ك and presentation forms to Persian ones; invisible and control characters and
                 kashida away                                                                          everywhere
    ZWNJ         restored, see `zwnj`                                                                  everywhere
    marks        ، ؛ ؟ ٪ and «»; no space before a mark or inside «» and (), one after a mark
                 and where «» or () stand at a word                                                    not in quotations
    digits       Persian, for whole numbers in Persian prose, see `numerals`                           not in quotations

Addresses, e-mail, handles, hashtags, code, Latin words and what goes with them, decimals, dates and times in Latin form
are never touched. A quotation within a quotation keeps its marks. Each rule names what it may change, so all else comes
back as it was, and twice is the same as once.
"""

from __future__ import annotations

import html
import re

from feeds.text import acronyms, numerals, quotations
from feeds.text.letters import KEEP, LETTER, has_mail, letters
from feeds.text.restoring import zwnj
from feeds.text.restoring.lexicon import ZWNJ

_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|laquo|raquo|quot|[lrbs][dbs]quo|apos|"
    r"hellip|ndash|mdash|rlm|lrm|bull|middot|times|deg|amp);"
)
_KASHIDA = re.compile("(?<=[\u0621-\u063a\u0641-\u06cc])\u0640{2,}(?=[\u0621-\u063a\u0641-\u06cc])")
"""What only stretches a word, «تـــازه»; a single one may be a dash between two."""

_PERSIAN = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")

_WORD_BEHIND = rf"(?=[{LETTER}])(?!(?:{quotations.ENDINGS})(?![{LETTER}]))"
"""A word at a quotation or a bracket that lacks its space, and no ending: «متن»ها."""
_RULES = (
    rf"(?P<kept>{KEEP}|«[^«»\n]*»)"
    r"|(?P<code>(?<![0-9])[0-9]*[A-Za-z](?:[^\W\u0600-\u06ff]|[.'’/+&-])*(?:[ \u200c]?[0-9]+(?:[.,:/-][0-9]+)*)*)"
    rf"|(?P<number>{numerals.PATTERN})"
    rf"|(?P<latin>(?<=[{LETTER}»)]) *[,;?](?![0-9۰-۹]))(?P<tight>(?=[{LETTER}«]))?"
    rf"|(?P<before> +(?=[،؛؟!»)]|[.:](?=[\s»)]|$)))"
    rf"|(?P<opened>(?<=[{LETTER}]{{2}})\((?=[{LETTER}]{{3}})(?!(?:ها|های|هایی|یان|گان)\)))"
    rf"|(?P<closed>\){_WORD_BEHIND})"
    r"|(?P<doubled>،(?: *،)+)"
    r"|(?P<inside>(?<=[«(]) +)"
    rf"|(?P<after>[،؛؟!](?=[{LETTER}«])|[،؛](?<=[{LETTER}].)(?=[0-9۰-۹])|(?<=[{LETTER}]{{2}})(?:[.](?=[{LETTER}]{{2}})|:(?=[{LETTER}«])))"
    rf"|(?P<leaning>(?<=[{LETTER}]) +[.:](?=[{LETTER}]{{2}}|«))"
    r"|(?P<end> +(?=\n|$))"
    r"|(?P<spaces>  +)"
)
_MARK = re.compile(rf"(?![{LETTER}{ZWNJ}]|(?<=[{LETTER}{ZWNJ}]) [{LETTER}])(?:{_RULES})")
_MARK_NEAR_MAIL = re.compile(_RULES)
"""At a Persian letter begins nothing but an e-mail address; without one, `_MARK` does it in a sixth of the time."""
_SUSPECT = re.compile(
    rf"[0-9,;?%\"“”„<‹۰-۹ «(»)،؛؟!.:](?:(?<=[0-9,;?%\"“”„<‹])|(?<=[۰-۹])(?:(?=[{LETTER}])|(?<=[{LETTER}].))"
    rf"|(?<= )(?:[ ،؛؟!.:»)\n]|$)|(?<=[«(])(?: |(?<=[{LETTER}].))|(?<=[،؛؟!.:])[{LETTER}«۰-۹،]|(?<=[»)])[{LETTER}])"
)
"""What `_MARK` and `quotations` could change; most prose of agencies has none of it."""
_NEXT = re.compile(_WORD_BEHIND)
ROUNDS = 4
_PLAIN = {"opened": " (", "closed": ") ", "doubled": "،", "spaces": " "}
"""What is written for a rule, whatever it met; nothing for the others."""
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
    if "\u0640" in text:
        text = _KASHIDA.sub("", text)
    return zwnj.restore(_mark_lines(text)).strip()


def _mark_lines(text: str) -> str:
    """A text with the marks and digits of each paragraph set right that may have something to set right."""
    parts, done = [], 0
    while suspect := _SUSPECT.search(text, done):
        begin = text.rfind("\n", done, suspect.start()) + 1 or done
        end = text.find("\n", suspect.start())
        parts += [text[done:begin], _mark_line(text[begin : end if end >= 0 else len(text)])]
        if end < 0:
            return "".join(parts)
        done = end
    return "".join([*parts, text[done:]])


def _mark_line(line: str) -> str:
    """One paragraph with its marks and digits set right."""
    rules = _MARK_NEAR_MAIL if has_mail(line) else _MARK
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
            return _quotation(match) if match[0][0] == "«" else match[0]
        case "number":
            return numerals.persian(match[0], *_beside(match))
        case "latin" | "tight":
            return _MARKS[match["latin"].strip()] + (" " if match["tight"] is not None else "")
        case "after" if match[0] == "." and acronyms.holds(match.string, match.start()):
            return match[0]
        case "after" | "leaning":
            return match[0].strip() + " "
        case kind:
            return _PLAIN.get(kind or "", "")


def _quotation(match: re.Match[str]) -> str:
    """A quotation without spaces at its ends, and with one before and behind it where a word stands there."""
    before = " " if match.start() and _PERSIAN.match(match.string, match.start() - 1) else ""
    behind = " " if _NEXT.match(match.string, match.end()) else ""
    return f"{before}«{match[0][1:-1].strip(' ')}»{behind}"


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a match."""
    text, start, end = match.string, match.start(), match.end()
    return text[max(0, start - numerals.NEAR) : start], text[end : end + numerals.NEAR]
