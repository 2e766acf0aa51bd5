"""Whose statement a sentence goes on with is said where the text has said it."""

from __future__ import annotations

import pytest

from feeds.editing.choosing.statements import named

GOES_ON = "در ادامه این اطلاعیه آمده است: راه‌های استان باز است."


@pytest.mark.parametrize(
    "opens",
    [
        "در اطلاعیه شهرداری قم آمده است: فردا برف می‌بارد.",
        "شهرداری قم با صدور اطلاعیه‌ای اعلام کرد: فردا برف می‌بارد.",
    ],
)
def test_a_statement_is_its_issuer_s(opens: str) -> None:
    told = "در اطلاعیهٔ شهرداری قم آمده است: راه‌های استان باز است."
    assert named([opens, GOES_ON]) == [opens, told]


@pytest.mark.parametrize(
    "before",
    [
        [],
        ["در بیانیه شهرداری قم آمده است: فردا برف می‌بارد."],
        ["در اطلاعیه شهرداری قم آمده است: برف می‌بارد.", "در اطلاعیه استانداری قم آمده است: مدرسه‌ها باز است."],
        ["در این اطلاعیه آمده است: فردا برف می‌بارد."],
        ["استانداری در اطلاعیه‌ای هشدار داد.", "در اطلاعیه شهرداری قم آمده است: فردا برف می‌بارد."],
        ["در اطلاعیه شهرداری قم آمده است: فردا برف می‌بارد.", "استانداری اطلاعیه‌ای منتشر کرد."],
    ],
)
def test_a_statement_of_nobody_who_is_sure_stays_as_it_is(before: list[str]) -> None:
    assert named([*before, GOES_ON]) == [*before, GOES_ON]


def test_a_message_and_an_answer_are_their_writers_too() -> None:
    opens = "در پیام شهردار قم آمده است: فردا برف می‌بارد."
    told = "در پیام شهردار قم آمده است: راه‌ها باز است."
    assert named([opens, "در ادامه این پیام آمده است: راه‌ها باز است."]) == [opens, told]
