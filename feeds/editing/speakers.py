"""Who says what in a text, where the text proves it.

A sentence of speech names its speaker («سارا نمونه، مدیر موزه، گفت: …»), points back to one («وی افزود: …») or goes on
with the speech before it. The speaker of a pronoun is proven only where the sentences between it and the name are his
own: another person who acts or speaks in between, two offices that begin alike, a subject that cannot be read all make
it unknown. «این مقام مسئول» is no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto

from feeds.editing.boilerplate import SPEAKS
from feeds.editing.byline import WORD

_B = r"(?<![\w\u200c])"
_E = r"(?![\w\u200c])"
_VERB = (
    r"(?:(?:اظهار|بیان|عنوان|تصریح|خاطرنشان|خاطر نشان|تأکید|تاکید|اضافه|اعلام|ابراز|اذعان|مطرح|یادآوری|پیشنهاد|اشاره|تشریح|"
    r"تبیین|نقل|اظهارنظر|ابراز امیدواری|ابراز نگرانی|درخواست|سؤال|سوال|اقرار|ادعا|پیش\u200c?بینی|قید|تکذیب|تایید|تأیید|ذکر)"
    r" ?(?:کرده|کردند|کرد|داشته|داشتند|داشت|نمودند|نمود|ساخت|می\u200c?کند|می\u200c?کنند|می\u200c?دارد)(?: است)?"
    r"|اظهارداشت|اظهارکرد|(?:یادآور|متذکر) (?:شدند|شد|می\u200c?شود)|(?:ادامه|توضیح|خبر|هشدار|پاسخ|جواب|نوید|وعده|شرح|گزارش|تذکر)"
    r" ?(?:دادند|داده|داد|می\u200c?دهد)(?: است)?|گفته(?: است| بود)?|گفتند|گفت|افزوده(?: است)?|افزودند|افزود|نوشته(?: است)?|نوشتند|نوشت"
    r"|می\u200c?گوید|می\u200c?گویند|می\u200c?افزاید|می\u200c?نویسد|معتقد است|معتقدند|آمده است|پرسید|خواند|دانست|خواستار شد)"
)
_SPEECH = re.compile(rf"{_B}{_VERB}(?P<mark>\s*[:،]|\s+که{_E}|\s*«|[.!]?[»\"]?$)")
"""A verb of speech and what opens the words that it brings."""
_PLURAL_VERB = re.compile(rf"{_B}(?:گفتند|افزودند|نوشتند|(?:\w+ )?(?:کردند|دادند|داشتند|شدند|نمودند)){_E}")
_TIME = (
    r"امروز|دیروز|امشب|دیشب|پریروز|فردا|صبح|ظهر|عصر|شامگاه|(?:بامداد|سحرگاه)(?= (?:امروز|دیروز|روز|\S*شنبه|جمعه))|شب|نیمه\u200c?شب|غروب|بعدازظهر|پیش\u200c?ازظهر|عصرامروز|"
    r"(?:پیش|بعد|قبل) از ظهر|روز|هفته|چندی|اخیرا|اخیراً|هم\u200c?اکنون|\S*شنبه|جمعه"
)
_STOPS = (
    r"در|با|ضمن|به|از|که|را|نیز|هم|همچنین|طی|درباره|دربارهٔ|پیرامون|خطاب|پس|بعد|پیش|قبل|تا|برای|بر|ادامه|سپس|اما|ولی|درحاشیه|"
    r"درباره\S+|در(?:مورد|خصوص|پایان|ادامه|خاتمه|جمع|مراسم|نشست|پی)|اواخر|اوایل|اواسط|چند|ناگهان|هنگام|حین|جهت|مبنی|علاوه|سه\u200c?شنبه|و با|و در|و ضمن|و از|این|آن"
)
_BACK = re.compile(
    rf"^[«\"\s]*(?P<who>وی|او|ایشان|نامبرده|(?:این|همین) (?:(?:مقام|مسئول|نماینده|مدیر|استاد|کارشناس|فرمانده|عضو|پژوهشگر|"
    r"مربی|بازیکن|وزیر|معاون|نویسنده|کارگردان|هنرمند|پزشک|متخصص|دیپلمات|سیاستمدار|روحانی|خطیب|فعال|حقوقدان|اقتصاددان|"
    r"شاعر|بازیگر|ملی\u200c?پوش|سرمربی|استاندار|فرماندار|شهردار|منبع|شاهد|دانشجو|محقق|تحلیلگر|سرپرست|رئیس|دبیر)\S*"
    rf"(?: (?!(?:{_STOPS}|{_TIME}|{SPEAKS}){_E}){WORD}){{0,4}}?))(?=\s*[،:]| (?:{_STOPS}|{_TIME}|{SPEAKS}){_E}|(?<=وی|او) |(?<=ایشان) )"
)
"""A sentence whose subject is named before it."""
_SAID_BACK = re.compile(r"^به (?:گفت[هۀ]ٔ?(?:\u200c| )?ی?|اعتقاد|باور|نظر) (?:وی|او|ایشان)(?=[\s،])،?")
_ACCORDING = re.compile(
    rf"^(?:به (?:گفت[هۀ]ٔ?(?:\u200c| )?ی?|اعتقاد|باور|نوشتهٔ?|گزارش)|بر اساس اعلام|طبق اعلام) (?P<name>{WORD}[^،:]{{2,80}})،"
)

_GOES_IN = (
    r"در (?:مجلس|امور|سازمان ملل|خبرگان|آژانس|شورای?)|(?:مبارزه|مقابله|همکاری|ارتباط|مرتبط) با|"
    r"(?:حمایت|پیشگیری|صیانت|حفاظت|دفاع|بهره\u200c?برداری|پشتیبانی) از|(?:نظارت|سرپرستی) بر|امر به|نهی از|امام\u200c? ?جمعه|نماز جمعه|"
    r"خطیب جمعه|ائمه جمعه"
)
"""What belongs to a name or an office although a sentence might go on with it."""
_PART = rf"(?:{_GOES_IN}{_E}|(?!(?:{_STOPS}|{_TIME}|{SPEAKS}){_E})[\w\u200c\u064b-\u0655«»\"().\-–]+)"
_NAME = re.compile(
    rf"^[«\"\s]*(?P<name>{_PART}(?: {_PART})*)(?P<after>\s*،|\s+(?=(?:{_STOPS}|{_TIME}|{SPEAKS}){_E})|\s*:)(?P<next>\s*\S*(?: \S+)?)"
)
"""The words up to the first that no name and no office has."""
_OBJECT = re.compile(rf"{_B}را{_E}")
_OTHER_SUBJECT = re.compile(rf"[،؛] ?(?:اما|ولی|در ?حالی\s?که){_E}")
_CERTAIN = re.compile(
    rf"^\s*(?:(?:{_TIME}|{SPEAKS}|ضمن|نیز|هم|همچنین|خطاب|پیرامون|درباره){_E}"
    r"|با (?:بیان|اشاره|تأکید|تاکید|اعلام|اظهار|ابراز|انتقاد|تشکر|تقدیر|قدردانی|تبریک|گرامیداشت|توجه|اذعان|یادآوری|تشریح|استناد|"
    r"محکوم|حضور|انتشار|صدور)"
    r"|در (?:گفت|جمع|مراسم|نشست|جلسه|آیین|پاسخ|حاشیه|دیدار|همایش|خطبه|کنفرانس|ادامه|پایان|خصوص|مورد|رابطه|تشریح|این|واکنش|بازدید|"
    r"سخنانی|ابتدای|بخش|پیامی|مصاحبه|یادداشتی|نامه|بیانیه|صفحه|توییت))"
)
"""What a subject surely ends before, although the sentence has an object: «سارا نمونه امروز … را … خواند و گفت»."""
_ADVERB = re.compile(
    r"^(?:در (?:این|ادامه|ابتدا|آغاز|پایان|همین|حاشیه|خصوص|مورد|پاسخ)|همچنین|از سوی دیگر|در عین حال)[^،:.]{0,70}، ?"
)
_OFFICE = re.compile(
    r"(?:رئیس|رییس|روسای|مدیر|مدیران|مدیرکل|مدیرعامل|معاون|استاندار|فرماندار|بخشدار|دهیار|فرمانده|جانشین|وزیر|نخست\u200c?وزیر|"
    r"نماینده|دبیر|دبیرکل|سخنگوی|سخنگو|سرپرست|امام|خطیب|شهردار|دادستان|عضو|کارشناس|مسئول|مشاور|سرمربی|مربی|استاد|سفیر|"
    r"کاردار|رهبر|پژوهشگر|نویسنده|کارگردان|بازیگر|شاعر|متخصص|پزشک|قائم\u200c?مقام|مجری|بازیکن|دروازه\u200c?بان|مدافع|مهاجم|"
    r"هافبک|ملی\u200c?پوش|کاپیتان|داور|تهیه\u200c?کننده|خواننده|آهنگساز|فعال|تحلیلگر|حقوقدان|اقتصاددان|مفسر|ذی\u200c?حساب|بازرس|"
    r"کاندیدای|نامزد|دانشجوی|مولف|مؤلف|مترجم|ناشر|مدرس|بنیانگذار|موسس|مؤسس|پلیس|سازمان|وزارت|اداره|شرکت|ستاد|بانک|شورای|کمیسیون|"
    r"نایب|نائب|ناظر|حاکم|پادشاه|ملکه|سناتور|فرستاده|ژنرال|سردار|سرهنگ|سرتیپ|دریادار|امیر|تولیت|متولی|مرجع|یک|یکی|برخی|"
    r"رئیس\u200c?جمهور|رییس\u200c?جمهور)"
    rf"{_E}"
)
"""What an office, or an office that speaks, begins with."""
_NO_NAME = re.compile(
    rf"{_B}(?:است|بود|شد|(?<!شهر )کرد|می\u200c\S+|نمی\u200c\S+|خواهد|باید|هر|همه|اگر|چون|هیچ|ما|من|شما|اینکه){_E}|[0-9۰-۹]{{3}}"
    rf"|^(?:و|البته|اما|ولی|گفتنی|شایان|لازم|یادآور|این|آن|همین|چنین|وی|او|گرچه|اگرچه|علی\u200cرغم|با){_E}|[*؛!؟…]"
)
_TITLES = frozenset(
    (
        "آقای",
        "خانم",
        "دکتر",
        "مهندس",
        "سید",
        "حاج",
        "حجت‌الاسلام",
        "آیت‌الله",
        "سردار",
        "سرهنگ",
        "حجت",
        "الاسلام",
        "والمسلمین",
        "وی",
    )
)

LONGEST = 12
"""Words of the longest name or office that a sentence may open with."""


class Voice(Enum):
    """How a sentence stands to who speaks."""

    NAMED = auto()
    """It names who says it."""
    BACK = auto()
    """It points to a speaker before it, and its verb brings what he says."""
    CONTINUED = auto()
    """It goes on with the speech of its paragraph and names nobody."""
    UNKNOWN = auto()
    """Somebody speaks in it, and who that is cannot be read."""
    TOLD = auto()
    """Nobody speaks: the agency tells it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and who says it."""

    voice: Voice
    speaker: str = ""
    """As the text names him; empty where that is not proven."""
    start: int = 0
    """Where the words begin that point back to the speaker."""
    end: int = 0
    content: int = 0
    """Where what is said begins, behind the verb of speech."""


def voices(paragraphs: Sequence[Sequence[str]]) -> list[Said]:
    """Who says each sentence of a text, in order.

    Args:
        paragraphs: the sentences of each paragraph.
    """
    found: list[Said] = []
    heard = [[read(sentence) for sentence in sentences] for sentences in paragraphs]
    speaker, speaking, alone = "", False, _speaks_alone([said for part in heard for said in part])
    for sentences, part in zip(paragraphs, heard, strict=True):
        within = False  # the paragraph has opened a speech
        for sentence, read_said in zip(sentences, part, strict=True):
            said = read_said
            match said.voice:
                case Voice.NAMED:
                    speaker, speaking, within = said.speaker, True, True
                    if _PLURAL_VERB.search(sentence[: said.content]) or not _is_person(said.speaker):
                        speaker = ""
                case Voice.BACK:
                    said = Said(Voice.BACK, speaker, said.start, said.end, said.content)
                    speaking = within = True
                case Voice.UNKNOWN:
                    speaker, speaking, within = "", True, True
                case _ if within:
                    said = Said(Voice.CONTINUED, speaker)
                case _:
                    if not alone and speaking:  # another may act here whom the next «وی» means
                        speaker = ""
            found.append(said)
    return found


def read(sentence: str) -> Said:
    """How a sentence names its speaker, without regard to those before it."""
    if back := _SAID_BACK.match(sentence):
        return Said(Voice.BACK, "", 0, back.end(), back.end())
    if (according := _ACCORDING.match(sentence)) and not _NO_NAME.search(according["name"]):
        return Said(Voice.NAMED, according["name"].strip(), 0, 0, according.end())
    spoken = _SPEECH.search(sentence)
    if back := _BACK.match(sentence):
        if spoken is None:
            return Said(Voice.BACK, "", back.start("who"), back.end("who"), back.end("who"))
        return Said(Voice.BACK, "", back.start("who"), back.end("who"), spoken.end())
    if spoken is None:
        return Said(Voice.TOLD)
    if spoken.start() == 0 or re.match(rf"^(?:{SPEAKS}){_E}", sentence):
        return Said(Voice.BACK, "", 0, 0, spoken.end())
    name = _subject(f"{sentence[: spoken.start()].rstrip()} :")
    if name:
        return Said(Voice.NAMED, name, 0, 0, spoken.end())
    return Said(Voice.UNKNOWN, "", 0, 0, spoken.end())


def _subject(head: str) -> str:
    """The name or office that a sentence's words up to its verb of speech open with; empty where none is sure.

    «سارا نمونه حضور در موزه را مهم خواند و گفت» tells by nothing where its subject ends: with an object, only a word that no
    object has («امروز», «با اشاره») or a comma does.
    """
    adverb = _ADVERB.match(head)
    match = _NAME.match(head[adverb.end() :] if adverb else head)
    if match is None:
        return ""
    certain = "،" in match["after"] or not match["next"].strip(" :") or _CERTAIN.match(match["next"])
    if not certain and (_OBJECT.search(head) or " " not in match["name"]):
        return ""
    if _OTHER_SUBJECT.search(head, match.end("name")):
        return ""
    words = re.sub(r"[«»\"]", "", match["name"]).split()
    if match["next"].split()[:1] in (["این"], ["آن"]):  # «سارا نمونه دبیر این جشنواره»
        words = words[: next((n for n, word in enumerate(words) if _OFFICE.fullmatch(word)), 0)]
    name = " ".join(words)
    if not 1 <= len(words) <= LONGEST or _NO_NAME.search(name):
        return ""
    return name


def _is_person(name: str) -> bool:
    """Whether «وی» may stand for a name: a person, not «سازمان …» or «مسئولان …»."""
    first = name.split(maxsplit=1)[0]
    return (
        not re.match(
            r"(?:سازمان|وزارت|اداره|شرکت|ستاد|بانک|شورای|کمیسیون|پلیس|دولت|مجلس|روزنامه|خبرگزاری|شبکه|منابع|هیئت|هیأت|بیانیه|اطلاعیه|جمعی|"
            r"گروهی|برخی|بعضی|یک|یکی|چند|\S+(?:ان|ها|های|گران)$)",
            first,
        )
        or first in _TITLES
    )


def _speaks_alone(heard: Sequence[Said]) -> bool:
    """Whether one person speaks in the whole text: one name (its parts count as it) and one office at most."""
    if any(said.voice is Voice.UNKNOWN for said in heard):
        return False
    named = {said.speaker for said in heard if said.voice is Voice.NAMED}
    offices = {name for name in named if _OFFICE.match(name)}
    return _are_one(named - offices, surname=True) and _are_one(offices, surname=False)


def _are_one(names: AbstractSet[str], *, surname: bool) -> bool:
    if not names:
        return True
    longest = max(names, key=len)
    if not surname:
        return all(longest.startswith(name) for name in names)
    words = longest.split()
    return all(set(name.split()) - _TITLES <= set(words) for name in names)
