"""The formulas of agencies, cut out of the sentences that they open or interrupt; what is cut is no news.

    «به گزارش خبرگزاری مهر از قم به نقل از روابط عمومی شهرداری، راه باز شد.»  ->  «راه باز شد.»
    «رضا نمونه در گفت‌وگو با خبرنگار مهر در قم افزود: …»                       ->  «رضا نمونه افزود: …»

Only a formula whose end is certain is cut: it ends at a mark, at the agency's name, at a place that the gazetteer
knows, or at a verb of speech. Where that is in doubt the sentence stays as it is, since a formula too many is read
over, and a name too few is a false report. Whom the agency quotes is not lost: it is the article's origin.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from feeds.editing.byline import DESK, NAMED, REPORTED, TALK, WORD, signed
from feeds.editing.vocabulary import SPEAKS
from feeds.provinces import gazetteer

_GOES_ON = rf"(?=،| ?:| (?:با|ضمن|درباره|در|از|به|پیرامون|علت|و|نیز|{SPEAKS})(?![\w\u200c]))"
_OUTLET = (
    r"(?:خبرگزاری|روزنامه|هفته\u200c?نامه|ماهنامه|مجله|نشریه|شبکه|تلویزیون|رادیو|پایگاه|وب\u200c?گاه|"
    r"وب ?\u200c?سایت|سایت|روابط[ \u200c]?عمومی|مرکز (?:اطلاع|رسانه|خبر)|اداره کل (?:روابط|اطلاعات)|"
    r"دفتر (?:رسانه|اطلاع)|پرتال|پورتال)"
)
_CREDIT = re.compile(
    rf"^[«\"\s]*(?:{REPORTED}) {DESK}?(?:{NAMED}|خبرنگار ما|خبرنگار اعزامی|خبرنگار خبرگزاری)(?![\w\u200c])[»\"]?"
)
"""«به گزارش خبرنگار … خبرگزاری فارس», of any agency that is known."""
_OTHER = re.compile(rf"^[«\"\s]*(?:{REPORTED}) (?P<outlet>{_OUTLET}[^،:؛.!؟\n]{{0,90}}?)(?P<end> ?[،؛:])\s*")
"""«به گزارش روابط عمومی شهرداری قم،», «به گزارش خبرگزاری فرانسه از مسکو،»."""
_THIS_REPORT = re.compile(
    r"^[«\"\s]*(?:(?:بنا ?بر|بنا به|بر ?اساس|بر ?پایه[ٔ\u200c]?ی?|طبق|به)[ \u200c]?این[ \u200c]گزارش\s*[،؛:]?\s*"
    r"|به گزارش\s*[،؛:]\s*"
    r"|(?:این|همین) گزارش (?:همچنین )?(?:می[\u200c ]?افزاید|حاکی[ \u200c]?(?:است|ست)|(?:اضافه|تصریح) می[\u200c ]?کند)"
    r"\s*[،:؛]?\s*(?:که )?)(?=\S)"
)
"""The agency's own report, spoken of: «بر اساس این گزارش،», «این گزارش می‌افزاید:»."""
_FROM = re.compile(
    rf"\s*(?:از|در|اعزامی (?:به|از)|مستقر در) (?P<place>{WORD}(?: {WORD}){{0,4}}?)(?= (?:و )?به نقل از| ?[،؛:]|$)"
)
_BUREAU = re.compile(r" (?:مرکز|استان|منطقه|دفتر|شهرستان)(?: استان)? ")
_QUOTING = re.compile(r"\s*،?\s*(?:و )?به نقل از (?P<origin>[^،:؛.!؟\n]{2,110}?)\s*(?=[،؛:])")
_END = re.compile(r"\s*(?:[،؛:,_]|[-–—ـ](?=\s))\s*(?:مرکز \w+،\s*)?")
_VERB = re.compile(
    rf"(?<![\w\u200c])(?:{SPEAKS}|کرد|کردند|شد|شدند|است|بود|داد|دادند|داشت|می\u200c?\w+|خواهد|آمده|که)(?![\w\u200c])"
)
_INTERVIEW = re.compile(
    rf"(?P<comma>،)?(?P<which> که)? ?(?:در|طی) (?:یک |جریان )?{TALK} با {DESK}?(?:{NAMED}|خبرنگار ما)"
)
_SPOKE = re.compile(r"\s*(?:سخن|صحبت) می\u200c?(?: )?گفت\s*،?\s*|\s*سخن می\u200c?کرد\s*،?\s*")
_VAGUE = re.compile(r"(?<![\w\u200c])(?:این|آن|همین|وی|که)(?![\w\u200c])")

