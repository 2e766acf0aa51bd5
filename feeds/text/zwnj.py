"""Restoration of lost zero-width non-joiners (ZWNJ, U+200C): deleted, or turned into spaces.

    restore
      |- addresses, hashtags, handles and code are set apart
      |- spaces that can only be a lost ZWNJ: «می رود», «کتاب ها», «رفته اند», «سرمایه گذاری»
      `- words by `morphology`, each answer remembered

A text that holds most of its ZWNJ is its writer's own: what is joined there («سالها») may be meant, and stays, but for
what no style allows («میرود», «رفتهاند»).
"""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.text import lexicon, morphology, spacing
from feeds.text.lexicon import ZWNJ

FEW = 2
STYLE_SHARE = 0.2
"""A text is its writer's own while style asks for no more ZWNJ than this share of those it holds, or just a few."""

_LETTER = "[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ]"
_WORD = re.compile(f"(?<!می{ZWNJ})(?<!{_LETTER}){_LETTER}{{3,}}")
_KEPT = re.compile(r"(?:https?://|www\.)[^\s«»،؛()]+|[#@]\w[\w\u200c]*|`[^`\n]*`")
_KEPT_SIGNS = ("://", "www.", "#", "@", "`")

_QUALITIES = (
    "مناسب|مساعد|خوب|بد|تازه|جدید|بزرگ|کوچک|مهم|کوتاه|طولانی|گسترده|جدی|قوی|روشن|متفاوت|مشترک|مطلوب|قابل توجه|"
    "ارزشمند|دشوار|سخت|آسان|محکم|عالی|ویژه|خاص|کامل|سازنده|مؤثر|موثر|منفی|مثبت"
)
_ENDS_PHRASE = re.compile(
    rf" ?(?:[،.؛:!؟»)])| (?:{_QUALITIES})?(?:(?<= )| )(?:که|را|است|نیست|بود|نبود|شد|باشد|برای|جهت|می‌\w+)(?!\w)"
)
"""What follows an indefinite noun, and never a plural that something belongs to."""
_FOLD = str.maketrans("يىك", "ییک")
_CERTAIN = re.compile(f"^(?:بر|در|باز|فرو|فرا|وا|ور)?ن?می{ZWNJ}|ه{ZWNJ}")
"""A ZWNJ that no style leaves out: after «می», and after a silent h."""
_MARKS = re.compile("[\u064b-\u0655\u0670]")


def restore(text: str, *, keep_style: bool = True) -> str:
    """Put lost ZWNJ back; nothing else changes, correct text comes back as it is, and twice is the same as once.

    Without `keep_style`, words that the writer of a well-typed text joins by choice are parted too.
    """
    if not any(sign in text for sign in _KEPT_SIGNS):
        return _restore_prose(text, keep_style)
    parts, start = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_restore_prose(text[start : kept.start()], keep_style), kept.group()]
        start = kept.end()
    return "".join([*parts, _restore_prose(text[start:], keep_style)])


def _restore_prose(text: str, keep_style: bool) -> str:
    present = text.count(ZWNJ)
    text = spacing.join(text)
    if not keep_style or not present or _is_lossy(present, text):
        return _WORD.sub(_restore_match, text)
    return _WORD.sub(_restore_certain, text)


def _is_lossy(present: int, text: str) -> bool:
    """Whether a text has lost ZWNJ, rather than been typed by someone who joins a few words that style parts."""
    asked = sum(
        restored.count(ZWNJ)
        for restored in (restore_word(word) for word in _WORD.findall(text) if len(word) <= spacing.LONGEST)
        if ZWNJ in restored and not _CERTAIN.search(restored)
    )
    return asked > present or asked > max(FEW, present * STYLE_SHARE)


def _restore_match(match: re.Match[str]) -> str:
    if len(match[0]) > spacing.LONGEST:
        return match[0]
    restored = restore_word(match[0])
    if restored.endswith("های") and restored != match[0] and _ENDS_PHRASE.match(match.string, match.end()):
        return _with_silent_h(restored)
    return restored


def _with_silent_h(plural: str) -> str:
    """«زمین‌های» is «زمینه‌ای» where nothing can belong to it: before «که», a verb or a full stop."""
    stem = plural[:-3].removesuffix(ZWNJ)
    return stem + "ه" + ZWNJ + "ای" if stem in lexicon.load().either else plural


def _restore_certain(match: re.Match[str]) -> str:
    if len(match[0]) > spacing.LONGEST:
        return match[0]
    restored = restore_word(match[0])
    return restored if _CERTAIN.search(restored) else match[0]


@lru_cache(maxsize=65_536)
def restore_word(word: str) -> str:
    """Restore one run of letters, whatever its letters and marks are."""
    plain = _MARKS.sub("", word.translate(_FOLD))
    restored = morphology.analyse(plain, lexicon.load())
    if restored == plain:
        return word
    return restored if plain == word else _transfer(restored, word)


def _transfer(restored: str, word: str) -> str:
    """Put the ZWNJ of `restored` into `word`, which differs in letters and marks; marks stay with their letter."""
    parts, start = [], 0
    for part in restored.split(ZWNJ):
        end = start
        for _ in part:
            end = _after_letter(word, end)
        parts.append(word[start:end])
        start = end
    return ZWNJ.join(parts)


def _after_letter(word: str, position: int) -> int:
    """The position after the next letter and the marks on it."""
    position += 1
    while position < len(word) and _MARKS.match(word[position]):
        position += 1
    return position
