"""One key for what a reader holds equal: spellings, digits, ZWNJ, diacritics, inflections.

`tokens` is what the store indexes and what a search is made of. A text is restored first, so all spellings of a word
come apart in the same places; then endings go, and signed verbs become their past stem by hazm's list of verbs
(«می‌روند», «نرفته‌ایم» -> `رفت`), compiled into the lexicon. hazm's own stemmer is not used: it cuts `تهران` to `تهر`
and `ایران` to `ایر`, and takes 3 s and 150 MB to import.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

from feeds.text.memory import Memory
from feeds.text.normalize import letters
from feeds.text.restoring import lexicon, zwnj
from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.spelling import Respelling

_MARKS = (*range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE))
_INVISIBLE = (0xAD, 0x200B, *range(0x200D, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_UNMARKED = dict.fromkeys(map(chr, _MARKS + _INVISIBLE), "")
_FOLD = {
    **dict.fromkeys("يىېےئ", "ی"),
    **dict.fromkeys("كڪګ", "ک"),
    **dict.fromkeys("أإٱآ", "ا"),
    **dict.fromkeys("ةۀەہھ", "ه"),
    "ؤ": "و",
    "ء": "",
    **dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", strict=True)),
    **_UNMARKED,
}
_FOLD_WORD = str.maketrans(_FOLD)
_folded, _unmarked = Respelling(_FOLD), Respelling(_UNMARKED)
_WORD = re.compile(r"[^\W_]+")
_UNIT = re.compile(rf"[^\W_]+(?:{ZWNJ}+[^\W_]+)*")

_SIGNS = frozenset(("می", "نمی", "همی"))
_ENDINGS = frozenset(
    {
        "ها",
        "های",
        "هایی",
        "هایم",
        "هایت",
        "هایش",
        "هایمان",
        "هایتان",
        "هایشان",
        "هاست",
        "تر",
        "تری",
        "ترین",
        "ترینی",
        "ترها",
        "ی",
        "یی",
        "ای",
        "ام",
        "ات",
        "اش",
        "ایم",
        "اید",
        "اند",
        "است",
        "مان",
        "تان",
        "شان",
        "ست",
    }
)
"""Parts that inflect a word and mean nothing of their own."""
_PLURAL = re.compile("(..+?)(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان)")
_EZAFE = re.compile("(..*[او])ی")


def fold(text: str) -> str:
    """One comparable key of a text: letters and digits in one spelling, words parted by single spaces, no stemming.

    «خرم‌آباد» and `خرمآباد` are equal, `ك` and `ک`, `۱۲` and `12`; marks, case and what can't be seen are gone.
    """
    return " ".join(_WORD.findall(_fold_text(text)))


def fold_lines(lines: Sequence[str]) -> list[list[str]]:
    """The words of the key of each line; many short lines at once cost what one long text does."""
    return [_WORD.findall(line) for line in _fold_text("\n".join(lines)).split("\n")]


def tokens(text: str, *, restored: bool = False) -> list[str]:
    """The search tokens of a text, in order: only letters and digits, inflections dropped.

    A document and a query that a reader holds equal have equal tokens, however their ZWNJ were typed:
    «سرمایه‌گذاری‌های», `سرمایهگذاریهای` and «سرمایه گذاری های» are all `سرمایه`, `گذاری`.

    Args:
        text: Prose, as it came.
        restored: It comes from `normalize`, which leaves nothing to do between words: the same, much faster.
    """
    text = unicodedata.normalize("NFKC", text)
    if restored and not any(sign in text for sign in zwnj.KEPT_SIGNS):
        return list(chain.from_iterable(map(_tokens.__getitem__, _units(text))))
    units = _units(zwnj.restore(_unmarked(letters(text)), keep_style=False))
    return list(chain.from_iterable(map(_tokens_of_restored.__getitem__, units)))


def _units(text: str) -> list[str]:
    """The words of a text, each with its ZWNJ and without marks."""
    return _UNIT.findall(_unmarked(text))


def _fold_text(text: str) -> str:
    return _folded(_one_word(unicodedata.normalize("NFKC", text))).lower().replace(ZWNJ, "")


def _fold_part(part: str) -> str:
    return _one_word(unicodedata.normalize("NFKC", part)).translate(_FOLD_WORD).lower()


def _one_word(text: str) -> str:
    """«مسئول», «مسؤول» and «مسوول» are one word."""
    return text.replace("ئو", "وو")


def _tokens_of_unit(unit: str) -> tuple[str, ...]:
    """The tokens of one word with its ZWNJ."""
    folded = (_fold_part(part) for part in _meaningful(unit.split(ZWNJ)))
    return tuple(token for part in folded for token in _WORD.findall(part))


_tokens_of_restored = Memory(_tokens_of_unit)
_tokens = Memory(lambda unit: _tokens_of_unit(zwnj.restored[unit]))


def _meaningful(parts: list[str]) -> list[str]:
    """The parts of a word that carry its meaning, each in its plainest form; all of them where none does."""
    known = lexicon.load()
    if len(parts) > 1 and parts[0] in _SIGNS:
        verb = known.lemmas.get(parts[1], parts[1])
        return [verb]
    kept = [part for part in parts if part]
    while len(kept) > 1 and "".join(kept) not in known.words and kept[-1] in _ENDINGS:
        kept.pop()
    if "".join(kept) in known.words:  # «کتاب‌خانه» is `کتابخانه` too
        kept = ["".join(kept)]
    return [_stem(part, known) for part in kept]


def _stem(word: str, known: lexicon.Lexicon) -> str:
    """A word without the plural or the ezafe that joins to it: «روزها», «دنیای»."""
    if word in known.words:
        return word
    match = _PLURAL.fullmatch(word) or _EZAFE.fullmatch(word)
    return match[1] if match and (match[1] in known.words or match[1] in known.forms) else word
