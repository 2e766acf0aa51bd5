from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.layout import drawing

WORDS = "سیستان و بلوچستان از امروز میزبان نمایشگاه Ayande Tech است و ۱۲ شرکت می‌آیند"


def _ink(*lines: str) -> bytes:
    return drawing.png(drawing.canvas(400, 80, *lines))


def test_letters_are_joined_and_a_zwnj_parts_them() -> None:
    joined, parted = (drawing.width(words, 100) for words in ("کتابها", "کتاب\u200cها"))
    alone = sum(drawing.width(letter, 100) for letter in "کتابها")
    assert joined < parted < alone


def test_a_picture_needs_no_font_of_the_machine() -> None:
    assert _ink(drawing.line("خبر", 390, 50, 40)) != _ink()


def test_a_line_runs_from_the_right_whatever_stands_in_it() -> None:
    # In a line that is taken for a left-to-right one the full stop would be at the right edge, before the words.
    assert _ink(drawing.line("گفت Ali.", 390, 50, 40)) == _ink(drawing.line("\u200fگفت Ali.\u200f", 390, 50, 40))


def test_what_the_font_has_no_letter_for_is_left_out() -> None:
    assert drawing.drawable("باران 🌧 در 東京 قم") == "باران در قم"


def test_markup_in_words_is_drawn_and_not_read() -> None:
    assert drawing.png(drawing.canvas(400, 80, drawing.line("<b>&amp;</b>", 390, 50, 40))).startswith(b"\x89PNG")


@settings(max_examples=50)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40), st.integers(200, 900), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_but_what_the_sign_of_more_says(
    words: list[str], room: int, most: int
) -> None:
    lines = drawing.wrap(" ".join(words), 30, room, most=most, bold=True)
    assert len(lines) <= most
    assert all(drawing.width(line, 30, bold=True) <= room for line in lines if " " in line)
    whole = " ".join(lines)
    assert whole == " ".join(words) or (whole.endswith("…") and " ".join(words).startswith(whole[:-1]))


def test_a_drawing_that_is_none_says_so() -> None:
    with pytest.raises(ValueError, match=r"."):
        drawing.png("<no drawing")
