"""What a search answers with is the article that was stored, whatever it holds, in both stores alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from feeds.models import Draft, Image, Order, SearchQuery, Summary
from feeds.store import Store
from feeds.store.search.index.keys import LONGEST_TOKEN, MOST_BYTES, keys_of

MakeDraft = Callable[..., Draft]
PICTURE = Image("https://example.org/1.jpg", alt="«سیل»", width=640, height=480)


@pytest.mark.parametrize("picture", [PICTURE, None])
def test_an_article_is_answered_as_it_is_stored(
    store: Store, draft: MakeDraft, noon: datetime, picture: Image | None
) -> None:
    one = draft("1", "سیل در قم", "آب آمد", provinces=("qom", "yazd"), urgent=True)
    document = replace(one.document, image=picture, section="حوادث", url="https://example.org/1", day_only=True)
    one = replace(one, document=document, summary=Summary("آب آمد", ("یک", "دو")), agency="خبرگزاری مهر")
    saved = store.articles.save(one, [], noon).article
    for query in (SearchQuery("", terms=("سیل",)), SearchQuery("", provinces=("yazd",), order=Order.NEWEST)):
        assert store.articles.search(query, limit=5).articles == (saved,)


def long_words(number: int) -> list[str]:
    """Words that fill the room of an article's keys soon, all different."""
    letters = str.maketrans("0123456789", "بتجدرسکلمن")
    return [f"{one:04}".translate(letters) + "ش" * LONGEST_TOKEN for one in range(number)]


def test_a_title_as_long_as_a_book_is_stored_and_found(store: Store, draft: MakeDraft, noon: datetime) -> None:
    words = long_words(6000)  # a vector that held all of them twice would be refused
    store.articles.save(draft("1", " ".join(words), "سیل آمد"), [], noon)
    for word in (words[0], words[2000]):
        assert store.articles.search(SearchQuery("", terms=(word,)), limit=5).total == 1


def test_words_of_a_title_leave_room_to_be_kept_twice() -> None:
    keys = keys_of(" ".join(long_words(6000)), "", "سیل")
    assert 2000 < len(keys.title) <= MOST_BYTES / 2 / (2 * LONGEST_TOKEN)