_SIGNS = ("گزارش", "گو", "مصاحبه", "خبرگزاری")
_WHEN = re.compile(r"(?<![\w\u200c])(?:امروز|دیروز|طی|گذشته|همانند|همچون|ساعت|روز)(?![\w\u200c])")
_AGENCY = re.compile(rf"\W*(?:{NAMED})")
_BETWEEN = re.compile(r"[\s\-–—ـ_/،؛.]+(?:استان |مرکز )?")
LONGEST_SIGNATURE = 60
"""Characters of a paragraph that may be an agency's name alone."""
LONGEST_ORIGIN = 13
"""Words of the longest name that an agency quotes: «روابط عمومی اداره کل … استان …»."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence without its formula."""

    text: str
    origin: str = ""
    """Whom the formula said that the agency quotes."""
    formula: bool = False
    """Whether there was one: the report proper begins here."""


def has_none(text: str) -> bool:
    """Whether a text surely holds no formula; most paragraphs hold none."""
    return not any(map(text.__contains__, _SIGNS))


def is_signature(text: str) -> bool:
    """Whether a paragraph is an agency's name alone, or with its bureau's places: «خبرگزاری تسنیم - کرمان»."""
    if len(text) > LONGEST_SIGNATURE or text.endswith(":"):
        return False
    named = _AGENCY.match(text)
    end = named.end() if named else 0
    while end and end < len(text):
        gap = _BETWEEN.match(text, end)
        if gap and gap.end() == len(text):
            return True
        end = known_place(text, gap.end()) if gap else 0
    return bool(end)


def without(sentence: str, *, origin: str = "", place: str = "", opening: bool = True) -> Cut:
    """A sentence without the agency's formulas.

    Args:
        sentence: one sentence.
        origin: whom the article is known to quote; told again, it is cut again, another stays in the text.
        place: where the article says that it was sent from, a place that the gazetteer may not know.
        opening: whether this may be the article's own credit; another medium's («به گزارش روزنامه …») is cut only
            there, to become its origin.
    """
    cut = Cut(sentence)
    if "گزارش" in sentence[:45]:
        cut = _without_report(sentence, origin, place, opening=opening)
    if " با " in cut.text and ("گو" in cut.text or "مصاحبه" in cut.text):
        text = _without_interview(cut.text, place)
        cut = Cut(text, cut.origin, cut.formula or text != cut.text)
    return cut


def _without_report(sentence: str, origin: str, place: str, *, opening: bool) -> Cut:
    if this := _THIS_REPORT.match(sentence):
        return Cut(_opened(sentence, this.end()), formula=True)
    if credit := _CREDIT.match(sentence):
        return _without_credit(sentence, credit.end(), place)
    other = _OTHER.match(sentence)
    if other is None or not _is_origin(other["outlet"]):
        return Cut(sentence)
    outlet = re.split(r" (?:از|در) (?=\S+$)", other["outlet"].strip(' «»"'))[0]
    if opening or outlet == origin:
        return Cut(_opened(sentence, other.end()), outlet, formula=True)
    return Cut(sentence)


def _without_credit(sentence: str, end: int, place: str) -> Cut:
    """The sentence after its credit, which ends after the agency's name, its place, its origin, at a mark if any."""
    rest, origin = sentence[end:], ""
    if "اعزامی" in sentence[:end] and rest.startswith(" به "):
        rest = " اعزامی" + rest
    named = _bureau(rest, place) or _place(rest, place)
    quoting = _QUOTING.match(rest, named)
    if quoting and _is_origin(quoting["origin"]):
        origin, named = _tidy(quoting["origin"]), quoting.end()
    mark = _END.match(rest, named)
    if mark:
        named = mark.end()
        again = _QUOTING.match("،" + rest[named:]) if not origin else None
        if again and _is_origin(again["origin"]):
            origin = _tidy(again["origin"])
            named += again.end() - 1
            after = _END.match(rest, named)
            named = after.end() if after else named
    elif not rest[named:].startswith(" ") or re.match(
        r" (?:از|اعزامی|مستقر|نقل|و )", rest[named:]
    ):  # no word of it, «فارس‌ها»
        return Cut(sentence)
    return Cut(_opened(rest, named), origin, formula=True)


