"""What a sentence can leave out and still say what it says: the topic of a speech, and what follows a whole clause.

    «سارا نمونه با اشاره به باران گفت: سد پر شد.»                   ->  «سارا نمونه گفت: سد پر شد.»
    «بیست مدرسه ساخته می‌شود؛ سه مدرسه هم بازسازی خواهد شد.»       ->  «بیست مدرسه ساخته می‌شود.»
    «سارا نمونه با بیان اینکه سد پر شده است، گفت: این سد …»         ->  «سارا نمونه گفت: سد پر شده است.»

A Persian clause ends with its finite verb, so what stands before «؛», before a reason («زیرا …»), before a relative
clause that only goes on («که این رقم …») or before «و» and a clause of its own is a sentence, if its verb is finite,
and the only one where «و» joins. What takes back («اما …», «به شرط …», «متوقف») is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.editing.choosing.speakers import Said
from feeds.editing.vocabulary import AFTER, BEFORE, TIME

FEWEST_WORDS = 6
"""Words of the shortest clause that is worth a sentence of its own, and of what may follow it."""

_FUTURE = r"ن?خواه(?:د|ند|یم|م) (?:شد|کرد|بود|داشت|یافت|رسید|گرفت|داد|رفت|آمد|شود|ماند|پرداخت|ساخت|پیوست)"
_PERFECT = r"\w+ه (?:است|بود|بودند)|\w+ه\u200cا(?:ند|یم|م)"
_PRESENT = r"ن?می\u200c\w+(?:د|ند|یم)"
_PAST = (
    r"شد|شدند|کردند|دارد|دارند|ندارد|ندارند|یافت|یافتند|رسید|رسیدند|گرفتند|دادند|نیست|نیستند|هستند|هستیم|داریم|"
    r"بود|بودند|داشتند|است|کرد"
)
_FINITE = re.compile(rf"{BEFORE}(?:{_FUTURE}|{_PERFECT}|{_PRESENT}|{_PAST}){AFTER}")
_ENDS_CLAUSE = re.compile(rf"{BEFORE}(?:{_FUTURE}|{_PERFECT}|{_PRESENT}|{_PAST}|داشت|داد|گرفت|رفت|آمد|کند|شود){AFTER}")
"""A verb behind «و» that makes what stands there a clause of its own."""
_TOLD_BESIDES = re.compile(
    r"با (?P<how>بیان|اشاره به|تأکید بر|تاکید بر|اعلام|یادآوری) این ?که (?!(?:\S+ ){1,3}که )(?P<told>.+?(?:"
    rf"{_FUTURE}|{_PERFECT}|{_PRESENT}|{_PAST})) ?،?\s*$"
)
"""What a speaker says on the way to what he says: «با بیان اینکه سد پر شده است، گفت: …»."""
_NOT_HIS = re.compile(
    rf"^(?:چرا|آیا|چگونه|چطور|چه|کجا|کدام){AFTER}|{BEFORE}(?:(?:می\u200c|ب)گوی(?:د|ند)|گفته|شنیده|مطرح|ادعا\S*|مدعی\S*|"
    rf"شایعه\S*|شایعات|وانمود|القا\S*|نشان دهد|گمان|تصور|قرار بود|بنا بود){AFTER}"
)
"""What a speaker tells on the way without saying so himself: a question, what others say or thought."""
_DENIES = re.compile(
    rf"^[«\"\s]*(?:اما|ولی|لیکن|البته|هرچند|با این (?:حال|وجود)|با وجود این|متأسفانه|متاسفانه){AFTER}"
    rf"|{BEFORE}(?:صحت ندارد|واقعیت ندارد|درست نیست|دروغ|شایعه|شایعات|کذب|تکذیب|نادرست|بی\u200cاساس|خلاف واقع){AFTER}"
)
"""A speech that takes back what its speaker has told on the way."""
_SAYING = {"تأکید بر": "تأکید کرد", "تاکید بر": "تاکید کرد", "اعلام": "اعلام کرد", "یادآوری": "یادآور شد"}
_DAY = r"\S*شنبه|جمعه|امروز|دیروز|فردا|امشب|دیشب|پریروز"
_DATE = rf"(?:روز )?(?:{_DAY})?[،,]? ?(?:[0-9۰-۹]{{1,2}} \w+(?:\u200cماه| ماه)?(?: [0-9۰-۹]{{4}})?)?"
_ASIDE = re.compile(rf"(?P<day>{BEFORE}(?:{_DAY})) \({_DATE}\)| \([A-Za-z][A-Za-z .&-]{{2,58}}\)")
"""A date behind a day that is named already, a name in Latin letters: all else may be what the sentence means."""
_CUT = re.compile(
    rf"{BEFORE}(?P<verb>{_FUTURE}|{_PERFECT}|{_PRESENT}|{_PAST})"
    r"(?:(?P<mark> ?؛ ?)|،? (?P<reason>زیرا|چراکه|چرا که|لذا|بنابراین|به همین دلیل|به همین خاطر|از این رو|"
    r"(?:به طوری|به\u200cطوری|به گونه\u200cای|به\u200cگونه\u200cای) که|ضمن اینکه|ضمن آنکه)(?= )"
    r"|،? که (?=(?:(?:از |با |در |به |بر )?این|از آن|[0-9۰-۹]+ (?:\S+ )?\S+ از (?:آن|این)(?:\u200c?ها)?) )"
    r"|،? که (?=(?P<then>(?:پس|بعد) از|در (?:نتیجه|همین راستا|پی آن|مجموع)|تاکنون) )"
    r"|،? (?P<and>و) )"
)
_TAKES_BACK = re.compile(
    rf"{BEFORE}(?:اما|ولی|لیکن|البته|هرچند|هر چند|گرچه|اگرچه|مگر|مشروط|شرط|منوط|بلکه|سپس|بعد|پس از آن|سرانجام|در نهایت|"
    rf"نهایتا|نهایتاً|در حالی که|درحالی\u200cکه|لغو|تکذیب|رد|متوقف|توقف|آزاد|تعلیق|نیمه\u200cتمام|ناتمام|"
    rf"تعطیل\w*|رها|منتفی|باطل|نقض|تبرئه|بازگشایی|بازگشوده|تخریب|فرو ?ریخت\w*|جان|کشته|درگذشت\w*|فوت|هیچ\S*|"
    rf"ن(?:شد|کرد|بود|داد|رسید|گرفت|یافت|داشت|یامد|رفت)\w*|نیست|نیستند|ندار\w+|نمی\u200c\w+|نخواه\w+|"
    rf"تنها|فقط|در صورت\S*|اگر|چنانچه|به\u200cجز|غیر){AFTER}"
)
"""What the rest of a sentence must not say, if it is to be left out."""
_COMPLEMENT = re.compile(
    rf"{BEFORE}(?:این|آن|آنقدر|چنان|طوری|گونه\u200cای|لازم|قرار|ممکن|بدیهی|طبیعی|گفت\S*|گوی\S+|می\u200cگو\S+|می\u200cدان\S+|"
    rf"معتقد|اعتقاد|نظر|اعلام|اظهار|بیان|تأکید|تاکید|باعث|سبب|موجب|نشان|انتظار|تلاش|تصمیم|مقرر|توصیه|مشخص|تصور|بنا|"
    rf"پیشنهاد|درخواست|خواست\S*|امید\S*|باور|فکر|ادعا|مدعی|هشدار|شرط|دلیل|خاطر|معنا|معنی|کس|کسانی|کسی|چیزی|جایی|"
    rf"نخستین|اولین|تنها|آنجا|بعضی|برخی|شاهد|عده\u200cای|گروهی|یکی|نوعی|چنین){AFTER}"
    r"|\w(?:\u200cای|ی) (?:است|هست|هستیم|داریم|دارد)$"
)
"""What a clause with «که» may belong to, before it."""
_SUBORDINATE = re.compile(
    rf"{BEFORE}(?:که|اگر|چون|وقتی|زمانی|هنگامی|چنانچه|هرچند|هر چند|گرچه|اگرچه|اینکه|آنکه|نه|هم|چه|یا|خواه|هرچه|هر چه|"
    rf"مگر|باوجودی|در صورتی|در حالی|درحالی\u200cکه|همان\u200cطور|تا جایی){AFTER}"
)
"""What makes the clause before «و» a part of another: «کسانی که آمدند و …», «اگر … شود و …»."""
_NEVER_ALONE = re.compile(
    rf"{BEFORE}(?:اگر|چنانچه|نه\u200cتنها|نه تنها|هرچند|هر چند|اگرچه|گرچه|در صورتی|وقتی|هرچه){AFTER}"
)
_COUNTS = re.compile(
    rf"{BEFORE}(?:دو|سه|چهار|پنج|شش|چند|[۰-۹]+) (?:عامل|گزینه|شکل|دلیل|محور|بخش|راه|راهکار|نکته|مورد|شرط|دسته|نوع|روش|"
    rf"مرحله|حالت|مسئله|موضوع|هدف|وظیفه|ویژگی|شاخص|فاز|رکن){AFTER}|{BEFORE}(?:زیر|ذیل|اول|نخست|یکی){AFTER}"
)
"""What a clause counts to name it behind: «به دو عامل بستگی دارد»."""
_POINTERS = ("این ", "آن ", "همین ", "این\u200c", "آن\u200c")
_FIGURE = re.compile("[0-9۰-۹]")
_PAIR = re.compile(r"(?:گفت|رفت|داد|خرید|زد|برد|دید|نشست|ساخت) و (?:گو|آمد|ستد|فروش|خورد|باخت|بازدید|برخاست|ساز)")
_QUOTES = re.compile(
    r"(?:گفت|گفته است|افزود|نوشت|می\u200c?گوید|می\u200c?افزاید|(?:اظهار|بیان|عنوان|تصریح|خاطر ?نشان|تأکید|تاکید|اضافه|"
    r"اعلام|اذعان) ?(?:کرد|داشت|نمود|ساخت|کرده است)|اظهارداشت|(?:یادآور|متذکر) شد|(?:ادامه|توضیح|هشدار) داد)"
    r"(?:\s*[:،]|\s+که)\s*$"
)
"""A verb that needs nothing but a speaker and what he says."""
_ANSWERS = re.compile(
    r"[؟?]|"
    rf"نقل|پاسخ|جواب|سؤال|سوال|پرسش|خطاب|به نیابت|به نمایندگی|واکنش|کنایه|شوخی|قول|تکذیب|درباره اینکه|{BEFORE}رد{AFTER}"
)
"""What a speech cannot be taken from: the question that it answers, the one whom it quotes or speaks to."""
_TOPIC = re.compile(
    rf"اشاره|اشاه|بیان|اینکه|این که|خبر داد|انتقاد|تأکید|تاکید|تشریح|توضیح|درباره|درخصوص|خصوص|مورد|پیرامون|زمینه|ابراز|"
    rf"اظهار|اعلام|{BEFORE}(?:را|دانست|خواند|و|از|بر|نسبت|برای|تا|ضمن|راجع){AFTER}"
)
"""What may name the subject of the speech behind it; a time and a place («امروز در جمع خبرنگاران») name none."""
_NO_SUBJECT = re.compile(
    rf"^[«\"\s]*(?:از|به|در|با|بر|برای|تا|طی|ظرف|بدون|پس|پیش|قبل|بعد|علاوه|ضمن|بین|میان|روی|جهت|براساس|بر|طبق|مطابق|"
    rf"اکنون|هم\u200cاکنون|الان|امروز|فردا|دیروز|امسال|سال|پارسال|تاکنون|هنوز|همچنین|هرگز|متأسفانه|متاسفانه|خوشبختانه|"
    rf"فقط|تنها|به\u200cزودی|بزودی|باید|نباید|می\u200c\S+|نمی\u200c\S+|قرار|امکان|احتمال|هدف|نیز|هم|نه|هیچ|کاملاً|"
    rf"بیش|حدود|نزدیک|[0-9۰-۹]\S*|{TIME}){AFTER}|{BEFORE}را{AFTER}"
)
"""How a speech begins whose subject may have been named before it, or an object by which none is told from it."""
_OF_SOMETHING = re.compile(rf"\u200c(?:اش|شان){AFTER}|ها(?:یش|یشان){AFTER}|{BEFORE}(?:آن|آنها|آن\u200cها|آنان){AFTER}")
_FIRST_PERSON = re.compile(rf"{BEFORE}(?:ن?می\u200c\w+یم|\w+\u200cایم|داریم|هستیم|کردیم|خواهیم){AFTER}")


def shortened(sentence: str, said: Said) -> tuple[str, int]:
    """-> (a sentence with its speaker and his verb alone, where what he says begins); ("", 0) where that would mislead.

    «سارا نمونه با اشاره به باران در نشست امروز گفت: سد پر شد.»  ->  «سارا نمونه گفت: سد پر شد.»
    What is left out may not be what the speech answers or whom it quotes, and the speech must have a subject of its own
    where its topic is left out.
    """
    verb, speech = sentence[said.verb : said.content], sentence[said.content :].strip()
    if not (said.verb and said.speaker and speech) or not _QUOTES.match(verb):
        return "", 0
    between = sentence[said.end : said.verb]
    if _ANSWERS.search(between) or (_TOPIC.search(between) and not _has_subject(speech)):
        return "", 0
    if _TOPIC.search(between) and speech.startswith(_POINTERS):  # «از ساخت ۲۰ پل خبر داد و گفت: این پل‌ها …»
        return "", 0
    head = f"{said.speaker} {verb}".rstrip()
    return f"{head} {speech}", len(head) + 1


def told_besides(sentence: str, said: Said) -> tuple[str, int]:
    """-> (what a speaker says on the way as his word, where it begins); ("", 0) where he says nothing whole there.

    «سارا نمونه با بیان اینکه سد پر شده است، گفت: آب قطع نمی‌شود.»  ->  «سارا نمونه گفت: سد پر شده است.»
    """
    besides = _TOLD_BESIDES.search(sentence[said.end : said.verb]) if said.verb and said.speaker else None
    if besides is None or besides["told"].count(" ") < FEWEST_WORDS - 1:
        return "", 0
    if _ANSWERS.search(besides["told"]) or _NOT_HIS.search(besides["told"]) or _DENIES.search(sentence[said.content :]):
        return "", 0
    head = f"{said.speaker} {_SAYING.get(besides['how'], 'گفت')}:"
    return f"{head} {besides['told']}.", len(head)


def without_asides(text: str) -> str:
    """A sentence without what its brackets only repeat, «فردا (شنبه، ۲۷ آذر)», «سازمان جهانی بهداشت (WHO)»."""
    return _ASIDE.sub(lambda aside: aside["day"] or "", text)


def earlier_ends(text: str) -> Iterator[str]:
    """The sentences that a sentence holds from its beginning on, the longest first, each with a full stop.

    Args:
        text: one sentence, or what somebody says in one, without its speaker.
    """
    for cut in reversed(list(_CUT.finditer(text))):
        clause, rest = text[: cut.end("verb")], text[cut.end() :]
        if _is_whole(clause, rest, cut):
            yield f"{clause}."


def _is_whole(clause: str, rest: str, cut: re.Match[str]) -> bool:
    if min(clause.count(" "), rest.count(" ")) < FEWEST_WORDS - 1:
        return False
    if _NEVER_ALONE.search(clause) or _COUNTS.search(clause) or _TAKES_BACK.search(rest):
        return False
    if cut["mark"] or cut["reason"]:
        return True
    if cut["and"]:
        return not (
            _SUBORDINATE.search(clause)
            or _PAIR.match(clause[clause.rfind(" ") + 1 :] + " و " + rest)
            or len(_FINITE.findall(clause)) != 1
            or not _ENDS_CLAUSE.search(rest)
        )
    if cut["then"] and not _FIGURE.search(clause):  # «طرحی اجرا شد.» says nothing without what came of it
        return False
    return not _COMPLEMENT.search(clause) and " که " not in clause


def _has_subject(speech: str) -> bool:
    """Whether a speech surely names its subject, or is about its speaker."""
    if _OF_SOMETHING.search(speech):
        return False
    return not _NO_SUBJECT.search(speech) or _FIRST_PERSON.search(speech) is not None
