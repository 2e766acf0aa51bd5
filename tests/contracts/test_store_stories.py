"""A story that several sources tell is shown once, posted once, and says who tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fed import heads
from sqlalchemy import select

from feeds.models import Article, DeliveryKind, DeliveryState, Draft, Outcome, Route, SearchQuery
from feeds.store import Store
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import deliveries

MakeDraft = Callable[..., Draft]
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ROUTES = [Route("@a"), Route("@b")]


@pytest.fixture
def lead(store: Store, draft: MakeDraft) -> Article:
    """An article that was posted."""
    article = store.articles.save(draft("one", source="mehr"), ROUTES, NOW).article
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().values(state=DeliveryState.SENT, message_id=1, settled=NOW))
    return article


@pytest.fixture
def told(store: Store, draft: MakeDraft, lead: Article) -> Article:
    """The same, told by another source."""
    again = draft("two", title="بارش باران در قم", source="irna")
    return store.articles.save(again, ROUTES, NOW, story=(lead.uid, "text")).article


def queued(store: Store, article: Article) -> list[tuple[str, str, str]]:
    columns = (deliveries.c.kind, deliveries.c.channel, deliveries.c.state)
    query = select(*columns).where(deliveries.c.article_id == article.id).order_by(deliveries.c.id)
    with reading(store._engine) as connection:
        return [(row.kind, row.channel, row.state) for row in connection.execute(query)]


def shown(store: Store) -> list[int]:
    return [article.id for article in store.articles.latest(limit=10)]


def test_an_article_that_tells_again_is_not_posted_and_the_post_is_edited(
    store: Store, lead: Article, told: Article
) -> None:
    assert queued(store, told) == []
    posts = [(DeliveryKind.POST, route.channel, DeliveryState.SENT) for route in ROUTES]
    edits = [(DeliveryKind.EDIT, route.channel, DeliveryState.PENDING) for route in ROUTES]
    assert queued(store, lead) == posts + edits


def test_a_channel_that_has_no_post_of_the_story_gets_one_and_only_one(
    store: Store, lead: Article, draft: MakeDraft
) -> None:
    routes = [*ROUTES, Route("@irna-only")]
    for key in ("two", "three"):
        store.articles.save(draft(key, source="irna"), routes, NOW, story=(lead.uid, "text"))
    with reading(store._engine) as connection:
        query = select(deliveries.c.channel).where(deliveries.c.kind == DeliveryKind.POST)
        assert sorted(connection.scalars(query)) == ["@a", "@b", "@irna-only"]


def test_a_story_names_its_tellers(store: Store, lead: Article, told: Article) -> None:
    (story_source,) = store.stories.story_sources([lead.id, told.id])[lead.id]
    assert (story_source.article_id, story_source.uid, story_source.title, story_source.kind) == (
        told.id,
        told.uid,
        "بارش باران در قم",
        "text",
    )
    assert store.stories.lead_of(told.id) == store.stories.lead_of(lead.id) == lead.id


def test_only_the_lead_is_shown_and_found_and_it_has_changed(store: Store, lead: Article, told: Article) -> None:
    assert shown(store) == [lead.id]
    assert [article.id for article in store.articles.latest(province="qom", limit=10)] == [lead.id]
    page = store.articles.search(SearchQuery("باران", terms=("باران",)), limit=10)
    assert [article.id for article in page.articles] == [lead.id]
    assert store.articles.counts() == {"qom": 1}
    after = store.articles.get(lead.id)
    assert after is not None
    assert after.revision == 2
    assert store.articles.get(told.id) is not None


def test_a_feed_that_shows_the_story_knows_that_it_changed(store: Store, lead: Article, draft: MakeDraft) -> None:
    before = heads(store, None, limit=9)
    store.articles.save(draft("two", source="irna"), ROUTES, NOW, story=(lead.uid, "event"))
    assert heads(store, None, limit=9) != before


def test_a_member_that_changes_stays_behind_its_lead(
    store: Store, lead: Article, told: Article, draft: MakeDraft
) -> None:
    saved = store.articles.save(draft("two", title="تیتر تازه", source="irna"), ROUTES, NOW)
    assert saved.outcome is Outcome.CHANGED
    assert shown(store) == [lead.id]
    assert store.articles.search(SearchQuery("تازه", terms=("تازه",)), limit=10).total == 0


def test_who_tells_what_a_member_tells_joins_the_lead(
    store: Store, lead: Article, told: Article, draft: MakeDraft
) -> None:
    third = store.articles.save(draft("three", source="isna"), ROUTES, NOW, story=(told.uid, "event")).article
    assert [story_source.article_id for story_source in store.stories.story_sources([lead.id])[lead.id]] == [
        told.id,
        third.id,
    ]


def test_the_desk_may_part_what_was_merged_and_it_stays_apart(
    store: Store, lead: Article, told: Article, draft: MakeDraft
) -> None:
    assert store.editorial.split(told.uid, NOW) is not None
    assert sorted(shown(store)) == sorted([lead.id, told.id])
    assert store.articles.counts() == {"qom": 2}
    assert store.stories.story_sources([lead.id]) == {}
    assert store.stories.parted(told.id) == {lead.id}
    assert store.editorial.merge(told.uid, lead.uid, NOW) is not None  # the desk may change its mind
    assert shown(store) == [lead.id]
    assert store.editorial.split(told.uid, NOW) is not None  # and change it again
    assert sorted(shown(store)) == sorted([lead.id, told.id])


def test_a_part_that_is_no_member_can_not_be_split_off(store: Store, lead: Article) -> None:
    assert store.editorial.split(lead.uid, NOW) is None
    assert store.editorial.split("missing", NOW) is None


def test_the_desk_may_merge_two_stories(store: Store, lead: Article, told: Article, draft: MakeDraft) -> None:
    other = store.articles.save(draft("x", source="fars"), [Route("@a")], NOW).article
    again = store.articles.save(draft("y", source="isna"), [Route("@a")], NOW, story=(other.uid, "text")).article
    assert store.editorial.merge(other.uid, told.uid, NOW) is not None
    assert {story_source.article_id for story_source in store.stories.story_sources([lead.id])[lead.id]} == {
        told.id,
        other.id,
        again.id,
    }
    assert shown(store) == [lead.id]
    assert queued(store, other) == [(DeliveryKind.POST, "@a", DeliveryState.SKIPPED)]


def test_merging_an_article_with_itself_or_its_lead_changes_nothing(store: Store, lead: Article, told: Article) -> None:
    assert store.editorial.merge(lead.uid, lead.uid, NOW) is None
    assert store.editorial.merge(told.uid, lead.uid, NOW) is None
    assert store.editorial.merge("missing", lead.uid, NOW) is None


def test_what_was_told_lately_is_remembered_with_its_members(store: Store, lead: Article, told: Article) -> None:
    assert store.stories.recent(NOW - timedelta(days=1)) == {lead.uid: 2, told.uid: 1}
    assert store.stories.recent(NOW + timedelta(days=1)) == {}
    assert {article.uid for article in store.stories.named([lead.uid, told.uid, "missing"])} == {lead.uid, told.uid}


def test_a_sequel_is_shown_and_posted_on_its_own_and_knows_what_began_it(
    store: Store, lead: Article, told: Article, draft: MakeDraft
) -> None:
    on = store.articles.save(draft("on", source="irna"), ROUTES, NOW, goes_on=told.uid).article
    further = store.articles.save(draft("further", source="irna"), ROUTES, NOW, goes_on=on.uid).article
    assert queued(store, on) == [(DeliveryKind.POST, route.channel, DeliveryState.PENDING) for route in ROUTES]
    assert set(shown(store)) == {lead.id, on.id, further.id}
    everything = {lead.id, told.id, on.id, further.id}
    assert all(set(store.stories.whole(number)) == everything for number in everything)
    chains = {one.id: [other.id for other in store.stories.chain(one.id)] for one in (lead, told, on, further)}
    assert chains[lead.id] == chains[told.id] == [on.id, further.id]
    assert chains[further.id] == [lead.id, on.id]
    first = store.deliveries.first_post(store.stories.whole(further.id), "@a")
    assert first is not None
    assert first.article_id == lead.id


def test_a_sequel_of_what_is_not_stored_is_an_article_like_any(store: Store, draft: MakeDraft) -> None:
    alone = store.articles.save(draft("on"), ROUTES, NOW, goes_on="0123456789abcdef").article
    assert store.stories.whole(alone.id) == (alone.id,)
    assert store.stories.chain(alone.id) == ()


def test_a_story_told_by_others_too_keeps_its_sequels_when_it_joins_another(
    store: Store, lead: Article, draft: MakeDraft
) -> None:
    other = store.articles.save(draft("other", source="isna"), ROUTES, NOW).article
    on = store.articles.save(draft("on", source="isna"), ROUTES, NOW, goes_on=other.uid).article
    store.editorial.merge(other.uid, lead.uid, NOW)
    assert set(store.stories.whole(on.id)) == {lead.id, other.id, on.id}
    assert set(store.stories.whole(lead.id)) == {lead.id, other.id, on.id}


def test_what_tells_a_withdrawn_story_tells_its_own(store: Store, lead: Article, draft: MakeDraft) -> None:
    told = store.articles.save(draft("two", source="mehr"), ROUTES, NOW, story=(lead.uid, "text")).article
    store.editorial.retract(lead.uid, NOW)
    denial = store.articles.save(draft("three", source="isna"), ROUTES, NOW, story=(told.uid, "event")).article
    assert shown(store) == [denial.id]
    assert [state for _, _, state in queued(store, denial)] == [DeliveryState.PENDING] * 2


def test_a_source_that_is_withdrawn_is_named_no_more(store: Store, lead: Article, told: Article) -> None:
    before = heads(store, None, limit=9)
    store.editorial.retract(told.uid, NOW)
    assert store.stories.story_sources([lead.id]) == {}
    assert heads(store, None, limit=9) != before


def test_what_was_posted_before_it_was_merged_is_not_posted_again(
    store: Store, lead: Article, draft: MakeDraft
) -> None:
    other = store.articles.save(draft("two", source="irna"), [Route("@a")], NOW).article
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().values(state=DeliveryState.SENT, message_id=1, settled=NOW))
    store.editorial.merge(other.uid, lead.uid, NOW)
    store.editorial.split(other.uid, NOW, channels=ROUTES)
    assert queued(store, other) == [
        (DeliveryKind.POST, "@a", DeliveryState.SENT),
        (DeliveryKind.EDIT, "@a", DeliveryState.PENDING),  # it named the story's other sources, and does no more
        (DeliveryKind.POST, "@b", DeliveryState.PENDING),
    ]


def test_what_is_out_is_corrected_and_marked_after_it_was_merged_too(
    store: Store, lead: Article, draft: MakeDraft
) -> None:
    first = draft("two", source="irna")
    other = store.articles.save(first, [Route("@a"), Route("@b")], NOW).article
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().values(state=DeliveryState.SENT, message_id=1, settled=NOW, rendered=1))
    store.articles.save(draft("two", source="irna", body="متن دیگر."), [], NOW)
    store.editorial.retract(other.uid, NOW)
    store.editorial.merge(other.uid, lead.uid, NOW)
    waiting = [row for row in queued(store, other) if row[2] == DeliveryState.PENDING]
    assert waiting == [(DeliveryKind.DELETE, channel, DeliveryState.PENDING) for channel in ("@a", "@b")]


def test_a_channel_that_has_no_post_of_the_story_keeps_that_of_what_is_merged(
    store: Store, lead: Article, draft: MakeDraft
) -> None:
    other = store.articles.save(draft("two", source="irna"), [Route("@a"), Route("@irna-only")], NOW).article
    store.editorial.merge(other.uid, lead.uid, NOW)
    assert queued(store, other) == [
        (DeliveryKind.POST, "@a", DeliveryState.SKIPPED),
        (DeliveryKind.POST, "@irna-only", DeliveryState.PENDING),
    ]