def _is_origin(name: str) -> bool:
    """Whether words name a medium or an office that can be quoted, and nothing more that a reader would miss."""
    words = name.split()
    return (
        len(words) <= LONGEST_ORIGIN
        and name.strip() != "روابط عمومی"
        and not any(sign.search(name) for sign in (_VERB, _VAGUE, _WHEN))
    )


def _bureau(rest: str, place: str) -> int:
    """Where the agency's bureau ends, «خبرگزاری صدا و سیما مرکز گلستان،»; 0 where none is sure."""
    bureau = _BUREAU.match(rest)
    end = known_place(rest, bureau.end(), place) if bureau else 0
    return end if end and re.match(r" ?[،؛:]| (?:و )?به نقل از", rest[end:]) else 0


def _place(rest: str, place: str) -> int:
    """Where the place that an agency's name is followed by ends in `rest`; 0 where there is none, or it is unsure."""
    opened = re.match(r"\s*(?:از|در|اعزامی (?:به|از)|مستقر در) (?P<kind>(?:استان|شهرستان|شهر|بندر|بخش|منطقه) )?", rest)
    if opened is None:
        return 0
    known = known_place(rest, opened.end(), place)
    if opened["kind"]:  # «بندر امام» is a name too
        known = max(known, known_place(rest, opened.start("kind"), place))
    marked = _FROM.match(rest)
    if marked is None or _VERB.search(marked["place"]):
        return known
    beyond = rest[known : marked.end()].split() if known else []
    if rest.lstrip().startswith("در ") and not known:
        return 0
    # «از قم رضا نمونه، نماینده …»: what is left after a place that is known is a name, unless it is one word more.
    return known if len(beyond) > 1 else marked.end()


def known_place(text: str, start: int, place: str = "") -> int:
    """Where the longest place that begins at `start` ends; 0 where neither the gazetteer nor `place` is one there."""
    best, end = 0, start
    words: list[str] = []
    for word in re.finditer(rf" ?({WORD})", text[start : start + 60]):
        if word.start() + start != end or len(words) == MOST_WORDS:
            break
        words.append(word[1])
        end = start + word.end()
        name = _key("".join(words))
        if name in _places() or (place and name == _key(place)):
            best = end
    return best


MOST_WORDS = 4
"""Words of the longest name of a place: «چهارمحال و بختیاری» has three."""


@cache
def _places() -> AbstractSet[str]:
    names = {name for province in gazetteer.PROVINCES for name in (province.name, province.capital, *province.aliases)}
    return {_key(name) for name in names | {place.name for place in gazetteer.PLACES}}


def _key(name: str) -> str:
    return name.replace("\u200c", "").replace(" ", "").replace("آ", "ا").replace("ئ", "ی")


def _without_interview(sentence: str, place: str) -> str:
    match = _INTERVIEW.search(sentence)
    if match is None:
        return sentence
    end = match.end()
    where = re.match(r" (?:در|از) (?:(?:استان|شهرستان|شهر) )?", sentence[end:])
    if where:
        end = known_place(sentence, end + where.end(), place) or end
        if end == match.end() and (
            marked := re.match(
                rf" در {WORD}(?=،| (?:اظهار|گفت|افزود|بیان|تصریح|خاطرنشان|عنوان)(?![\w\u200c]))", sentence[end:]
            )
        ):
            end += marked.end()
    if match["which"]:
        spoke = _SPOKE.match(sentence, end)
        return _joined(sentence[: match.start()], sentence[spoke.end() :], comma=False) if spoke else sentence
    if not re.match(_GOES_ON, sentence[end:]):
        return sentence
    rest = sentence[end:]
    return _joined(sentence[: match.start()], rest, comma=bool(match["comma"]) and "،" in sentence[: match.start()])


def _joined(before: str, after: str, *, comma: bool) -> str:
    after = re.sub(r"^\s*،?\s*", "", after)
    if not before.strip(' «"'):
        return _opened(after, 0)
    return f"{before.rstrip(' ،')}{'،' if comma else ''}{'' if after.startswith(':') else ' '}{after}"


def _opened(text: str, start: int) -> str:
    return text[start:].lstrip(" ،:؛-–—ـ_")


def _tidy(origin: str) -> str:
    """A quoted source's name, without the quotation marks around the whole of it."""
    name = origin.strip(" ،")
    return signed(name) or (name[1:-1] if re.fullmatch(r"[«\"][^«»\"]*[»\"]", name) else name)
