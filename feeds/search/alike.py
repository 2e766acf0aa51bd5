"""What news may call what somebody asks for in another word: «سارق» for «دزد», «مدارس» for «مدرسه», ۱۰۰ for «صد». Pure.

Only what means the same: a report that has the other word answers the question as well. What was typed comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from feeds.text import fold

_ALIKE = """
    دزد سارق  دزدی سرقت  زلزله زمین‌لرزه  سیل سیلاب  ماشین خودرو  بارون باران بارندگی  باران بارندگی بارش
    دکتر پزشک  مریض بیمار  مریضی بیماری  کرونا کووید  مردن فوت درگذشت  قیمت نرخ
    نرخ قیمت  گرون گران  گرونی گرانی  گرانی گرونی
    آتش حریق  آتش‌سوزی حریق  تصادف سانحه واژگونی  دستگیر بازداشت  دستگیری بازداشت  خاموشی قطعی‌برق
    استادیوم ورزشگاه  کشته جان‌باخته  جان‌باخته کشته  زخمی مصدوم  مصدوم زخمی  تومن تومان  خونه خانه
    تعطیله تعطیل  بازه باز  بسته‌س بسته  جاده محور  محور جاده  هوا هواشناسی  حقوق دستمزد  دستمزد حقوق
"""
"""A word and those that news may have in its place."""
_PLURALS = """
    کارمند کارکنان
    مدرسه مدارس  منطقه مناطق  حادثه حوادث  سانحه سوانح  شهید شهدا  مسجد مساجد  مرکز مراکز  فرد افراد  اداره ادارات
    استاد اساتید  وسیله وسایل  مسئله مسائل  قانون قوانین  وزیر وزرا  زائر زوار  اثر آثار  منبع منابع  مرتع مراتع
    هدف اهداف  خط خطوط  نقطه نقاط  عامل عوامل  شاعر شعرا  طلبه طلاب  محله محلات  معبر معابر  مقبره مقابر  حیوان حیوانات
    معدن معادن  مرز مرزها  مانع موانع  قبر قبور  کاسب کسبه  تاجر تجار  فقیر فقرا  خطر خطرات  علامت علائم  سیم سیم‌ها
"""
"""Pairs that hold both ways; most are Arabic plurals."""
_UNITS = ("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده",
          "پانزده", "شانزده", "هفده", "هجده", "نوزده")  # fmt: skip
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_THOUSAND = 1000
_LARGEST = 1_000_000


@cache
def _table() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    table: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for entry in re.split(r"\s{2,}", _ALIKE.strip()):
        word, *others = (tuple(fold.tokens(name)) for name in entry.split())
        table.setdefault(word, {}).update(dict.fromkeys(others))
    for entry in re.split(r"\s{2,}", _PLURALS.strip()):
        one, other = (tuple(fold.tokens(name)) for name in entry.split())
        table.setdefault(one, {})[other] = None
        table.setdefault(other, {})[one] = None
    for number in (*range(2, 101), *range(200, _THOUSAND, 100)):
        written = tuple(fold.tokens(in_words(number)))
        if len(written) == 1:
            table.setdefault(written, {})[(str(number),)] = None
    return {word: tuple(others) for word, others in table.items()}


def alike(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Tokens of other words for a folded word, the likeliest first; of a number in figures, the number in words."""
    if len(tokens) == 1 and tokens[0].isdecimal():
        written = in_words(int(tokens[0])) if len(tokens[0]) < len(str(_LARGEST)) else ""
        return (tuple(fold.tokens(written)),) if written else ()
    return _table().get(tokens, ())


def figures(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A number in several words, without their «و», in figures: 2500 of «دو هزار پانصد»; nothing of other words."""
    number = _number(words) if len(words) > 1 else 0
    return ((str(number),),) if number else ()


def with_figures(words: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """The words, those of one number as one: «دو هزار و پانصد»."""
    ways: list[tuple[str, tuple[str, ...]]] = []
    for word, tokens in words:
        before = ways[-1] if ways else ("", ())
        if figures((*before[1], *tokens)):
            ways[-1] = (f"{before[0]} {word}", (*before[1], *tokens))
        else:
            ways.append((word, tokens))
    return ways


def _number(words: Sequence[str]) -> int:
    """The number that words are; 0 where they are none."""
    whole, part, last = 0, 0, _LARGEST
    for word in words:
        value = _values().get(word, 0)
        if value == _THOUSAND and not whole:
            whole, part, last = max(part, 1) * _THOUSAND, 0, _THOUSAND
        elif 0 < value < _THOUSAND and (last > value) and (part == 0 or part % 100 == 0 or (value < 10 <= last)):  # noqa: PLR2004
            part, last = part + value, value
        else:
            return 0
    return whole + part


@cache
def _values() -> dict[str, int]:
    numbers = (*range(1, 21), *range(30, 101, 10), *range(200, _THOUSAND, 100))
    return {fold.tokens(in_words(number))[0]: number for number in numbers} | {"هزار": _THOUSAND}


def in_words(number: int) -> str:
    """A number below a million as it is spoken, 2500 is «دو هزار و پانصد»; empty for 0, and for one in five words."""
    thousands, rest = divmod(number, _THOUSAND)
    parts = [f"{_below_thousand(thousands)} هزار".removeprefix("یک ")] if thousands else []
    words = " و ".join([*parts, *([_below_thousand(rest)] if rest else [])])
    return words if words.count(" و ") < 2 else ""  # noqa: PLR2004 - what is so long nobody writes in words


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    small = _UNITS[rest] if rest < len(_UNITS) else " و ".join(filter(None, (_TENS[rest // 10], _UNITS[rest % 10])))
    return " و ".join(filter(None, (_HUNDREDS[hundreds], small)))
