"""Spaces that can only be a lost ZWNJ: «می رود», «کتاب ها», «رفته اند», «سرمایه گذاری»."""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain, compress, count

from feeds.text.memory import LONGEST, Memory
from feeds.text.restoring import lexicon, neighbours
from feeds.text.restoring.compounds import NON_JOINING, ends_in_silent_h
from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.restoring.morphology import analyse, perfect

_RUN = "[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ\u200c]+"
_HEAD = re.compile(_RUN)
_LAST = re.compile(_RUN + r"\Z")
_FOLD = str.maketrans("يىك", "ییک") | dict.fromkeys([*range(0x064B, 0x0656), 0x0670])
_FOLDABLE = re.compile(f"[{''.join(map(chr, _FOLD))}]")

_SIGNS = frozenset(
    before + sign for before in ("", "بر", "در", "باز", "فرو", "فرا", "وا", "ور") for sign in ("می", "نمی")
)
_PLURALS = frozenset({"ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست"})
_DEGREES = frozenset({"تر", "تری", "ترین", "ترینی", "ترها", "ترهای"})
_AFTER_H = frozenset({"ای", "ام", "ات", "اش", "ایم", "اید", "اند", "مان", "تان", "شان"})
_AFTER_Y = frozenset({"ام", "اش", "اند"})
_FIRSTS = frozenset(
    {"بی", "نیم", "تک", "خوش", "فوق", "شبه", "آنتی", "مینی", "علیهم", "جابه", "کم", "صاحب", "همه", "نیمه", "ذی"}
)
"""First parts after which a space is a lost ZWNJ in a known compound."""
_OPENERS = _SIGNS | _FIRSTS
_OPENING = "«([\"'"
_OF_PARTS = ("ان", "ی", "ها", "های")
"""Endings that a last part may have."""
_NEVER_NEW = frozenset(
    {"آباد", "نژاد", "نامه", "سوار", "سواری", "درمانی", "بخش", "بخشی", "محور", "محوری", "طلب", "زنی", "کشی", "باری"}
    | {"داری", "کاری", "سرایی", "نهایی", "وزیری", "پوشی", "باز", "بار", "خانی", "کوبی", "خوانی", "خیز", "انداز"}
)
"""Last parts that are joined in known compounds only: most of them are words of their own."""
_NO_WORDS = frozenset(
    {"المللی", "الملل", "الاسلام", "العاده", "العمل", "کننده", "کنندگان", "دهنده", "دهندگان", "مند", "مندان", "مندی"}
    | {"وگو", "وگوی", "وگوها", "وگوهای", "ووگو", "وکار", "وکارهای", "وآمد", "وشو", "وخیز", "ونقل", "وپاش", "وساز"}
    | {"ناپذیر", "ناپذیری", "آمیز", "اندرکار", "اندرکاران", "مآبانه", "انگیز", "زدایی", "گرایانه"}
)
"""Last parts that never stand alone: whatever the text, a space before them is a lost ZWNJ."""
NAMES_AFTER = frozenset({"پور", "نژاد", "نیا", "زاده", "نسب", "قلی"})
"""What is a surname with a given name before it."""
_ENDINGS = _PLURALS | _DEGREES
_DAY, _DAYS_BEFORE = "شنبه", frozenset({"یک", "دو", "سه", "چهار", "پنج"})
"""«پنج شنبه» is Thursday; «یک شنبه» may be one Saturday, too, where a text holds its ZWNJ."""
_DOTTED = re.compile(r"\.(?=[\u0621-\u06cc])")
"""The full stop of an acronym: «ام.آر.آی»."""


def join(text: str) -> str:
    """Put a ZWNJ (or nothing, after a letter that never joins) for each space that parts one word."""
    tokens = text.split(" ")
    suspects = set(compress(count(), map(_is_suspect.__getitem__, tokens)))
    suspects |= {index + 1 for index in suspects if _is_opener(tokens[index])}
    suspects -= {0, len(tokens)}
    if not suspects:
        return text
    places = sorted(suspects)
    careful = _is_careful(text, tokens, places)
    glues = [" "] * len(tokens)
    word_before = ""  # what is joined already, where the token before was joined to its own
    joined = -1
    for index in places:
        before = word_before if joined == index - 1 else tokens[index - 1]
        glue = _glue(before, tokens, index, careful)
        if glue is not None:
            glues[index] = glue
            word_before, joined = (before + glue + tokens[index])[-LONGEST:], index
    if joined < 0:
        return text
    glues[0] = ""
    return "".join(chain.from_iterable(zip(glues, tokens, strict=True)))


def _is_careful(text: str, tokens: list[str], suspects: list[int]) -> bool:
    """Whether a text holds most of its ZWNJ: then a space between two words is meant."""
    present = text.count(ZWNJ)
    lost = sum(tokens[index] in _ENDINGS or tokens[index - 1] in _SIGNS for index in suspects) if present else 0
    return present > lost


