"""An article read as an editor reads it: the dateline, the lead, and the text without the agency's formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.editing import boilerplate, lines
from feeds.editing.byline import DESK_AHEAD, NAMED, WORD, agency_of
from feeds.text import fold, sentences

POINTS_BACK = re.compile(
    r"^[«\"\s]*(?P<who>وی|او|ایشان|نامبرده|"
    r"این (?:مسئول|مقام|نماینده|مدیر|استاد|کارشناس|فرمانده|عضو)(?! \S*(?:ی|ان) )\S*)(?=[\s،:])"
)
"""A sentence whose subject is named in the one before it."""
LONGEST_DATELINE = 60
"""Characters of a paragraph that may be a dateline."""
LONG_LEAD = 500
"""Characters from which a first paragraph is the story and no lead."""
TOLD_BY_LEAD = 0.4
"""The share of the title's words that a first paragraph must have, to be a lead where nothing else tells."""
OPENING = 4
"""Paragraphs in which an article says whom it quotes."""

_DASH = "[-–—ـ_]"
_DESK = rf"(?: ?[-–—ـ_؛،]+ ?(?:گروه|سرویس|دفتر|یادداشت) {WORD}(?: {WORD}){{0,4}})?"
_CREDIT = re.compile(
    rf"^\W*(?:\w(?=خبرگزاری))?{DESK_AHEAD}{NAMED}{_DESK} ?"
    rf"(?:[-–—ـ_:؛]\W*(?=\w)|،\W*(?={WORD}(?: {WORD}){{0,2}} ?{_DASH}))"
)
"""The agency before the text; a comma after its name may go on with what it did, unless a dateline follows."""
_PLACE = re.compile(rf"^\W*(?!{NAMED})(?P<place>{WORD}(?: {WORD}){{0,2}}) ?{_DASH}+ ?(?=[\w«\"])")
_DESK_ALONE = re.compile(
    r"^\W*(?:گروه|سرویس) (?:استان\u200c?ها|جامعه|اجتماعی|سیاسی|سیاست|اقتصادی|اقتصاد|ورزشی|ورزش|فرهنگی|فرهنگ(?: و هنر)?|"
    r"بین\u200c?الملل|حوادث|علمی(?: و فناوری)?|دانش(?: و فناوری)?|سلامت|دانشگاه|مجلس|شهری|خبر|هنر|رسانه)"
    r"(?: خبر)? ?[-–—:] ?(?=[\w«\"])"
)
"""«گروه استان‌ها - …»: the desk, and no place."""
_AGENCY_AND_PLACE = re.compile(rf"^\W*{NAMED} ?/ ?(?=\w)")
"""«ایسنا/قم مدیرکل …»: the place ends where the gazetteer says so."""
_NAMES = rf"\W*{WORD}(?: {WORD}){{0,2}} ?(?:{_DASH}+ ?{WORD}(?: {WORD}){{0,2}} ?)?"
_ALONE = re.compile(rf"{_NAMES}{_DASH}+\W*|(?:{_NAMES}{_DASH}+ ?)?\W*{NAMED} ?[:،]\W*")
"""A paragraph that is a dateline and nothing else: «قم - ایرنا -», «قم – مهر:»."""
_NAMED = re.compile(NAMED)
_OPENS_WITH_DASH = re.compile(rf"{_DASH}+ ?(?=\w|$)")


@dataclass(frozen=True, slots=True)
class Story:
    """An article read as an editor reads it."""

    dateline: str
    """The place before the first dash, «قم»; empty where there is none."""
    lead: str
    """The paragraph in which the source itself sums the article up; empty where there is none."""
    body: str
    """Paragraphs parted by blank lines, the lead first; the dateline and boilerplate are dropped."""
    origin: str = ""
    """Whom the agency says it has the news from: another medium, a public-relations office."""


