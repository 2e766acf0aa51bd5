"""Many threads and many nodes on one store: each article once, each with an id of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from feeds.models import DeliveryState, Draft, Outcome, Route, Saved
from feeds.store import Arrival, Store, open_store
from feeds.store.delivery.claims import ClaimRequest
from feeds.store.delivery.rate import Rate

AMPLE = Rate(1000, 1)
MakeDraft = Callable[..., Draft]


def test_nodes_that_store_the_same_documents_store_each_once(
    store: Store, store_url: str, draft: MakeDraft, noon: datetime
) -> None:
    drafts = [draft(str(number)) for number in range(12)]

    def ingest(node: Store) -> list[Saved]:
        return [node.articles.save(each, [Route("@a")], noon) for each in drafts]

    with open_store(store_url, busy_timeout=30) as second, ThreadPoolExecutor(4) as threads:
        results = [saved for done in threads.map(ingest, [store, second, store, second]) for saved in done]
    assert [saved.outcome for saved in results].count(Outcome.NEW) == 12
    assert len({saved.article.id for saved in results}) == store.articles.total() == 12
    assert len(store.deliveries.queue(states=[DeliveryState.PENDING], limit=100)) == 12


def test_nodes_that_store_the_same_in_another_order_never_wait_for_each_other_in_a_circle(
    store: Store, store_url: str, draft: MakeDraft, noon: datetime
) -> None:
    """Undated entries have the time of each node's poll; among what is new there are revisions and coverage."""
    leads = [store.articles.save(draft(f"lead{number}"), [Route("@a")], noon).article for number in range(4)]

    def batch(rounds: int, hour: int) -> list[Arrival]:
        at = noon + timedelta(hours=hour)
        new = [Arrival(draft(f"{rounds}-{number}", published=at), [Route("@a")]) for number in range(6)]
        told = [
            Arrival(draft(f"{rounds}-{lead.key}", source="irna", published=at), [Route("@a")], (lead.uid, "text"))
            for lead in leads
        ]
        revised = [Arrival(draft(lead.key, body=f"بازنگری {rounds}")) for lead in leads]
        return [*new[:3], *told, *revised, *new[3:]]

    def ingest(node: tuple[Store, int]) -> None:
        opened, hour = node
        for rounds in range(8):
            arrivals = batch(rounds, hour)
            opened.articles.save_all(arrivals if hour % 2 else arrivals[::-1], noon)

    with open_store(store_url, busy_timeout=30) as second, ThreadPoolExecutor(4) as threads:
        list(threads.map(ingest, zip([store, second] * 2, range(4), strict=True)))  # a circle would be a StoreError
    assert store.articles.total() == 4 + 8 * 10
    assert [
        len(story_sources) for story_sources in store.stories.story_sources([lead.id for lead in leads]).values()
    ] == [8] * 4


def test_nodes_that_store_documents_of_one_second_give_each_its_id(
    store: Store, store_url: str, draft: MakeDraft, noon: datetime
) -> None:
    def ingest(node: tuple[Store, str]) -> list[int]:
        opened, name = node
        return [opened.articles.save(draft(f"{name}{number}"), [], noon).article.id for number in range(10)]

    with open_store(store_url, busy_timeout=30) as second, ThreadPoolExecutor(4) as threads:
        ids = [each for done in threads.map(ingest, zip([store, second] * 2, "abcd", strict=True)) for each in done]
    assert len(set(ids)) == 40
    assert sorted(ids) == list(range(min(ids), min(ids) + 40))


def test_a_correction_is_never_lost_to_a_claim_at_the_same_moment(
    store: Store, store_url: str, draft: MakeDraft, noon: datetime
) -> None:
    """Whatever comes first: the post shows the new text, or an edit to it waits."""

    def claim(channel: str) -> int | None:
        """Render what is the newest now, then claim; the revision that goes out, if any does."""
        head = next(head for head in store.outbox.candidates(noon) if head.channel.key == channel)
        article = store.articles.get(head.delivery.article_id)
        assert article is not None
        request = ClaimRequest(head, {"text": article.body}, article.revision, AMPLE)
        claims = store.outbox.claim([request], owner="a", now=noon, lease=timedelta(minutes=1), overall=AMPLE)
        return article.revision if claims else None

    with open_store(store_url, busy_timeout=30) as second, ThreadPoolExecutor(2) as threads:
        for number in range(15):
            store.channels.ensure(f"@{number}")
            store.articles.save(draft(str(number), body="یک"), [Route(f"@{number}")], noon)
            correcting = threads.submit(second.articles.save, draft(str(number), body="دو"), [], noon)
            claimed = threads.submit(claim, f"@{number}").result()
            correcting.result()
            queue = store.deliveries.queue(states=list(DeliveryState), limit=5, channel=f"@{number}")
            edits = [delivery for delivery in queue if delivery.kind == "edit"]
            assert len(edits) == (1 if claimed == 1 else 0)
