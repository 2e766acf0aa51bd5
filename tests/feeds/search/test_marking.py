"""What is marked of a text, and which of its sentences is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.models import Article, Summary
from feeds.search import marking
from feeds.text import fold

TEXT = st.text(st.sampled_from("بارن سیل\u200cها <&>.،1"), max_size=60)


@settings(deadline=None)
@given(text=TEXT)
def test_nothing_is_added_to_a_text_and_nothing_taken_from_it(text: str) -> None:
    ways = (("باران",), ("سیل",), ("سیل", "باران"))
    assert "".join(piece.text for piece in marking.mark(text, ways)) == text
    assert all(fold.tokens(piece.text) for piece in marking.mark(text, ways) if piece.marked)


@pytest.mark.parametrize(
    ("text", "ways", "marked"),
    [
        ("باران و سیل در قم", (("سیل",), ("باران",)), ["باران", "سیل"]),
        ("باران سیل", (("سیل",), ("باران",)), ["باران سیل"]),  # neighbours are one
        ("هوای سرد و هوای گرم", (tuple(fold.tokens("هوای سرد")),), ["هوای سرد"]),
        ("گفت‌وگوهای تازه", (("گفت", "گو"),), ["گفت‌وگوهای"]),
        ("طوفان آمد", (("توفان",),), ["طوفان"]),
        ("چیزی نیست", (("باران",),), []),
        ("هر چه باشد", ((),), []),
    ],
)
def test_what_was_found_is_marked_in_any_spelling(text: str, ways: marking.Ways, marked: list[str]) -> None:
    assert [piece.text for piece in marking.mark(text, ways) if piece.marked] == marked


@pytest.mark.parametrize(
    ("ways", "shown"),
    [
        ((), "هوا سرد است."),
        ((("گرگان",),), "هوا سرد است."),  # nowhere: the summary's first
        ((("پل",),), "پل بسته شد."),
        ((("راه",), ("پل",)), "راه‌ها لغزنده و پل‌ها بسته است."),  # the one that says most
    ],
)
def test_the_sentence_that_says_most_is_shown(article: Callable[..., Article], ways: marking.Ways, shown: str) -> None:
    body = "هوا سرد است. باران می‌بارد.\n\nپل بسته شد. کسی نگفت.\nراه‌ها لغزنده و پل‌ها بسته است."
    one = article(title="خبر", summary=Summary("هوا سرد است. باران می‌بارد."), body=body)
    assert marking.snippet(one, ways) == shown


def test_what_the_title_says_counts_less(article: Callable[..., Article]) -> None:
    body = "باران در راه است. پل بسته شد."
    one = article(title="باران", summary=Summary("هوا سرد است."), body=body)
    assert marking.snippet(one, (("باران",), ("پل",))) == "پل بسته شد."


def test_a_long_sentence_is_shown_around_its_word(article: Callable[..., Article]) -> None:
    one = article(title="خبر", summary=Summary("کوتاه."), body=f"{'واژه ' * 100}سیل{' واژه' * 100}.")
    shown = marking.snippet(one, (("سیل",),))
    assert "سیل" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= marking.LONGEST
