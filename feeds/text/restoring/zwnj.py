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

from feeds.text.letters import KEPT_SIGNS, KEPT_WITHOUT_MAIL
from feeds.text.memory import LONGEST, Memory
from feeds.text.restoring import lexicon, morphology, spacing
from feeds.text.restoring.compounds import NON_JOINING
from feeds.text.restoring.lexicon import ZWNJ

FEW = 2
STYLE_SHARE = 0.2
"""A text is its writer's own while style asks for no more ZWNJ than this share of those it holds, or just a few."""

_UNIT = re.compile("([\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ\u200c]+)")
"""A word with its ZWNJ."""

_QUALITIES = (
    "مناسب|مساعد|خوب|بد|تازه|جدید|بزرگ|کوچک|مهم|کوتاه|طولانی|گسترده|جدی|قوی|روشن|متفاوت|مشترک|مطلوب|قابل توجه|"
    "ارزشمند|دشوار|سخت|آسان|محکم|عالی|ویژه|خاص|کامل|سازنده|مؤثر|موثر|منفی|مثبت"
)
_INDEFINITE = re.compile(
    rf"های(?= ?[،.؛:!؟»)]| (?:(?:{_QUALITIES}) )?(?:که|را|است|نیست|بود|نبود|شد|باشد|برای|جهت|به|خطاب)(?!\w)"
    r"|(?P<place> در (?!دست|حال|اختیار|معرض|نظر|جریان|انتظار|خدمت|شرف|حین|دسترس|پیش)))"
)
"""«های» before what follows an indefinite noun, and never a plural that something belongs to."""
_TIMES = frozenset({"سال", "ماه", "شب", "روز", "فصل", "دوره"})
"""Whose plural may stand before «در»: «سال‌های در سفر»."""
_WORD_END = re.compile("(?<![\u0621-\u06cc\u200c])[\u0621-\u06cc]+$")
SHORTEST = 3
"""Letters of the shortest word that can lack a ZWNJ."""
_FOLD = str.maketrans("يىك", "ییک")
_CERTAIN = re.compile(f"^(?:بر|در|باز|فرو|فرا|وا|ور)?ن?می{ZWNJ}|..ه{ZWNJ}(?:ای|ام|ات|اش|ایم|اید|اند|است)$")
"""A ZWNJ that no style leaves out: after «می», and after a silent h."""
_WHOLE = re.compile(f"[{''.join(sorted(NON_JOINING))}]های$")
"""A plural that lacks nothing: who types «سازه‌ای» with its ZWNJ, means «سازهای» as it is."""
_MARKS = re.compile("[\u064b-\u0655\u0670]")


def restore(text: str, *, keep_style: bool = True) -> str:
    """Put lost ZWNJ back; nothing else changes, correct text comes back as it is, and twice is the same as once.

    Without `keep_style`, words that the writer of a well-typed text joins by choice are parted too.
    """
    if not any(map(text.__contains__, KEPT_SIGNS)):
        return _restore_prose(text, keep_style)
    parts, start = [], 0
    for kept in KEPT_WITHOUT_MAIL.finditer(text):
        parts += [_restore_prose(text[start : kept.start()], keep_style), kept.group()]
        start = kept.end()
    return "".join([*parts, _restore_prose(text[start:], keep_style)])


def _restore_prose(text: str, keep_style: bool) -> str:
    present = text.count(ZWNJ)
    text = _with_silent_h(spacing.join(text))
    units = _UNIT.split(text)
    if not (present and keep_style):
        return "".join(map(restored.__getitem__, units))
    everywhere, certain, asked = zip(*map(_styles.__getitem__, units), strict=True)
    return "".join(everywhere if _is_lossy(present, sum(asked)) else certain)


def _is_lossy(present: int, asked: int) -> bool:
    """Whether a text has lost ZWNJ, rather than been typed by someone who joins a few words that style parts."""
    return asked > present or asked > max(FEW, present * STYLE_SHARE)


def _with_silent_h(text: str) -> str:
    """`زمینهای` is «زمینه‌ای» where nothing can belong to it: before «که», a verb or a full stop."""
    either = lexicon.load().either
    parts, start = [], 0
    for ending in _INDEFINITE.finditer(text):
        before = _WORD_END.search(text, max(start, ending.start() - LONGEST), ending.start())
        if before and before[0] in either and not (ending["place"] and before[0] in _TIMES):
            parts += [text[start : ending.start()], "ه", ZWNJ, "ای"]
            start = ending.end()
    return "".join([*parts, text[start:]])


def _restore_unit(unit: str) -> str:
    """Restore one word; what follows «می» is a verb, and whole but for «می‌رفته‌اند»."""
    if not SHORTEST <= len(unit) <= LONGEST:
        return unit
    if ZWNJ not in unit:
        return restore_word(unit)
    parts = unit.split(ZWNJ)
    return ZWNJ.join(
        _restore_part(part, after_sign=bool(index) and parts[index - 1].endswith("می"))
        for index, part in enumerate(parts)
    )


def _restore_part(part: str, *, after_sign: bool) -> str:
    if len(part) < SHORTEST:
        return part
    return (morphology.perfect(part, lexicon.load()) or part) if after_sign else restore_word(part)


def _in_both_styles(unit: str) -> tuple[str, str, int]:
    """-> (a word restored, restored only where no style leaves a ZWNJ out, how many ZWNJ only style asks for)."""
    everywhere = restored[unit]
    if everywhere == unit:
        return unit, unit, 0
    parts = ((part, restored[part]) for part in unit.split(ZWNJ))
    certain = ZWNJ.join(after if _CERTAIN.search(after) and not _WHOLE.search(part) else part for part, after in parts)
    return everywhere, certain, everywhere.count(ZWNJ) - certain.count(ZWNJ)


restored = Memory(_restore_unit)
"""Each word by itself, with all the ZWNJ that style asks for."""
_styles = Memory(_in_both_styles)


def restore_word(word: str) -> str:
    """Restore one run of letters, whatever its letters and marks are."""
    known = lexicon.load()
    if word in known.words:
        return word
    plain = _MARKS.sub("", word.translate(_FOLD))
    after = morphology.analyse(plain, known)
    if after == plain:
        return word
    return after if plain == word else _transfer(after, word)


def _transfer(plain: str, word: str) -> str:
    """Put the ZWNJ of `plain` into `word`, which differs in letters and marks; marks stay with their letter."""
    parts, start = [], 0
    for part in plain.split(ZWNJ):
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
