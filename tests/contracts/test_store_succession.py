"""A retraction takes back what one agency told; what others tell of the same stands, until the first is restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fed import fed, heads
from sqlalchemy import select

from feeds.models import Article, DeliveryKind, DeliveryState, Draft, Route, SearchQuery
from feeds.store import Store
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import deliveries

MakeDraft = Callable[..., Draft]
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ROUTES = [Route("@a")]


@pytest.fixture
def story(store: Store, draft: MakeDraft) -> list[Article]:
    """Told by Mehr and posted, then by Mehr again, ISNA, and IRNA, which published before ISNA."""
    told: list[Article] = []
    for number, (agency, minutes) in enumerate([("مهر", 0), ("مهر", 1), ("ایسنا", 3), ("ایرنا", 2)]):
        moment = NOW - timedelta(minutes=30 - minutes)
        one = replace(draft(str(number), title=f"باران {number}", source=f"s{number}", published=moment), agency=agency)
        joins = (told[0].uid, "text") if told else None
        told.append(store.articles.save(one, ROUTES, NOW, story=joins).article)
        with writing(store._engine) as connection:
            connection.execute(deliveries.update().values(state=DeliveryState.SENT, message_id=1, settled=NOW))
    return told


def shown(store: Store) -> list[int]:
    listed = [article.id for article in store.articles.latest(limit=10)]
    found = store.articles.search(SearchQuery("باران", terms=("باران",)), limit=10).articles
    assert sorted(article.id for article in found) == sorted(listed)
    assert [article.id for article in store.articles.latest(province="qom", limit=10)] == listed
    return listed


def posted(store: Store, article: Article) -> list[str]:
    query = select(deliveries.c.channel).where(
        deliveries.c.article_id == article.id, deliveries.c.kind == DeliveryKind.POST
    )
    with reading(store._engine) as connection:
        return list(connection.scalars(query))


def test_the_earliest_of_another_agency_leads_and_names_the_others(store: Store, story: list[Article]) -> None:
    first, again, isna, irna = story
    before = heads(store, None, limit=9)
    store.editorial.retract(first.uid, NOW)
    assert shown(store) == [irna.id]
    assert heads(store, None, limit=9) != before
    assert {story_source.article_id for story_source in store.stories.story_sources([irna.id])[irna.id]} == {
        again.id,
        isna.id,
    }
    assert [one.article_id for one in store.stories.others(isna.id)] == [irna.id, again.id]


@pytest.mark.parametrize("province", [None, "qom"])
def test_feeds_say_that_the_first_was_retracted_beside_the_next(
    province: str | None, store: Store, story: list[Article]
) -> None:
    store.editorial.retract(story[0].uid, NOW)
    told = fed(store, province, limit=10)
    assert {article.id: article.retracted is not None for article in told} == {story[0].id: True, story[3].id: False}


def test_channels_see_the_mark_alone_until_it_is_told_again(
    store: Store, story: list[Article], draft: MakeDraft
) -> None:
    store.editorial.retract(story[0].uid, NOW)
    assert [posted(store, article) for article in story] == [["@a"], [], [], []]
    later = replace(draft("later", source="s5"), agency="ایرنا")
    fifth = store.articles.save(later, ROUTES, NOW, story=(story[3].uid, "text")).article
    assert posted(store, fifth) == ["@a"]
    assert shown(store) == [story[3].id]


def test_the_desk_may_post_what_leads_now(store: Store, story: list[Article]) -> None:
    store.editorial.retract(story[0].uid, NOW)
    store.editorial.split(story[3].uid, NOW, channels=ROUTES)
    assert posted(store, story[3]) == ["@a"]
    store.editorial.restore(story[0].uid, NOW)
    assert set(shown(store)) == {story[0].id, story[3].id}


def test_a_restoration_puts_things_back(store: Store, story: list[Article]) -> None:
    before = store.stories.story_sources([story[0].id])
    store.editorial.retract(story[0].uid, NOW)
    store.editorial.restore(story[0].uid, NOW)
    assert shown(store) == [story[0].id]
    after = store.stories.story_sources([story[0].id])
    assert after == before
    assert [posted(store, article) for article in story] == [["@a"], [], [], []]


@pytest.mark.parametrize("order", [(0, 3), (3, 0)])
def test_whoever_is_restored_first_the_first_leads_in_the_end(
    order: tuple[int, int], store: Store, story: list[Article]
) -> None:
    store.editorial.retract(story[0].uid, NOW)
    store.editorial.retract(story[3].uid, NOW + timedelta(minutes=1))
    assert shown(store) == [story[2].id]
    store.editorial.restore(story[order[0]].uid, NOW + timedelta(minutes=2))
    assert shown(store) == [story[order[0]].id]
    store.editorial.restore(story[order[1]].uid, NOW + timedelta(minutes=3))
    assert shown(store) == [story[0].id]
    assert {one.article_id for one in store.stories.story_sources([story[0].id])[story[0].id]} == {
        a.id for a in story[1:]
    }


def test_what_only_its_own_agency_told_goes_and_comes_with_it(store: Store, story: list[Article]) -> None:
    for member in story[2:]:
        store.editorial.retract(member.uid, NOW)
    store.editorial.retract(story[0].uid, NOW)
    assert shown(store) == []
    store.editorial.restore(story[0].uid, NOW)
    assert shown(store) == [story[0].id]


def test_a_member_that_was_withdrawn_and_restored_does_not_lead(store: Store, story: list[Article]) -> None:
    store.editorial.retract(story[2].uid, NOW)
    store.editorial.restore(story[2].uid, NOW)
    assert shown(store) == [story[0].id]


def test_the_keys_made_anew_find_who_leads(store: Store, story: list[Article]) -> None:
    store.editorial.retract(story[0].uid, NOW)
    list(store.articles.reindex())
    assert shown(store) == [story[3].id]
