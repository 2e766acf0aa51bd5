"""Spaces that can only be a lost ZWNJ: «می رود», «کتاب ها», «رفته اند», «سرمایه گذاری»."""
# ruff: noqa: PLR2004 - lengths of parts of words, in letters

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain, compress, count

from feeds.text.acronyms import LETTER_NAMES, SURE_LETTER_NAMES
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
_FIRSTS = frozenset(
    {"بی", "نیم", "تک", "خوش", "فوق", "شبه", "آنتی", "مینی", "علیهم", "جابه", "کم", "صاحب", "همه", "نیمه", "پیش", "ذی"}
)
"""First parts after which a space is a lost ZWNJ in a known compound."""
_OPENERS = _SIGNS | _FIRSTS
_OPENING = "«([\"'"
_OF_PARTS = ("ان", "ی", "ها", "های")
"""Endings that a last part may have."""
_NEVER_NEW = frozenset(
    {"آباد", "نژاد", "نامه", "سوار", "سواری", "درمانی", "بخش", "بخشی", "محور", "محوری", "طلب", "زنی", "کشی", "باری"}
    | {
        "داری",
        "کاری",
        "سرایی",
        "نهایی",
        "وزیری",
        "پوشی",
        "باز",
        "بار",
        "خانی",
        "کوبی",
        "خوانی",
        "خیز",
        "پرداز",
        "انداز",
    }
)
"""Last parts that are joined in known compounds only: most of them are words of their own."""
_NO_WORDS = frozenset(
    {"المللی", "الملل", "الاسلام", "العاده", "العمل", "کننده", "کنندگان", "دهنده", "دهندگان", "مند", "مندان", "مندی"}
    | {"وگو", "وگوی", "وگوها", "وگوهای", "ووگو", "وکار", "وکارهای", "وآمد", "وشو", "وخیز", "ونقل", "وپاش", "وساز"}
    | {"ناپذیر", "ناپذیری", "آمیز", "اندرکار", "اندرکاران", "مآبانه", "انگیز", "زدایی", "گرایانه"}
)
"""Last parts that never stand alone: whatever the text, a space before them is a lost ZWNJ."""
_POINTERS = frozenset("این آن همین همان چنین چنان هر هیچ یک چند کدام هم نیز همه از در به با بر".split())
"""What stands before a word and makes no compound with it."""
_GIVEN_NAMES = frozenset(
    "محمد علی حسن حسین رضا مهدی احمد محمود سعید امیر حمید مجید ناصر اکبر اصغر جواد صادق کاظم باقر تقی نقی عباس ابراهیم "
    "اسماعیل یوسف یعقوب داود داوود سلیمان موسی عیسی یحیی زکریا الیاس هادی مرتضی مصطفی مجتبی محسن مسعود فرهاد بهرام بهمن "
    "بهزاد بهروز جمشید خسرو داریوش کوروش سیروش آرش بابک پیمان پویا کاوه کامران کیوان مازیار منوچهر نادر هوشنگ ایرج "
    "فاطمه زهرا زینب مریم معصومه سکینه لیلا نرگس پروین شیرین مینا مهین نسرین سارا هدی الهام سمیه صدیقه طاهره اعظم "
    "غلامرضا علیرضا محمدرضا حمیدرضا عبدالله نصرالله سیف‌الله".split()
)
_NAME_ENDINGS = frozenset({"پور", "نژاد", "نیا", "زاده", "نسب", "قلی"})
_DAYS = frozenset(map(str, range(1, 32))) | frozenset(
    str(day).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) for day in range(1, 32)
)
_ENDINGS = _PLURALS | _DEGREES
_CALLED = frozenset(
    "خدا خداوند مردم ملت پیامبر رسول امام حسین عزیز جوانان ایران وطن دل دوست کاش وای برادر برادران خواهر فرزند پسر "
    "دختر مسلمانان مؤمنان کسانی شیعیان پروردگار".split()
)
"""Whom «ای» calls: «ای مردم»."""
_YOU_HAVE = frozenset({"داری", "دار"})
_HAD = frozenset(
    "حق دوست خبر وقت نیاز امید کار درد شک ایمان عقیده اعتقاد سعی قصد توقع انتظار خوش جا نظر حرف پول عجله دست چه".split()
)
"""What one has: «حق داری» is a sentence, and no compound."""
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
    return bool(present) and present > sum(
        tokens[index] in _ENDINGS or tokens[index - 1] in _SIGNS for index in suspects
    )


