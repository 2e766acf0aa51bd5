"""What the words around a space say of it: whether it parts two words, though elsewhere it would be a lost ZWNJ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.text.acronyms import LETTER_NAMES, SURE_LETTER_NAMES


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


POINTERS = _words("این آن همین همان چنین چنان هر هیچ یک چند کدام هم نیز همه از در به با بر")
"""What stands before a word and makes no new compound with it."""
GIVEN_NAMES = _words(
    "محمد علی حسن حسین رضا مهدی احمد محمود سعید امیر حمید مجید ناصر اکبر اصغر جواد صادق کاظم باقر تقی نقی عباس "
    "ابراهیم اسماعیل یوسف یعقوب داود داوود سلیمان موسی عیسی یحیی زکریا الیاس هادی مرتضی مصطفی مجتبی محسن مسعود "
    "فرهاد بهرام بهمن بهزاد بهروز جمشید خسرو داریوش کوروش آرش بابک پیمان پویا کاوه کامران کیوان مازیار منوچهر نادر "
    "هوشنگ ایرج فاطمه زهرا زینب مریم معصومه سکینه لیلا نرگس پروین شیرین مینا مهین نسرین سارا هدی الهام سمیه صدیقه "
    "رحیم کریم حکیم رسول حاتم نجف خلیل جلیل جمیل حبیب قاسم هاشم مراد سلیم عظیم نبی ولی صفر رجب شعبان رمضان قربان قدرت "
    "عزت نعمت رحمت حشمت لطف فتح نصرت شکر حسینی کریمی رحیمی محمدی احمدی علوی موسوی هاشمی قاسمی صادقی کاظمی نقی تقی "
    "طاهره اعظم غلامرضا علیرضا محمدرضا حمیدرضا عبدالله نصرالله"
)
"""A surname follows them."""
_CALLED = _words("خدا خداوند مردم پیامبر رسول دوست کاش وای برادر برادران دل پروردگار عزیز")
"""Whom «ای» calls: «ای مردم»."""
_HAVE = _words("داری دار")
_HAD = _words(
    "حق دوست خبر وقت نیاز امید کار درد شک ایمان عقیده اعتقاد سعی قصد توقع انتظار خوش جا نظر حرف پول عجله دست چه"
)
"""What one has: «حق داری» is a sentence, and no compound."""
_PARTICIPLES = _words("دیده خورده مانده افتاده کرده زده گرفته یافته شده رفته باخته")
_HELPING = _words("است بود بودند باشد باشند شد شدند اند ام ایم اید")
"""What makes a verb of a participle."""
_NEAR = 7
"""Words between «هم» and «هم» in «هم خانه را فروخت و هم باغ را», at most."""
_PRONOUNS = _words("من تو او ما شما آن این ایشان آنها")
_WITHOUT_ANY = _words("هیچ آنکه اینکه")
_WITHOUT = _words("قید چون سر کم حد شک بند عار درد کس")
"""What «بی» stands before, together with what follows: «بی قید و شرط»."""
_DRY = _words("خشک تازه")
_DEGREE = re.compile("تر(?:ین)?(?!\\w)")
_DAYS = frozenset(map(str, range(1, 32)))
_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_ENCLITICS = _words("ای ام ات اش ایم اید اند مان تان شان")
_ENDING = re.compile("\u200c?(?:ها|های|هایی)$")
_WORD = re.compile("[\u0621-\u063a\u0641-\u0655\u0670پچژکگیۀ\u200c]+")


def part(word: str, core: str, tokens: Sequence[str], index: int) -> bool:
    """Whether the space before a token parts two words.

    Args:
        word: The last word of the token before it.
        core: The first word of the token.
        tokens: All of the text, as spaces part it.
        index: The token's place.
    """
    earlier = tokens[index - 2] if index > 1 else ""
    following = [found[0] if (found := _WORD.match(token)) else "" for token in tokens[index + 1 : index + 3]]
    if core in _ENCLITICS:
        return _spells_letters(following) or (core == "ای" and not _CALLED.isdisjoint(following[:1]))
    if word == "می":  # the month, and Theresa May
        return earlier in {"ماه", "ترزا"} or earlier.translate(_LATIN_DIGITS) in _DAYS
    return (
        (core == "ها" and following[:1] == ["لونگ"])  # the bay in Vietnam
        or (core == "تر" and _is_wet(following, tokens[index + 3 : index + 4]))
        or (word == "نیم" and earlier == "و")  # «دو و نیم سال»
        or (word == "پیش" and core in {"رو", "روی"})
        or (word == "بی" and core in _PRONOUNS | _WITHOUT_ANY)  # «بی هیچ سخنی»
        or (word == "هم" and "هم" in (*tokens[max(0, index - _NEAR) : index - 1], *tokens[index + 1 : index + _NEAR]))
        or (word == "بی" and core in _WITHOUT and following[:1] == ["و"])  # «بی قید و شرط»
        or (core in _HAVE and word in _HAD)
        or (core in _PARTICIPLES and not _HELPING.isdisjoint(following[:1]))  # «آسیب دیده است»
    )


def _is_wet(following: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether «تر» is wet, as in «میوه تر و خشک», and no ending, as in «بزرگ تر و تازه تر»."""
    return following[:1] == ["و"] and not _DRY.isdisjoint(following) and not any(map(_DEGREE.match, behind))


def _spells_letters(following: Sequence[str]) -> bool:
    """Whether names of letters go on what may be one: «شبکه ای بی سی», «بیماری ام اس»; or a name: «ام البنین»."""
    words = [_ENDING.sub("", word) for word in following]
    if not words:
        return False
    spelled = len(words) > 1 and LETTER_NAMES.issuperset(words)
    return spelled or words[0] in SURE_LETTER_NAMES or words[0].startswith("ال")
