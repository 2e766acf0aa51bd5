"""An article read as an editor reads it: the dateline, the lead, and the text without the agency's formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.text import fold, sentences
from feeds.text.normalize import letters

AGENCIES = "فارس|مهر|ایرنا|ایسنا|تسنیم|ایلنا|برنا|آنا"
SPEAKS = (
    "اظهار|گفت|افزود|بیان|تصریح|خاطرنشان|خاطر نشان|ادامه|عنوان|اعلام|یادآور|تأکید|تاکید|ابراز|اضافه|اذعان|مطرح|"
    "توضیح|خبر داد|نوشت|هشدار|پیشنهاد|ابلاغ|معرفی"
)
"""How sentences go on after their speaker."""

_DESK = rf"خبرگزاری|خبرنگار|سرویس|گروه|پایگاه|باشگاه|{AGENCIES}"
_TALK = r"گفت\W?و\W?گو(?:یی|ی)?"
_PERSIAN = r"[\u0621-\u06cc\u200c]+"
_CREDIT = re.compile(rf"^\W*(?:خبرگزاری )?(?:{AGENCIES}) ?[-–—ـ_:،]+\W*(?=\w)")
_PLACE = re.compile(
    rf"^\W*(?!(?:خبرگزاری )?(?:{AGENCIES})\b)(?P<place>{_PERSIAN}(?: {_PERSIAN}){{0,2}}) ?[-–—ـ]+ ?(?=\w)"
)
_AGENCY = rf"(?:خبرگزاری )?(?:{AGENCIES})"
_NAMES = rf"\W*{_PERSIAN}(?: {_PERSIAN}){{0,2}} ?(?:[-–—ـ]+ ?{_PERSIAN}(?: {_PERSIAN}){{0,2}} ?)?"
_ALONE = re.compile(rf"{_NAMES}[-–—ـ]+\W*|(?:{_NAMES}[-–—ـ]+ ?)?\W*{_AGENCY} ?[:،]\W*")
"""A paragraph that is a dateline and nothing else: «قم - ایرنا -», «قم – مهر:»."""
_OPENS_WITH_DASH = re.compile(r"[-–—ـ]+ ?(?=\w|$)")
_REPORT = re.compile(
    rf"^(?:«|\")?(?:به گزارش|به نقل از) (?:(?:{_DESK})\b)?[^،:.]{{0,120}}?، ?(?:به نقل از [^،:.]{{2,60}}، ?)?"
    rf"|^(?:بنا ?بر ?این|بر ?اساس این|به) گزارش(?: (?:{_DESK})[^،:.]*)?، ?"
    r"|^به گزارش (?:خبرگزاری|خبرنگار) \S+ (?:از \S+ )?"
    r"|^(?:این گزارش|گزارش) (?:می\u200c?افزاید|حاکی است)[،:]? ?(?:که )?"
)
_INTERVIEW = re.compile(
    rf" (?:امروز |دیروز |\S+شنبه )?در (?:یک |حاشیه )?{_TALK} با (?:{_DESK})\b.*?"
    rf"(?=،| (?:با |ضمن |درباره |در خصوص |در مورد |{SPEAKS})|$)،?"
)
_BOILERPLATE = re.compile(
    rf"به گزارش (?:{_DESK})|{_TALK} با (?:خبرنگار|خبرگزاری|{AGENCIES})\b|خبرگزاری (?:{AGENCIES})\b"
    r"|^(?:بیشتر بخوانید|مطالب مرتبط|ادامه دارد|عکس|تصاویر|فیلم|ویدئو|منبع|کد خبر|گزارش تصویری"
    r"|پایان پیام|انتهای (?:پیام|خبر))"
)
POINTS_BACK = re.compile(
    r"^[«\"\s]*(?P<who>وی|او|ایشان|نامبرده|"
    r"این (?:مسئول|مقام|نماینده|مدیر|استاد|کارشناس|فرمانده|عضو)(?! \S*(?:ی|ان) )\S*)(?=[\s،:])"
)
"""A sentence whose subject is named in the one before it."""
_OPENING = 120
"""Characters of a text that its dateline is looked for in."""
LONGEST_DATELINE = 60
"""Characters of a paragraph that may be a dateline."""
LONG_LEAD = 500
"""Characters from which a first paragraph is the story and no lead."""
TOLD_BY_LEAD = 0.4
"""The share of the title's words that a first paragraph must have, to be a lead where nothing else tells."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article read as an editor reads it."""

    dateline: str
    """The place before the first dash, «قم»; empty where there is none."""
    lead: str
    """The paragraph in which the source itself sums the article up; empty where there is none."""
    body: str
    """Paragraphs parted by blank lines, the lead first; the dateline and boilerplate are dropped."""


