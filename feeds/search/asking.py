"""Words with which people ask: they say that something is wanted, and not what.

They are compared in one key: folded, without ZWNJ or spaces within. A word that asks may be a part of a headline, so it
is never dropped for good: it makes an article that has it rank higher, and none has to have it.
"""

from __future__ import annotations

import re

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
    "latest che chi chie chekhabar chekhabare bede begu darbare darbareye"
)
_COURTESY = (
    "سلام سلامم سلامی درود درودها علیک علیکم ممنون ممنونم ممنونیم مرسی متشکرم متشکر متشکریم تشکر سپاس سپاسگزارم "
    "سپاسگزار لطفا لطفاً لطفن خواهشا خواهشاً خواهشن بی‌زحمت بیزحمت عزیز عزیزم جان دوست رفیق داداش ادمین چاپار "
    "ربات بات آقا خانم جناب hi hello thanks salam mersi merci lotfan"
)
_JOINING = (
    "در به از که این آن با برای تا بر هم نیز یا اما ولی اگر پس است بود شد شده شدن شدند باشد باید می نمی خود شما "
    "او وی آنها آنان اینها یک روی زیر پیش بین ضمن طی توی تو داخل سمت سوی دیگر همین همان چون زیرا بلکه مگر جز نه "
    "وقتی هنگام هنگامی حتی فقط چنین چنان ای و های ها ی کرد کردن کردند کرده کند کنند می‌شود می‌شوند می‌کند می‌کنند "
    "شود شوند گردد گردید دارد دارند داشت داشتند رفت بوده بودند خواهد خواهند e ye ha haye dar az va be ba dg"
)
NEWS = _keys(_NEWS)
"""Words for news."""
REQUESTS = _keys(_NEWS + " " + _ASKING + " " + _COURTESY)
"""Words that are a request by themselves: where nothing else is typed, the newest is meant."""
JOINING = _keys(_JOINING)
"""Words that join others; where nothing else is typed, they are what is searched for."""
UNNEEDED = REQUESTS | JOINING

_YOURS = r"\S*\s*(?:شما\s*)?"
_POLITE = re.compile(
    rf"(?<!\w)(?:(?:وقت|صبح|ظهر|عصر|شب|روز){_YOURS}(?:بخیر|به خیر|خوش)|خسته\s*نباشی[دن]?|خدا\s*قوت|"
    rf"دست{_YOURS}درد\s*نکنه?د?|سلام\s*علیکم|خواهش\s*می\s?\u200c?کنم|لطف\s*کن(?:ید|ین)?|با\s*تشکر|زنده\s*باشید|"
    r"اگ(?:ه|ر)\s*(?:می‌?شه|میشه|ممکنه|امکان\s*دار[هد]|می‌?شود)|ممکنه|چی\s*کار|چیکار)(?!\w)"
)
"""Courtesy of several words, none of which is always one."""


def without_courtesy(text: str) -> str:
    """The text without set phrases of courtesy; as it was where nothing would be left."""
    rest = " ".join(_POLITE.sub(" ", text).split())
    return rest or text


_COMMANDS = {
    "help": _keys("راهنما راهنمایی کمک کمکم help راهنمام دستورها دستورات راهنمای‌ربات چطورکارمیکنی چه‌کارمیکنی"),
    "start": _keys("شروع آغاز استارت start سلام درود سلام‌علیکم hi hello salam"),
    "latest": _keys("آخرین‌خبرها"),
    "provinces": _keys("استان‌ها استانها فهرست‌استان‌ها لیست‌استان‌ها استانهای‌ایران"),
    "thanks": _keys("ممنون مرسی تشکر متشکرم متشکر سپاس سپاسگزارم ممنونم دمت‌گرم thanks mersi merci"),
}


def command(text: str) -> str:
    """The command that the words are, and nothing else; "" where they are none."""
    words = [word for word in re.findall(r"[\w\u200c]+", text) if word]
    whole = key("".join(words))
    keys = [key(word) for word in words]
    for name, known in _COMMANDS.items():
        if whole in known:
            return name
    wanted = [word for word in keys if word not in _FILLING]
    for name in ("help", "provinces", "start", "thanks"):
        if wanted and all(word in _COMMANDS[name] for word in wanted):
            return name
    return "latest" if keys and all(word in UNNEEDED for word in keys) and NEWS.intersection(keys) else ""


_FILLING = _keys(_ASKING + " " + _COURTESY + " " + _JOINING) - frozenset().union(*_COMMANDS.values())
