from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text.normalize import normalize


@pytest.mark.parametrize(
    ("typed", "edited"),
    [
        ("کیلومتر 34+200 جاده", "کیلومتر ۳۴+۲۰۰ جاده"),
        ("پلاک 45ج678 ایران 99", "پلاک ۴۵ج۶۷۸ ایران ۹۹"),
        ("پلاک ۴۵ج678", "پلاک ۴۵ج۶۷۸"),
        ("0913 222 3344 را بگیرید", "۰۹۱۳ ۲۲۲ ۳۳۴۴ را بگیرید"),
        ("زمین 6×8 متر", "زمین ۶×۸ متر"),
        ("از 7 الی 9 مهر", "از ۷ الی ۹ مهر"),
        ("ساخت 64واحد و 12مین جشنواره", "ساخت ۶۴ واحد و ۱۲مین جشنواره"),
        ("سال1399 بود", "سال ۱۳۹۹ بود"),
        ("از36 تن و کووید19", "از ۳۶ تن و کووید۱۹"),
        ("7و 8 مهر 11تا 21", "۷ و ۸ مهر ۱۱ تا ۲۱"),
        ("مدت ۲۰سال و حضور۱۴۰ نماینده", "مدت ۲۰ سال و حضور ۱۴۰ نماینده"),
        ("حضور140 نماینده و رشد37درصدی", "حضور ۱۴۰ نماینده و رشد ۳۷ درصدی"),
        ("به میزان22هزار تن و کووید19 روز", "به میزان ۲۲ هزار تن و کووید۱۹ روز"),
        ("۱4 نفر و ۱۲.5 درصد", "۱۴ نفر و ۱۲.۵ درصد"),
        ("۲ تا 3.5 درصد", "۲ تا ۳.۵ درصد"),
        ("رشد ۱۲% شد", "رشد ۱۲٪ شد"),
        ("حدود 4تا6 نفر و ۸الی۹ روز", "حدود ۴ تا ۶ نفر و ۸ الی ۹ روز"),
        ("در 14آذر1402 آمد", "در ۱۴ آذر ۱۴۰۲ آمد"),
        ("بازی 4بر1 شد", "بازی ۴ بر ۱ شد"),
        ("دهه70 و قرن20", "دهه ۷۰ و قرن ۲۰"),
    ],
)
def test_all_of_a_number_is_set_in_persian_digits(typed: str, edited: str) -> None:
    assert normalize(typed) == edited


@pytest.mark.parametrize(
    "text",
    [
        "تلفن +98 34 2222 3333 و 034-2222 3333 پاسخ می‌دهد",
        "بین 4 تا 6.5% رشد",
        "بین 4 و 6.5 درصد",
        "ساعت 8 تا 12:30",
        "بازی 3-2 تمام شد و تیم 4-4-2 چید",
        "شبای IR82 0540 1026 8002 0817 9090 02 است",
        "جای 32°39'N و دمای 25°C",
        "نسخهٔ 4.2.1 و 192.168.1.10",
        "دمای -5 درجه و دمای \u200e-5 درجه",
        "زبان C++\u200e است و تلفن \u200e+98 21 5555 تازه است",
        "صفحهٔ 12-15 و مادهٔ 3/الف/125",
        "قطر 2.5×3 متر",
        "شناسهٔ 10101234567 ثبت شد",
    ],
)
def test_a_number_of_latin_signs_is_left_whole(text: str) -> None:
    assert normalize(text) == text


@given(st.text("12۳۴.,:/-–+×%٪ بتنا\u200e()", max_size=30))
def test_no_number_is_left_half_done(text: str) -> None:
    for number in re.findall(r"[0-9۰-۹]+", normalize(f"متن {text}")):
        assert number.isascii() or not re.search("[0-9]", number)


@pytest.mark.parametrize("text", ["گام 1️⃣ و 2️⃣ را ببینید", "کد *144# و *789*5# را بگیرید", "پلاک ۴۵ت۶۷۸ ایران"])
def test_keys_and_dialled_codes_stay_as_they_came(text: str) -> None:
    assert normalize(text) == text
