"""The months and days of the week by their names, in the languages that feeds are written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from feeds.text.times import jalali

ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_PERSIAN = (
    ("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"),
    ("ژانویه", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "آگوست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"),
)
_JALALI = (
    jalali.MONTHS,
    (
        *("خاکەلێوە", "گوڵان", "جۆزەردان", "پووشپەڕ", "گەلاوێژ", "خەرمانان"),  # in Kurdistan
        *("ڕەزبەر", "خەزەڵوەر", "سەرماوەز", "بەفرانبار", "ڕێبەندان", "ڕەشەمە"),
    ),
    ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),  # in Afghanistan
    (
        *("farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar"),
        *("mehr", "aban", "azar", "dey", "bahman", "esfand"),
    ),
)
_WEEKDAYS = (
    jalali.WEEKDAYS,
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_LANGUAGES = (
    *("ar", "ar_SY", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "tr", "az", "ku", "ckb", "ur", "ps", "hy", "ka"),
    *("pl", "cs", "sv", "da", "nb", "fi", "hu", "ro", "el", "he", "id", "uz"),
)
"""Those that are asked for a month nobody knows yet."""
_MARKS = str.maketrans(
    {**dict.fromkeys("\u200c\u200e\u200f\u0640\u0654.", ""), **dict(zip("يئكأإآۀ", "ییکاااه", strict=True))}
)


def month(name: str) -> tuple[int, bool] | None:
    """A month by its name: its number, and whether it is of the Jalali calendar; None where it is no month."""
    return _usual_one(name) or _of_the_world().get(_plain(name))


def is_usual(name: str) -> bool:
    """Whether a name is one of a month that is known without asking Babel for those of the world."""
    return _usual_one(name) is not None


def weekday(name: str) -> int | None:
    """A day of the week by its name in English or Persian, Monday is 0; None where it is none."""
    return _days().get(_plain(name))


def _usual_one(name: str) -> tuple[int, bool] | None:
    plain = _plain(name)
    return _usual().get(plain) or _usual().get(plain.removesuffix("ی"))  # «خەزەڵوەری ۱۴۰۵», with its ezafe


def _plain(name: str) -> str:
    return name.casefold().translate(_MARKS).removesuffix("ماه")


@cache
def _usual() -> dict[str, tuple[int, bool]]:
    lists = [(names, False) for names in (ENGLISH, _ENGLISH_NAMES, *_PERSIAN)] + [(names, True) for names in _JALALI]
    return {"sept": (9, False)} | {
        _plain(name): (number, is_jalali) for names, is_jalali in lists for number, name in enumerate(names, 1)
    }


@cache
def _of_the_world() -> dict[str, tuple[int, bool]]:
    """The months of other languages, from Unicode's CLDR; a name that means two months (`listopad`) means none."""
    found: dict[str, tuple[int, bool]] = {}
    doubtful = set()
    for name, number in _names():
        plain = _plain(name)
        if found.setdefault(plain, (number, False)) != (number, False):
            doubtful.add(plain)
    return {name: which for name, which in found.items() if name not in doubtful and not name.isdecimal()}


def _names() -> Iterator[tuple[str, int]]:
    from babel.dates import get_month_names  # noqa: PLC0415 - a fifth of a second, and few feeds need it

    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    yield name, number
                    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
                    yield bare, number  # `marz` and `aout`, where marks were lost


@cache
def _days() -> dict[str, int]:
    return {_plain(name): number for names in _WEEKDAYS for number, name in enumerate(names)}