def _glue(before: str, tokens: list[str], index: int, careful: bool) -> str | None:
    """What stands for the space before a token; None where the space stays."""
    token = tokens[index]
    head, last = _HEAD.match(token, 0, LONGEST), _LAST.search(before[-LONGEST:])
    if not head or not last or _DOTTED.match(token, head.end()):
        return None
    glue = _between(last[0], head[0], careful)
    if glue is None or _is_meant(last[0], head[0], tokens, index):
        return None
    return glue


def _is_meant(word: str, core: str, tokens: list[str], index: int) -> bool:
    """Whether the words around a space tell that it parts two words."""
    earlier = tokens[index - 2] if index > 1 else ""
    following = tokens[index + 1 : index + 3]
    if core in _AFTER_H:
        return _spells_letters(following) or (core == "ای" and not _CALLED.isdisjoint(following[:1]))
    if word in _SIGNS:
        return word == "می" and (earlier == "ماه" or earlier in _DAYS)
    if word == "نیم":
        return earlier == "و"
    if word == "پیش":
        return core in {"رو", "روی"}
    if word == "بی":
        return following[:1] == ["و"]  # «بی قید و شرط»
    if core in _YOU_HAVE:
        return word in _HAD
    return False


def _spells_letters(following: list[str]) -> bool:
    """Whether names of letters go on what may be one: «شبکه ای بی سی», «بیماری ام اس»; or a name: «ام البنین»."""
    words = [found[0] if (found := _HEAD.match(token)) else "" for token in following]
    if not words:
        return False
    return (
        words[0] in SURE_LETTER_NAMES
        or words[0].startswith("ال")
        or (len(words) > 1 and LETTER_NAMES.issuperset(words))
    )


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
    inflected = {part + ending for part in known.bound | known.pair_ends for ending in ("", *_OF_PARTS)}
    return frozenset(inflected | _NAME_ENDINGS | _PLURALS | _DEGREES | _AFTER_H | {"ی"})


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
        return ZWNJ if core.partition(ZWNJ)[0] in known.verbs else None
    glue = "" if word[-1] in NON_JOINING else ZWNJ
    if core in _PLURALS:
        return glue if len(word) > 1 else None
    if core in _DEGREES:
        plain = word.rpartition(ZWNJ)[2]
        return glue if plain in known.adjectives or (core.startswith("ترین") and plain in known.words) else None
    if core == "ی":
        return glue if len(word) > 2 and _takes_ezafe(word) else None
    if core in _AFTER_H:
        return glue if _takes_enclitic(word, core, known) else None
    joins = _is_sure_compound if careful else _is_compound
    return glue if glue and joins(word.replace(ZWNJ, ""), core, known) else None


def _takes_ezafe(word: str) -> bool:
    """«گفته ی وی», «دنیا ی ما»."""
    return ends_in_silent_h(word) or word[-1] in "او"


def _takes_enclitic(word: str, core: str, known: lexicon.Lexicon) -> bool:
    plain = word.rpartition(ZWNJ)[2]
    if len(plain) < 3 or (plain not in known.words and ZWNJ not in word and analyse(plain, known) == plain):
        return False
    return ends_in_silent_h(plain) or (core in _AFTER_Y and plain[-1] == "ی")


def _is_sure_compound(word: str, core: str, known: lexicon.Lexicon) -> bool:
    """Whether the second word never stands alone."""
    return any(part in _NO_WORDS for part in _parts(core)) and _is_compound(word, core, known)


def _is_compound(word: str, core: str, known: lexicon.Lexicon) -> bool:
    if any(word + part in known.pairs for part in _parts(core)):
        return True
    if word in _POINTERS:
        return False
    for part in _parts(core):
        bound = part in known.bound or (word in _FIRSTS and part not in known.verbs)
        if bound and known.forms.get(word + part, "").endswith(ZWNJ + part):
            return True
    if word in _GIVEN_NAMES and core in _NAME_ENDINGS:
        return True
    return (
        core in known.bound
        and core in known.seconds
        and len(core) > 3
        and word in known.nouns
        and word not in _GIVEN_NAMES
        and core not in _NEVER_NEW
    )
