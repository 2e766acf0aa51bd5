"""What in a sentence points out of it: a reader who has only the lead beside it is left alone with «این مسیر», «وی»."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import chain

from feeds.editing import vocabulary as words_of
from feeds.editing.vocabulary import AFTER, BEFORE
from feeds.text import fold
from feeds.text.memory import Memory
from feeds.text.restoring.lexicon import ZWNJ

_HANGS = re.compile(rf"^(?:{words_of.HANGING}){AFTER}")
_ITEM = re.compile(r"[-–*•▪■.،]|[0-9۰-۹]+ ?[-–.)] ?(?=[^0-9۰-۹])|دقیقه [0-9۰-۹+]+ ?:")
"""An item of a list, a subhead, or a minute of a match, which the next one may have turned."""
_FRAGMENT = re.compile(r"^[^\s،]{2,}ی که [^،]*$")
"""«روزی که … شد.»: the apposition of a sentence before."""
_NOTE = re.compile(r"\[[0-9۰-۹]+\]")
_ANOTHER = re.compile(rf"^(?:یکی )?دیگر|{BEFORE}(?:دیگری|یکی دیگر){AFTER}")
_ONE_MORE = re.compile(
    rf"{BEFORE}از (?:(?:دیگر|سایر) |\S+(?:ها|ان|ات)ی? دیگر{AFTER})[^:]*?"
    r"(?:است|بود|باشد|هستند|بودند|\u200cاند|می\u200cرود|می\u200cآید)(?=[.،]| که|$)"
)
"""«… از دیگر برنامه‌های جشنواره است.»: one more, of what was told before."""
_PRONOUN = re.compile(rf"{BEFORE}(?:{words_of.PRONOUNS}){AFTER}")
_POINTER = re.compile(rf"{BEFORE}(?:این|آن|همین|همان|چنین)(?=[ \u200c]|را{AFTER})(?:[ \u200c]+(?P<noun>[\w\u200c]+))?")
_BOTH = re.compile(rf"{BEFORE}هر ?(?:دو|سه){AFTER}")
"""«هر دو تشکل»: of those that were named."""
_SEVERAL = re.compile(
    r"\w{2,}(?:\u200c?ها|\u200c?های|\u200c?هایی|انی که"
    rf"|(?:گ|جوی|گوی|یی|کار|دار|مند|ور|بان|گر|نشین|آموز|ورز|کش|ساز|بر)ان){AFTER}"
    rf"|{BEFORE}(?:{words_of.MANY}){AFTER}"
)
"""A plural, which «آنها» may mean."""
_WORDS_OF_AN_ANTECEDENT = 4
"""Words before a pointer from which what it means may stand in its own sentence."""


def hangs(text: str, start: int) -> bool:
    """Whether a text, or what is said in it, begins as the continuation of another, or speaks of «another» somebody.

    Args:
        text: the sentence as it would stand.
        start: where what is said begins, behind its speaker; 0 where nobody speaks.
    """
    if any(sign.match(text) for sign in (_HANGS, _FRAGMENT, _ITEM)) or _ANOTHER.search(text[:start]):
        return True
    if _ONE_MORE.search(text, start):
        return True
    said = text[start:].lstrip(" :،«") if start else ""
    return _NOTE.search(text) is not None or (not said.startswith(("اگر", "این")) and _HANGS.match(said) is not None)


def points_away(text: str, known: AbstractSet[str]) -> bool:
    """Whether a pointer or pronoun in a text points out of it, to what neither it nor the lead has named.

    Args:
        text: the sentence as it would stand.
        known: the words of title and lead, see `told_words`.
    """
    if any(not _is_named_before(text, word) for word in _PRONOUN.finditer(text)):
        return True
    if (both := _BOTH.search(text)) and len(_clause(text, both.start()).split()) < _WORDS_OF_AN_ANTECEDENT:
        return True
    return any(not _is_clear(text, pointer, known) for pointer in _POINTER.finditer(text))


def points(text: str) -> bool:
    """Whether a text points to anything at all, were it to what it has named itself."""
    return _POINTER.search(text) is not None or _PRONOUN.search(text) is not None


def told_words(text: str) -> frozenset[str]:
    """The words of a text that tell something, each in its plainest form."""
    return frozenset(chain.from_iterable(map(_told_by_word.__getitem__, text.split())))


def _tells(word: str) -> tuple[str, ...]:
    plain = word.strip('،.؛:!؟«»()"')
    is_word = plain.replace(ZWNJ, "").isalpha()
    tokens = fold.tokens_of_word(plain) if is_word else fold.tokens(word, restored=True)
    return tuple(one for one in tokens if one not in words_of.COMMON and len(one) > 1)


_told_by_word = Memory(_tells)


def _is_named_before(text: str, word: re.Match[str]) -> bool:
    """Whether a pronoun of many may mean what the same sentence has named: «کشاورزانی که محصول آنها …»."""
    return word[0] in words_of.THEY and _SEVERAL.search(_clause(text, word.start())) is not None


def _is_clear(text: str, pointer: re.Match[str], known: AbstractSet[str]) -> bool:
    noun = (pointer["noun"] or "").replace("\u200c", "")
    if noun in words_of.FORWARD:
        return True
    before = _clause(text, pointer.start())
    within = len(before.split()) >= _WORDS_OF_AN_ANTECEDENT
    if not noun or noun in words_of.PARTICLES:  # a pronoun: «… که نتیجهٔ آن را»
        return pointer[0].startswith("آن") and within
    if noun in words_of.VAGUE:
        return False
    if noun in words_of.BODIES and noun in text[: pointer.start()].split():  # «مدیر شرکت آب گفت: این شرکت …»
        return True
    if noun in words_of.BODIES and (within or noun in words_of.MANY_BODIES):
        return within
    named = fold.tokens(pointer["noun"], restored=True)
    return bool(named) and set(named) <= told_words(before) | known


def _clause(text: str, end: int) -> str:
    """The words before a place, from the last colon on: what somebody says names its own things."""
    return text[text.rfind(":", 0, end) + 1 : end]
