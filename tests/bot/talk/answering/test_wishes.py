"""What a sentence asks of the bot itself; and the searches that only look so."""

from __future__ import annotations

import pytest

from bot.talk.answering.wishes import Kind, wish

FOLLOW = {
    "هر روز اخبار گیلان را برایم بفرست": "گیلان",
    "میخوام خبرای گیلان رو دنبال کنم": "گیلان",
    "می‌خوام اخبار قم و تهران رو دنبال کنم": "قم و تهران",
    "دنبال کردن قم": "قم",
    "لطفا گیلان رو دنبال کن": "گیلان",
    "از زلزله خبرم کن": "زلزله",
    "خبرم کن اگه زلزله اومد": "زلزله",
    "اگه سیل اومد خبرم کن": "سیل",
    "هر روز صبح خبرهای قم را بفرست": "قم",
    "هر روز ساعت ۸ شب اخبار قم رو برام بفرست": "قم",
    "هر وقت زلزله شد بهم خبر بده": "زلزله",
    "اخبار رشت را روزانه برام ارسال کن": "رشت",
    "عضویت در خبر قم": "قم",
    "عضو خبرهای یزد شو": "یزد",
    "میخوام عضو بشم": "",
    "subscribe qom": "qom",
}
STOP = {
    "دیگه نفرست": "",
    "لطفا دیگه خبر نفرست!": "",
    "دیگه خبر قم نفرست": "قم",
    "لغو اشتراک": "",
    "دیگه خبر نمی‌خوام": "",
    "عضویتم رو لغو کن": "",
    "اشتراک منو لغو کنید": "",
    "اشتراک خبرها رو لغو کن": "",
    "unsubscribe": "",
}
OTHERS = {
    Kind.FOLLOWED: ("اشتراک من", "اشتراک‌های من", "چی رو دنبال می‌کنم؟"),
    Kind.SETTINGS: ("تنظیمات", "settings"),
    Kind.HELP: ("چطور از ربات استفاده کنم؟", "چطور ازت استفاده کنم", "چه کارهایی بلدی؟", "چیکار می‌کنی؟"),
    Kind.ABOUT: ("تو کی هستی؟", "سازندهٔ ربات کیه", "ربات هستی؟", "منبع خبرهات کجاست؟", "خبرها رو از کجا میاری؟"),
    Kind.WELLBEING: ("خوبی؟", "سلام خوبی؟", "سلام، حالت چطوره"),
}
SEARCHES = """\
لغو پرواز مشهد
عضویت در شانگهای
عضویت ایران در بریکس
خوراک دام
اشتراک گاز
نحوه استفاده از کارت سوخت
سازنده پل طبیعت کیست
خبر بده از قم
خبرهای قم رو برام بفرست
دنبال خبر تصادف هستم
دنبال خبر قم می‌گردم
هر روز یک تصادف در جاده هراز
هشدار سیل گلستان
مدیر بیمارستان قم کیست
مدیر
طراح
ایران عضو شود
عضو ناتو شود
اهداف انقلاب را دنبال کنیم
حذف یارانه
قطع برق تهران
تنظیم بازار
چطور یارانه بگیرم
پیام تسلیت استاندار قم
منبع آب روستا
از مشهد چه خبر""".splitlines()


@pytest.mark.parametrize(
    ("kind", "said", "about"),
    [
        *((Kind.FOLLOW, said, about) for said, about in FOLLOW.items()),
        *((Kind.STOP, said, about) for said, about in STOP.items()),
        *((kind, said, "") for kind, sentences in OTHERS.items() for said in sentences),
        (Kind.UNFOLLOW, "لغو عضویت گیلان", "گیلان"),
        (Kind.UNFOLLOW, "اشتراک زلزله رو لغو کن", "زلزله"),
        (Kind.FEED, "فید قم", "قم"),
        (Kind.FEED, "rss", ""),
    ],
)
def test_a_wish_is_understood(kind: Kind, said: str, about: str) -> None:
    found = wish(said)
    assert found is not None
    assert (found.kind, found.about) == (kind, about)


@pytest.mark.parametrize("said", SEARCHES)
def test_a_search_stays_a_search(said: str) -> None:
    assert wish(said) is None


def test_a_text_is_no_wish() -> None:
    assert wish("دیگه نفرست " * 30) is None
    assert wish("دیگه\nنفرست") is None
