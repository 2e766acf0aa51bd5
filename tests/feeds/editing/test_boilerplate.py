"""Only the formula is cut, never the news; and whom an agency quotes is not lost."""

from __future__ import annotations

import pytest

from feeds.editing import boilerplate, story


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("به گزارش خبرنگار مهر، راه باز شد.", "راه باز شد."),
        ("به گزارش خبرگزاری فارس از شهرکرد، سارا نمونه گفت: آری.", "سارا نمونه گفت: آری."),
        ("به گزارش خبرگزاری فارس؛ سومین دورهٔ جشنواره آغاز شد.", "سومین دورهٔ جشنواره آغاز شد."),
        ("به‌گزارش خبرگزاری ایسنا از بندر امام، سارا نمونه گفت: آری.", "سارا نمونه گفت: آری."),
        (
            "به گزارش خبرنگار پارلمانی خبرگزاری فارس سارا نمونه نماینده ساوه گفت: آری.",
            "سارا نمونه نماینده ساوه گفت: آری.",
        ),
        ("به گزارش مهر سارا نمونه در سخنانی گفت: آری.", "سارا نمونه در سخنانی گفت: آری."),
        ("به گزارش خبرگزاری فارس از قم رضا نمونه، نماینده مردم، گفت: آری.", "رضا نمونه، نماینده مردم، گفت: آری."),
        ("به گزارش خبرگزاری فارس از علی آباد کتول رضا نمونه گفت: آری.", "رضا نمونه گفت: آری."),
        ("به گزارش خبرگزاری مهر از اردبیل در این جشنواره گروه‌ها آمدند.", "در این جشنواره گروه‌ها آمدند."),
        ("به گزارش خبرنگار ایرنا اعزامی به مازندران مسابقه‌ها آغاز شد.", "مسابقه‌ها آغاز شد."),
        ("به گزارش خبرگزاری صدا و سیما، مرکز فارس، باران بارید.", "باران بارید."),
        ("بنابراین گزارش، هزینه‌ها کم شد.", "هزینه‌ها کم شد."),
        ("بر اساس این گزارش هزینه‌ها کم شد.", "هزینه‌ها کم شد."),
        ("این گزارش می‌افزاید: هزینه‌ها کم شد.", "هزینه‌ها کم شد."),
        ("این گزارش حاکی است که هزینه‌ها کم شد.", "هزینه‌ها کم شد."),
    ],
)
def test_an_agency_s_credit_is_cut_and_all_its_news_stays(sentence: str, left: str) -> None:
    assert boilerplate.without(sentence).text == left


@pytest.mark.parametrize(
    "talk", ["گفت‌وگو", "گفت‌و‌گو", "گفت و گو", "گفتگو", "گفتوگو", "گفت وگو", "مصاحبه", "گفت‌وگوی اختصاصی"]
)
@pytest.mark.parametrize(
    ("partner", "goes_on"),
    [
        ("خبرنگار مهر در قم", "افزود: آری."),
        ("خبرنگار مهر در شفت", "علت توقف کار را کمبود بودجه خواند."),
        ("خبرنگار ورزشی خبرگزاری فارس", "در پاسخ به پرسشی گفت: آری."),
        ("ایسنا", "درباره باران گفت: آری."),
        ("خبرنگار خبرگزاری ایرنا،", "با اشاره به باران گفت: آری."),
        ("خبرنگار تسنیم", "از گشایش سه مدرسه خبر داد."),
    ],
)
def test_an_interview_is_shortened_to_who_speaks(talk: str, partner: str, goes_on: str) -> None:
    sentence = f"سارا نمونه امروز در {talk} با {partner} {goes_on}"
    assert boilerplate.without(sentence).text == f"سارا نمونه امروز {goes_on}"


def test_an_office_between_commas_keeps_them() -> None:
    cut = boilerplate.without("سارا نمونه، مدیر موزه، در گفت‌وگو با ایسنا، اظهار کرد: آری.")
    assert cut.text == "سارا نمونه، مدیر موزه، اظهار کرد: آری."
    cut = boilerplate.without("سارا نمونه که در گفت‌وگو با خبرنگار مهر سخن می‌گفت، افزود: آری.")
    assert cut.text == "سارا نمونه افزود: آری."


@pytest.mark.parametrize(
    "sentence",
    [
        "به گزارش خبرگزاری فارس از ناکجای دور رضا نمونه گفت: آری.",
        "به گزارش وبگاه «نمونه» که در شهر چاپ می‌شود، باران آمد.",
        "رضا نمونه در گفت‌وگو با خبرگزاری فرانسه گفت: آری.",
        "رضا نمونه در نشستی در خبرگزاری فارس گفت: آری.",
        "خبرگزاری مهر جشنوارهٔ عکس خود را آغاز کرد.",
        "خبرگزاری مهر، ایرنا و ایسنا جشنوارهٔ عکس را آغاز کردند.",
        "عکس یادگاری گرفتند.",
        "فیلم سینمایی تازه‌ای نمایش داده شد.",
        "منبع تازهٔ آب: چاهی که سیصد متر عمق دارد و دیروز به بهره‌برداری رسید.",
        "دولت گزارش خود را به مجلس داد.",
    ],
)
def test_what_is_news_or_in_doubt_stays_whole(sentence: str) -> None:
    assert boilerplate.without(sentence).text == sentence
    assert story.read("", sentence).body == sentence


