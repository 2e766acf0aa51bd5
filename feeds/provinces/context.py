"""What the words around a name say of it: an office, a dateline, a street, a club, another country.

The rules are a newsroom's: an article is about the place whose officials speak and from where it is sent; a name
after «خیابان» is a street, after «آقای» a person, and the capital's name alone is the state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from feeds.provinces import vocabulary
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.names import DEMONYM, PROVINCE, Hit
from feeds.provinces.words import Words


class Sign(Enum):
    """How a name stands in its sentence; the value is what it weighs."""

    DATELINE = 5.0
    """Where the article was sent from: «قم – …», «به گزارش خبرگزاری … از کرمان»."""
    OFFICE = 3.0
    """Whose office speaks or is spoken of: «استاندار قم», «مدیرکل راه و شهرسازی لرستان»."""
    DIVISION = 2.0
    """«استان قم», «مردم کاشان»."""
    PLAIN = 1.0
    MEMBER = 0.9
    """«نماینده مردم تبریز در مجلس»: an office of the place, that often speaks of the country."""
    PEOPLE = 0.8
    """«هنرمندان لرستانی»."""
    VENUE = 0.4
    """«در تهران»: where the state's business is done, or a match is played, more often than what it is about."""
    ASIDE = 0.3
    """In passing: a university, a road's end, a club, a name that many places have."""
    NONE = 0.0
    """Another thing of that name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the whole text when a name in it is judged."""

    sports: bool = False
    """It tells of matches, where names of places are mostly names of clubs."""
    match: bool = False
    """It has a word of sport that makes a club of «استقلال خوزستان»."""
    business: bool = False
    """It tells of shares, where names of places are mostly names of companies."""
    opening: bool = False
    """It is a body, which may open with a dateline."""
    foreign: frozenset[str] = frozenset()
    """Names that the text uses for places abroad."""
    abroad: frozenset[str] = frozenset()
    """Names that have a namesake over the border, in a text that tells of that country: not sure without an office."""


_DASH = re.compile(r"\s*[-\u2010-\u2015\u0640/|:(]")
_STOP = re.compile(r"[.:؛!؟?\n«»\"()\[\]…]")
_DIGITS = re.compile(r"[0-9۰-۹٠-٩]")
_OPENING_WORDS = 5
"""A dateline begins within these words of a body: «به گزارش ایسنا/قم»."""
_TITLE_WORDS = 5
"""Words of a quoted title in which the name of a place may stand."""
_REACH = 8
"""How many words before a name its title of office may begin."""


