"""Persian letters for what stands for them, and nothing that can't be seen: `normalize` and `fold` begin with it."""

from __future__ import annotations

import re
import unicodedata

from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.spelling import Respelling

_MAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
_REST_OF_ADDRESS = r"[^\s«»،؛()]*[^\s«»،؛()\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
"""Up to a sign that can be seen: a mark that closes the direction behind an address is none of it."""
_ADDRESS, _HANDLE_OR_CODE = (
    rf"https?://{_REST_OF_ADDRESS}|www\.{_REST_OF_ADDRESS}",
    r"#\w[\w\u200c]*|@\w[\w\u200c]*|`[^`\n]*`|﴿[^﴾\n]*﴾",
)
KEEP = rf"{_ADDRESS}|{_MAIL}|{_HANDLE_OR_CODE}"
"""What is never touched: addresses, e-mail, handles, hashtags, code, and verses of the Quran in their own brackets."""
KEPT_SIGNS = ("://", "www.", "@", "#", "`", "﴿")
"""One of these is in a text that has something to keep."""
KEPT_WITHOUT_MAIL = re.compile(rf"{_ADDRESS}|{_HANDLE_OR_CODE}")
"""Each branch begins with a letter of its own: so `re` looks for one of six letters, and tries at no other place."""
_KEPT = re.compile(KEEP)
_MAIL_SIGN = re.compile(r"@(?<=[\w.+-]@)")
_SPELLINGS = {
    **dict.fromkeys("يى", "ی"),
    "ك": "ک",
    **dict.fromkeys("\u00a0\u2007\u202f\t", " "),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
    **dict.fromkeys(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))), ""),
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True)),
}
_in_one_spelling = Respelling(_SPELLINGS)
_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")
_FOREIGN = re.compile(f"[{''.join(map(re.escape, _SPELLINGS))}\ufb50-\ufefc]")
"""One of these is in a text whose letters are not all Persian already: one search in the place of a hundred."""
_EMBEDDED = re.compile("[\u202a\u202d\u2066\u2068]([^\u0600-\u06ef\u202a-\u202e\u2066-\u2069\n]+)[\u202c\u2069]")
"""What has no Persian letter, between marks that set it from left to right."""
_SAME_EITHER_WAY = re.compile(r"[A-Za-z](?:.*[A-Za-z0-9])?|[0-9۰-۹]+(?:[.,:/][0-9۰-۹]+)*[%٪]?")
"""What shows the same without those marks: what a Latin letter opens, and plain numbers."""
LETTER = "\u0621-\u063a\u0641-\u0655\u0670\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc"

# Each of these two patterns looks behind after its first sign, not before it: `re` finds a sign faster than a place.
_MISUSED_SIGNS = ("\u200e", "\u200f", "\u00ac", ZWNJ * 2)
_MISUSED = re.compile(f"[\u200c\u200e\u200f\u00ac](?<=[{LETTER}].)[\u200c\u200e\u200f\u00ac]*(?=[{LETTER}])")
"""Marks of direction and the sign ¬ in the place of a ZWNJ; several ZWNJ in the place of one."""
_BESIDE = f"{LETTER}0-9A-Za-z۰-۹{ZWNJ}"
_IDLE_MARK = re.compile(f"(?<![^\\s«(])[\u200e\u200f]+(?=[{LETTER}])|\u200f(?<=[{LETTER}].)\u200f*+(?=[\\s،؛؟.:!»)]|$)")
"""A mark of direction beside a letter that has it of itself."""
_STRAY = re.compile(f"{ZWNJ}(?<!{ZWNJ * 2})(?:(?<![{_BESIDE}].){ZWNJ}*|{ZWNJ}*(?![{_BESIDE}]))")


def letters(text: str) -> str:
    """The same text in Persian letters, without what can't be seen: nothing that a reader would notice changes."""
    text = _around_kept(text) if any(map(text.__contains__, KEPT_SIGNS)) else _letters(text)
    if "\u200f" in text or "\u200e" in text:  # of the whole: what is kept may stand beside one
        text = _IDLE_MARK.sub("", text)
    return text


def has_mail(text: str) -> bool:
    """Whether a text may hold an e-mail address: a letter, digit or sign of one stands before an at sign."""
    return _MAIL_SIGN.search(text) is not None


def _around_kept(text: str) -> str:
    parts, start = [], 0
    for kept in (_KEPT if has_mail(text) else KEPT_WITHOUT_MAIL).finditer(text):
        parts += [_letters(text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*parts, _letters(text[start:])])


def _in_its_order(embedded: re.Match[str]) -> str:
    """A number or code with one LRM where Persian text would show it in another order: «025-3777», «+98 25», «C++».

    Telegram takes the embedding marks (U+202A to U+202E) out of a message, but not an LRM.
    """
    inside = embedded[1].strip()
    if not inside or _SAME_EITHER_WAY.fullmatch(inside):
        return embedded[1]
    before, behind = "" if inside[0].isalpha() else "\u200e", "" if inside[-1].isalnum() else "\u200e"
    return embedded[1].replace(inside, f"{before}{inside}{behind}")


def _letters(text: str) -> str:
    if _FOREIGN.search(text):
        text = _EMBEDDED.sub(_in_its_order, text)
        text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        text = _in_one_spelling(text)
    if any(map(text.__contains__, _MISUSED_SIGNS)):
        text = _MISUSED.sub(ZWNJ, text)
    return _STRAY.sub("", text) if ZWNJ in text else text