def read(title: str, body: str, lead: str = "") -> Story:
    """Take a normalized article apart: its dateline, its lead, its text without boilerplate."""
    body, lead = body.replace("خبر گزاری", "خبرگزاری"), lead.replace("خبر گزاری", "خبرگزاری")
    paragraphs, ahead, told_in = lines.own(_paragraphs(body)), _paragraphs(lead), ""
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
    dated = first != paragraphs[0]
    paragraphs[0] = first
    if not (dated or told_in) and len(paragraphs) > 1:
        told_in, paragraphs[1] = _signed_dateline(paragraphs[1])
    cleaned = _clean(paragraphs, dateline or told_in)
    if not cleaned.texts:  # formulas and nothing else: better they than an empty post
        return Story(dateline or told_in, "", "\n\n".join(paragraphs), cleaned.origin)
    has_lead = bool(ahead) or dated or _is_lead(title, paragraphs, cleaned.formulas)
    return Story(
        dateline or told_in,
        cleaned.texts[0] if has_lead and cleaned.numbers[0] == 0 else "",
        "\n\n".join(cleaned.texts),
        cleaned.origin,
    )


@dataclass(slots=True)
class _Cleaned:
    """Paragraphs without boilerplate."""

    texts: list[str]
    numbers: list[int]
    """The number that each has among the paragraphs as they came."""
    formulas: list[bool]
    """Whether each paragraph as it came had a formula of agencies."""
    origin: str
    place: str
    """The dateline."""


def _clean(paragraphs: Sequence[str], place: str) -> _Cleaned:
    cleaned = _Cleaned([], [], [], "", place)
    for number, paragraph in enumerate(paragraphs):
        opening = number < OPENING and not any(cleaned.formulas)
        text, formula = _without_boilerplate(paragraph, cleaned, opening=opening)
        cleaned.formulas.append(formula)
        if text:
            cleaned.texts.append(text)
            cleaned.numbers.append(number)
    return cleaned


def _without_boilerplate(paragraph: str, cleaned: _Cleaned, *, opening: bool) -> tuple[str, bool]:
    """-> (the paragraph without formulas, whether it had one); the origin that they name is put down."""
    if lines.is_line(paragraph) or boilerplate.is_signature(paragraph):
        return "", False
    if origin := lines.source_of(paragraph):
        cleaned.origin = cleaned.origin or origin
        return "", False
    if boilerplate.has_none(paragraph) and lines.has_none(paragraph):
        return paragraph, False
    text = _CREDIT.sub("", paragraph, count=1) if opening and paragraph.startswith("خبرگزاری") else paragraph
    kept, formula = [], text != paragraph
    for sentence in sentences.split(text):
        if lines.is_line(sentence):
            continue
        cut = boilerplate.without(sentence, origin=cleaned.origin, place=cleaned.place, opening=opening and not formula)
        formula = formula or cut.formula
        cleaned.origin = cleaned.origin or cut.origin
        if cut.text:
            kept.append(cut.text)
    return " ".join(kept), formula


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
    told = _DESK_ALONE.sub("", _CREDIT.sub("", paragraph, count=1))  # «مهر - قم - …», as «قم - مهر - …»
    if place := _PLACE.match(told):
        return place["place"], _CREDIT.sub("", told[place.end() :], count=1)
    if slashed := _AGENCY_AND_PLACE.match(told):
        end = boilerplate.known_place(told, slashed.end())
        if end and told[end : end + 1] in {" ", "،", ":"}:
            return told[slashed.end() : end], told[end:].lstrip(" ،:")
    return "", told


def _signed_dateline(paragraph: str) -> tuple[str, str]:
    """`_split_dateline` of a paragraph behind the lead, where the agency's name is in it: «ایسنا/قم مدیرکل …»."""
    place, rest = _split_dateline(paragraph)
    return (place, rest) if place and _NAMED.search(paragraph[: len(paragraph) - len(rest)]) else ("", paragraph)


def _is_lead(title: str, paragraphs: Sequence[str], formulas: Sequence[bool]) -> bool:
    """Whether the first paragraph is the agency's own summary.

    It is where the report proper («به گزارش …», «… به خبرنگار مهر گفت») starts right after it; else where it is one
    short paragraph that tells most of the title.
    """
    first = paragraphs[0]
    if formulas[0] or POINTS_BACK.match(first):
        return False
    if any(formulas[1:3]) or any(map(agency_of, paragraphs[1:3])):
        return True
    words, told = set(fold.fold(title).split()), set(fold.fold(first).split())
    return len(first) < LONG_LEAD and bool(words) and len(words & told) >= TOLD_BY_LEAD * len(words)
