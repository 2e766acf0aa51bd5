"""Which sentences can stand alone behind a lead, as a reader of nothing else understands them.

A bullet says one thing whole: it has a verb, and a number, a date or a named speaker; it hangs on nothing that is not
there (no «این مسیر», no «چراکه»); nobody's opinion and no first person stands in it without its speaker; it is no
question, and tells what the lead has not told. «وی» gives way to a name that is proven, see `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from feeds.editing.speakers import Said, Voice
from feeds.text import fold
from feeds.text.restoring import lexicon

LONGEST = 140
"""UTF-16 units of a bullet: two or three lines of a phone."""
LONGEST_SENTENCE = LONGEST + 40
"""Characters of a sentence that may be a bullet without the words that join it to others."""
FEWEST_SPACES = 4
TOLD_ALREADY = 0.5
"""The share of a bullet's words from which it tells again what another text tells."""

_B, _E = r"(?<![\w\u200c])", r"(?![\w\u200c])"
_OPENERS = re.compile(
    r"^(?:(?:همچنین|گفتنی است|شایان ذکر است|لازم به ذکر است|لازم به توضیح است|یادآور می\u200cشود|قابل ذکر است|به علاوه|"
    r"علاوه بر این|افزون بر این|از سوی دیگر|از طرفی|از طرف دیگر|در همین حال|در عین حال|ضمن اینکه|ضمناً|ضمنا)(?:،|؛|:| که|) )+"
)
"""Words that join a sentence to the one before it, and say nothing of their own."""
_WITH_THIS = re.compile(r" (?:با|ضمن) (?:بیان|اعلام|تأیید|تایید|تشریح|ارائه) این (?:مطلب|خبر|موضوع|نکته)،?(?= )")
"""«با بیان این مطلب»: what it points to is the lead."""
_ALSO = re.compile(
    r"(?<=[\w»)]) (?:همچنین|نیز)(?= (?:با|در|از|به|ضمن|گفت|افزود|اظهار|بیان|تصریح|اعلام|خاطرنشان|تأکید|تاکید))"
)

