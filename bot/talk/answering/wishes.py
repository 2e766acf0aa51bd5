"""What a sentence asks of the bot itself, rather than of the archive: «دیگه نفرست», «هر روز خبر گیلان رو برام بفرست».

Telegram takes no Persian in commands, and few people know any: what a command does is asked for in words. A wish is
only understood where the words leave no other reading, as each of them may be a search: «لغو پرواز»,
«عضویت در شانگهای», «خوراک دام», «نحوه استفاده از کارت سوخت». Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

LONGEST = 120
"""Characters of a wish; what is longer is a text."""


class Kind(Enum):
    """What is wished for."""

    FOLLOW = "follow"
    STOP = "stop"
    UNFOLLOW = "unfollow"
    """Only where something of that name is followed: else «لغو عضویت ایران» is news."""
    FOLLOWED = "followed"
    SETTINGS = "settings"
    HELP = "help"
    ABOUT = "about"
    WELLBEING = "wellbeing"
    FEED = "feed"
    CHANNELS = "channels"
    """Where the channels are, and how one joins."""
    CONTACT = "contact"
    """To reach people, or to send them something."""
    OF_ARTICLE = "of article"
    """More of an article that was shown: «عکسش رو هم بفرست»."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sentence asks for."""

    kind: Kind
    about: str = ""
    """Of what: a province, a town, words; "" where nothing is named."""


_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": " ", "\u200f": "", "\u200e": "", "ٔ": ""})
_SIGNS = re.compile(r"[^\w\s]+")


def _any(words: str) -> str:
    """A pattern for one of several; `_` stands for a blank that people leave out."""
    return "(?:" + "|".join(words.replace("_", " ?").split("/")) + ")"


def _whole(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{form})$", re.IGNORECASE) for form in forms)