@pytest.mark.parametrize(
    ("sentence", "left", "origin"),
    [
        ("به گزارش فارس به نقل از رویترز، نفت گران شد.", "نفت گران شد.", "رویترز"),
        ("به گزارش خبرگزاری فارس و به نقل از AFC، بازی برابر شد.", "بازی برابر شد.", "AFC"),
        ("به گزارش مهر از یزد به نقل از روابط عمومی آب یزد، آب قطع شد.", "آب قطع شد.", "روابط عمومی آب یزد"),
        ("به گزارش ایسنا، به نقل از «شهر ما»، آب قطع شد.", "آب قطع شد.", "شهر ما"),
        ("به گزارش روابط عمومی شهرداری قم، راه باز شد.", "راه باز شد.", "روابط عمومی شهرداری قم"),
        ("به گزارش خبرگزاری فرانسه از مسکو، برف آمد.", "برف آمد.", "خبرگزاری فرانسه"),
        (
            "به گزارش ایرنا به نقل از روابط عمومی این سازمان، آب قطع شد.",
            "به نقل از روابط عمومی این سازمان، آب قطع شد.",
            "",
        ),
        ("به گزارش ایسنا به نقل از روابط عمومی، آب قطع شد.", "به نقل از روابط عمومی، آب قطع شد.", ""),
        (
            "به گزارش مهر به نقل از دادسرا آمده است: «پرونده بسته شد.»",
            "به نقل از دادسرا آمده است: «پرونده بسته شد.»",
            "",
        ),
    ],
)
def test_whom_the_agency_quotes_is_the_origin_or_stays_in_the_text(sentence: str, left: str, origin: str) -> None:
    cut = boilerplate.without(sentence)
    assert (cut.text, cut.origin) == (left, origin)


def test_another_medium_further_down_stays_in_the_text() -> None:
    told = story.read("", "به گزارش ایسنا به نقل از روزنامه شهر، آب قطع شد.\n\nبه گزارش روزنامه ده، برق هم رفت.")
    assert told.origin == "روزنامه شهر"
    assert told.body.endswith("به گزارش روزنامه ده، برق هم رفت.")


@pytest.mark.parametrize(
    "line",
    [
        "انتهای پیام/",
        "پایان پیام/۱۰۲",
        "کد خبر: 1234",
        "عکس: سارا نمونه",
        "/ک",
        "3020/ز",
        "بیشتر بخوانید: سد",
        "ادامه دارد…",
    ],
)
def test_lines_that_are_none_of_the_text_s_own_are_dropped(line: str) -> None:
    assert story.read("", f"سد پر شد.\n\n{line}").body == "سد پر شد."
    assert story.read("", f"سد پر شد. {line}").body == "سد پر شد."


def test_a_source_line_is_the_origin() -> None:
    told = story.read("", "سد پر شد.\n\nمنبع: ماهنامهٔ آب")
    assert (told.body, told.origin) == ("سد پر شد.", "ماهنامهٔ آب")


def test_an_article_of_formulas_alone_is_not_emptied() -> None:
    assert story.read("", "گزارش تصویری").body == "گزارش تصویری"


def test_the_dateline_s_place_is_known_whatever_the_gazetteer_holds() -> None:
    report = "به گزارش خبرنگار مهر از ناکجای دور سارا نمونه گفت: آری."
    assert story.read("", f"ناکجای دور – سد پر شد.\n\n{report}").body.endswith("\n\nسارا نمونه گفت: آری.")


@pytest.mark.parametrize(
    "credit", ["خبرگزاری فارس: ", "خبرگزاری فارس - ", "خبرگزاری فارس ـ گروه جامعه: ", "خبرگزاری فارس؛ "]
)
def test_the_agency_before_the_report_proper_is_cut_and_what_stands_before_it_is_the_lead(credit: str) -> None:
    told = story.read("", f"سد پر شد.\n\n{credit}آب سد نمونه به لبه رسید.")
    assert (told.lead, told.body) == ("سد پر شد.", "سد پر شد.\n\nآب سد نمونه به لبه رسید.")


def test_a_first_paragraph_before_somebody_talks_to_the_reporter_is_the_lead() -> None:
    told = story.read("", "سد پر شد.\n\nسارا نمونه به خبرنگار مهر گفت: آب به لبه رسید.")
    assert told.lead == "سد پر شد."
