"""Where Persian compounds come apart: «نسخه‌نویسی», «بی‌سابقه», «احمدی‌نژاد»."""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

from feeds.text.restoring.lexicon import ZWNJ, Lexicon

NON_JOINING = frozenset("اأآإٱدذرزژوؤةءۀ")
"""Letters that never join to the next one: a ZWNJ after them shows nothing, and is never inserted."""

_HEARD_H = frozenset(
    {
        "توجه",
        "متوجه",
        "وجه",
        "موجه",
        "مواجه",
        "مشابه",
        "متشابه",
        "تشابه",
        "فقه",
        "ده",
        "نه",
        "به",
        "مه",
        "ته",
        "ره",
        "شه",
        "زه",
        "شبه",
        "کنه",
        "سفه",
        "تنبه",
        "تفقه",
        "تشبه",
        "متنبه",
        "مشبه",
        "منزه",
        "فربه",
        "ابله",
        "تبه",
        "مرفه",
        "مشتبه",
        "گره",
        "زره",
        "فره",
        "فرمانده",
        "سازمانده",
        "شبیه",
        "تنبیه",
        "فقیه",
        "توجیه",
        "تشبیه",
        "سفیه",
        "کریه",
        "ترفیه",
        "وجیه",
        "سیه",
        "پیه",
        "تنزیه",
        "آگه",
        "نگه",
        "گنه",
    }
)
NAME_ENDINGS = frozenset(
    {"پور", "نژاد", "زاده", "لو", "قلی", "آبادی", "آباد", "نسب", "نیا", "فر", "اله", "الله", "مقدم", "منش", "جو"}
)
_SHORT = frozenset(
    {
        "آب",
        "دل",
        "گل",
        "حق",
        "خط",
        "غم",
        "نم",
        "دم",
        "پی",
        "سم",
        "تب",
        "لب",
        "تن",
        "خم",
        "مه",
        "سر",
        "شک",
        "مس",
        "نی",
        "می",
        "مو",
        "بت",
        "تک",
        "مد",
    }
)
"""Words of two letters that compounds are made of."""


def ends_in_silent_h(word: str) -> bool:
    """Whether the last letter is only a vowel, as in «خانه», and joins to no ending; in «راه» it is heard."""
    return word[-1] == "ه" and word[-2] not in "او" and word not in _HEARD_H


def compound(word: str, known: Lexicon) -> str:
    """Two words that stand apart, by the first reason that holds anywhere in the word."""
    cuts = [(word[:cut], word[cut:]) for cut in range(len(word) - 2, 1, -1) if word[cut - 1] not in NON_JOINING]
    for reason in _REASONS:
        for first, second in cuts:
            if reason(first, second, known):
                return known.forms.get(first, first) + ZWNJ + known.forms.get(second, second)
    return ""


def is_listed(word: str, known: Lexicon) -> bool:
    """Whether the lexicon itself has the word, without the help of rules."""
    return word in known.words or word in known.forms


def _is_usual(word: str, known: Lexicon) -> bool:
    """Whether a word is frequent enough for compounds that nobody has listed: the lists have many slips, too."""
    return word in known.nouns or word in known.forms or word in known.seconds or word in known.parts


def _before_last_part(first: str, second: str, known: Lexicon) -> bool:
    """«نسخه‌نویسی»; after a compound or a vowel, also before what elsewhere joins: «سیب‌زمینی‌کار»."""
    if second in known.seconds:
        if len(first) < 3:
            return first in _SHORT
        return is_listed(first, known) if len(second) > 3 else _is_usual(first, known)
    if second not in known.parts or len(first) < 4:
        return False
    return first in known.forms or (first in known.words and (first[-1] == "ی" or ends_in_silent_h(first)))


def _after_first_part(first: str, second: str, known: Lexicon) -> bool:
    """«بی‌سابقه», «تک‌نرخی»."""
    return first in known.firsts and (second in known.nouns or second in known.forms)


def _after_silent_h(first: str, second: str, known: Lexicon) -> bool:
    """«قلعه‌بانی»; but «سید» + «هادی»."""
    return (
        len(first) > 3
        and len(second) > 2
        and ends_in_silent_h(first)
        and _is_usual(first, known)
        and _is_usual(second, known)
        and not (is_listed(first[:-1], known) and is_listed("ه" + second, known))
    )


def _in_name(first: str, second: str, known: Lexicon) -> bool:
    """«رحیم‌پور», «احمدی‌نژاد»."""
    if second not in NAME_ENDINGS:
        return False
    return len(first) > 3 if first[-1] == "ی" else len(first) > 2 and first in known.words


def _around_al(first: str, second: str, known: Lexicon) -> bool:
    """«سریع‌السیر»."""
    return (
        len(first) > 2
        and len(second) > 4
        and second.startswith("ال")
        and (first in known.nouns or (len(first) > 3 and first in known.words))
        and (second[2:] in known.nouns or first in known.forms)
    )


def _before_that(first: str, second: str, known: Lexicon) -> bool:
    """«هنگامی‌که»."""
    return second == "که" and len(first) > 3 and first[-1] == "ی" and first in known.words


def _of_common_words(first: str, second: str, known: Lexicon) -> bool:
    """«مردم‌خانه»: made on the spot."""
    return first in known.common and second in known.common


_REASONS = (_after_first_part, _before_last_part, _in_name, _before_that, _around_al, _after_silent_h, _of_common_words)
