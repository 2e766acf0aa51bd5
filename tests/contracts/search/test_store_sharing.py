"""What shares a text's rare words is found wherever it stands in time, and a story with all that told it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from feeds.models import Draft
from feeds.store import Store
from feeds.text import fold

MakeDraft = Callable[..., Draft]
RARE = "محیط‌بانان سوادکوه خرسی را که در تلهٔ سیمی روستای لفور گرفتار بود با داروی بی‌هوشی رها کردند."


def shared(store: Store, text: str, limit: int = 5) -> list[int]:
    return list(store.articles.sharing(fold.tokens(text), limit=limit).contents)


def test_an_old_article_is_found_by_its_rare_words_among_many_of_common_ones(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    old = store.articles.save(draft("old", "رهاسازی خرس", RARE, published=noon - timedelta(days=900)), [], noon)
    for number in range(30):
        store.articles.save(draft(f"{number}", f"بارش {number}", "در روستای دیگری بارید و مردم بودند."), [], noon)
    assert shared(store, RARE)[0] == old.article.id
    assert shared(store, "خرسی در لفور رها شد")[0] == old.article.id
    assert shared(store, "فوتبال پرسپولیس استقلال") == []
    assert shared(store, "") == []


def test_the_tokens_that_it_is_compared_by_come_with_it(store: Store, draft: MakeDraft, noon: datetime) -> None:
    saved = store.articles.save(draft("old", "رهاسازی خرس", RARE), [], noon).article
    found = store.articles.sharing(fold.tokens(RARE), limit=5)
    title, text = found.contents[saved.id]
    assert title.split() == fold.tokens("رهاسازی خرس")
    assert set(fold.tokens(RARE)) <= set(text.split())
    assert found.total == 1


def test_no_token_is_too_strange(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("old", "رهاسازی خرس", RARE), [], noon)
    strange = ['"', "OR", "NEAR", "*", "\x00", "'; --", "x" * 500, "", "&|!", "\ud800"]
    assert store.articles.sharing(strange, limit=5).contents == {}


def test_a_family_is_all_that_told_a_story_withdrawn_ones_too(store: Store, draft: MakeDraft, noon: datetime) -> None:
    first = store.articles.save(draft("1", source="mehr"), [], noon).article
    second = store.articles.save(draft("2", "بارش", source="irna"), [], noon, story=(first.uid, "text")).article
    alone = store.articles.save(draft("3", "برف"), [], noon).article
    store.editorial.retract(first.uid, noon)
    families = store.stories.families([first.id, alone.id])
    assert {frozenset(one.id for one in family) for family in families.values()} == {
        frozenset({first.id, second.id}),
        frozenset({alone.id}),
    }
    assert list(store.articles.retracted(limit=10)) == [first.id]
    assert store.stories.families([]) == {}