_HANGS = re.compile(
    rf"^(?:این|آن|همین|همان|چنین|چرا\s?که|زیرا|چون|در ?حالی\s?که|درحالی\u200cکه|در صورتی که|که|تا|و|یا|اما|ولی|لیکن|بلکه|لذا|بنابراین|"
    r"پس|سپس|نیز|البته|ضمن|ضمناً|علاوه|به همین|به این|به آن|از این|از آن|در این|در آن|با این|با آن|بر این|بر همین|بدین|از همین|در همین|"
    r"وگرنه|در غیر|اگرچه|گرچه|هرچند|هر چند|به طوری که|به\u200cطوری|به گونه\u200cای که|در ادامه|در پایان|در نتیجه|در مقابل|در عوض|"
    r"به عبارت|به عنوان مثال|مثلاً|مثلا|برای مثال|برای نمونه|یعنی|حتی|اینکه|آنکه|آنها|آن\u200cها|آنان|اینها|این\u200cها|ایشان|وی|او|خود|"
    r"همه آن|هر دو|هردو|دیگر|دیگری|دومین مورد|نخست آنکه|اول اینکه|دوم اینکه|سوم اینکه|در واقع|در حقیقت|به بیان دیگر|مگر|جز|الا|"
    r"بله|خیر|نه|آری|خب|به هر حال|به هر صورت|در هر صورت|از جمله|مانند|همانند|همان\u200cطور|همانطور|همان\u200cگونه|آنجا|اینجا|آنگاه|"
    r"به دنبال آن|پس از آن|پس از این|پیش از آن|بعد از آن|قبل از آن|به گفته وی|به گفتهٔ وی|به نقل از|به گزارش|همزمان|متعاقب|"
    rf"ضمن آنکه|وقتی|هنگامی که|زمانی که|اگر|چنانچه|در صورت|طرفین|نامبرده|مشارالیه|مورد|سوال|پرسش|پاسخ|س|ج){_E}"
)
"""How a sentence begins that goes on with another."""
_POINTER = re.compile(rf"{_B}(?:این|آن|همین|همان|چنین)(?=[ \u200c])(?P<ahead>[ \u200c]+(?P<noun>[\w\u200c]+))?")
_PERSON = re.compile(
    rf"{_B}(?:وی|او|ایشان|آنها|آن\u200cها|آنان|اینها|این\u200cها|نامبرده|مذکور|یادشده|یاد شده|فوق|فوق\u200cالذکر|مزبور|بنده){_E}"
)
_FORWARD = frozenset(
    (
        "که",
        "است",
        "بود",
        "باره",
        "رو",
        "اساس",
        "سو",
        "هفته",
        "ماه",
        "روزها",
        "روز",
        "سال",
        "دوره",
        "فصل",
        "بار",
        "میان",
        "زمان",
        "حال",
    )
)
"""What makes a pointer a date, or points forward: «این که», «این هفته»."""
_NOTHING = frozenset(
    (
        "امر",
        "مسئله",
        "مساله",
        "موضوع",
        "مهم",
        "کار",
        "اقدام",
        "خبر",
        "مطلب",
        "زمینه",
        "راستا",
        "خصوص",
        "رابطه",
        "باره",
        "گونه",
        "ترتیب",
        "صورت",
        "دلیل",
        "منظور",
        "جهت",
        "نکته",
        "مورد",
        "بین",
        "میان",
        "اساس",
        "لحاظ",
        "نظر",
        "شرایط",
        "وضعیت",
        "روند",
        "طریق",
        "سبب",
        "اتفاق",
        "سخنان",
        "گزارش",
        "بخش",
        "حال",
        "رو",
        "حوزه",
        "عرصه",
        "مسیر",
        "سوال",
        "پرسش",
        "تعداد",
        "میزان",
        "رقم",
        "افراد",
        "موارد",
    )
)
"""What nobody understands without the sentence before, even where the word has stood in the lead."""
_PARTICLES = frozenset(
    (
        "را",
        "در",
        "به",
        "از",
        "با",
        "بر",
        "تا",
        "و",
        "نیز",
        "هم",
        "برای",
        "شد",
        "شده",
        "کرد",
        "داد",
        "هستند",
        "هست",
        "نیست",
        "توجه",
        "اضافه",
    )
)
"""What follows «آن» where it stands for a thing itself."""
_BODIES = frozenset(
    (
        "کشور",
        "استان",
        "شهرستان",
        "شهر",
        "روستا",
        "تیم",
        "باشگاه",
        "شرکت",
        "سازمان",
        "وزارتخانه",
        "دانشگاه",
        "اداره",
        "نهاد",
    )
)
"""What a name in the same sentence may be meant by."""
_MANY = frozenset(("آنها", "آن‌ها", "آنان"))
_SEVERAL = re.compile(r"[\w]{2,}(?:\u200c?ها|\u200c?های|ان|انی|ات|ین)(?![\w\u200c])")
_WORDS_OF_AN_ANTECEDENT = 4
_WORD = re.compile(r"[\w\u200c]+")
_FIRST_PERSON = frozenset(
    (
        "ما من بنده اینجانب مان خودمان خودم ماست شما شماست داریم هستیم کردیم داشتیم شدیم بودیم کنیم باشیم دادیم گرفتیم بتوانیم "
        "خواهیم نداریم نیستیم هستم دارم بودم کردم شدم ندارم امیدوارم امیدواریم معتقدم معتقدیم متأسفیم متاسفیم خواستیم رفتیم"
    ).split()
)
_OPINION = frozenset(
    (
        "باید نباید بایستی می‌بایست می‌توان نمی‌توان می‌تواند می‌توانند لازم ضروری ضرورت شایسته بهتر متأسفانه متاسفانه خوشبختانه "
        "بی‌شک شک قطعاً قطعا یقیناً یقینا مسلماً مسلما طبیعی بدیهی ان‌شاءالله انشاءالله نظر شاید هرگز مهم مهم‌ترین بهترین اهمیت"
    ).split()
)
"""What stands in a judgement: it needs somebody whose it is."""
_DIGIT = re.compile(r"[0-9۰-۹]")
_NUMBER_WORD = re.compile(
    rf"{_B}(?:یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|دوازده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|هزار|میلیون|میلیارد|نیمی|نصف)(?= \w)"
)
_DATE = re.compile(
    rf"{_B}(?:امروز|دیروز|فردا|امشب|دیشب|پریروز|\S*شنبه|جمعه|فروردین|اردیبهشت|خرداد|تیرماه|مرداد|شهریور|مهرماه|آبان|آذرماه|دی ماه|"
    rf"دی\u200cماه|بهمن|اسفند|امسال|پارسال|سال (?:آینده|گذشته|جاری)|ماه (?:آینده|گذشته|جاری)|هفته (?:آینده|گذشته|جاری)){_E}"
)
_UNITS = re.compile(
    r"[0-9۰-۹]\S*(?: (?:هزار|میلیون|میلیارد|و|[0-9۰-۹]+))* ?(?:ریال|تومان|درصد|٪|نفر|تن|کیلو|هکتار|متر|واحد|خانوار|مورد|دستگاه|کشته|مصدوم|دلار|"
    r"یورو|بشکه|لیتر|کیلومتر|مگاوات|میلی|سانتی|درجه|سال|روز|ماه|فقره|پروژه|طرح|مدرسه|روستا|شهر|تخت)"
)
_CEREMONY = re.compile(
    rf"{_B}(?:مراسم|آیین|با حضور|حضور داشتند|حضور داشت|حضور یافت|برگزار شد|به گرمی|تقدیر|تشکر|قدردانی|تبریک|تسلیت|گرامیداشت|رونمایی شد|"
    rf"گفت و گو کردند|دیدار کرد){_E}"
)
_ENDS = re.compile(r"[.!…][»\")\]]*$")
_VERB_WORD = frozenset(
    (
        "است",
        "بود",
        "شد",
        "نیست",
        "هست",
        "هستند",
        "نیستند",
        "بودند",
        "شدند",
        "کرد",
        "کردند",
        "داد",
        "دادند",
        "دارد",
        "دارند",
        "داشت",
        "داشتند",
        "گرفت",
        "گرفتند",
        "یافت",
        "یافتند",
        "رسید",
        "رسیدند",
        "رفت",
        "آمد",
        "آمدند",
        "باشد",
        "باشند",
        "شود",
        "شوند",
        "کند",
        "کنند",
        "ندارد",
        "ندارند",
        "نبود",
        "نشد",
        "نکرد",
        "بوده",
        "شده",
        "کرده",
        "داده",
        "گفت",
        "افزود",
        "خورد",
        "زد",
        "برد",
        "ماند",
        "گذاشت",
        "ساخت",
        "نمود",
        "یابد",
        "گردید",
        "گشت",
        "درگذشت",
        "پیوست",
        "پرداخت",
        "نشست",
        "ایستاد",
        "گذشت",
        "باخت",
        "کشید",
        "خواند",
        "دانست",
        "نامید",
        "دید",
    )
)
_STOP_WORDS = frozenset(
    (
        "و",
        "در",
        "به",
        "از",
        "که",
        "را",
        "با",
        "این",
        "آن",
        "است",
        "بود",
        "شد",
        "شده",
        "کرد",
        "کرده",
        "می",
        "برای",
        "تا",
        "بر",
        "هم",
        "نیز",
        "یک",
        "های",
        "ها",
        "ای",
        "اند",
        "خود",
        "گفت",
        "افزود",
        "اظهار",
        "داشت",
        "داد",
        "دارد",
        "کند",
        "شود",
        "باشد",
        "اینکه",
        "همچنین",
        "اعلام",
        "بیان",
        "خواهد",
        "وی",
        "او",
        "ما",
        "اشاره",
        "تاکید",
        "سال",
        "امروز",
        "گذشته",
        "جاری",
        "روز",
        "بوده",
        "هر",
        "یا",
        "اما",
    )
)


