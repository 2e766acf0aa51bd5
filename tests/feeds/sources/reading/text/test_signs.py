"""Signs that reach us broken are the signs that were meant, and whole text is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.sources.reading.text.decoding import decode
from feeds.sources.reading.text.markup import plain, without_codes
from feeds.sources.reading.text.signs import legal, unescaped, unscrambled

TEXT = "«آغاز» بهره‌برداری از پل تازهٔ قم؛ استاندار چه گفت؟"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("خبر &#55357;&#56832; خوب", "خبر 😀 خوب"),
        ("خبر &#xD83D;&#xDE00; خوب", "خبر 😀 خوب"),
        ("خبر &amp;#55357;&amp;#56832; خوب", "خبر 😀 خوب"),
        ("خبر &#55357; بد", "خبر  بد"),
        ("قم &#150; &#147;پل&#148; &#133;", "قم – “پل” …"),
        ("قم \x96 \x93پل\x94", "قم – “پل”"),
        ("پل\x0bقم\x0cباز", "پل قم باز"),
        ("می\x1fرود و می&#x1F;آید", "می‌رود و می‌آید"),
        ("پل\0\x01\x08 &#8;&#x1E;قم", "پل قم"),
        ("a &#1602;&#10;&#60;&#38; b", "a &#1602;&#10;&#60;&#38; b"),
    ],
)
def test_control_signs_and_halves_of_signs_are_what_they_stood_for(written: str, meant: str) -> None:
    assert legal(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"بند یک.\n\nبند \"دوم\"\r\n", 'بند یک.\n\nبند "دوم"\n'),
        (r"\u0642\u0645 \ud83d\ude00", "قم 😀"),
        (r"C:\new\temp", r"C:\new\temp"),
        (r"قم\u0000\u0007 باز", "قم باز"),
    ],
)
def test_the_backslashes_of_programs_are_no_text(written: str, meant: str) -> None:
    assert unescaped(written) == meant


@pytest.mark.parametrize(
    ("encoding", "taken_for"),
    [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("utf-8", "cp1256"), ("cp1256", "cp1252"), ("cp1256", "latin-1")],
)
def test_letters_that_were_read_in_another_encoding_are_read_again(encoding: str, taken_for: str) -> None:
    text = TEXT.replace("ی", "ي").replace("ٔ", "")
    scrambled = "".join(bytes([one]).decode(taken_for, "ignore") or chr(one) for one in text.encode(encoding))
    assert unscrambled(f"<title>{scrambled}</title><p>{TEXT}</p>") == f"<title>{text}</title><p>{TEXT}</p>"


def test_a_feed_in_two_encodings_is_read_in_both() -> None:
    body = f"<title>{TEXT}</title>".encode() + "<title>خبر دوم از شهر ساري</title>".encode("cp1256")
    assert decode(body) == f"<title>{TEXT}</title><title>خبر دوم از شهر ساري</title>"


@given(st.text(st.sampled_from([*"ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئءأ؛؟،«»… .\u200c۱۲"]), max_size=60))
@settings(deadline=None)
def test_persian_is_left_as_it_is(text: str) -> None:
    assert unscrambled(f"{text} طعم عکس غگ ظژ {text}") == f"{text} طعم عکس غگ ظژ {text}"


@pytest.mark.parametrize("piece", ["Ø§", "ط§", "Ç", "ÀÇÀ ", "ط§x", "Ù…", "&#", "&amp;#55357;", "\\u0642", "\\"])
def test_millions_of_broken_signs_take_no_time(piece: str) -> None:
    begin = time.process_time()
    unescaped(legal(unscrambled(piece * 200_000 + "x")))
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("piece", ["<script>", "<style ", "<script></style>", "[a]", "[/a", "[caption "])
def test_thousands_of_tags_and_codes_without_an_end_take_no_time(piece: str) -> None:
    begin = time.process_time()
    plain(without_codes(piece * 20_000))
    assert time.process_time() - begin < 3
