"""«درست است؟» is taken off what it asks about, and a search stays a search."""

from __future__ import annotations

import pytest

from bot.talk.commands.check import without_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("درست است؟ سیل در قم آمد", "سیل در قم آمد"),
        ("آیا این خبر درست است؟\nسیل در قم آمد", "سیل در قم آمد"),
        ("سیل در قم آمد راسته؟", "سیل در قم آمد "),
        ("سیل در قم آمد. آیا صحت دارد؟", "سیل در قم آمد. "),
        ("سیل در قم آمد، صحت داره؟", "سیل در قم آمد، "),
        ("شایعه است که قم سیل آمد", "قم سیل آمد"),
        ("آیا راست است که قم سیل آمد", "قم سیل آمد"),
        ("قم سیل", "قم سیل"),
        ("درست است", "درست است"),
        ("بازار درست استان", "بازار درست استان"),
    ],
)
def test_the_question_is_no_part_of_the_text(typed: str, asked: str) -> None:
    assert without_question(typed) == asked