@dataclass(frozen=True, slots=True)
class Bullet:
    """A sentence as it would stand in a post."""

    text: str
    words: frozenset[str]
    """What it tells: its words without those that every sentence has, and without who says it."""
    weight: float
    """What speaks for it by its form: an outcome in figures more than a ceremony."""


_ITEM = re.compile(r"[-–*•▪■]|[0-9۰-۹]+ ?[-–.)] ?(?=[^0-9۰-۹])")
"""An item of a list, or a subhead."""
_FRAGMENT = re.compile(r"^[^\s،]{2,}ی که [^،]*$")
"""«روزی که … شد.»: the apposition of a sentence before."""
_ANOTHER = re.compile(rf"^(?:یکی )?دیگر|{_B}(?:دیگری|یکی دیگر){_E}")


def bullet_of(sentence: str, said: Said, *, known: AbstractSet[str]) -> Bullet | None:
    """The bullet that a sentence makes behind a lead; None where it would mislead or say nothing.

    Args:
        sentence: whole, without boilerplate.
        said: who says it.
        known: the words of title and lead, to which «این استان» may point.
    """
    if len(sentence) > LONGEST_SENTENCE or not _ENDS.search(sentence):
        return None
    text, start = _alone(sentence, said)
    content = text[start:]
    figures = bool(_DIGIT.search(content) or _DATE.search(content) or _NUMBER_WORD.search(content))
    if not (start or figures) or _units(text) > LONGEST or text.count(" ") < FEWEST_SPACES or _hangs(text, start):
        return None
    if not start and (said.voice is not Voice.TOLD or _is_somebody_s(text)):
        return None
    if _is_question(text) or not _is_balanced(text) or not _has_verb(content) or _points_away(text, known):
        return None
    weight = 0.3 * bool(_UNITS.search(content)) + 0.1 * figures - 0.3 * bool(_CEREMONY.search(content))
    if start and _is_somebody_s(content):
        weight -= 0.15
    return Bullet(text, told_words(content), weight)


def told_words(text: str) -> frozenset[str]:
    """The words of a text that tell something, each in its plainest form."""
    return frozenset(word for word in fold.tokens(text, restored=True) if word not in _STOP_WORDS and len(word) > 1)


