"""How Persian words are built, as far as it decides where a ZWNJ stands.

    «می‌روند»   sign + verb             «کتاب‌هایش»   stem + plural
    «بزرگ‌ترین»  adjective + degree      «رفته‌اند»    silent h or ی + enclitic
    «دانش‌آموزان» compound + ending       «نسخه‌نویسی»   two words, the second a usual last part

A word is one run of letters in one spelling, without marks and ZWNJ. Each rule answers with the word set right, or with
"" where it has nothing to say.
"""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

import re

from feeds.text.restoring.compounds import NON_JOINING, compound, ends_in_silent_h, is_listed
from feeds.text.restoring.lexicon import ZWNJ, Lexicon

_VERB = re.compile("(بر|در|باز|فرو|فرا|وا|ور|سر|بهسر)?(ن?می)(..+)")
_PERFECT = re.compile("(.+ه)(ام|ای|ایم|اید|اند|است)")
_NUMBER = re.compile("(.*(?:بیست|سی|پنجاه|شصت))(و(?:یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|سو)(?:م|مین)?)")
_PLURAL = re.compile("(..+?)(ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|هاست|هایند)")
_DEGREE = re.compile("(..+?)((?:تر|ترین)(?:ی|م|ت|ش|ند|یم|ان|ها|های|هایی|هایش|هایشان|شان|مان)?)")
_ENCLITIC = re.compile("(.+[هی])(ای|ام|ات|اش|ایم|اید|اند|مان|تان|شان)")
_VERB_PREFIXES = ("ن", "ب")
_ENDINGS = (
    "ی",
    "یی",
    "ان",
    "انی",
    "ات",
    "م",
    "ت",
    "ش",
    "یم",
    "ید",
    "ند",
    "مان",
    "تان",
    "شان",
    "یش",
    "یشان",
    "انه",
    "یان",
    "ایی",
    "انش",
    "انم",
    "انت",
    "انمان",
    "انتان",
    "انشان",
    "یانش",
)
_OF_PERSONS = ("مان", "تان", "شان")
_AFTER_SILENT_H = ("های", "هایم", "هاست")
_OBJECTS = ("ش", "ت", "شان", "مان", "تان")
"""Whom a verb is about: «می‌بینمش»."""
_PARTICLES = ("و", "در", "از", "بر")
"""What is typed together with the next word, its last letter joining to none."""
_TO = "به"
_AFTER_TO = frozenset(
    {
        "همین",
        "همان",
        "همه",
        "هر",
        "هم",
        "هیچ",
        "این",
        "آن",
        "آنها",
        "اینکه",
        "آنکه",
        "یک",
        "گفته",
        "گزارش",
        "نقل",
        "سمت",
    }
    | {"وجود", "غیر", "هنگام", "استناد", "مناسبت", "همت", "کمک", "مراتب", "ازای", "روایت", "عهده", "حساب", "میزان"}
    | {"اعتقاد", "باور", "لحاظ", "خاطر", "حضور", "ترتیب", "گونه", "اتفاق", "تفکیک", "میزبانی", "ریاست", "رهبری"}
)
"""What is typed together with «به» and makes no name with it, as «بهروان» would be."""
_NO_NOUNS = frozenset({"هست", "نیست", "است", "رفت", "گفت", "داشت"})
_SOFT_ENDINGS = ("گان", "گانی", "گی", "گانه")
"""Endings before which a silent h turns to g: زده, زدگان."""


def analyse(word: str, known: Lexicon) -> str:
    """The word with its ZWNJ, by the first rule that knows it; unchanged where none does."""
    if form := known.forms.get(word):
        return form
    if word in known.words or word in known.verbs or (word[:1] in _VERB_PREFIXES and word[1:] in known.verbs):
        return word
    for rule in (
        verb,
        after_to,
        plural,
        number,
        inflected,
        degree,
        enclitic,
        ezafe,
        inflected_compound,
        chained,
        compound,
        after_particle,
    ):
        if found := rule(word, known):
            return found
    return word


def join(first: str, second: str) -> str:
    """Put two parts together, with a ZWNJ where it shows."""
    return first + second if first[-1] in NON_JOINING else first + ZWNJ + second


def verb(word: str, known: Lexicon) -> str:
    """«می‌رود», «نمی‌رفته‌اند», «برمی‌گردد»."""
    match = _VERB.fullmatch(word)
    if not match:
        return ""
    before, sign, rest = match.groups("")
    before = before.replace("بهسر", f"به{ZWNJ}سر")
    if rest in known.verbs:
        return before + sign + ZWNJ + rest
    if told := perfect(rest, known) or _with_object(rest, known):
        return before + sign + ZWNJ + told
    return ""


def _with_object(word: str, known: Lexicon) -> str:
    """What follows «می» in «می‌بینمش»."""
    stems_of_verb = (word.removesuffix(ending) for ending in _OBJECTS)
    return word if any(len(stem) > 2 and stem != word and stem in known.verbs for stem in stems_of_verb) else ""


def perfect(word: str, known: Lexicon) -> str:
    """What follows «می» in «می‌رفته‌اند»."""
    match = _PERFECT.fullmatch(word)
    return match[1] + ZWNJ + match[2] if match and match[1] in known.verbs else ""


def after_to(word: str, known: Lexicon) -> str:
    """«به‌همین», «به‌گفته»."""
    rest = word[len(_TO) :]
    return _TO + ZWNJ + analyse(rest, known) if word.startswith(_TO) and rest in _AFTER_TO else ""


