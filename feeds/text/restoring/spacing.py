"""Spaces that can only be a lost ZWNJ: «می رود», «کتاب ها», «رفته اند», «سرمایه گذاری»."""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain, compress, count

from feeds.text.memory import LONGEST, Memory
from feeds.text.restoring import lexicon
from feeds.text.restoring.compounds import NON_JOINING, ends_in_silent_h
from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.restoring.morphology import analyse

_RUN = "[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ\u200c]+"
_HEAD = re.compile(_RUN)
_LAST = re.compile(_RUN + "$")
_FOLD = str.maketrans("يىك", "ییک") | dict.fromkeys([*range(0x064B, 0x0656), 0x0670])

_SIGNS = frozenset(
    before + sign for before in ("", "بر", "در", "باز", "فرو", "فرا", "وا", "ور") for sign in ("می", "نمی")
)
_PLURALS = frozenset({"ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هاست"})
_DEGREES = frozenset({"تر", "تری", "ترین", "ترینی", "ترها", "ترهای"})
_AFTER_H = frozenset({"ای", "ام", "ات", "اش", "ایم", "اید", "اند", "مان", "تان", "شان"})
_AFTER_Y = frozenset({"ام", "اش", "اند"})
_FIRSTS = frozenset({"بی", "نیم", "تک", "خوش", "فوق", "شبه", "آنتی", "مینی", "علیهم", "جابه"})
"""First parts after which a space is a lost ZWNJ in a known compound."""
_OPENERS = _SIGNS | _FIRSTS
_OPENING = "«([\"'"
_OF_PARTS = ("ان", "ی", "ها", "های")
"""Endings that a last part may have."""
_NEVER_NEW = frozenset({"آباد", "نژاد", "نامه", "سوار", "سواری"})
"""Last parts that are joined in known compounds only."""


def join(text: str) -> str:
    """Put a ZWNJ (or nothing, after a letter that never joins) for each space that parts one word."""
    tokens = text.split(" ")
    suspects = set(compress(count(), map(_is_suspect.__getitem__, tokens)))
    suspects |= {index + 1 for index in suspects if _is_opener(tokens[index])}
    suspects -= {0, len(tokens)}
    if not suspects:
        return text
    glues = [" "] * len(tokens)
    word_before = ""  # what is joined already, where the token before was joined to its own
    joined = -1
    for index in sorted(suspects):
        before = word_before if joined == index - 1 else tokens[index - 1]
        head, last = _HEAD.match(tokens[index], 0, LONGEST), _LAST.search(before[-LONGEST:])
        glue = _between(last[0], head[0]) if head and last else None
        if glue is not None:
            glues[index] = glue
            word_before, joined = (before + glue + tokens[index])[-LONGEST:], index
    if joined < 0:
        return text
    glues[0] = ""
    return "".join(chain.from_iterable(zip(glues, tokens, strict=True)))


def _is_opener(token: str) -> bool:
    return token.lstrip(_OPENING) in _OPENERS


def _may_join(token: str) -> bool:
    """Whether a word may be the end of the one before it, or the beginning of the next."""
    head = _HEAD.match(token, 0, LONGEST)
    return _is_opener(token) or bool(head and head[0].translate(_FOLD) in _tails())


_is_suspect = Memory(_may_join)


@cache
def _tails() -> frozenset[str]:
    """All that may be the end of the word before it."""
    known = lexicon.load()
    inflected = {part + ending for part in known.bound for ending in ("", *_OF_PARTS)}
    return frozenset(inflected | known.pair_ends | _PLURALS | _DEGREES | _AFTER_H)


def _parts(core: str) -> tuple[str, ...]:
    """A last part, and what it is without the ending of a person or an abstract noun."""
    return (core, *(core[: -len(ending)] for ending in _OF_PARTS if core.endswith(ending)))


@lru_cache(maxsize=65_536)
def _between(word: str, core: str) -> str | None:
    known = lexicon.load()
    word, core = word.translate(_FOLD), core.translate(_FOLD)
    if not word:  # marks without a letter
        return None
    if word in _SIGNS:
        return ZWNJ if core.partition(ZWNJ)[0] in known.verbs else None
    glue = "" if word[-1] in NON_JOINING else ZWNJ
    if core in _PLURALS:
        return glue if len(word) > 1 else None
    if core in _DEGREES:
        plain = word.rpartition(ZWNJ)[2]
        return glue if plain in known.adjectives or (core.startswith("ترین") and plain in known.words) else None
    if core in _AFTER_H:
        return glue if _takes_enclitic(word, core, known) else None
    return glue if glue and _is_compound(word.replace(ZWNJ, ""), core, known) else None


def _takes_enclitic(word: str, core: str, known: lexicon.Lexicon) -> bool:
    plain = word.rpartition(ZWNJ)[2]
    if len(plain) < 3 or (plain not in known.words and ZWNJ not in word and analyse(plain, known) == plain):
        return False
    return ends_in_silent_h(plain) or (core in _AFTER_Y and plain[-1] == "ی")


def _is_compound(word: str, core: str, known: lexicon.Lexicon) -> bool:
    joined = word + core
    if joined in known.pairs:
        return True
    for part in _parts(core):
        if (part in known.bound or word in _FIRSTS) and known.forms.get(word + part, "").endswith(ZWNJ + part):
            return True
    return (
        core in known.bound
        and core in known.seconds
        and len(core) > 3
        and word in known.nouns
        and core not in _NEVER_NEW
    )
