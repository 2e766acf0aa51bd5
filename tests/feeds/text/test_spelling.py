from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.text.spelling import SHORT, Respelling

TABLE = {"ي": "ی", "ك": "ک", "\u200b": "", "\t": " ", "١": "۱"}


@given(st.text("يكیک١۱ \t\u200bab", max_size=60))
@settings(deadline=None)
def test_respelling_is_translation(text: str) -> None:
    respell = Respelling(TABLE)
    for whole in (text, text * (SHORT // max(1, len(text)) + 1)):
        assert respell(whole) == whole.translate(str.maketrans(TABLE))
