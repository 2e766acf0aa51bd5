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
import unicodedata

from feeds.text import acronyms, numerals, quotations
from feeds.text.restoring import zwnj
from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.spelling import Respelling

_KEEP = (
    r"(?:https?://|www\.)[^\s«»،؛()]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|[#@]\w[\w\u200c]*"
    r"|`[^`\n]*`"
)
_KEPT = re.compile(_KEEP)
_KEPT_SIGNS = ("://", "www.", "@", "#", "`")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|nbsp|zwnj|shy|laquo|raquo|quot|hellip|ndash|mdash|rlm|lrm);"
)

_in_one_spelling = Respelling(
    {
        **dict.fromkeys("يى", "ی"),
        "ك": "ک",
        **dict.fromkeys("\u00a0\u2007\u202f\t", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\r", ""),
        **dict.fromkeys(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))), ""),
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True)),
    }
)
_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")
_PERSIAN = re.compile("[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_LETTER = "\u0621-\u063a\u0641-\u0655\u0670\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc"

# Each of these two patterns looks behind after its first sign, not before it: `re` finds a sign faster than a place.
_MISUSED_SIGNS = ("\u200e", "\u200f", "\u00ac", ZWNJ * 2)
_MISUSED = re.compile(f"[\u200c\u200e\u200f\u00ac](?<=[{_LETTER}].)[\u200c\u200e\u200f\u00ac]*(?=[{_LETTER}])")
"""Marks of direction and the sign ¬ in the place of a ZWNJ; several ZWNJ in the place of one."""
_BESIDE = f"{_LETTER}0-9A-Za-z۰-۹{ZWNJ}"
_STRAY = re.compile(f"{ZWNJ}(?<!{ZWNJ * 2})(?:(?<![{_BESIDE}].){ZWNJ}*|{ZWNJ}*(?![{_BESIDE}]))")

_RULES = (
    rf"(?P<kept>{_KEEP}|«[^«»\n]*»)"
    r"|(?P<code>(?<![0-9])[0-9]*[A-Za-z](?:[^\W\u0600-\u06ff]|[.'’/+&-])*(?: ?[0-9]+(?:[.,:/-][0-9]+)*)*)"
    rf"|(?P<number>{numerals.PATTERN})"
    rf"|(?P<latin>(?<=[{_LETTER}»)]) *[,;?](?![0-9۰-۹]))(?P<tight>(?=[{_LETTER}«]))?"
    rf"|(?P<before> +(?=[،؛؟!»)]|[.:](?=[\s»)]|$)))"
    r"|(?P<inside>(?<=[«(]) +)"
    rf"|(?P<after>[،؛؟!](?=[{_LETTER}«])|[،؛](?<=[{_LETTER}].)(?=[0-9۰-۹])|(?<=[{_LETTER}]{{2}})(?:[.](?=[{_LETTER}]{{2}})|:(?=[{_LETTER}«])))"
    r"|(?P<end> +(?=\n|$))"
    r"|(?P<spaces>  +)"
)
_MARK = re.compile(rf"(?![{_LETTER}{ZWNJ}]|(?<=[{_LETTER}{ZWNJ}]) [{_LETTER}])(?:{_RULES})")
_MARK_NEAR_ADDRESSES = re.compile(_RULES)
"""At a Persian letter begins nothing but an e-mail address; without one, `_MARK` does it in a sixth of the time."""
_SUSPECT = re.compile(rf"[0-9,;?%]| [ ،؛؟!.:»)\n]|[«(] |[،؛؟!.:][{_LETTER}«۰-۹]| $")
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
        if any(sign in line for sign in quotations.SIGNS):
            line = quotations.mark(line)
        if _SUSPECT.search(line):
            line = rules.sub(_mark, line)
        if line == before:
            break
    return line


def letters(text: str) -> str:
    """The same text in Persian letters, without what can't be seen: nothing that a reader would notice changes."""
    if not any(sign in text for sign in _KEPT_SIGNS):
        return _letters(text)
    parts, start = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_letters(text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*parts, _letters(text[start:])])


def _letters(text: str) -> str:
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _in_one_spelling(text)
    if any(sign in text for sign in _MISUSED_SIGNS):
        text = _MISUSED.sub(ZWNJ, text)
    return _STRAY.sub("", text)


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
