"""Whose news it is: the agency that a text names as its reporter's, in its own formulas.

    «به گزارش خبرنگار حوزه دولت خبرگزاری فارس، …»   «… در گفت‌وگو با خبرنگار مهر گفت»   «تهران - ایرنا - …»

A name that is a word too (حوزه، دانشجو، قدس) counts only behind «خبرگزاری»: the reporter of «حوزه دولت» is none of
«خبرگزاری حوزه». What an agency quotes («به نقل از …») is no reporter of the text: it is its origin, see `boilerplate`.
"""

from __future__ import annotations

import re

from feeds.text.agency_names import ALSO_WORDS, NAMES_OF
from feeds.text.spelling import Respelling


def _spelled(name: str) -> str:
    """A name's pattern, however its parts are joined: desks drop the space of «صداوسیما»."""
    return "[ \u200c]?".join(re.escape(part) for part in name.split())


def _any_of(names: list[str]) -> str:
    return "|".join(_spelled(name) for name in sorted(names, key=len, reverse=True))


_NAMES = [name for names in NAMES_OF.values() for name in names]
WORD = "[\u0621-\u06cc\u200c]+"
"""A Persian word."""
_END = r"(?![\w\u200c])"
_PLACED = (
    "از",
    "در",
    "به",
    "و",
    "استان",
    "مرکز",
    "شهر",
    "مردم",
    "خلیج",
    "ماه",
    "دانشگاه",
    "پلیس",
    "اداره",
    "استانداری",
)
_NOT_AFTER = "".join(f"(?<!{word} )" for word in _PLACED)
"""What makes a bare name a place, or a month: «خبرنگار اعزامی به فارس», «مرکز فارس»."""
NAMED = (
    rf"(?:خبرگزاری[ \u200c](?:{_any_of(_NAMES)})"
    rf"|{_NOT_AFTER}(?:{_any_of([name for name in _NAMES if name not in ALSO_WORDS])})"
    rf"|باشگاه خبری (?:{_any_of(['فارس'])})[ \u200c]?[«\"]?(?:توانا)?[»\"]?)(?!\s(?:خبرگزاری)){_END}"
)
"""An agency as a text names it."""
DESK = (
    r"(?:(?:خبرنگار(?:ان)?|گزارشگر|گروه|سرویس|تحریریه)"
    rf"(?:[ \u200c]?[«\"]?{WORD}[»\"]?)??(?: [«\"]?{WORD}[»\"]?){{0,8}}? "
    r"|(?:پایگاه|سایت|وب[ \u200c]?سایت)(?: خبری| اطلاع[ \u200c]?رسانی)? "
    rf"|(?:بخش|دفتر|حوزه|مرکز)(?: {WORD}){{0,5}}? (?=خبرگزاری))"
)
"""What stands before it: the reporter, the desk, the office."""
DESK_AHEAD = rf"(?:(?:گروه|سرویس|تحریریه|دفتر) {WORD}(?: {WORD}){{0,3}}? (?=خبرگزاری))?"
"""The desk before the agency in a prefix: «گروه جامعه خبرگزاری میزان -»."""
DESK_BEHIND = rf"(?:گروه|سرویس|دفتر) {WORD}(?: {WORD}){{0,3}}"
"""The desk after it: «خبرگزاری مهر، گروه استان‌ها -»."""
TALK = (
    r"(?:گفت[ \u200c]?و?[ \u200c]?گو(?:ی|یی)?|مصاحبه(?:[ \u200c]?ای|ی)?)"
    r"(?: (?:اختصاصی|تفصیلی|تلفنی|کوتاه|ویژه|مشروح|زنده)| خود)*"
)
"""«گفت‌وگو» in each of its spellings, and «مصاحبه»."""
REPORTED = r"(?:به|بر ?اساس|بر ?پایه[ٔ‌]?ی?|طبق|بنا ?بر|بنا به)[ \u200c]?گزارش"

_PARTNER = re.compile(
    rf"(?:{REPORTED}|{TALK} با|(?:به|با|از) (?=خبرنگار[ \u200c])) ?{DESK}?(?P<named>{NAMED})"
    rf"|خبرنگار(?:ان)?(?: {WORD}){{0,4}}? (?P<reporter>خبرگزاری[ \u200c](?:{_any_of(_NAMES)})){_END}"
)
_PREFIX = re.compile(
    rf"\W*\w?(?:(?!فارس ?[-–—ـ،]){DESK_AHEAD}(?P<first>{NAMED})(?: ?، ?{DESK_BEHIND})? ?[-–—ـ_:؛/|]"
    rf"|{WORD}(?: {WORD}){{0,2}} ?[-–—ـ_/،(] ?(?P<second>{NAMED}) ?[-–—ـ_:؛/)])"
)
"""The agency before the text: «خبرگزاری فارس:», «ایسنا/قم», «قم - ایرنا -»."""
_LATER = re.compile(rf"\nخبرگزاری[ \u200c](?:{_any_of(_NAMES)}) ?[-–—ـ_:؛]")
"""The same before a later paragraph."""
_SIGN = re.compile("گزارش|خبرنگار|مصاحبه|گفت[ \u200c]?و?[ \u200c]?گو")
"""What a formula is looked for by: it begins at most so many characters before the first of them."""
_BEFORE_SIGN = 20
_KEYS = {re.sub(r"[ \u200c]", "", name): agency for agency, names in NAMES_OF.items() for name in (agency, *names)}
_in_one_spelling = Respelling({"ي": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "\u00ad": "", "\u200e": "\u200c"})

FIRST = 4000
"""Characters in which a text names its reporter; further down it quotes others."""


def agency_of(text: str) -> str:
    """Who reports a text, as it says in its own formulas: the agency as it signs, or "".

    The text may hold Arabic letters and lack its ZWNJ. A report («به گزارش …») and an interview with a reporter count,
    the first of them; an agency that is quoted («به نقل از …») or told about does not.
    """
    text = _in_one_spelling(text[:FIRST].replace("\u00a0", " ")).replace("خبر گزاری", "خبرگزاری")
    if prefix := _PREFIX.match(text):
        return signed(prefix["first"] or prefix["second"])
    if "\nخبرگزاری" in text and (later := _LATER.search(text)):
        return signed(later[0].strip("\n -–—ـ_:؛"))
    sign = _SIGN.search(text)
    named = _PARTNER.search(text, max(0, sign.start() - _BEFORE_SIGN)) if sign else None
    return signed(named["named"] or named["reporter"]) if named else ""


def signed(name: str) -> str:
    """An agency as it signs, from how a text names it: «مهر», «خبرگزاری مهر» -> «خبرگزاری مهر»; "" where unknown."""
    key = re.sub(r"[ \u200c«»\"]|توانا", "", name).removeprefix("باشگاهخبری")
    return _KEYS.get(key) or _KEYS.get(key.removeprefix("خبرگزاری"), "")


def is_same(one: str, other: str) -> bool:
    """Whether two names are of one agency, however each is written: «مهر», «خبرگزاری مهر», «مهر - استان‌ها»."""
    if not one or not other:
        return one == other
    if signed(one) and signed(one) == signed(other):
        return True
    shorter, longer = sorted((one.removeprefix("خبرگزاری "), other.removeprefix("خبرگزاری ")), key=len)
    return re.search(rf"(?<![\w\u200c]){re.escape(shorter)}(?![\w\u200c])", longer) is not None
