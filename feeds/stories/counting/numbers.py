"""Numbers in a sentence's words: in digits, spelled, with their «هزار» and «میلیون», and what they are exact to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.stories.counting.vocabulary import LABELS, OR
from feeds.text import fold

_PIECE = re.compile(r"\d+(?:[.٫/:,٬]\d+)*|[^\W\d_]+(?:\u200c[^\W\d_]+)*|[^\w\s\u200c]")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬", "01234567890123456789.,")

_SMALL = {
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10, "یازده": 11,
    "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "شانزده": 16, "هفده": 17, "هجده": 18, "نوزده": 19,
    "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90, "صد": 100,
    "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600, "هفتصد": 700, "هشتصد": 800,
    "نهصد": 900,
}  # fmt: skip
_LARGE = {"هزار": 1000, "میلیون": 10**6, "میلیارد": 10**9}
_AND = "و"
_TENS = 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence."""

    written: str
    key: str
    """Folded."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number among the words of a sentence."""

    value: float
    step: float
    """What it was rounded to."""
    first: int
    last: int
    """Behind its last word."""


def words_of(sentence: str) -> list[Word]:
    """The words and the signs of a sentence."""
    pieces = _PIECE.findall(sentence)
    return [Word(piece, (fold.fold(piece) if piece[0].isalnum() else "") or piece) for piece in pieces]


def numbers(words: Sequence[Word]) -> Iterator[Number]:
    """The numbers of a sentence, in order."""
    at = 0
    while at < len(words):
        number = _number(words, at)
        if number is None:
            at += 1
        else:
            at = number.last
            yield number


def _number(words: Sequence[Word], first: int) -> Number | None:
    """The number that begins there, with its «هزار» and «میلیون», and what «و» adds to it."""
    one = _part(words, first)
    if one is None:
        return None
    while one.last + 1 < len(words) and words[one.last].key == _AND:
        more = _part(words, one.last + 1)
        if more is None or not _adds(words, one, more):
            break
        one = Number(one.value + more.value, more.step, one.first, more.last)
    return one


def _adds(words: Sequence[Word], one: Number, more: Number) -> bool:
    """«بیست و سه», «۲ میلیون و ۳۰۰ هزار»; not «۳ و ۵»."""
    spelled = not words[one.first].key[0].isdecimal()
    large = one.last - one.first > 1 or (spelled and one.value >= _TENS)
    return large and more.value < one.step * (10 if one.step < _TENS else 1) and more.value < one.value


def _part(words: Sequence[Word], first: int) -> Number | None:
    word = words[first]
    if word.key[0].isdecimal():
        plain = _plain(word.written)
        if plain is None:
            return None
        value, step = plain
    elif word.key in _SMALL:
        value = float(_SMALL[word.key])
        step = 1.0 if value < _TENS else 10.0 if value < 100 else 100.0  # noqa: PLR2004 - «صد»
    elif word.key in _LARGE:
        return Number(float(_LARGE[word.key]), float(_LARGE[word.key]), first, first + 1)
    else:
        return None
    last = first + 1
    while last < len(words) and words[last].key in _LARGE:
        value, step = value * _LARGE[words[last].key], step * _LARGE[words[last].key]
        last += 1
    return Number(value, step, first, last)


def _plain(written: str) -> tuple[float, float] | None:
    """A number in digits and what it is exact to; None for dates, times and fractions."""
    latin = written.translate(_DIGITS)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", latin):
        digits = latin.replace(",", "")
        zeros = len(digits) - len(digits.rstrip("0"))
        return float(digits), float(10**zeros) if len(digits) > 2 and int(digits) else 1.0  # noqa: PLR2004 - from 100
    if match := re.fullmatch(r"(\d+)[./](\d{1,2})", latin):
        return float(f"{match[1]}.{match[2]}"), 10.0 ** -len(match[2])
    return None


def is_unsure(words: Sequence[Word], number: Number) -> bool:
    """Whether a number names, or is one end of a range."""
    before = words[number.first - 1].key if number.first else ""
    if before in LABELS or before.removesuffix("ی") in LABELS:
        return True
    after = words[number.last].key if number.last < len(words) else ""
    if after in OR and number.last + 1 < len(words) and _part(words, number.last + 1) is not None:
        return True
    if before in OR and number.first > 1:
        behind = words[number.first - 2].key
        return behind[0].isdecimal() or behind in _SMALL or behind in _LARGE
    return False


def rises(words: Sequence[Word], one: Number, other: Number) -> bool:
    """«از ۳ به ۵ نفر رسید»: the first is past."""
    between = [word.key for word in words[one.last : other.first]]
    before = words[one.first - 1].key if one.first else ""
    return before == "از" and "به" in between and len(between) <= 2  # noqa: PLR2004 - «نفر به»
