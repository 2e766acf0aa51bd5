from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["او آمد.", "او رفت."],
        ["چه شد؟", "هیچ!", "تمام شد…"],
        ["نرخ ۱۲.۵ درصد است.", "بس است."],
        ["حضرت معصومه (س) در قم است.", "پایان."],
        ["گفت: «بیا. برو.» و رفت.", "تمام."],
        ["گفت: «بیا.»", "او رفت."],
        ["نخست؛ دوم؛ سوم."],
        ["نشانی www.example.ir است.", "ببینید."],
        ["سال ۱۴۰۴ ه.ش است و ق.م نیست."],
        ["او رفت و ... برگشت."],
        ["بدون نقطه"],
        ["ا. نمونه و م. ب. نمونه آمدند.", "پایان."],
        ["دستگاه ام.آر.آی و سی.تی.اسکن خریده شد.", "بس است."],
        ["شرکت Acme Co. اعلام کرد و Foo Inc. پذیرفت.", "پایان."],
        ["به نوشتهٔ Dr. Smith در U.S. چنین است.", "پایان."],
        ["۱. آب را باز کنید.", "۲. آب را ببندید."],
        ["در سال ۱۲۸۵ ه‍. ش. مجلس گشوده شد.", "ص. ۱۲ را ببینید."],
        ["جی. دی. نمونه و جورج دابلیو. نمونه آمدند.", "پایان."],
        ["دستگاه ام. آر. آی رسید.", "پایان."],
        ["او بیماری ام اس دارد.", "درمان ام اس.", "پایان."],
        ["در ۱۲ دی.", "او رفت."],
        ["ماده ۲. شورا تشکیل می‌شود.", "تبصره ۱. هزینه با دولت است."],
        ["الف. نام او سارا بود.", "او الف.", "دوم."],
        ["صص. ۱۲ تا ۱۵ را ببینید.", "پایان."],
        ["نمایش «کی بود کی بود؟» به کارگردانی سارا نمونه روی صحنه رفت.", "پایان."],
        ["فیلم «بدو!» برنده شد.", "پایان."],
        ["«کجا می‌روی؟» نام کتابی است.", "پایان."],
        ["گفت: «کار «تمام. شد» و رفتیم. بس.» و رفت.", "پایان."],
        ["او پرسید: «چرا؟»", "کسی پاسخ نداد."],
    ],
)
def test_a_text_comes_apart_at_its_sentences(parts: list[str]) -> None:
    assert sentences.split(" ".join(parts)) == parts


def test_a_full_stop_without_its_space_still_ends_a_sentence() -> None:
    assert sentences.split("او آمد.وی رفت.") == ["او آمد.", "وی رفت."]
    assert sentences.split("کار تمام شد.وی رفت.") == ["کار تمام شد.", "وی رفت."]


def test_a_line_is_never_joined_to_the_next() -> None:
    assert sentences.split("عنوان\nمتن «باز\n\nدیگر» شد.") == ["عنوان", "متن «باز", "دیگر» شد."]


@given(st.text("اب .!؟…«»()\n۱.", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(sentences.split(text)).split() == text.split() or "".join(
        "".join(sentences.split(text)).split()
    ) == "".join(text.split())
