"""A retraction that was a mistake is taken back: in lists, in searches, in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fed import fed, heads
from sqlalchemy import select, update

from feeds.models import Article, Draft, Route, SearchQuery
from feeds.store import Store
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import deliveries

MakeDraft = Callable[..., Draft]
Row = tuple[str, str, int, str]


def queued(store: Store) -> list[Row]:
    columns = (deliveries.c.channel, deliveries.c.kind, deliveries.c.revision, deliveries.c.state)
    with reading(store._engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(deliveries.c.id))]


def change(store: Store, channel: str, kind: str, **values: object) -> None:
    with writing(store._engine) as connection:
        chosen = (deliveries.c.channel == channel, deliveries.c.kind == kind)
        connection.execute(update(deliveries).where(*chosen).values(**values))


def restored(store: Store, uid: str, now: datetime) -> Article:
    article = store.editorial.restore(uid, now)
    assert article is not None
    return article


def test_a_restored_article_is_shown_where_it_was(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(body="یک"), [], noon).article
    store.editorial.retract(article.uid, noon)
    store.articles.save(draft(body="دو", provinces=("yazd",)), [], noon)  # its source went on meanwhile
    again = restored(store, article.uid, noon + timedelta(hours=1))
    assert (again.retracted, again.body, again.revision) == (None, "دو", 3)
    assert store.articles.latest(limit=5) == store.articles.latest(province="yazd", limit=5) == (again,)
    assert fed(store, "qom", limit=5) == ()
    assert store.articles.search(SearchQuery("", ("yazd",), ("دو",)), limit=5).articles == (again,)
    assert (store.articles.counts(), store.articles.total()) == ({"yazd": 1}, 1)


def test_the_version_of_a_feed_changes_with_a_restoration(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(), [], noon).article
    store.editorial.retract(article.uid, noon)
    before = heads(store, "qom", limit=9)
    store.editorial.restore(article.uid, noon)
    assert heads(store, "qom", limit=9) != before


def test_what_is_not_retracted_or_not_there_can_not_be_restored(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(), [Route("@a")], noon).article
    assert store.editorial.restore(article.uid, noon) == article
    assert store.editorial.restore("0" * 16, noon) is None
    assert queued(store) == [("@a", "post", 1, "pending")]


def test_a_member_of_a_story_stays_behind_the_one_that_leads_it(store: Store, draft: MakeDraft, noon: datetime) -> None:
    lead = store.articles.save(draft("a"), [], noon).article
    member = store.articles.save(draft("b", source="irna"), [], noon, story=(lead.uid, "text")).article
    store.editorial.retract(member.uid, noon)
    store.editorial.restore(member.uid, noon)
    assert [article.id for article in store.articles.latest(limit=5)] == [lead.id]
    assert len(store.stories.story_sources([lead.id])[lead.id]) == 1


def test_what_waited_waits_again_and_what_was_held_is_held_again(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    routes = [Route("@dropped"), Route("@held", held=True), Route("@waits")]
    article = store.articles.save(draft(), routes, noon).article
    store.desk.drop("editor", noon, article_id=article.id, channel="@dropped")
    store.editorial.retract(article.uid, noon)
    store.editorial.restore(article.uid, noon)
    expected = [("@dropped", "post", 1, "skipped"), ("@held", "post", 1, "held"), ("@waits", "post", 1, "pending")]
    assert sorted(queued(store)) == expected


@pytest.mark.parametrize("taken", [{"state": "sent"}, {"state": "sending"}, {"attempts": 1}])
def test_a_post_that_may_be_marked_is_edited_back(
    store: Store, draft: MakeDraft, noon: datetime, taken: dict[str, object]
) -> None:
    article = store.articles.save(draft(), [Route("@a")], noon).article
    change(store, "@a", "post", state="sent", rendered=1, message_id=5)
    store.editorial.retract(article.uid, noon)
    change(store, "@a", "delete", **taken)
    store.editorial.restore(article.uid, noon)
    assert ("@a", "edit", 2, "pending") in queued(store)


def test_a_post_whose_mark_was_never_tried_is_left_alone(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(), [Route("@a")], noon).article
    change(store, "@a", "post", state="sent", rendered=1, message_id=5)
    store.editorial.retract(article.uid, noon)
    store.editorial.restore(article.uid, noon)
    assert queued(store) == [("@a", "post", 1, "sent"), ("@a", "delete", 1, "skipped")]


def test_a_correction_that_the_retraction_swallowed_is_made_up_for(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = store.articles.save(draft(body="یک"), [Route("@a")], noon).article
    change(store, "@a", "post", state="sent", rendered=1, message_id=5)
    store.articles.save(draft(body="دو"), [], noon)
    store.editorial.retract(article.uid, noon)
    store.editorial.restore(article.uid, noon)
    assert [row for row in queued(store) if row[3] == "pending"] == [("@a", "edit", 3, "pending")]


def test_what_was_restored_can_be_retracted_again(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(), [Route("@a"), Route("@b")], noon).article
    change(store, "@a", "post", state="sent", rendered=1, message_id=5)
    for _ in range(2):
        store.editorial.retract(article.uid, noon)
        change(store, "@a", "delete", state="sent")
        store.editorial.restore(article.uid, noon)
    store.editorial.retract(article.uid, noon)
    assert [row for row in queued(store) if row[3] == "pending"] == [("@a", "delete", 3, "pending")]
    assert ("@b", "post", 1, "skipped") in queued(store)