def tells_again(words: AbstractSet[str], others: Sequence[AbstractSet[str]]) -> bool:
    """Whether a bullet's words stand in another text already, most of them or all of its figures' company."""
    return any(len(words & other) >= TOLD_ALREADY * max(len(words), 1) for other in others)


def _alone(sentence: str, said: Said) -> tuple[str, int]:
    """-> (the sentence as it can stand without those before it, where its content begins); ("", 0) if it can't stand."""
    text, content = sentence, said.content
    if said.voice is Voice.BACK:
        if not said.speaker or not said.content:
            return "", 0
        if text.startswith("به گفت"):
            ahead = f"به گفتهٔ {said.speaker}،"
        else:
            ahead = f"{text[: said.start]}{said.speaker}"
        space = "" if said.end else " "
        text = f"{ahead}{space}{text[said.end :]}"
        content += len(ahead) + len(space) - said.end
    elif said.voice in {Voice.CONTINUED, Voice.UNKNOWN}:
        return "", 0
    head, rest = text[:content], text[content:]
    if not head:
        opener = _OPENERS.match(rest)
        return (rest[opener.end() :] if opener else rest), 0
    head = _ALSO.sub("", _WITH_THIS.sub("", head))
    words = rest.lstrip()
    if opener := _OPENERS.match(words):
        words = words[opener.end() :]
    return f"{head.rstrip()} {words}", len(head.rstrip()) + 1


def _points_away(text: str, known: AbstractSet[str]) -> bool:
    """Whether a pointer or pronoun in a text points out of it, to what neither it nor the lead has named."""
    if any(not _is_named_before(text, word) for word in _PERSON.finditer(text)):
        return True
    return any(not _is_clear(text, pointer, known) for pointer in _POINTER.finditer(text))


def _hangs(text: str, start: int) -> bool:
    """Whether a text, or what is said in it, begins as the continuation of another, or speaks of «another» somebody."""
    if _HANGS.match(text) or _FRAGMENT.match(text) or _ITEM.match(text) or _ANOTHER.search(text[:start]):
        return True
    said = text[start:].lstrip(" :،«") if start else ""
    return bool(said) and not said.startswith(("اگر", "این")) and _HANGS.match(said) is not None


def _is_named_before(text: str, word: re.Match[str]) -> bool:
    """Whether a pronoun of many may mean what the same sentence has named: «کشاورزانی که محصول آنها …»."""
    return word[0] in _MANY and _SEVERAL.search(_clause(text, word.start())) is not None


def _is_clear(text: str, pointer: re.Match[str], known: AbstractSet[str]) -> bool:
    noun = (pointer["noun"] or "").replace("\u200c", "")
    if noun in _FORWARD:
        return True
    before = _clause(text, pointer.start())
    within = len(before.split()) >= _WORDS_OF_AN_ANTECEDENT
    if not noun or noun in _PARTICLES:  # a pronoun: «… که نتیجهٔ آن را»
        return pointer[0].startswith("آن") and within
    if noun in _NOTHING:
        return False
    if noun in _BODIES and within:
        return True
    named = fold.tokens(pointer["noun"], restored=True)
    return bool(named) and set(named) <= told_words(before) | set(known)


def _clause(text: str, end: int) -> str:
    """The words before a place, from the last colon on: what somebody says names its own things."""
    return text[text.rfind(":", 0, end) + 1 : end]


def _is_somebody_s(text: str) -> bool:
    """Whether a text judges, or says «we»: what only its speaker can say."""
    words = set(_WORD.findall(text))
    return bool(words & _FIRST_PERSON or words & _OPINION) or any(
        word.endswith("م") and word.startswith(("می\u200c", "نمی\u200c")) or word.endswith(("\u200cایم", "\u200cام"))
        for word in words
    )


def _is_question(text: str) -> bool:
    return "؟" in text and "؟" in re.sub(r"«[^«»]*»", "", text)


def _is_balanced(text: str) -> bool:
    return (
        all(text.count(opened) == text.count(closed) for opened, closed in ("«»", "()", "[]"))
        and text.count('"') % 2 == 0
    )


def _has_verb(text: str) -> bool:
    known = lexicon.load()
    words = _WORD.findall(text)
    for word in words[-3:]:
        parts = word.split("\u200c")
        if (
            word in _VERB_WORD
            or parts[0] in {"می", "نمی"}
            or (len(parts) > 1 and parts[-1] in {"اند", "است", "ام", "ایم"})
        ):
            return True
        if word in known.lemmas and word.endswith(("ند", "د", "ت", "یم")):
            return True
    return any(
        word.startswith(("می\u200c", "نمی\u200c")) or word in {"است", "شد", "شدند", "کرد", "کردند", "خواهد", "خواهند"}
        for word in words
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
