"""What a text counts: «۳ کشته», «جان باختن سه نفر», «۴٫۶ ریشتر», «۲۰ هکتار جنگل» -> a subject and a number. Pure.

Only what is said outright counts. A number is passed over where it may count something else: a part («۳ نفر از
امدادگران»), a range («۳ تا ۵ نفر»), another time («سال گذشته»), what may be («احتمال»), what was said before («پیش‌تر»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feeds.stories.counting import vocabulary as v
from feeds.stories.counting.numbers import Number, Word, is_unsure, numbers, rises, words_of
from feeds.text import fold, sentences


class Bound(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    LEAST = "least"
    """«بیش از», «دست‌کم»."""
    MOST = "most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts."""

    subject: str
    """Equal for what is the same: `dead`, `ریشتر`, `هکتار جنگل`."""
    value: float
    step: float
    """What the number was rounded to: 1000 of «۳ هزار», 0.1 of «۴٫۶»."""
    bound: Bound
    said: str
    """As it is written: «۳ کشته»."""
    sentence: str
    """In which it is said."""
    strict: bool
    """Its subject alone says what is counted; another's sentence has to be alike."""


def counts(text: str) -> list[Count]:
    """What a text counts, sentence by sentence.

    Args:
        text: Edited: `feeds.text.normalize` has set it right.
    """
    found: list[Count] = []
    for sentence in sentences.split(text):
        if not v.ELSEWHEN.search(fold.fold(sentence)):
            found += _of_sentence(sentence)
    return found


def _of_sentence(sentence: str) -> Iterator[Count]:
    words = words_of(sentence)
    found = list(numbers(words))
    for at, number in enumerate(found):
        if is_unsure(words, number):
            continue
        if at + 1 < len(found) and rises(words, number, found[at + 1]):
            continue
        if at and _shares(words, found[at - 1], number):
            continue
        following = found[at + 1].first if at + 1 < len(found) else len(words)
        named = (
            _people(words, number, following)
            or _strength(words, number)
            or _sum(words, number)
            or _things(words, number, following)
        )
        if named is not None:
            said = " ".join((*(word.written for word in words[number.first : number.last]), *named.said))
            yield Count(named.subject, number.value, number.step, _bound(words, number), said, sentence, named.strict)


def _bound(words: Sequence[Word], number: Number) -> Bound:
    before = f" {' '.join(word.key for word in words[max(number.first - 2, 0) : number.first])}"
    for bound, signs in ((Bound.LEAST, v.LEAST), (Bound.MOST, v.MOST), (Bound.ABOUT, v.ABOUT)):
        if any(before.endswith(f" {sign}") for sign in signs):
            return bound
    return Bound.EXACT


@dataclass(frozen=True, slots=True)
class _Named:
    subject: str
    said: tuple[str, ...]
    """The words for it behind the number."""
    strict: bool = True


def _people(words: Sequence[Word], number: Number, following: int) -> _Named | None:
    at = number.last
    who = words[at].key if at < len(words) else ""
    specific = who if who in v.PEOPLE else ""
    counted = who in v.ANYBODY or bool(specific)
    by_name = [words[at].written] if counted else []
    at += counted
    if counted and at < len(words) and words[at].key in {"از"} | v.BESIDES:  # a part of them, or others besides
        return None
    if said := _outcome(words, at, following, near=not counted):
        outcome, place = said
        word = words[place]
        by_name.append(word.written if word.key in v.STATES else v.NAMES[outcome])
        return _Named(f"{outcome} {specific}".strip(), tuple(by_name))
    if counted and (outcome := _outcome_before(words, number)):
        who_else = by_name if specific else []
        return _Named(f"{outcome} {specific}".strip(), (*who_else, v.NAMES[outcome]))
    return None


def _shares(words: Sequence[Word], one: Number, other: Number) -> bool:
    """«۳ نفر در دم و ۲ نفر در بیمارستان جان باختند»: the two have one verb, and neither number is all of them."""
    between = [word.key for word in words[one.last : other.first]]
    if not between or between[0] not in v.ANYBODY or between[-1] != "و":
        return False
    return not v.VERBS & set(between) and not any(_is_outcome(words, at) for at in range(one.last, other.first))


def _outcome(words: Sequence[Word], first: int, following: int, *, near: bool) -> tuple[str, int] | None:
    """What became of those that were counted, and where that is said; nothing where two things did («کشته و زخمی»)."""
    for at in range(first, min(first + (1 if near else v.REACH), following, len(words))):
        if words[at].key in "،؛:.()«»":
            return None
        for outcome, forms in v.OUTCOMES.items():
            if length := _starts(words, at, forms):
                behind = at + length
                if behind < len(words) and words[behind].key in v.BESIDES:
                    return None
                if behind + 1 < len(words) and words[behind].key in ("و", "/", "یا") and _is_outcome(words, behind + 1):
                    return None
                return outcome, at
    return None


