"""Lines that sites print among the paragraphs go, and what may be news stays."""

from __future__ import annotations

import pytest

from feeds.editing import story

NEWS = "سد پر شد و آب آن به لبه رسید."


@pytest.mark.parametrize(
    "line",
    [
        "۶۱۰۳/ ۳۰۲۷",
        "۷۵۱۶**۱۸۸۰",
        "به اشتراک بگذارید:",
        "اشتراک‌گذاری در شبکه‌های اجتماعی",
        "لینک کوتاه: https://nemune.ir/x7",
        "کپی شد",
        "برچسب‌ها: سد، باران، آب",
        "کلیدواژه‌ها: سد، باران",
        "#سد #باران #آب_شرب",
        "@nemune را در تلگرام دنبال کنید",
        "به کانال تلگرام ما بپیوندید",
        "ما را در شبکه‌های اجتماعی دنبال کنید",
        "برای خبرهای بیشتر به کانال خبرگزاری مهر در ایتا بپیوندید",
        "نظر شما چیست؟",
        "ارسال نظر",
        "ادامه مطلب…",
        "تاریخ انتشار: ۱۰ آذر ۱۴۰۴ - ۱۳:۴۵",
        "دریافت ۱۲ MB",
        "دریافت فیلم ۲.۵ مگابایت",
        "کد ویدئو",
        "کد خبر: ۸۴۰۰۷۱۲",
        "انتهای پیام/ م.ن",
        "لینک کوتاه خبر: nemune.ir/x7",
        "آخرین به‌روزرسانی: ۱۰ آذر ۱۴۰۴ - ۱۳:۴۵",
        "برای دیدن ویدئوها ما را در ایتا دنبال کنید",
        "گفت‌وگو از: سارا نمونه",
        "تمامی حقوق این سایت برای پایگاه نمونه محفوظ است.",
        "بازگشت به صفحه نخست گروه استان‌ها",
        "خبرگزاری تسنیم - کرمان",
        "باشگاه خبرنگاران جوان سیستان و بلوچستان زاهدان",
        "اخبار مرتبط:",
        "این خبر تکمیل می‌شود…",
        "VIEW IN TELEGRAM",
    ],
)
def test_what_a_site_prints_around_its_texts_is_dropped(line: str) -> None:
    assert story.read("", f"{NEWS}\n\n{line}").body == NEWS


@pytest.mark.parametrize(
    "line",
    [
        "تمامی حقوق مادی بازنشستگان شهرداری پرداخت شد.",
        "اخبار مرتبط با آلودگی آب را شهردار تکذیب کرد.",
        "پایان گزارش عملکرد شهرداری به شورا رسید.",
        "برای ثبت‌نام به کانال شهرداری قم در ایتا بپیوندید.",
        "فیلم: «پدر»، ساعت ۱۸، تالار شهر",
        "دریافت ۱۲ هزار تقاضا تا دیروز",
        "لینک ثبت‌نام: https://nemune.ir/x7",
        "https://nemune.ir/x7",
        "نظر شهروندان درباره طرح پرسیده می‌شود.",
        "خبرنگار: چرا آب شهر قطع شد؟",
        "برای ثبت‌نام در کلاس‌ها به کانال @nemune در ایتا بپیوندید.",
        "برای دریافت هشدارهای سیل کانال @nemune در بله را دنبال کنید.",
        "همچنین بدانید کمک‌رسانی از فردا آغاز می‌شود.",
        "کد خبر خوش برای کشاورزان: وام تازه",
        "آخرین به‌روزرسانی: شمار مصدومان به پنج تن رسید",
        "لینک خبر ثبت‌نام آزمون در سایت اداره قرار گرفت",
        "پایان پیام نوروزی استاندار قم چه بود؟",
        "دوشنبه ۱۲ آذر",
        "خبرگزاری مهر از کرمان گزارش گرفت",
        "اشتراک برق رایگان شد",
    ],
)
def test_what_may_be_news_is_left(line: str) -> None:
    assert story.read("", f"{NEWS}\n\n{line}").body == f"{NEWS}\n\n{line}"


def test_headlines_below_read_more_go_and_the_text_goes_on() -> None:
    more = "بیشتر بخوانید:\n\nمدرسه‌ها باز شد\n\nراه‌ها بسته ماند"
    assert story.read("", f"{NEWS}\n\n{more}").body == NEWS
    goes_on = "چرا باران بارید\n\nهواشناس استان گفت: ۲۰ میلی‌متر باران بارید."
    told = story.read("", f"{NEWS}\n\nبیشتر بخوانید:\n\nمدرسه‌ها باز شد\n\n{goes_on}").body
    assert told == f"{NEWS}\n\n{goes_on}"


def test_the_address_below_its_label_goes_with_it() -> None:
    assert story.read("", f"{NEWS}\n\nلینک کوتاه:\n\nhttps://nemune.ir/x7").body == NEWS


def test_when_a_page_came_out_is_no_text_above_it() -> None:
    assert story.read("", f"سه‌شنبه ۳۱ تیر ۱۳۹۳ - ۸:۴۳\n\n{NEWS}").body == NEWS
    assert story.read("", f"{NEWS}\n\nسه‌شنبه ۳۱ تیر ۱۳۹۳ - ۸:۴۳").body.endswith("۸:۴۳")


def test_a_dateline_with_its_agency_behind_the_lead_is_no_text() -> None:
    told = story.read("", f"{NEWS}\n\nایسنا/قم مدیر آب منطقه نمونه گفت: باران آمد.")
    assert (told.dateline, told.body) == ("قم", f"{NEWS}\n\nمدیر آب منطقه نمونه گفت: باران آمد.")


def test_an_agency_s_kind_is_known_in_two_words_too() -> None:
    assert story.read("", f"خبر گزاری فارس: {NEWS}").body == NEWS
