"""The rules that make colloquial forms, where no list could hold them all. Pure; the lexicon says what a word is.

- a sound: «خیابون» is «خیابان» (-an is said -un), where the lexicon knows the one as a common noun and not the other
- endings: «خبرا», «خبرای» are «خبرها», «خبرهای»; «خونه‌شون» is «خانه‌شان»; what «و» hangs on a word for «را» is left off
- a few words of our own that neither a rule makes nor hazm knows

What is formal already comes back with no answer: a word that the lexicon knows is never taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from feeds.text.restoring import lexicon, zwnj
from feeds.text.restoring.lexicon import ZWNJ

Stem = Callable[[str], str]
"""From a word without endings to its formal spelling; the same word where it is formal or unknown."""

OWN = {
    "تهرون": "تهران",
    "طهرون": "تهران",
    "شمرون": "شمیران",
    "مشد": "مشهد",
    "همدون": "همدان",
    "سیستون": "سیستان",
    "بلوچستون": "بلوچستان",
    "اصفاهان": "اصفهان",
    "اصفون": "اصفهان",
    "اصفاهون": "اصفهان",
    "چنده": "چند",
    "چیا": "چه",
    "کیه": "کیست",
    "کجاس": "کجا",
    "کجاست": "کجا",
    "چیه": "چیست",
    "چی": "چه",
    "رو": "را",
    "تو": "در",
    "توی": "در",
}
"""Words that people ask with, so that a search is understood before hazm has answered; and those it does not know."""

KEPT = frozenset(
    {"دورود", "چهلستون", "سیاهو", "نازلو", "بارزو", "روسا", "روسای", "نگه", "اینه", "آنرا", "بدره", "بش", "میشی"}
)
"""Formal words that look colloquial: hazm reads the town «دورود» as «درود», a greeting, and «نگه داشت» as «نگاه»."""

_PLURAL = {
    "امون": "هایمان",
    "اتون": "هایتان",
    "اشون": "هایشان",
    "ام": "هایم",
    "اش": "هایش",
    "ای": "های",
    "ا": "ها",
}
"""Endings of the plural that have lost their h: «خبرای», «بچه‌هامون» keeps it."""
_OWNER = {"مون": "مان", "تون": "تان", "شون": "شان"}
_PARTED = {
    **{f"ها{said}": f"های{written}" for said, written in _OWNER.items()},
    "هام": "هایم",
    "هات": "هایت",
    "هاش": "هایش",
    "هارو": "ها",
    "هاشونو": "هایشان",
    **_OWNER,
}
"""Endings that stand apart from their word."""
_AFTER_A_SOUND = {"ه": "", "ی": "ی"}
"""«گرونه» is «گران است», «گرونی» is «گرانی»: only after what is said otherwise, as half of all words end so."""
_JOINED = {**_PARTED, **_PLURAL, **_AFTER_A_SOUND, "شو": "اش", "و": ""}
_NEVER_APART = frozenset({"", "ی"})
_AFTER_UN = frozenset({"", "ه", "ی"})
"""What may follow -un in a word that is said so: «خونه», «مهربونی»; but «خونم» is «خونِ من»."""
_LONGEST_FIRST = sorted(_JOINED, key=len, reverse=True)
_SHORTEST_STEM = 3
_PERSON = re.compile("(?:گر|کار|دار|ساز|مند|وند|بان|نویس|نگار|شناس|نشین|پزشک|آموز|ورز|یار|فروش|یکن)$")
"""How nouns end that say what somebody does: «کارگر», «کشاورز», «بازیکن»."""


def formal(word: str, stem: Stem) -> str:
    """The formal form of a word; the word itself where no rule makes one."""
    key = word.replace(ZWNJ, "")
    known = lexicon.load()
    if key in known.nouns or key in known.verbs or key in known.adjectives:
        return word
    said = stem(key)
    if said != key:
        return said
    parts = (word if ZWNJ in word else zwnj.restore_word(word)).split(ZWNJ)
    if len(parts) > 1:
        spoken = _parted(parts, stem)
        return ZWNJ.join(spoken) if "".join(spoken) != key else word
    return _without_ending(key, stem) or word


def sounded(word: str) -> str:
    """«خیابون» -> «خیابان»; a word in which nothing is said otherwise comes back."""
    known = lexicon.load()
    if "ون" not in word or word in known.nouns:
        return word
    before, _, after = word.rpartition("ون")
    if after not in _AFTER_UN:
        return word
    written = [f"{before}{an}{after}" for an in ("ان", "وان")]  # «استخون» is «استخوان»
    if before.endswith("خ") and after == "ه" and len(before) > _SHORTEST_STEM:  # «مریضخونه»: nothing else ends so
        return written[0]
    return next((form for form in written if form in known.nouns), word)


def _parted(parts: list[str], stem: Stem) -> list[str]:
    """Each part of a word by itself: «خونه|هامون» -> «خانه|هایمان»."""
    *before, last = parts
    ending = _PARTED.get(last)
    spoken = [*map(stem, before), stem(last) if ending is None else ending]
    return [part for part in spoken if part]


def _without_ending(word: str, stem: Stem) -> str:
    """A word whose ending is joined to it: «خیابونای» -> «خیابان‌های»; empty where none is."""
    for ending in _LONGEST_FIRST:
        body = word.removesuffix(ending)
        if body == word or len(body) < _SHORTEST_STEM:
            continue
        base = stem(body)
        if is_noun(base) and _may_hang(ending, word, body, base):
            written = _JOINED[ending]
            return f"{base}{'' if written in _NEVER_APART else ZWNJ}{written}"
    return ""


def _may_hang(ending: str, word: str, body: str, base: str) -> bool:
    """Whether an ending is one here, and not the end of a word of its own."""
    known = lexicon.load()
    if ending == "ای" and is_noun(word[:-1]):  # «شهدای»: the ezafe of «شهدا»
        return False
    if ending in _PLURAL and body.endswith("ه"):  # «شهرها»: the h is the ending's; a silent h keeps it («بچه‌ها»)
        return False
    if base != body:
        return True
    if ending == "و" and base not in known.common:
        return False
    return ending not in _AFTER_A_SOUND and word not in known.words


def of_people(form: str) -> str:
    """The plural that news has of people, beside the one that is said: «کارگرها» -> «کارگران»; empty for things."""
    base, parted, ending = form.partition(ZWNJ)
    return f"{base}ان" if parted and ending.startswith("ها") and _PERSON.search(base) else ""


def names_one_thing(before: str, word: str) -> bool:
    """Whether «رو» is the end of a compound that was typed apart: «پیاده رو»."""
    known = lexicon.load()
    joined = before + word
    return word == "رو" and (joined in known.forms or joined in known.nouns or ZWNJ in zwnj.restore_word(joined))


def is_noun(word: str) -> bool:
    """Whether the lexicon knows a noun or an adjective."""
    known = lexicon.load()
    return word in known.nouns or word in known.adjectives or word in known.forms
