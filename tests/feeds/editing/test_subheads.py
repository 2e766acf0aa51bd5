"""A starred line without an end is a subhead, with one the item of a list; the rest is as it was."""

from __future__ import annotations

import pytest

from feeds.editing.subheads import Paragraph, read


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [
        ("*نقش زنان در نشر", Paragraph("نقش زنان در نشر", subhead=True)),
        ("■ کتاب‌های سال", Paragraph("کتاب‌های سال", subhead=True)),
        ("* کتابخانهٔ شهر باز شد.", Paragraph("• کتابخانهٔ شهر باز شد.")),
        ("* کتابخانهٔ شهر\nباز شد", Paragraph("• کتابخانهٔ شهر\nباز شد")),
        ("کتابخانهٔ شهر باز شد.", Paragraph("کتابخانهٔ شهر باز شد.")),
        ("*", Paragraph("*")),
    ],
)
def test_marks_say_what_a_paragraph_is(paragraph: str, shown: Paragraph) -> None:
    assert read(paragraph) == shown
