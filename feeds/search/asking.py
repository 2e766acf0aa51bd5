"""Words with which people ask: they say that something is wanted, and not what.

They are compared in one key: folded, without ZWNJ or spaces within. A word that asks may be a part of a headline, so it
is never dropped for good: it makes an article that has it rank higher, and none has to have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feeds.text import fold


def _keys(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())


def key(word: str) -> str:
    """A word as the lists here have it."""
    return fold.fold(word).replace(" ", "")


_NEWS = (
    "خبر خبرها خبرهای خبرهایی خبرهاش خبرهایش خبری خبرا خبرای خبراش خبرایی خبرو خبرهارو خبرارو خبره خبرتازه اخبار "
    "اخبارو اخباری اخبارای اخبارش اخبارهای اخبارها خبرهارا تازه تازه‌ها تازه‌های تازه‌ترین تازه‌ترین‌ها "
    "تازه‌ترین‌های جدید جدیدترین جدیدترین‌ها جدیدترین‌های جدیدترینهای آخرین آخرین‌ها آخرای آخرشو مهم‌ترین مهمترین "
    "مهم‌ترینهای داغ داغ‌ترین برترین رویداد رویدادها رویدادهای رویدادای چخبر چخبره چه‌خبر چه‌خبره news khabar "
    "akhbar akhbare akhbaro khabare khabarha khabara khabaraye"
)
_ASKING = (
    "چه چی چیه چیا چیاست چیست چیزی چیزای چیزهایی چطور چطوره چطوری چگونه چگونه‌است چرا کی کجا کجاست کدام کدوم آیا "
    "هست هستن هستند هس نیست داری دارید دارین داریم دارن میخوام میخواهم می‌خواستم میخواستم میخوایم میخواستیم "
    "خواستم میشه میشود می‌شه میتونی میتونید میتونین می‌توانید می‌توانی بگو بگید بگین بگویید بگویم بده بدی بدید "
    "بدین بدهید بدهی بدیم بدهیم نشان نشون نشانم نشونم بیار بیاور بیارید بیاورید بفرست بفرستید بفرستین بخون بخوان "
    "ببینم ببینیم بدونم بدانم بدونیم بدانیم بخونم بخوانم پیدا کن کنید کنین کنی جستجو جستجوی جست‌وجو جست‌وجوی سرچ "
    "دنبال دنبالِ میگردم می‌گردم میگردیم برام برایم برامون برایمان واسم واسه واسمون من منو ما رو را درباره "
    "دربارهٔ درباره‌ی راجع مورد خصوص رابطه پیرامون بابت اوضاع وضعیت لیست فهرست مربوط مرتبط اطلاعات اطلاعاتی اطلاع "
    "خبردار باخبر بروز به‌روز لحظه‌ای فوری‌ترین چند دونه دانه تا کلی همه همه‌ی کل هر بیشتر زودتر زود سریع بهم بهش "
    "بهمون یه یدونه دهید دهند مهم روز روزا روزها روزهای استانی محلی هستم هستیم تیتر تیترها تیترهای سرخط خلاصه "
    "خلاصه‌ای فوری دیگه حالا الان اکنون هرچی هرچه بذار بذارید بذارین بگذار بگذارید بگی خب خوب راستی بگم خوبی "
    "خوبید خوبین خوبه گزارش گزارش‌ها گزارش‌های گزارشی میگه میگن می‌گویند اینجا اونجا آنجا اخیر اخیرا اتفاق اتفاقی "
    "اتفاقات افتاده افتاد میگذره می‌گذرد گذشت search show me give about from the of in please whats what is "
    "latest che chi chie chekhabar chekhabare bede begu darbare darbareye پیداش پیداشون همون همونی اسمش "
    "اومد اومده اومدن امد آمده آمدن میاد گفت گفته گفتن گفتند بگه میگن چندم چندمه کجاس کدومه راستش "
    "کیه کیاست کیست کی‌ست چه‌کسی کسی کسانی کسایی چقدر چقدره چه‌قدر چقد چقده چندتا چندتاست چند‌تاس چنده "
    "چرا‌که قراره بیاد بشه بشن نشه می‌دونی میدونی میدونید می‌دانی می‌دانید نمیدونم نمی‌دونم نمی‌دانم دارم نوشته "
    "نوشتن نوشته‌اند ماجرا ماجرای ماجراش قضیه قضیه‌ی اون اونی اونا کجان کجاها کجاهاست"
)
_COURTESY = (
    "سلام سلامم سلامی درود درودها علیک علیکم ممنون ممنونم ممنونیم مرسی متشکرم متشکر متشکریم تشکر سپاس سپاسگزارم "
    "سپاسگزار لطفا لطفاً لطفن خواهشا خواهشاً خواهشن بی‌زحمت بیزحمت عزیز عزیزم جان دوست رفیق داداش ادمین چاپار "
    "ربات بات آقا آقای خانم جناب hi hello thanks salam mersi merci lotfan"
)
_JOINING = (
    "در به از که این آن با برای تا بر هم نیز یا اما ولی اگر پس است بود شد شده شدن شدند باشد باید می نمی خود شما "
    "او وی آنها آنان اینها یک روی زیر پیش بین ضمن طی توی تو داخل سمت سوی دیگر همین همان چون زیرا بلکه مگر جز نه "
    "وقتی هنگام هنگامی حتی فقط چنین چنان ای و های ها ی کرد کردن کردند کرده کند کنند می‌شود می‌شوند می‌کند می‌کنند "
    "شود شوند گردد گردید دارد دارند داشت داشتند رفت بوده بودند خواهد خواهند جا همه‌جا همه‌جای فردا نفر می‌شم میشم بشم "
    "پس‌فردا e ye ha haye dar az va be ba dg"
)
NEWS = _keys(_NEWS)
"""Words for news."""
REQUESTS = _keys(_NEWS + " " + _ASKING + " " + _COURTESY)
"""Words that are a request by themselves: where nothing else is typed, the newest is meant."""
JOINING = _keys(_JOINING)
"""Words that join others; where nothing else is typed, they are what is searched for."""
UNNEEDED = REQUESTS | JOINING
_WHO = _keys("کیا")
"""Who, of many; and a name, of people and of cars."""
_OF_MANY = _keys(
    "شدن شدند شدید هستن هستند هستید بودن بودند کردن کردند اومدن آمدن آمدند رفتن رفتند گفتن گفتند مردن مردند"
)
"""Verbs of many."""

_TITLES = _keys("دکتر مهندس حاج حاجی سردار سرهنگ سرتیپ سرلشکر آیت‌الله حجت‌الاسلام حجت‌الاسلام‌والمسلمین استاد سید")
"""Titles of people: a report may call them otherwise, so none has to be there before a name."""
_TOPICS = {
    "ورزشی ورزش": "ورزش فوتبال والیبال کشتی لیگ قهرمانی بسکتبال مسابقات تیم‌ملی",
    "سیاسی سیاست": "سیاسی مجلس دولت انتخابات وزیر رئیس‌جمهور نماینده",
    "اقتصادی اقتصاد": "اقتصادی بازار قیمت دلار تولید صادرات بورس تورم",
    "حوادث حادثه حادثه‌ها": "حادثه تصادف آتش‌سوزی قتل سرقت واژگونی سقوط انفجار",
    "هواشناسی هوا هوای": "هواشناسی باران بارندگی بارش برف دما وزش",
    "فرهنگی هنری": "فرهنگی هنری کتاب فیلم تئاتر موسیقی جشنواره",
}
"""Kinds of news by the names that people have for them, each with words that such news has."""


@cache
def _kinds() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        key(name): tuple(tuple(fold.tokens(word)) for word in words.split())
        for names, words in _TOPICS.items()
        for name in names.split()
    }


def kinds(word: str) -> tuple[tuple[str, ...], ...]:
    """Tokens of what news is about that is called so: «فوتبال» of «ورزشی»; nothing of a word that names no kind."""
    return _kinds().get(key(word), ())


_YOURS = r"\S*\s*(?:شما\s*)?"
_POLITE = re.compile(
    rf"(?<!\w)(?:(?:وقت|صبح|ظهر|عصر|شب|روز){_YOURS}(?:بخیر|به خیر|خوش)|خسته\s*نباشی[دن]?|خدا\s*قوت|"
    rf"دست{_YOURS}درد\s*نکنه?د?|سلام\s*علیکم|خواهش\s*می\s?\u200c?کنم|لطف\s*کن(?:ید|ین)?|با\s*تشکر|زنده\s*باشید|"
    r"اگ(?:ه|ر)\s*(?:می‌?شه|میشه|ممکنه|امکان\s*دار[هد]|می‌?شود)|ممکنه|چی\s*کار|چیکار)(?!\w)"
)
"""Courtesy of several words, none of which is always one."""


def asks(word: str) -> bool:
    """Whether a word is one that asks or joins."""
    return key(word) in UNNEEDED


def asks_who(word: str, following: Iterable[str]) -> bool:
    """Whether a word asks who, by the verb of many behind it: «کیا نامزد شدن», but not «کیا موتورز»."""
    return key(word) in _WHO and not _OF_MANY.isdisjoint(map(key, following))


def is_title(word: str) -> bool:
    """Whether it is what a person is called before the name."""
    return key(word) in _TITLES


def is_breaking(text: str) -> bool:
    """Whether breaking news is asked for, and nothing else: «خبرهای فوری»."""
    keys = [key(word) for word in text.split()]
    return not BREAKING.isdisjoint(keys) and UNNEEDED.issuperset(keys)


def without_courtesy(text: str) -> str:
    """The text without set phrases of courtesy; as it was where nothing would be left."""
    rest = " ".join(_POLITE.sub(" ", text).split())
    return rest or text


_COMMANDS = {
    "help": _keys(
        "راهنما راهنمایی کمک کمکم help راهنمام دستورها دستورات راهنمای‌ربات چطورکارمیکنی چه‌کارمیکنی تو‌کی‌هستی "
        "کی‌هستی شما‌کی‌هستید چیکار‌میکنی چیکار‌بلدی چه‌کار‌بلدی چه‌کارهایی‌میکنی چجوری‌کار‌میکنی چطور‌کار‌میکنید"
    ),
    "start": _keys("شروع آغاز استارت start سلام درود سلام‌علیکم hi hello salam"),
    "latest": _keys(
        "همین‌الان همین‌حالا همین‌لحظه این‌روزا این‌روزها آخرین‌خبرها ایران اخبار‌ایران خبر‌ایران خبرهای‌ایران کشور "
        "اخبار‌کشور خبرهای‌کشور سراسر‌کشور"
    ),
    "provinces": _keys(
        "استان‌ها استانها فهرست‌استان‌ها لیست‌استان‌ها استانهای‌ایران همه‌استان‌ها لیست‌شهرها فهرست‌شهرها "
        "اخبار‌استان‌ها خبرهای‌استان‌ها"
    ),
    "thanks": _keys(
        "ممنون مرسی تشکر متشکرم متشکر سپاس سپاسگزارم ممنونم دمت‌گرم دستت‌درد‌نکنه خدانگهدار خداحافظ بای "
        "thanks mersi merci bye"
    ),
    "here": _keys(
        "نزدیک‌من نزدیکم نزدیک‌ما اطراف‌من اطرافم دور‌و‌بر‌من همین‌نزدیکی شهر‌خودم شهر‌من شهرم شهرمون شهر‌ما شهر‌خودمون "
        "استان‌خودم استان‌من استانم استان‌ما استانمون استان‌خودمون محل‌من محله‌من اینجا همینجا nearme"
    ),
    "more": _keys(
        "بیشتر بعدی ادامه بازهم باز‌هم بازم دیگه‌چی همین همین‌بود صفحه‌بعد صفحه‌بعدی قبلی صفحه‌قبل بقیه بقیش بقیه‌اش "
        "ادامه‌بده ادامش next more آره اره بله نه نخیر باشه باشد اوکی اوکیه ok okay yes no"
    ),
    "important": _keys("مهم‌ترین مهمترین مهم‌ترین‌های مهمترینهای مهم"),
}
"""Commands in words, each in the keys of all its words together; what each asks the bot for says its name."""
_ALONE = tuple(name for name in _COMMANDS if name != "important")
_ASKED = ("latest", "provinces", "here", "more")
"""Those that may be asked for: «خبرهای نزدیک من»."""
_NOW = _keys("امروز اکنون الان")


def command(text: str) -> str:
    """The command that the words are, and nothing else; "" where they are none."""
    keys = [key(word) for word in re.findall(r"[\w\u200c]+", _SUPERLATIVE.sub("\u200c", text))]
    wanted = [word for word in keys if word not in _FILLING]
    told = [word for word in wanted if word not in NEWS]
    own = [word for word in keys if word in _OWN or (word in wanted and word not in NEWS)]
    for words, names in ((keys, _ALONE), (wanted, _ALONE), (told, _ASKED), (own, _ASKED)):
        if name := next((name for name in names if "".join(words) in _COMMANDS[name]), ""):
            return name
    for name in ("help", "provinces", "start", "thanks"):
        if wanted and all(word in _COMMANDS[name] for word in wanted):
            return name
    if not NEWS.intersection(keys) or not all(word in UNNEEDED or word in _NOW for word in keys):
        return ""
    if _COMMANDS["important"].intersection(keys):
        return "important"
    return "latest" if not (_NOW & _TODAY).intersection(keys) and not BREAKING.intersection(keys) else ""


_SUPERLATIVE = re.compile(r"(?<=\w) (?=ترین(?!\w))")
BREAKING = _keys("فوری فوری‌ها فوری‌ترین")
_TODAY = _keys("امروز")
_OWN = _keys("من ما خودم خودمون")
_FILLING = _keys(_ASKING + " " + _COURTESY + " " + _JOINING) - frozenset().union(*_COMMANDS.values())
