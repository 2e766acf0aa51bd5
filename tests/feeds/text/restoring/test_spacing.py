from __future__ import annotations

import pytest

from feeds.text.restoring.zwnj import restore

TYPED_WELL = "برنامه‌های تازه‌ای آغاز شده‌اند. "


@pytest.mark.parametrize(
    "text",
    [
        "خرید بخشی از زمین‌ها",
        "این محور بسته است",
        "خدمات درمانی و اقدامات درمانی",
        "به عنوان محور توسعه",
        "نوازندگان سازهای محلی",
        "رضا کاری و مهدی بخشی",
        "چنین بندی در قانون نیست",
        "پیش بینی هوا و ثبت نام دانش آموز",
        "آن قدر خوب و هیچ کس نیامد",
        "سه و نیم سال گذشت",
        "کردهای عراق و سازهای بادی و دربارهای شاهی",
        "بی قید و شرط پذیرفت",
        "یک شنبه زیبا",
    ],
)
def test_what_a_careful_writer_parts_stays_parted(text: str) -> None:
    assert restore(TYPED_WELL + text) == TYPED_WELL + text


@pytest.mark.parametrize(
    "text",
    [
        "بیمارستان ام آر آی ندارد",
        "انجمن ام اس ایران",
        "شبکه ای ان تی خبر داد",
        "حسینیه ام البنین شهر",
        "در ماه می رفت",
        "۱۲ می رفت و ۱۳ می برگشت",
        "تصویربرداری ام.آر.آی",
        "دو و نیم فصل گذشت",
        "تو حق داری بروی",
        "این محور و چنین بندی و هیچ بخشی",
        "گفته ای مردم",
        "راه پیش روی ما",
        "ترزا می رفت و دیگری آمد",
        "خلیج ها لونگ در ویتنام",
        "میوه تر و خشک",
        "بی هیچ سخنی رفت و بی آنکه بداند آمد",
    ],
)
def test_what_grammar_parts_stays_parted_anywhere(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize(
    ("spaced", "want"),
    [
        ("کتاب ها را می برند", "کتاب‌ها را می‌برند"),
        ("جاده ای که بسته شده اند", "جاده‌ای که بسته شده‌اند"),
        ("گفته ی وی و خانه ی ما", "گفته‌ی وی و خانه‌ی ما"),
        ("پنج شنبه و چهار شنبه و دو شنبه", "پنج‌شنبه و چهارشنبه و دوشنبه"),
        ("سخت تر و تازه تر شد", "سخت‌تر و تازه‌تر شد"),
        ("نهاد بین المللی", "نهاد بین‌المللی"),
        ("شرکت کنندگان رسیدند", "شرکت‌کنندگان رسیدند"),
        ("وضع نگران کننده است", "وضع نگران‌کننده است"),
        ("پایان بند\nمی رود و می آید", "پایان بند\nمی‌رود و می‌آید"),
    ],
)
def test_what_can_not_stand_alone_is_joined_in_any_text(spaced: str, want: str) -> None:
    assert restore(spaced) == want
    assert restore(TYPED_WELL + spaced) == TYPED_WELL + want


@pytest.mark.parametrize(
    ("spaced", "want"),
    [
        ("آتش نشانان رسیدند", "آتش‌نشانان رسیدند"),
        ("کارخانه ذوب آهن", "کارخانه ذوب‌آهن"),
        ("خانوارهای کم درآمد", "خانوارهای کم‌درآمد"),
        ("حسین زاده آمد", "حسین‌زاده آمد"),
    ],
)
def test_a_text_without_any_zwnj_has_its_compounds_joined(spaced: str, want: str) -> None:
    assert restore(spaced) == want


@pytest.mark.parametrize(
    "text",
    [
        "یا ایها الناس",
        "هم خانه دارد و هم باغ",
        "بی من نرو و بی او بمان",
        "بی کس و کار ماند",
        "تیم شکست خورده است",
        "سه سال پیش آغاز شد",
        "شما چه خبر داری",
    ],
)
def test_prayers_and_plain_speech_stay(text: str) -> None:
    assert restore(text) == text