def _is_outcome(words: Sequence[Word], at: int) -> bool:
    return any(_starts(words, at, forms) for forms in v.OUTCOMES.values())


def _outcome_before(words: Sequence[Word], number: Number) -> str:
    """«جان باختن ۳ نفر», «شمار کشته‌ها به ۵ نفر رسید»."""
    first = number.first
    hedge = {word for sign in (*v.ABOUT, *v.LEAST, *v.MOST) for word in sign.split()} | {"به"}
    while first and words[first - 1].key in hedge:
        first -= 1
    for outcome, forms in v.OF.items():
        for form in forms:
            if first >= len(form) and tuple(word.key for word in words[first - len(form) : first]) == form:
                return outcome
    for at in range(max(first - v.REACH, 0), first):
        if words[at].key in v.TALLY:
            tally = [word.key for word in words[at + 1 : first]]
            named = [outcome for key in tally for outcome, begins in v.BEGINS.items() if key.startswith(begins)]
            far = any(key[0].isdecimal() for key in tally) and words[number.first - 1].key != "به"  # «از ۳ به ۵»
            return named[0] if len(set(named)) == 1 and not far else ""
    return ""


def _strength(words: Sequence[Word], number: Number) -> _Named | None:
    """An earthquake's magnitude, or its depth."""
    unit = _unit(words, number.last)
    before = {word.key.removesuffix("ی") for word in words[max(number.first - 2, 0) : number.first]}
    if unit == v.RICHTER or (before & {one.removesuffix("ی") for one in v.STRENGTH} and not unit):
        return _Named(v.RICHTER, (v.RICHTER,))
    if unit == "کیلومتر" and v.DEPTH in before:
        return _Named(v.DEPTH, (unit,))
    return None


def _sum(words: Sequence[Word], number: Number) -> _Named | None:
    """Money, with what it is for."""
    unit = _unit(words, number.last)
    if unit not in v.MONEY:
        return None
    before = [word.key.removesuffix("ی") for word in words[max(number.first - 3, 0) : number.first]]
    behind = [word.key.removesuffix("ی") for word in words[number.last + 1 : number.last + 2]]
    purpose = next((word for word in (*reversed(before), *behind) if word in v.SUMS), "")
    return _Named(f"{unit} {purpose}", (unit,), strict=False) if purpose else None


def _things(words: Sequence[Word], number: Number, following: int) -> _Named | None:
    """Things by their name, with what is said of them: «۲۰ هکتار جنگل», «۴۰ روستا»."""
    at = number.last
    if at >= following:
        return None
    unit = _unit(words, at)
    measured = unit in v.UNITS or words[at].key in v.CLASSIFIERS
    if measured:
        at += 1
        at += at < following and words[at].key in ("از", "مساحت")
    if at >= following or at >= len(words) or not words[at].key[0].isalpha():
        return None
    thing = _stem(words[at].written)
    if not thing or words[at].key in v.ENDS or (not measured and thing not in v.THINGS):
        return None
    more = words[at + 1].key if at + 1 < len(words) and words[at + 1].key[0].isalpha() else ""
    quality = "" if more in v.ENDS | v.DEEDS else more
    before = [word.key.removesuffix("ی") for word in words[max(number.first - 3, 0) : number.first]]
    behind = [word.key for word in words[at + 1 : min(at + 1 + v.REACH, following)]]
    deed = next((key for key in (*reversed(before), *behind) if key in v.DEEDS), "")
    subject = " ".join(part for part in (unit if measured else "", thing, quality, deed) if part)
    return _Named(subject, tuple(word.written for word in words[number.last : at + 1]), strict=False)


def _unit(words: Sequence[Word], at: int) -> str:
    """The unit there: «ریشتری» is ریشتر."""
    if at >= len(words):
        return ""
    key = words[at].key
    known = v.UNITS | v.MONEY | {v.RICHTER}
    return key if key in known else key.removesuffix("ی") if key.removesuffix("ی") in known else ""


def _stem(written: str) -> str:
    tokens = fold.tokens_of_word(written)
    return tokens[0].removesuffix("ی") if tokens and len(tokens[0]) > 2 else "".join(tokens)  # noqa: PLR2004 - «پی»


def _starts(words: Sequence[Word], at: int, forms: Sequence[tuple[str, ...]]) -> int:
    """How many words of one of these forms stand there; 0 for none."""
    for form in forms:
        if tuple(word.key for word in words[at : at + len(form)]) == form:
            return len(form)
    return 0
