"""Lines of a page that are none of the text's own: the end of the message, its number, what else there is to read.

    «انتهای پیام/»   «کد خبر: ۱۲۳۴»   «لینک کوتاه: …»   «برچسب‌ها: …»   «بیشتر بخوانید:» and the headlines below it

Sites print them among the paragraphs, and whoever copies a page or makes a feed of it copies them along. A line goes
only where all of it is of such a form; where it may be news («برای ثبت‌نام به کانال شهرداری بپیوندید») it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.editing.byline import NAMED

LONGEST = 240
"""Characters of a line that may be no sentence."""
LONGEST_HEADLINE = 120
"""Characters of a headline below «بیشتر بخوانید:»."""

_ENDS = (
    r"(?:انتهای|پایان)[ \u200c]?پیام(?:\s*[^\w\s].{0,40}|(?: \S+){0,2})"
    r"|(?:انتهای|پایان)[ \u200c]?(?:خبر|گزارش|مطلب)(?:\W+\w{1,4})*\W*"
    r"|ادامه دارد\W*|ادامه[ \u200c](?:مطلب|خبر|گزارش)(?: را(?: در .{2,30})? بخوانید)?\W*"
    r"|بازگشت به صفحه (?:نخست|اصلی).{0,60}"
    r"|(?:تمامی|تمام|کلیه) حقوق .{0,60}(?:سایت|وب|پایگاه|خبرگزاری).{0,60}(?:محفوظ|متعلق).{0,60}"
    r"|جزئیات(?: بیشتر)? (?:به\u200cروزرسانی|به\u200cزودی منتشر) می\u200cشود\W*"
    r"|این خبر (?:تکمیل|به\u200cروزرسانی) می\u200cشود\W*"
)
_READ_MORE = (
    r"(?:این (?:خبر|مطلب|گزارش)(?:\u200c?ها)? را )?(?:نیز |هم )?(?:بیشتر|همچنین|حتما|حتماً)[ \u200c]?(?:نیز |هم )?"
    r"(?:(?:بخوانید|ببینید|بشنوید)\b.{0,200}|بدانید(?:\s*:.{0,200})?)"
    r"|این (?:خبر|مطلب|گزارش)(?:\u200c?ها)? را (?:هم|نیز) بخوانید\b.{0,200}"
    r"|(?:بخوانید|ببینید)\s*:.{0,200}"
    r"|(?:مطالب|اخبار|خبرهای|مقالات|گزارش\u200cهای|لینک\u200cهای) (?:مرتبط|پیشنهادی|مشابه)(?:\s*:.{0,120})?"
    r"|(?:پربازدیدترین|پربیننده\u200cترین|آخرین) (?:اخبار|خبرها|مطالب)\s*:?|پیشنهاد سردبیر\s*:?"
)
_NUMBERS = (
    r"(?:کد|شناسه)[ \u200c]?(?:خبر|مطلب|ویدئو|ویدیو|فیلم)\b\W*(?:[\w./-]{0,12}[0-9۰-۹].{0,40})?"
    r"|(?:تاریخ|زمان|ساعت) (?:انتشار|مخابره|درج)(?: خبر)?\s*:.{0,60}"
    r"|آخرین به\u200cروزرسانی\s*:.{0,40}[0-9۰-۹][:/][0-9۰-۹].{0,20}"
    r"|(?:تعداد )?بازدید(?:ها)?\s*:\s*[0-9۰-۹,٬]+"
    r"|/?[0-9۰-۹]{3,5} ?/ ?\S{0,12}|[0-9۰-۹]{3,5}\*+[0-9۰-۹]{3,5}\**|/[\u0621-\u06cc]{1,3}[0-9۰-۹]*"
    r"|[\u0621-\u06cc]{1,2}/[0-9۰-۹]+"
)
_CREDITS = (
    r"(?:عکس|عکاس|عکس\u200cها|تصاویر|فیلم|ویدئو|ویدیو|خبرنگار|گزارشگر|تدوین|تصویربردار|تهیه و تنظیم|گزارش از|عکس از"
    r"|گفت\u200cو\u200c?گو از|گفتگو از|تنظیم از|ویرایش|دبیر خبر)\s*[:/](?!.*[؟?])[^0-9۰-۹«»\"]{0,60}"
    r"|(?:گزارش تصویری|فیلم|عکس|تصاویر)\W*"
    r"|دریافت(?: (?:فایل|فیلم|ویدئو|ویدیو|صوت|کد))?\s*(?:[0-9۰-۹.,]+\s*(?:MB|KB|مگابایت|کیلوبایت))\W*"
)
_SHARES = (
    r"(?:این (?:خبر|مطلب) را )?(?:به )?اشتراک(?:[ \u200c]?گذاری)?(?: بگذارید| این (?:خبر|مطلب))?(?: در .{2,40})?\W*"
    r"|(?:لینک|پیوند|نشانی|آدرس)[ \u200c](?:کوتاه|خبر|مطلب)\b[^:]{0,20}(?::.{0,120})?|(?:لینک )?کپی(?: شد| لینک)\W*"
    r"|(?:برچسب|تگ|کلید\u200c?واژه|کلمات کلیدی)(?:\u200c?ها)?(?:ی (?:خبر|مطلب))?\s*:.{0,200}|(?:#[\w\u200c]+[\s،]*)+"
    r"|(?:نظر (?:شما|خود را)|دیدگاه (?:شما|خود را))(?: درباره.{0,60})? (?:چیست|بنویسید|ثبت کنید|ارسال کنید)\W*"
    r"|(?:ارسال|ثبت) (?:نظر|دیدگاه)\W*|(?:نسخه چاپی|چاپ خبر|ارسال به دوستان)\W*"
    r"|Please open Telegram to view this post|VIEW IN TELEGRAM"
)
_FOLLOWS = ("دنبال کنید", "بپیوندید", "عضو شوید", "باشید", "همراه شوید", "کلیک کنید", "بخوانید", "ببینید")
_ABOUT_US = rf"(?:ما را|به ما|(?:کانال|تلگرام|صفحه|اینستاگرام|سایت)\S* ما|ما در|@\w+|{NAMED})"
_FOR_SOMETHING = (
    r"(?:برای|جهت) (?:ثبت|نام|شرکت|حضور|عضویت|خرید|رزرو|پرداخت|کمک|اهدا|درخواست|مشاوره|آموزش|استعلام|هشدار|"
    r"(?:دریافت|اطلاع از|آگاهی از|مشاهده) (?!(?:آخرین|تازه|جدید|اخبار|خبر|مطالب|محتوا|ویدئو|عکس)))"
)
"""What a reader gets there besides more of the agency: that is news."""
_FOLLOW_US = re.compile(
    rf"(?!\W*{_FOR_SOMETHING})(?=.{{0,60}}{_ABOUT_US}).{{0,100}}"
    r"(?:تلگرام|ایتا|بله|روبیکا|سروش|اینستاگرام|واتساپ|کانال|شبکه\u200cهای اجتماعی)[^.]{0,60}[.!]?"
)
"""«ما را در ایتا دنبال کنید», whose end tells it from almost every sentence."""
LONGEST_CALL = 130
_LINE = re.compile(rf"\W*(?:{_ENDS}|{_READ_MORE}|{_NUMBERS}|{_CREDITS}|{_SHARES})\W*")
_MORE = re.compile(rf"\W*(?:{_READ_MORE})")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\W*")
_D = "[0-9۰-۹]"
_STAMP = re.compile(
    r"\W*(?:(?:یک|دو|سه|چهار|پنج)?\u200c?(?:شنبه|جمعه)\W+)?"
    rf"(?:{_D}{{1,2}} \w+(?:\u200c?ماه)? {_D}{{4}}|{_D}{{4}}/{_D}{{1,2}}/{_D}{{1,2}})"
    rf"\W{{1,4}}(?:ساعت )?{_D}{{1,2}}:{_D}{{2}}(?::{_D}{{2}})?\W*"
)
"""When a page came out, above its text."""
_SOURCE = re.compile(r"\W*منبع(?: خبر)?\s*[:：]\s*(?P<origin>[^.!؟:\n]{2,60}?)\W*")
_ENDED = re.compile(r"[.!؟?…:؛][»\")\]]*$")


_SIGNS = (
    "پیام",
    "بخوانید",
    "منبع",
    "مرتبط",
    "عکس",
    "عکاس",
    "فیلم",
    "ادامه",
    "/",
    "کد",
    "خبرنگار:",
    "تصاویر",
    "لینک",
    "پایان",
)


def has_none(text: str) -> bool:
    """Whether a paragraph surely ends in no such line; most do not."""
    return not any(map(text.__contains__, _SIGNS))


def is_line(text: str) -> bool:
    """Whether a line or sentence is none of the text's own: «انتهای پیام», «کد خبر: ۱۲۳», «عکس: …»."""
    return len(text) <= LONGEST and (_LINE.fullmatch(text) is not None or _calls(text))


