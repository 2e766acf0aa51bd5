"""The words by which it is known what is counted, folded; and those that make a number unsure."""

from __future__ import annotations

import re

from feeds.text import fold

Form = tuple[str, ...]
"""Words that stand side by side."""


def _set(words: str) -> frozenset[str]:
    return frozenset(map(fold.fold, words.split()))


def _forms(said: dict[str, str]) -> dict[str, list[Form]]:
    """Each outcome with the words that say it, longest first."""
    return {
        outcome: sorted((tuple(map(fold.fold, form.split())) for form in forms.split("|")), key=len, reverse=True)
        for outcome, forms in said.items()
    }


OUTCOMES = _forms(
    {
        "dead": "کشته|کشته شده|جانباخته|جان باخته|جان باخت|جان باختند|جان سپردند|جان سپرد|جان خود را|جانشان را|فوت|"
        "فوتی|متوفی|قربانی|درگذشتند|کشته‌شده",
        "hurt": "مصدوم|مجروح|زخمی|آسیب دیدند|آسیب دید",
        "missing": "مفقود|ناپدید|مفقودی|گم شدند|مفقودشده",
        "held": "بازداشت|دستگیر",
        "saved": "نجات یافتند|نجات یافت|نجات پیدا کردند|نجات داده",
        "poisoned": "مسموم",
        "trapped": "محبوس|گرفتار",
    }
)
"""What may become of people, as it stands behind their number."""
_THOSE = {
    "dead": "کشته|جانباخت|قربانی|فوتی|فوتشد|متوفی", "hurt": "مصدوم|مجروح|زخمی", "missing": "مفقود",
    "held": "دستگیرشد|بازداشت", "poisoned": "مسموم",
}  # fmt: skip
BEGINS = {outcome: tuple(map(fold.fold, begins.split("|"))) for outcome, begins in _THOSE.items()}
"""How it begins behind «شمار»: «شمار کشته‌های حادثه»."""
NAMES = {
    "dead": "جان‌باخته", "hurt": "مصدوم", "missing": "مفقود", "held": "بازداشتی", "saved": "نجات‌یافته",
    "poisoned": "مسموم", "trapped": "گرفتار",
}  # fmt: skip
"""What they are called where it is said far from their number."""
OF = _forms(
    {
        "dead": "جان باختن|کشته شدن|مرگ|فوت|درگذشت|جانباختن|کشته‌شدن",
        "hurt": "مصدومیت|مصدوم شدن|زخمی شدن|مجروح شدن|جراحت|مجروحیت",
        "missing": "مفقود شدن|ناپدید شدن|مفقودی",
        "held": "دستگیری|بازداشت|دستگیر شدن",
        "saved": "نجات|نجات جان",
        "poisoned": "مسمومیت|مسموم شدن",
    }
)
"""The same before the number: «جان باختن ۳ نفر»."""
STATES = _set("کشته مصدوم مجروح زخمی مفقود ناپدید مسموم بازداشت دستگیر محبوس گرفتار قربانی")
"""Words for it that may stand behind a number as they are."""
TALLY = _set("شمار تعداد آمار تلفات")
ANYBODY = _set("نفر تن فرد شخص")
PEOPLE = _set(
    "مسافر سرنشین کارگر زایر دانشاموز دانشجو کودک زن مرد سرباز مامور امدادگر شهروند گردشگر کوهنورد صیاد "
    "ماهیگیر معدنچی اتشنشان عابر راننده بیمار معلم نوجوان متهم سارق قاچاقچی شرور دختر پسر جوان نظامی مرزبان "
    "ورزشکار تماشاگر کشاورز"
)
BESIDES = _set("دیگر دیگری")
REACH = 7
"""Words within which it is said what became of people: «۳ نفر در این حادثه کشته شدند»."""

CLASSIFIERS = _set("دستگاه باب واحد فقره راس اصله حلقه قطعه مورد عدد تخته جلد قبضه لیتر")
UNITS = _set("هکتار کیلوگرم تن کیلومتر متر میلیمتر درصد گرم مگاوات")
THINGS = _set(
    "روستا شهر شهرستان استان خانه منزل مدرسه خودرو کامیون اتوبوس واگن خانوار خانواده مغازه کشور تیم غرفه شرکت "
    "اثر کتاب پل چاه کارگاه واحد بیمارستان پایگاه پرونده طرح پروژه فیلم کلاس درخت نخل قایق لنج چادر"
)
MONEY = _set("تومان ریال دلار یورو")
SUMS = _set("اعتبار هزینه خسارت ارزش بودجه سرمایه سرمایهگذاری بدهی")
RICHTER, STRENGTH, DEPTH = "ریشتر", _set("بزرگی قدرت شدت بزرگای"), "عمق"
LABELS = _set(
    "کیلومتر شماره بند ماده تبصره فاز خط کانال سال ساعت روز منطقه کلاس پایه قسمت گروه شبکه پلاک دقیقه صفحه فصل "
    "محور طبقه هر"
)
"""A number behind one of these names, and counts nothing."""
ENDS = _set(
    "در به با از که را و تا بر برای شد شدند است بود کرد کردند داد دادند گفت یافت یافتند رسید اند می نیز هم این "
    "آن بی بدون دارد دارند داشت خواهد بوده شده گرفت گرفتند برجای خبر"
)
DEEDS = _set(
    "کشف برداشت تولید واژگون واژگونی تخریب تخلیه منتقل انتقال ویران خراب تعطیل افتتاح وارد واردات صادر صادرات "
    "عرضه فروش توقیف ضبط مسدود ساخت ساخته کاشت نابود سوخت سوختن خاکستر تلف قطع وصل پرداخت تحویل مرمت بازسازی "
    "کاهش افزایش رشد پیشرفت بازگشایی گشایش غرق امحا معدوم ترخیص اهدا توزیع احیا محاصره مشمول ثبت شرکت حضور"
)
"""What is done to things: a number of them counts what it was done to."""
VERBS = _set("شد شدند است بود کرد کردند داد دادند گفت یافت یافتند رسید باخت باختند برد دید دیدند")
ABOUT = ("حدود", "حدودا", "نزدیک به", "قریب به", "تقریبا", "قریب", "در حدود", "نزدیک")
LEAST = (
    "بیش از", "بیشتر از", "دست کم", "دستکم", "حداقل", "افزون بر", "بالغ بر", "بالای", "کم کم", "متجاوز از",
)  # fmt: skip
MOST = ("کمتر از", "حداکثر", "زیر", "تا")
OR = _set("تا یا الی - – ـ")
ELSEWHEN = re.compile(
    r"(?<!\w)(?:سال گذشته|پارسال|ماه گذشته|هفته گذشته|سال قبل|سال پیش|از ابتدای|از اغاز سال|تاکنون|تا کنون|"
    r"در مجموع|مجموعا|سالانه|هر سال|هرسال|روزانه|پیشتر|پیش تر|قبلا|اولیه|نخستین گزارش|ابتدا |احتمال|ممکن است|"
    r"شاید|شایعه|تکذیب|پیش ?بینی|مشابه|تاریخ|امار کل|طی .{1,20} (?:سال|ماه) |نه (?=\d)|ظرفیت|قرار است|"
    r"خواهد (?:شد|کرد|داد|گرفت)|خواهند)"
)
"""The number may be of another time, or of what did not happen."""