_YOU = _any("تو/شما/ربات/بات/چاپار/این/این ربات/این بات/ربات چاپار/ربات شما")
_NEWS = _any(
    "خبر/خبر_ها/خبر_های/خبر_هاش/خبر_هایش/خبرا/خبرای/خبراش/اخبار/رویداد/رویداد_های/رویداد_ها/پیام/پیام_های/پیام_ها"
)
_ME = _any("به من/بهم/برام/برایم/برای من/واسم/واسه من/منو/مرا/من را/من رو")
_IT = "(?:(?:را|رو) )?"
_DO = _any("کن/کنید/کنین/کنم/کنیم/می_کنم/می_کنی/می_کنید/بکن/بکنید/بشه/شه/شود/شم/شوم/بشم/بشوم/می_شم/شو/بشو")
_DO_FOR_ME = _any("کن/کنید/کنین/کنم/می_کنم/بکن/بکنید/شم/شوم/بشم/بشوم/می_شم/شو/بشو")
"""What is said to somebody, or of oneself; «ایران عضو شود» and «اهداف را دنبال کنیم» are headlines."""
_SEND = _any("بفرست/بفرستید/بفرستین/بفرستی/ارسال کن/ارسال کنید/بده/بدید/بدین/بدهید/بگو/بگید/بیار/بذار/بزار")
_SEND_NOT = _any("نفرست/نفرستید/نفرستین/نفرستی/ارسال نکن/ارسال نکنید")
_HOUR = "(?: (?:صبح|ظهر|عصر|شب))?"
_ALWAYS = (
    _any("هر روز/هر شب/هر صبح/هر عصر/هر هفته/هر ساعت/هر وقت/هر موقع/هر بار/مرتب/روزانه/هفتگی/به محض")
    + rf"{_HOUR}(?: ساعت \d{{1,2}}{_HOUR})?"
)
_END = _any("لغو/قطع/حذف/کنسل/متوقف/غیر_فعال/تمام")
_HOW = _any("چطور/چطوری/چجوری/چه جوری/چگونه/طریقه/نحوه/روش/طرز/راهنمای")
_WHAT = _any("چیه/چیست/چنده/کدومه/کجاست/کجاس/کو/داری/دارید/دارین/ندارید/هست")
_YOURS = "(?: ?(?:تون|تان|ت|شما|ربات|چاپار|خبری))*"
_PEOPLE = _any("شما/ادمین/ادمین ها/پشتیبانی/پشتیبان/مدیر/مدیریت/مدیر ربات/مدیر کانال/مسئول ربات/سردبیر")
_MATERIAL = _any(
    "خبر/خبری/گزارش/گزارشی/عکس/عکسی/فیلم/فیلمی/ویدیو/ویدیویی/سوژه/سوژه_ای/مطلب/مطلبی/پیام/پیامی/خبرم/خبرمو"
)
_NUMBERED = (
    _any("اول/دوم/سوم/چهارم/پنجم/اولی/دومی/سومی/چهارمی/پنجمی/آخر/آخری/بالا/بالایی/قبلی") + "|(?:شماره ?ی? ?)?[1-9۱-۹]"
)
_OPEN = _any("باز کن/باز کنید/بخون/بخوان/نشون بده/نشان بده/کامل کن/توضیح بده/ادامه بده") + f"|(?:کامل )?{_SEND}"
_GIVE = rf"(?: {_IT}(?:هم )?(?:{_WHAT}|{_OPEN}))?"
_PART = _any("لینک/آدرس/نشانی/منبع/عکس/عکس_های/تصویر/فیلم/ویدیو/متن")
_ADDRESS = r"(?:شماره(?: ی)?(?: (?:تماس|تلفن|موبایل))?|تلفن|ایمیل|راه(?: های)? ارتباطی?|آیدی)"
_TALK = _any("تماس/ارتباط/صحبت/حرف/چت")
_FOR_YOU = _any("برای شما/براتون/واستون/بهتون")
_WHERETO = f"(?:(?:{_HOW}|کجا|به کجا|یه|یک|من|{_FOR_YOU}) )*"
_I_SEND = _any("بفرستم/ارسال کنم/بدم/بدهم/بفرستیم/ارسال کنیم")
_MAKER = _any("سازنده/ادمین/صاحب/مدیر/مالک/طراح/برنامه_نویس")
_WHO = "(?:کیه|کیست|کی هستی?)"
_TOLD = _any("باخبر/با خبر/مطلع/آگاه/خبر/خبردار/خبرم/باخبرم/مطلعم/خبردارم")
_FILLING = re.compile(
    rf"(?<!\w)(?:{_ME}|"
    + _any(
        "سلام/درود/لطفا/لطفن/لطف/خواهشا/ممنون/مرسی/بی زحمت/آقا/خانم/ادمین/عزیز/میشه/می_شه/می_شود/می_خوام/می_خواهم/"
        "می_خواستم/که/دیگه/دیگر"
    )
    + r")(?!\w)"
)
_REST = re.compile(
    rf"^(?:(?:از|در|به|اگر|اگه|وقتی|هر وقت|برای|واسه|درباره|مورد|در مورد|را|رو|{_NEWS}|"
    r"استان|ی|های|تازه|جدید|مربوط)\s+)+|"
    r"\s+(?:را|رو|خبر|شد|بشه|شود|اومد|آمد|بیاد|افتاد)$"
)
"""What stands around a topic: «هر وقت زلزله شد خبر»."""
_NO_TOPIC = re.compile(rf"(?:{_NEWS}|چیزی?|چیزها|همه|هیچ ?چیز|این ?ها?|من|خودم|ی)?$")

