"""What a change of an article puts into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from feeds.models import Article, DeliveryState, Draft, Route
from feeds.store import Arrival, Store
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import deliveries

MakeDraft = Callable[..., Draft]
Row = tuple[str, str, int, str]


def queued(store: Store) -> list[Row]:
    columns = (deliveries.c.channel, deliveries.c.kind, deliveries.c.revision, deliveries.c.state)
    with reading(store._engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(deliveries.c.id))]


def set_state(store: Store, state: str, **where: str) -> None:
    with writing(store._engine) as connection:
        chosen = [deliveries.c[name] == value for name, value in where.items()]
        connection.execute(update(deliveries).where(*chosen).values(state=state))


def test_a_new_article_goes_to_each_channel_once(store: Store, draft: MakeDraft, noon: datetime) -> None:
    routes = [Route("@a"), Route("@b", held=True), Route("@a")]
    store.articles.save(draft(), routes, noon)
    assert sorted(queued(store)) == [("@a", "post", 1, "pending"), ("@b", "post", 1, "held")]


def test_a_change_that_brings_an_article_elsewhere_is_posted_there_once(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    moved: list[tuple[str, str]] = []

    def anew(former: Article, article: Article) -> list[Route]:
        moved.append((former.body, article.body))
        return [Route("@old"), Route("@new", held=True)]

    store.articles.save(draft(body="یک"), [Route("@old")], noon)
    set_state(store, "sent")
    for body in ("دو", "دو", "سه"):
        store.articles.save_all([Arrival(draft(body=body), [Route("@other")], anew=anew)], noon)
    assert queued(store) == [("@old", "post", 1, "sent"), ("@old", "edit", 2, "pending"), ("@new", "post", 2, "held")]
    assert moved == [("یک", "دو"), ("دو", "سه")]


@pytest.mark.parametrize("state", ["dead", "skipped", "held"])
def test_a_channel_that_was_spared_a_post_is_not_given_another_by_a_change(
    store: Store, draft: MakeDraft, noon: datetime, state: str
) -> None:
    store.articles.save(draft(body="یک"), [Route("@a")], noon)
    set_state(store, state)
    store.articles.save_all([Arrival(draft(body="دو"), anew=lambda *_: [Route("@a")])], noon)
    assert queued(store) == [("@a", "post", 1, state)]


def test_a_change_of_what_was_withdrawn_goes_nowhere(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(body="یک"), [], noon).article
    store.editorial.retract(article.uid, noon)
    store.articles.save_all([Arrival(draft(body="دو"), anew=lambda *_: [Route("@a")])], noon)
    assert queued(store) == []


def test_a_change_is_not_posted_where_its_story_is_told(store: Store, draft: MakeDraft, noon: datetime) -> None:
    lead = store.articles.save(draft("a", body="یک"), [Route("@a")], noon).article
    store.articles.save(draft("b", source="irna", body="یک"), [Route("@a")], noon, story=(lead.uid, "text"))
    changed = draft("b", source="irna", body="دو")
    store.articles.save_all([Arrival(changed, anew=lambda *_: [Route("@a"), Route("@b")])], noon)
    assert queued(store) == [("@a", "post", 1, "pending"), ("@b", "post", 2, "pending")]


def test_an_unchanged_article_is_not_sent_again(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(), [Route("@a")], noon)
    store.articles.save(draft(), [Route("@a"), Route("@b")], noon)
    assert queued(store) == [("@a", "post", 1, "pending")]


def test_an_urgent_article_says_so_to_the_outbox(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(urgent=True), [Route("@a")], noon)
    with reading(store._engine) as connection:
        assert connection.scalar(select(deliveries.c.urgent)) is True


@pytest.mark.parametrize("state", ["sending", "uncertain", "sent"])
def test_a_post_that_is_out_is_edited_when_its_article_changes(
    store: Store, draft: MakeDraft, noon: datetime, state: str
) -> None:
    store.articles.save(draft(body="یک"), [Route("@a")], noon)
    set_state(store, state)
    store.articles.save(draft(body="دو"), [Route("@a")], noon)
    assert queued(store) == [("@a", "post", 1, state), ("@a", "edit", 2, "pending")]


@pytest.mark.parametrize("state", ["held", "pending", "dead", "skipped"])
def test_a_post_that_is_not_out_needs_no_edit(store: Store, draft: MakeDraft, noon: datetime, state: str) -> None:
    store.articles.save(draft(body="یک"), [Route("@a")], noon)
    set_state(store, state)
    store.articles.save(draft(body="دو"), [Route("@a")], noon)
    assert queued(store) == [("@a", "post", 1, state)]


def test_an_edit_that_still_waits_serves_for_later_changes(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(body="یک"), [Route("@a"), Route("@b")], noon)
    set_state(store, "sent")
    store.articles.save(draft(body="دو"), [], noon)
    set_state(store, "sent", kind="edit", channel="@b")
    store.articles.save(draft(body="سه"), [], noon)
    edits = [row for row in queued(store) if row[1] == "edit"]
    assert edits == [("@a", "edit", 2, "pending"), ("@b", "edit", 2, "sent"), ("@b", "edit", 3, "pending")]


def test_the_desks_word_on_the_province_edits_the_posts(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(), [Route("@a")], noon).article
    set_state(store, "sent")
    placed = store.editorial.set_provinces(article.uid, ["yazd"], noon)
    assert placed is not None
    assert queued(store)[1:] == [("@a", "edit", placed.revision, "pending")]


def test_a_retraction_deletes_what_is_out_and_skips_what_waits(store: Store, draft: MakeDraft, noon: datetime) -> None:
    routes = [Route("@dead"), Route("@held", held=True), Route("@sent"), Route("@waits")]
    article = store.articles.save(draft(body="یک"), routes, noon).article
    set_state(store, "sent", channel="@sent")
    set_state(store, "dead", channel="@dead")
    store.articles.save(draft(body="دو"), [], noon)
    store.editorial.retract(article.uid, noon)
    assert sorted(queued(store)) == [
        ("@dead", "post", 1, "dead"),
        ("@held", "post", 1, "skipped"),
        ("@sent", "delete", 2, "pending"),
        ("@sent", "edit", 2, "skipped"),
        ("@sent", "post", 1, "sent"),
        ("@waits", "post", 1, "skipped"),
    ]


def test_a_retracted_article_is_neither_posted_nor_edited(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(body="یک"), [Route("@a")], noon).article
    set_state(store, "sent")
    store.editorial.retract(article.uid, noon)
    store.articles.save(draft(body="دو"), [Route("@a")], noon)
    store.editorial.set_provinces(article.uid, ["yazd"], noon)
    assert [row[1] for row in queued(store)] == ["post", "delete"]


def test_a_preview_that_was_rendered_before_a_correction_is_rendered_again(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    store.channels.ensure("preview")
    store.articles.save(draft(body="یک"), [Route("preview")], noon)
    (rendered,) = store.direct.batch("preview", noon, 5)
    store.articles.save(draft(body="دو"), [], noon)
    assert store.direct.settle("preview", [(rendered, {"text": "یک"}, 1)], noon) == 0
    assert queued(store) == [("preview", "post", 1, "pending")]
    assert store.direct.settle("preview", [(rendered, {"text": "دو"}, 2)], noon) == 1


def test_the_outbox_finds_what_was_queued(store: Store, draft: MakeDraft, noon: datetime) -> None:
    saved = store.articles.save(draft(), [Route("@a")], noon)
    waiting = store.deliveries.queue(states=[DeliveryState.PENDING], limit=5)
    assert [(delivery.article_id, delivery.channel) for delivery in waiting] == [(saved.article.id, "@a")]


def test_old_news_is_told_in_its_turn_however_urgent_it_was(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(urgent=True), [Route("@a")], noon + timedelta(days=3))
    (delivery,) = store.deliveries.queue(states=[DeliveryState.PENDING], limit=5)
    assert not delivery.urgent


def test_an_article_that_the_desk_places_goes_where_it_belongs_now(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    def anew(former: Article, article: Article) -> list[Route]:
        assert (former.provinces, article.provinces) == (("qom",), ("yazd",))
        return [Route("@a"), Route("@yazd")]

    article = store.articles.save(draft("one"), [Route("@a")], noon).article
    for _ in range(2):
        store.editorial.set_provinces(article.uid, ["yazd"], noon, anew=anew)
    assert queued(store) == [("@a", "post", 1, "pending"), ("@yazd", "post", 2, "pending")]