def is_sport(words: Words) -> bool:
    """Whether a text tells of matches: in two different words of sport if it is short, in more if it is longer.

    Two clubs, not both of them mines, need one word more: «استقلال» is independence, and a «تراکتور» drives.
    """
    told, clubs = (len(words_of.intersection(words.keys)) for words_of in (vocabulary.SPORTS, vocabulary.CLUB_NAMES))
    if told and clubs > 1 and not vocabulary.CLUB_NAMES.difference(vocabulary.MINES).isdisjoint(words.keys):
        return True
    return told >= min(2 + len(words.keys) // 100, 5)


def is_match(words: Words) -> bool:
    """Whether a text has a word of sport that leaves no doubt."""
    return not vocabulary.MATCH.isdisjoint(words.keys)


def is_business(words: Words) -> bool:
    """Whether a text tells of shares."""
    return len(vocabulary.BUSINESS.intersection(words.keys)) >= min(2 + len(words.keys) // 200, 4)


def is_abroad(words: Words, hit: Hit) -> bool:
    """Whether a name is said of a place in another country: کردستان عراق، جمهوری آذربایجان."""
    return (
        _following(words, hit.last) in vocabulary.ABROAD_AFTER or _before(words, hit.first) in vocabulary.ABROAD_BEFORE
    )


def names_another_thing(before: str) -> bool:
    """Whether a name after that word is not the place: a street, a newspaper, a person, «بانک مرکزی»."""
    return before in vocabulary.NOT_PLACES or before in vocabulary.ABROAD_BEFORE


def is_namesake_abroad(name: str, after: str) -> bool:
    """Whether a province's name is that of a region over the border, as the country behind it says: «کردستان عراق»."""
    return name in vocabulary.SHARED_NAMES and after in vocabulary.ABROAD_AFTER


def namesakes(words: Words) -> frozenset[str]:
    """Names of provinces that may be meant abroad in a text."""
    return frozenset(name for name, signs in vocabulary.NAMESAKES.items() if not signs.isdisjoint(words.keys))


def judge(words: Words, hit: Hit, place: Place, setting: Setting) -> Sign:
    """How a name stands in its sentence, for one of the places that it may mean."""
    before = _before(words, hit.anchor)
    if _is_other_thing(words, hit, before, setting):
        return Sign.NONE
    if place.kinds == DEMONYM:
        crowd = (
            before in vocabulary.CROWDS
            or before.endswith(vocabulary.CROWD_ENDINGS)
            or _following(words, hit.last) in vocabulary.ENDINGS
        )
        return Sign.PEOPLE if crowd else Sign.NONE
    if hit.first == hit.last and words.keys[hit.first] in vocabulary.CAPITAL:
        return _capital(words, hit, before)
    if _is_title(words, hit) or (setting.business and _is_company(place, before)) or before in vocabulary.PRODUCTS:
        return Sign.ASIDE
    alone = place.kinds != PROVINCE or place.needs is not Needs.OFFICE or before in vocabulary.OF_PROVINCES
    if setting.opening and alone and _is_dateline(words, hit):
        return Sign.DATELINE
    return _by_needs(words, hit, place, before, setting)


def _is_title(words: Words, hit: Hit) -> bool:
    """Whether the name alone stands in quotation marks, as the title of a book or a film does."""
    return words.gap(hit.first).endswith(("«", '"', "“")) and words.after(hit.last, 1) in {"»", '"', "”"}


def _is_company(place: Place, before: str) -> bool:
    return "landmark" in place.kinds or before in vocabulary.COMPANIES


def _by_needs(words: Words, hit: Hit, place: Place, before: str, setting: Setting) -> Sign:
    """What the words before a name make of it, by what the name needs."""
    if place.needs is Needs.WORD and place.kinds == PROVINCE and before not in vocabulary.OF_PROVINCES:
        return Sign.NONE
    title = Sign.OFFICE if before in vocabulary.OFFICES else _title(words, hit.anchor, setting)
    if before in vocabulary.DIVISIONS and title is Sign.PLAIN:
        return Sign.DIVISION
    if before in vocabulary.ADMINISTRATION or (title is not Sign.PLAIN and _may_be_plain(place)):
        return title
    if before in vocabulary.BORDERS and place.kinds != PROVINCE and not setting.sports:
        return Sign.PLAIN
    doubtful = words.name(hit.first, hit.last) in setting.abroad
    return _alone(place, located=before in vocabulary.LOCATIVES, sports=setting.sports, doubtful=doubtful)


def _alone(place: Place, *, located: bool, sports: bool, doubtful: bool) -> Sign:
    """What a name is worth that no office or division stands before."""
    if place.needs in {Needs.OFFICE, Needs.WORD} or (place.needs is Needs.PLACE and not located):
        return Sign.NONE
    if sports:  # where a match is played, or whose club
        return Sign.VENUE if located else Sign.ASIDE
    return Sign.ASIDE if doubtful else Sign.PLAIN


def _may_be_plain(place: Place) -> bool:
    """Whether a longer title (رئیس هیئت والیبال …) is enough for a name; a word such as «بهار» might belong to it."""
    return place.needs in {Needs.NOTHING, Needs.PLACE, Needs.PROVINCE} or (
        place.needs is Needs.OFFICE and place.kinds == PROVINCE
    )


def _before(words: Words, first: int) -> str:
    """The word before a name within its clause; empty where there is none.

    Plural endings that stand apart are passed, and «مرکزی» as in «بخشدار مرکزی شفت».
    """
    index = first
    while index > 0 and words.joined(index):
        index -= 1
        if words.keys[index] not in vocabulary.PASSED:
            return words.keys[index]
    return ""


def _following(words: Words, last: int) -> str:
    return words.keys[last + 1] if last + 1 < len(words.keys) and words.joined(last + 1) else ""


def _is_other_thing(words: Words, hit: Hit, before: str, setting: Setting) -> bool:
    return (
        before in vocabulary.NOT_PLACES
        or _following(words, hit.last) in vocabulary.OTHERS_AFTER
        or words.gap(hit.first) == "\u200c"
        or _goes_on(words, hit.last)
        or _is_within_title(words, hit)
        or (before == "بزرگراه" and hit.first == hit.anchor and not _DASH.match(words.after(hit.last)))
        or words.name(hit.first, hit.last) in setting.foreign
        or (setting.sports and (before in vocabulary.CLUBS or before in vocabulary.TEAMS))
        or (setting.match and (before in vocabulary.CLUB_NAMES or _is_industry(words, hit, before)))
    )


def _goes_on(words: Words, last: int) -> bool:
    """Whether a word goes on behind a ZWNJ with more than an ending: «کرمان‌موتور» is no Kerman."""
    following = last + 1
    if following >= len(words.keys) or words.gap(following) != "\u200c":
        return False
    return words.keys[following] not in vocabulary.ENDINGS | vocabulary.OTHERS_AFTER


def _is_industry(words: Words, hit: Hit, before: str) -> bool:
    """Whether it is the town of the club «صنعت نفت آبادان»."""
    return before == "نفت" and hit.anchor > 1 and words.keys[hit.anchor - 2] == "صنعت"


def _is_within_title(words: Words, hit: Hit) -> bool:
    """Whether it stands within the quoted title of a book or a film: «رمان «شب‌های کرمانشاه»»."""
    for index in range(hit.first, max(hit.first - _TITLE_WORDS, 0), -1):
        gap = words.gap(index)
        if "«" in gap or '"' in gap:
            return words.keys[index - 1] in vocabulary.TITLED and hit.first != index
        if _STOP.search(gap):
            return False
    return False


def _is_dateline(words: Words, hit: Hit) -> bool:
    """Whether the body opens with the name («قم – …», «ایسنا/قم …») or says that it was sent from there."""
    if hit.first < _OPENING_WORDS and _DASH.match(words.after(hit.last)):
        leading = set(words.keys[: hit.first])
        if leading <= vocabulary.UNITS | vocabulary.AGENCY_WORDS:  # else a road: «راه سقز – بوکان»
            return True
    index = hit.first - 1
    if index >= 0 and words.keys[index] in vocabulary.AGENCIES and "/" in words.gap(hit.first):
        return True
    while index > 0 and words.keys[index] in vocabulary.UNITS:
        index -= 1
    return index > 0 and _is_sent(words, index)


def _is_sent(words: Words, index: int) -> bool:
    """Whether a preposition follows the name of an agency: «به گزارش خبرنگار مهر از …»."""
    sender = []
    for back in range(index - 1, max(index - _REACH, -1), -1):
        if words.keys[back] not in vocabulary.AGENCY_WORDS:
            break
        sender.append(words.keys[back])
    fits = words.keys[index] in vocabulary.SENT_FROM or (words.keys[index] == "به" and "اعزامی" in sender)
    return fits and not vocabulary.AGENCIES.isdisjoint(sender)


def _title(words: Words, first: int, setting: Setting) -> Sign:
    """OFFICE where a name ends a title (مدیرکل راه و شهرسازی …), ASIDE for members of parliament and the like."""
    for index in range(first - 1, max(first - _REACH, 0) - 1, -1):
        if _STOP.search(words.gap(index + 1)):
            break
        key = words.keys[index]
        if key in vocabulary.MEMBERS:
            return Sign.MEMBER
        if key in vocabulary.BREAKS:
            break
        if (key in vocabulary.ROADS and index == first - 1) or (
            key == "دانشگاه" and _before(words, index) not in vocabulary.HEADS
        ):
            return Sign.ASIDE
        if key in vocabulary.HEADS and not (setting.sports and key in vocabulary.CLUBS):
            return Sign.OFFICE
    return Sign.PLAIN


def _capital(words: Words, hit: Hit, before: str) -> Sign:
    """The name of the capital mostly stands for the state; it is the city where its own offices or life are told of."""
    if before in vocabulary.PRISONS:  # «زندان تهران بزرگ» holds whom courts of all the country sent
        return Sign.VENUE
    numbered = before == "منطقه" and _DIGITS.search(words.gap(hit.first))
    if numbered or before in vocabulary.CITY_OFFICES or _following(words, hit.last) == "بزرگ":
        return Sign.OFFICE
    if before in (vocabulary.CAPITAL_NEAR if words.keys[hit.first] != "پایتخت" else vocabulary.CAPITAL_HEADS):
        return Sign.DIVISION
    if _speaks_for_capital(words, hit.anchor):
        return Sign.OFFICE
    if words.keys[hit.first] == "پایتخت":
        return Sign.NONE
    return Sign.VENUE if before == "در" else Sign.ASIDE


def _speaks_for_capital(words: Words, first: int) -> bool:
    """Whether the name ends a title of one of the city's own offices: «رئیس پلیس راهور تهران»."""
    for index in range(first - 1, max(first - _REACH, 0) - 1, -1):
        if _STOP.search(words.gap(index + 1)) or words.keys[index] in vocabulary.NOT_THE_CITY:
            return False
        if words.keys[index] in vocabulary.CAPITAL_HEADS:
            return True
    return False