def number(word: str, known: Lexicon) -> str:  # noqa: ARG001
    """«بیست‌وهفتمین»."""
    match = _NUMBER.fullmatch(word)
    return match[1] + ZWNJ + match[2] if match else ""


def plural(word: str, known: Lexicon) -> str:
    """«کتاب‌ها», «استان‌هایشان»; but «نمونه‌ای», «رفته‌ایم», which look like plurals."""
    match = _PLURAL.fullmatch(word)
    if not match:
        return ""
    stem, ending = match.groups()
    if ending in _AFTER_SILENT_H and _ends_in_h(stem, ending, known):
        return analyse(stem + "ه", known) + ZWNJ + ending[1:]
    if stem in _NO_NOUNS:
        return word  # «هسته‌هایش», typed with one h
    return join(analyse(stem, known), ending)


def _ends_in_h(stem: str, ending: str, known: Lexicon) -> bool:
    """Whether the h belongs to the stem: «نمونه‌ای», «رفته‌ایم», «بوده‌است»."""
    if ending != "های":
        return stem + "ه" in known.participles
    if not ends_in_silent_h(stem + "ه"):
        return False
    if stem in known.silent_h:
        return True
    if is_listed(stem, known) or inflected(stem, known):
        return False
    longer = stem + "ه"
    return is_listed(longer, known) or bool(inflected_compound(longer, known) or compound(longer, known))


def degree(word: str, known: Lexicon) -> str:
    """«بزرگ‌تر», «بزرگ‌ترین‌ها»."""
    match = _DEGREE.fullmatch(word)
    if not match:
        return ""
    stem, ending = match.groups()
    inner = analyse(stem, known)
    if stem in known.adjectives or inner != stem or (ending.startswith("ترین") and stem in known.words):
        return join(inner, re.sub("(?<=ترین)(?=ها)", ZWNJ, ending))
    return ""


def inflected(word: str, known: Lexicon) -> str:
    """A word that is known without its ending, and stands as it is: «بازیکنان»."""
    for stem in stems(word):
        softened = not word.startswith(stem)
        if stem in known.words and (softened or not ends_in_silent_h(stem)):
            return "" if stem[-1] == "ی" and word[len(stem) :] in _OF_PERSONS else word
    return ""


def inflected_compound(word: str, known: Lexicon) -> str:
    """A compound with an ending that joins to it: «دانش‌آموزان», «زلزله‌زدگان»."""
    for stem in stems(word):
        base = known.forms.get(stem) or compound(stem, known)
        if base:
            kept = base[:-1] if not word.startswith(stem) else base
            return kept + word[len(kept.replace(ZWNJ, "")) :]
    return ""


def chained(word: str, known: Lexicon) -> str:
    """A compound and one more word after it: «به‌طورقطع», «علی‌آبادکتول»."""
    for cut in range(len(word) - 3, 4, -1):
        if word[cut - 1] in NON_JOINING and word[:cut] in known.forms and word[cut:] in known.nouns:
            return known.forms[word[:cut]] + word[cut:]
    return ""


def after_particle(word: str, known: Lexicon) -> str:
    """A word that was typed together with the particle before it: «ومردم‌سالاری», «درتهران»."""
    for particle in _PARTICLES:
        rest = word.removeprefix(particle)
        if rest == word or len(rest) < 4:
            continue
        if restored := known.forms.get(rest) or verb(rest, known) or _inflected_form(rest, known):
            return particle + restored
    return ""


def _inflected_form(word: str, known: Lexicon) -> str:
    """A word of the lexicon with an ending that parts from it, or a compound with one that does not."""
    match = _PLURAL.fullmatch(word)
    if match and is_listed(match[1], known):
        return plural(word, known)
    return inflected_compound(word, known) if any(stem in known.forms for stem in stems(word)) else ""


def stems(word: str) -> list[str]:
    """What may remain of a word without its ending, longest ending first; a g turned back to a silent h."""
    found = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    found += [word[: -len(ending)] + "ه" for ending in _SOFT_ENDINGS if word.endswith(ending)]
    return sorted((stem for stem in found if len(stem) > 2), key=len)


def enclitic(word: str, known: Lexicon) -> str:
    """«خانه‌ای», «شده‌اند», «صندلی‌ام», «موظف‌اند»; but «فضای», «صدایمان»."""
    match = _ENCLITIC.fullmatch(word)
    if not match:
        stem = word.removesuffix("اند")
        return join(stem, "اند") if stem != word and stem in known.adjectives else ""
    stem, ending = match.groups()
    if stem[-1] == "ه" and (len(stem) < 3 or (ending == "ای" and not ends_in_silent_h(stem))):
        return ""
    if stem[-1] == "ی" and (len(stem) < 4 or stem[-2] in "او" or word[:-1] in known.words):
        return ""
    inner = analyse(stem, known)
    return inner + ZWNJ + ending if stem in known.words or inner != stem else ""


def ezafe(word: str, known: Lexicon) -> str:
    """«خانه‌ی», which never was «خانهی»; but «توجهی», whose h is heard, and «زیان‌دهی»."""
    stem = word.removesuffix("ی")
    if stem == word or not stem.endswith("ه") or len(stem) < 3 or not ends_in_silent_h(stem):
        return ""
    if not (stem in known.nouns or stem in known.participles or stem in known.forms):
        return ""
    inner = analyse(stem, known)
    return inner + ("ی" if inner.endswith(f"{ZWNJ}ده") else f"{ZWNJ}ی")  # who gives is «زیان‌ده»