def read(title: str, body: str, lead: str = "") -> Story:
    """Take a normalized article apart: its dateline, its lead, its text without boilerplate."""
    paragraphs, ahead, told_in = _paragraphs(body), _paragraphs(lead), ""
    if ahead and paragraphs and _is_dateline(ahead[0], paragraphs[0]):
        told_twice = _split_dateline(paragraphs[0])[1] != paragraphs[0]
        paragraphs[0], ahead = paragraphs[0] if told_twice else f"{ahead[0]} {paragraphs[0]}", []
    if ahead and not (paragraphs and _same(paragraphs[0], " ".join(ahead))):
        if paragraphs:  # the text proper opens with its dateline, behind the lead too
            told_in, paragraphs[0] = _split_dateline(paragraphs[0])
        paragraphs = [" ".join(ahead), *filter(None, paragraphs)]
    if not paragraphs:
        return Story("", "", "")
    dateline, first = _split_dateline(paragraphs[0])
    has_lead = bool(ahead) or first != paragraphs[0] or _is_lead(title, paragraphs)
    paragraphs[0] = first
    cleaned = [text for paragraph in paragraphs if (text := _without_boilerplate(paragraph))]
    return Story(dateline or told_in, cleaned[0] if has_lead and cleaned else "", "\n\n".join(cleaned))


def place_of(text: str) -> str:
    """The place of a text's dateline, as it came: «قم» of «قم – …»; "" where it has none."""
    return _split_dateline(letters(text[:_OPENING]).strip())[0]


def _paragraphs(text: str) -> list[str]:
    """The paragraphs; a dateline that stands before the first one is part of it, whatever markup parted them."""
    found = [paragraph.strip() for paragraph in re.split(r"\n+", text) if paragraph.strip()]
    while len(found) > 1 and _is_dateline(found[0], found[1]):
        found[:2] = [f"{found[0]} {found[1]}"]
    return found


def _is_dateline(paragraph: str, following: str) -> bool:
    if len(paragraph) > LONGEST_DATELINE:
        return False
    opened = _OPENS_WITH_DASH.match(following)
    return _ALONE.fullmatch(f"{paragraph} {opened[0]}" if opened else paragraph) is not None


def _same(paragraph: str, lead: str) -> bool:
    return fold.fold(_split_dateline(paragraph)[1]) == fold.fold(_split_dateline(lead.strip())[1])


def _split_dateline(paragraph: str) -> tuple[str, str]:
    """-> (place, the rest) without the agency's name between them."""
    told = _CREDIT.sub("", paragraph, count=1)  # «مهر - قم - …», as «قم - مهر - …»
    if place := _PLACE.match(told):
        return place["place"], _CREDIT.sub("", told[place.end() :], count=1)
    return "", told


def _is_lead(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether the first paragraph is the agency's own summary.

    It is where the report proper («به گزارش …») starts right after it; else where it is one short paragraph that tells
    most of the title.
    """
    if any(formula.search(paragraphs[0]) for formula in (_BOILERPLATE, _REPORT, POINTS_BACK)):
        return False
    if any(_BOILERPLATE.search(later) or _REPORT.match(later) for later in paragraphs[1:3]):
        return True
    words, told = set(fold.fold(title).split()), set(fold.fold(paragraphs[0]).split())
    return len(paragraphs[0]) < LONG_LEAD and bool(words) and len(words & told) >= TOLD_BY_LEAD * len(words)


def _without_boilerplate(paragraph: str) -> str:
    kept = (_clean(sentence) for sentence in sentences.split(paragraph))
    return " ".join(sentence for sentence in kept if sentence)


def _clean(sentence: str) -> str:
    """A sentence without the agency's formulas; empty where nothing else is in it."""
    sentence = _INTERVIEW.sub("", _REPORT.sub("", sentence)).lstrip(" ،:-")
    return "" if _BOILERPLATE.search(sentence) else sentence