def _calls(text: str) -> bool:
    """Whether a line calls its readers to the agency's own channels."""
    return len(text) <= LONGEST_CALL and text.rstrip(" .!").endswith(_FOLLOWS) and bool(_FOLLOW_US.fullmatch(text))


def source_of(text: str) -> str:
    """Whom a line names as its source, «منبع: …»; empty for any other line."""
    match = _SOURCE.fullmatch(text) if "منبع" in text[:10] else None
    return match["origin"].strip() if match else ""


def own(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without those that only the ones before them show to be none of the text's own.

    They are the headlines below «بیشتر بخوانید:» (all of them at the end of a text; the first one within it, as the
    next may be a subhead), the address below «لینک کوتاه:», and when the page came out, above the first.
    """
    kept: list[str] = []
    skipped = 0
    for number, paragraph in enumerate(paragraphs):
        if skipped:
            skipped -= 1
            continue
        if number == 0 and len(paragraphs) > 1 and _STAMP.fullmatch(paragraph):
            continue
        kept.append(paragraph)
        if paragraph.endswith(":") and len(paragraph) <= LONGEST:
            skipped = _below(paragraph, paragraphs[number + 1 :])
    return kept


def _below(label: str, following: Sequence[str]) -> int:
    """How many paragraphs belong to a label."""
    if not is_line(label):
        return 0
    if not _MORE.match(label):
        return 1 if following and _ADDRESS.fullmatch(following[0]) else 0
    count = next((n for n, text in enumerate(following) if not _is_headline(text)), len(following))
    return count if count == len(following) else min(count, 1)


def _is_headline(text: str) -> bool:
    return is_line(text) or (len(text) <= LONGEST_HEADLINE and _ENDED.search(text) is None)
