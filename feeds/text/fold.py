"""One key for what a reader holds equal: spellings, digits, ZWNJ, diacritics, inflections.

`tokens` is what the store indexes and what a search is made of. A text is restored first, so all spellings of a word
come apart in the same places; then endings go, and signed verbs become their past stem by hazm's list of verbs
(«می‌روند», «نرفته‌ایم» -> `رفت`), compiled into the lexicon. hazm's own stemmer is not used: it cuts `تهران` to `تهر`
and `ایران` to `ایر`, and takes 3 s and 150 MB to import. Last, spellings that writers choose freely between become one
(«هیئت», «هیأت»; «طوفان», «توفان»; «گفت‌وگو», «گفتگو», «گفت و گو»; ۲٬۵۰۰ and 2500).

`VERSION` grows with each change of what a text's tokens are: a store whose keys are older makes them anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import chain

from feeds.text.letters import KEPT_SIGNS, letters
from feeds.text.memory import Memory
from feeds.text.restoring import lexicon, zwnj
from feeds.text.restoring.lexicon import ZWNJ
from feeds.text.spelling import Respelling

VERSION = 3
"""Of the tokens that texts have."""

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
_FOLDED = re.compile("[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی\u200c]*")
"""What is folded already, as most words are."""
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


def words_of_key(text: str) -> list[str]:
    """`fold(text).split()`, each word remembered: for texts whose words have come before."""
    return list(chain.from_iterable(map(_folded_words.__getitem__, text.split())))


def tokens(text: str, *, restored: bool = False) -> list[str]:
    """The search tokens of a text, in order: only letters and digits, inflections dropped.

    A document and a query that a reader holds equal have equal tokens, however their ZWNJ were typed:
    «سرمایه‌گذاری‌های», `سرمایهگذاریهای` and «سرمایه گذاری های» are all `سرمایه`, `گذاری`.

    Args:
        text: Prose, as it came.
        restored: It comes from `normalize`, which leaves nothing to do between words: the same, much faster.
    """
    text = _whole_numbers(unicodedata.normalize("NFKC", text))
    if restored and not any(map(text.__contains__, KEPT_SIGNS)):
        return list(chain.from_iterable(map(tokens_of_word, _units(text))))
    units = _units(zwnj.restore(_unmarked(letters(text)), keep_style=False))
    return list(chain.from_iterable(map(_tokens_of_restored.__getitem__, units)))


def words(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The words of a text as a reader parts them, restored, each with its tokens; those of no token are left out."""
    text = _whole_numbers(unicodedata.normalize("NFKC", text))
    units = _units(zwnj.restore(_unmarked(letters(text)), keep_style=False))
    return [(unit, found) for unit in units if (found := _tokens_of_restored[unit])]


_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[٬,،’]\d{3})+(?!\d)")
_GROUPING = ("٬", ",", "،", "’")


def _whole_numbers(text: str) -> str:
    """«۲٬۵۰۰» is 2500, however its thousands are parted."""
    if not any(map(text.__contains__, _GROUPING)):
        return text
    return _GROUPED.sub(lambda number: "".join(filter(str.isdecimal, number[0])), text)


def _units(text: str) -> list[str]:
    """The words of a text, each with its ZWNJ and without marks."""
    return _UNIT.findall(_unmarked(text))


def _fold_text(text: str) -> str:
    return _folded(_one_word(unicodedata.normalize("NFKC", text))).lower().replace(ZWNJ, "")


def _fold_part(part: str) -> str:
    return (
        part
        if _FOLDED.fullmatch(part)
        else _one_word(unicodedata.normalize("NFKC", part)).translate(_FOLD_WORD).lower()
    )


def _one_word(text: str) -> str:
    """«مسئول», «مسؤول» and «مسوول» are one word."""
    return text.replace("ئو", "وو")


def _tokens_of_unit(unit: str) -> tuple[str, ...]:
    """The tokens of one word with its ZWNJ."""
    parts = _meaningful(unit.split(ZWNJ))
    if "ئ" in unit:
        parts = [_HAMZA.sub("ا", part) for part in parts]
    return tuple([one for part in parts for token in _WORD.findall(_fold_part(part)) for one in _one_spelling(token)])