def _glue(before: str, tokens: list[str], index: int, careful: bool) -> str | None:
    """What stands for the space before a token; None where the space stays."""
    token = tokens[index]
    head, last = _HEAD.match(token, 0, LONGEST), _LAST.search(before[-LONGEST:])
    if not head or not last or _DOTTED.match(token, head.end()):
        return None
    glue = _between(last[0], head[0], careful)
    if glue is None or neighbours.part(last[0], head[0], tokens, index):
        return None
    return glue


def _is_opener(token: str) -> bool:
    return token.rpartition("\n")[2].lstrip(_OPENING) in _OPENERS


def _may_join(token: str) -> bool:
    """Whether a word may be the end of the one before it, or the beginning of the next."""
    if token in _tails():
        return True
    head = _HEAD.match(token, 0, LONGEST)
    if head and head.end() == len(token) and _FOLDABLE.search(token) is None:
        return token in _OPENERS
    return _is_opener(token) or bool(head and head[0].translate(_FOLD) in _tails())


_is_suspect = Memory(_may_join)


@cache
def _tails() -> frozenset[str]:
    """All that may be the end of the word before it."""
    known = lexicon.load()
    inflected = {part + ending for part in known.bound | known.pair_ends for ending in ("", *_OF_PARTS)}
    return frozenset(inflected | {_DAY} | NAMES_AFTER | _PLURALS | _DEGREES | _AFTER_H | {"ی"})


def _parts(core: str) -> tuple[str, ...]:
    """A last part, and what it is without the ending of a person or an abstract noun."""
    return (core, *(core[: -len(ending)] for ending in _OF_PARTS if core.endswith(ending)))


@lru_cache(maxsize=65_536)
def _between(word: str, core: str, careful: bool) -> str | None:
    known = lexicon.load()
    word, core = word.translate(_FOLD), core.translate(_FOLD)
    if not word:  # marks without a letter
        return None
    if word in _SIGNS:
        stem, _, ending = core.partition(ZWNJ)
        is_verb = stem in known.verbs and (not ending or ending in _AFTER_H)
        return ZWNJ if is_verb or perfect(core, known) else None
    glue = "" if word[-1] in NON_JOINING else ZWNJ
    if core == _DAY:
        return glue if word in _DAYS_BEFORE and not (careful and word == "یک") else None
    if (takes := _takes_ending(word, core, known)) is None:
        joins = _is_sure_compound if careful else _is_compound
        takes = bool(glue) and joins(word.replace(ZWNJ, ""), core, known)
    return glue if takes else None


def _takes_ending(word: str, core: str, known: lexicon.Lexicon) -> bool | None:
    """Whether what follows a word is its ending; None where it is no ending at all."""
    if core in _PLURALS:
        return len(word) > 1
    if core in _DEGREES:
        plain = word.rpartition(ZWNJ)[2]
        parts = analyse(word, known).split(ZWNJ) if plain == word else word.split(ZWNJ)
        is_compound = len(parts) > 1 and parts[-1] not in _PLURALS | _AFTER_H
        return is_compound or plain in known.adjectives or (core.startswith("ترین") and plain in known.words)
    if core == "ی":  # «گفته ی وی», «دنیا ی ما»
        return len(word) > 2 and (ends_in_silent_h(word) or word[-1] in "او")
    return _takes_enclitic(word, core, known) if core in _AFTER_H else None


def _takes_enclitic(word: str, core: str, known: lexicon.Lexicon) -> bool:
    plain = word.rpartition(ZWNJ)[2]
    if len(plain) < 3 or (plain not in known.words and ZWNJ not in word and analyse(plain, known) == plain):
        return False
    if core == "اند" and plain in known.adjectives:  # «موظف اند»
        return True
    return ends_in_silent_h(plain) or (core in _AFTER_Y and plain[-1] == "ی")


def _is_sure_compound(word: str, core: str, known: lexicon.Lexicon) -> bool:
    """Whether the second word never stands alone."""
    return any(part in _NO_WORDS for part in _parts(core)) and _is_compound(word, core, known)


def _is_compound(word: str, core: str, known: lexicon.Lexicon) -> bool:
    if any(word + part in known.pairs for part in _parts(core)):
        return True
    if word in neighbours.POINTERS:
        return False
    for part in _parts(core):
        bound = part in known.bound or (word in _FIRSTS and part not in known.verbs)
        if bound and known.forms.get(word + part, "").endswith(ZWNJ + part):
            return True
    if word in neighbours.GIVEN_NAMES and core in NAMES_AFTER:
        return True
    return (
        core in known.bound
        and core in known.seconds
        and len(core) > 3
        and word in known.nouns
        and word not in neighbours.GIVEN_NAMES
        and core not in _NEVER_NEW
    )
