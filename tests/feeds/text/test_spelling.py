from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.text.spelling import respell

TABLE = {"ي": "ی", "ك": "ک", "\u200b": "", "\t": " ", "١": "۱"}


@given(st.text("يكیک١۱ \t\u200bab", max_size=60))
@settings(deadline=None)
def test_respelling_is_translation(text: str) -> None:
    assert respell(text, TABLE) == text.translate(str.maketrans(TABLE))