_HAMZA = re.compile("(?<=[^اوآ])ئ(?=[تل])")
"""«هیئت», «مسئله», «جرئت»: their hamza has another seat, or none, as often."""
_EITHER = {
    "طوفان": "توفان", "اطاق": "اتاق", "بلیط": "بلیت", "باطری": "باتری", "طهران": "تهران", "امپراطور": "امپراتور",
    "غلطک": "غلتک", "اطریش": "اتریش", "اطو": "اتو", "طپش": "تپش", "طپانچه": "تپانچه", "ایطالیا": "ایتالیا",
    "ذغال": "زغال", "اسطبل": "اصطبل", "غدغن": "قدغن", "سوقات": "سوغات", "دگمه": "دکمه", "ملیون": "میلیون",
    "ملیارد": "میلیارد", "الومنیوم": "الومینیوم", "اورانیم": "اورانیوم", "دمکرا": "دموکرا", "سوییچ": "سویچ",
}  # fmt: skip
"""Beginnings of words that are written either way, as they are once folded."""
_AND_ALONE = "و"
_EITHER_WAY = re.compile("|".join(map(re.escape, _EITHER)))
_TALKS = re.compile("(گفت|جست|شست)و?(گو|جو|شو)(|ی|یی|ها|های|هایی|یم|یی?ها)")
_SECONDS = {form: stem for stem in ("گو", "جو", "شو") for form in (f"{stem}ی", f"و{stem}", f"و{stem}ی")}
"""The second half of «گفت‌وگو» and its like."""


def _one_spelling(token: str) -> tuple[str, ...]:
    """A folded word in the spelling that stands for all of its own; «و» alone says nothing."""
    if token == _AND_ALONE:
        return ()
    if talk := _TALKS.fullmatch(token):
        return talk[1], talk[2]
    if token in _SECONDS:
        return (_SECONDS[token],)
    if other := _EITHER_WAY.match(token):
        return (_EITHER[other[0]] + token[other.end() :],)
    return (token,)


_folded_words = Memory(lambda word: tuple(_WORD.findall(_fold_part(word).replace(ZWNJ, ""))))
_tokens_of_restored = Memory(_tokens_of_unit)
_tokens = Memory(lambda unit: _tokens_of_unit(zwnj.restored[unit]))
tokens_of_word: Callable[[str], tuple[str, ...]] = _tokens.__getitem__
"""The tokens of one word of an edited text, remembered: for going through a text word by word."""


def _meaningful(parts: list[str]) -> list[str]:
    """The parts of a word that carry its meaning, each in its plainest form; all of them where none does."""
    known = lexicon.load()
    if len(parts) == 1:
        return [_stem(parts[0], known)]
    if parts[0] in _SIGNS:
        verb = known.lemmas.get(parts[1], parts[1])
        return [verb]
    kept = [part for part in parts if part]
    while len(kept) > 1 and "".join(kept) not in known.words and kept[-1] in _ENDINGS:
        kept.pop()
    if "".join(kept) in known.words:  # «کتاب‌خانه» is `کتابخانه` too
        kept = ["".join(kept)]
    elif len(kept) > 1 and (joined := kept[0] + "".join(kept[1:]).replace("آ", "ا")) in known.words:  # «فن‌آوری»
        kept = [joined]
    elif len(kept) > 1:
        kept = [kept[0], *(_AND.sub("", part) if part not in known.words else part for part in kept[1:])]
    return [_stem(part, known) for part in kept]


_AND = re.compile("^و(?=..)")
"""«رفت‌وآمد» is «رفت و آمد»."""


def _stem(word: str, known: lexicon.Lexicon) -> str:
    """A word without the plural or the ezafe that joins to it: «روزها», «دنیای»."""
    if word in known.words:
        return word
    match = _PLURAL.fullmatch(word) or _EZAFE.fullmatch(word)
    return match[1] if match and (match[1] in known.words or match[1] in known.forms) else word