_FOLLOW = _whole(
    rf"(?P<about>.+?) {_IT}دنبال {_DO_FOR_ME}",
    rf"دنبال (?:کردن|{_DO_FOR_ME}) (?P<about>.+)",
    rf"(?:از )?(?P<about>.*?) ?{_TOLD} (?:کن|کنید|کنین)",
    rf"{_TOLD} (?:کن|کنید|کنین) (?:از |اگر |اگه |وقتی |هر وقت )*(?P<about>.+)",
    rf"{_ALWAYS} (?P<about>.+?) {_IT}{_SEND}",
    rf"(?P<about>.+?) {_IT}{_ALWAYS} {_IT}{_SEND}",
    rf"(?:عضو|مشترک) (?P<about>.+) {_DO_FOR_ME}",
    rf"(?P<about>.*?) ?(?:عضو|مشترک) {_DO_FOR_ME}",
    rf"(?:عضویت|اشتراک|عضو|مشترک)(?: شدن)?(?: در| برای)? {_NEWS} (?P<about>.+)",
    rf"(?:اعلان|نوتیف|نوتیفیکیشن|آلارم|هشدار) (?P<about>.+?) {_IT}(?:بذار|بزار|بگذار|(?:فعال|روشن|تنظیم) {_DO_FOR_ME})",
    r"(?:subscribe|follow)(?: to)? (?P<about>.+)",
)
_STOP = _whole(
    rf"(?:(?:{_NEWS}|چیزی|هیچی) )?{_SEND_NOT}|(?:{_NEWS}|چیزی|هیچی) نمی ?خواه?م",
    rf"(?P<about>.+?) {_IT}(?:{_SEND_NOT}|دنبال (?:نکنم?|نکنید|نمی ?کنم))",
    rf"{_NEWS} (?P<about>.*?) ?{_IT}(?:نده|ندید|ندین|ندهید)",
    r"(?:مزاحم نشو|بس کن)(?:ید)?|بسه|stop",
    r"لغو (?:اشتراک|عضویت|دنبال کردن)(?: من)?|unsubscribe",
    rf"(?:اشتراک|عضویت|ارسال)(?: ?(?:ا?م|مون|من))? {_IT}{_END}(?: {_DO})?",
)
_UNFOLLOW = _whole(
    r"لغو (?:اشتراک|عضویت|دنبال کردن)(?: من)? (?P<about>.+)",
    rf"(?:اشتراک|عضویت|ارسال)(?: ?(?:ا?م|مون|من))? (?P<about>.+?) {_IT}{_END}(?: {_DO})?",
    r"unsubscribe(?: from)? (?P<about>.+)",
)
_FEED = _whole(
    r"(?:(?:لینک|آدرس|نشانی) )?(?:rss|feed|atom|فید|آر ?اس ?اس|خوراک (?:rss|خبری|آر ?اس ?اس))(?: (?P<about>.+))?"
)
_OF_TOPICS = {Kind.FEED: _FEED, Kind.STOP: _STOP, Kind.UNFOLLOW: _UNFOLLOW, Kind.FOLLOW: _FOLLOW}
_KINDS = {
    Kind.FOLLOWED: _whole(
        r"(?:اشتراک|عضویت)(?: ?های?)?(?: ?(?:ا?م|ی? ?من))?",
        r"(?:لیست|فهرست) (?:اشتراک|عضویت|دنبال)\w*(?: ?ها)?|دنبال شده ?ها",
        rf"{_any('چه چیزی/چه چیزایی/چه چیزهایی/چی/چیا/کدوم استان_ها/کجاها')} {_IT}دنبال می ?کنم",
    ),
    Kind.SETTINGS: _whole(r"(?:تنظیم|تنظیمات|تنظیم ها)(?: ربات| من)?|settings?"),
    Kind.HELP: _whole(
        rf"{_HOW}(?: باید)?(?: از ?(?:ت|تون)?)?(?: {_YOU})? ?(?:استفاده|کار)(?: {_DO})?",
        rf"{_HOW} (?:استفاده|کار)(?: از)? {_YOU}|{_YOU} {_HOW} کار می ?(?:کنه|کنی|کند|کنید)",
        rf"(?:{_YOU} )?{_any('چه_کار/چکار/چیکار/چه کارهایی/چه کارایی/چیا/چه امکاناتی/چه قابلیتی/چه قابلیت_هایی')} "
        rf"{_any('می_کنی/می_کنه/می_کنید/می_تونی/می_توانی/می_تونی بکنی/می_توانید/بلدی/بلدید/داری/دارید')}",
    ),
    Kind.ABOUT: _whole(
        rf"{_YOU} {_any('کی/چی/کیستی/چیستی/کی هستی/چی هستی/کیه/چیه/کیست/چیست/کی هستید/مال کیه/برای کیه')}",
        rf"{_MAKER}(?: ی)? {_YOU}(?: {_WHO})?|{_MAKER} {_WHO}|ادمین",
        rf"(?:{_YOU} )?(?:ربات|بات|آدم|انسان|هوش مصنوعی|واقعی)(?: ?ا?ی)? هست(?:ی|ید|ین)",
        rf"(?:کی|چی) هستی[دن]?|اسم ?(?:ت|تو|شما|تون) (?:چیه|چیست)|(?:درباره|معرفی)(?: ی)? (?:ما|خودت|{_YOU})",
        rf"(?:منبع|منابع)(?: {_NEWS})?(?: ?(?:ت|تون|شما))? (?:چیه|چیست|کجاست|کدومه|کیه)",
        rf"{_NEWS} {_IT}از کجا {_any('می_آری/می_اری/می_آوری/می_آورید/می_گیری/می_گیرید/می_ارید')}",
    ),
    Kind.CHANNELS: _whole(
        rf"(?:(?:لینک|آدرس|نشانی|آیدی|اسم|نام|لیست) )?کانال(?: ?(?:ها|های?|ی))?{_YOURS}(?: {_IT}(?:{_WHAT}|{_SEND}))?",
        rf"(?:{_HOW} )?(?:به |در |توی? )?(?:عضو|وارد|عضویت|پیوستن|جوین)(?: (?:به|در|توی?))? ?(?:این )?"
        rf"کانال{_YOURS}(?: {_IT}{_DO})?",
        rf"{_HOW} (?:می ?تونم )?(?:عضو|جوین) {_any('شم/بشم/شوم/بشوم/شیم/بشیم')}",
    ),
    Kind.CONTACT: _whole(
        rf"{_ADDRESS}(?: با)? ?(?:{_PEOPLE}|تون|ت)(?: {_IT}(?:{_WHAT}|{_SEND}))?",
        rf"(?:{_HOW} )?(?:می_?خوام )?{_TALK} با (?:{_PEOPLE}|ما)",
        rf"(?:{_HOW} )?با {_PEOPLE} (?:{_TALK}|کار|پیام)(?: {_any('بگیرم/داشته باشم/برقرار کنم/کنم/بزنم/دارم/بدم')})?",
        rf"{_WHERETO}{_MATERIAL} ?(?:ا?ی )?{_IT}(?:دارم )?{_WHERETO}{_I_SEND}",
        rf"(?:(?:من )?(?:یه|یک)|من|{_FOR_YOU}) {_MATERIAL} دارم|{_MATERIAL} {_FOR_YOU} دارم",
        r"پشتیبانی|گزارش (?:خرابی|مشکل|اشکال|خطا)",
        r"(?:انتقاد|پیشنهاد|شکایت)(?: (?:و|یا) (?:انتقاد|پیشنهاد|شکایت))*(?: دارم)?",
    ),
    Kind.OF_ARTICLE: _whole(
        rf"(?:ادامه|بقیه|مشروح|شرح)(?: ?ی)? (?:خبر|مطلب|متن){_GIVE}",
        rf"(?:متن|خبر)(?: ?ی)? کامل(?: ?ش)?(?: (?:خبر|مطلب))?{_GIVE}",
        rf"کامل(?:ش|شو)? {_IT}(?:هم )?{_SEND}",
        rf"{_PART}(?:ش|شو|شون){_GIVE}",
        rf"{_PART}(?: ?ی)? (?:(?:این|همین|اون|آن) )?(?:خبر|مطلب|گزارش){_GIVE}",
        rf"(?:خبر )?(?:{_NUMBERED})(?: خبر)? {_IT}(?:هم )?(?:{_OPEN})",
    ),
    Kind.WELLBEING: _whole(
        _any("خوبی/خوبین/خوبید/خوب هستی/خوب هستید/چطوری/چطورید/حالت خوبه/حالت چطوره/حال شما/حال شما چطوره/احوال شما")
    ),
}


def wish(text: str) -> Wish | None:
    """What a sentence in a private chat asks of the bot; None where it is a search."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    said = " ".join(_SIGNS.sub(" ", text.translate(_LETTERS)).split())
    plain = " ".join(_FILLING.sub(" ", said).split())
    for kind, forms in _KINDS.items():
        if _first(forms, said) or _first(forms, plain):
            return Wish(kind)
    for kind, forms in _OF_TOPICS.items():
        if found := _first(forms, plain):
            topic = _topic(found.groupdict().get("about"))
            return Wish(Kind.STOP if kind is Kind.UNFOLLOW and not topic else kind, topic)
    return None


def _first(forms: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.match(text))), None)


def _topic(about: str | None) -> str:
    """What is named, without the words around it."""
    rest = (about or "").strip()
    while (shorter := _REST.sub("", rest).strip()) != rest:
        rest = shorter
    return "" if _NO_TOPIC.match(rest) else rest
