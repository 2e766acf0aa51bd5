"""An article that waits for the desk is seen by no reader, anywhere, until it is released."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fed import fed, heads
from sqlalchemy import select

from feeds.models import Article, DeliveryState, Draft, Route, SearchQuery
from feeds.store import Store
from feeds.store.archive.articles import Articles
from feeds.store.archive.editorial import Handled
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import articles, deliveries
from feeds.text import fold

MakeDraft = Callable[..., Draft]
WAITS, GOES = Route("@a", held=True), Route("@b")
WORD = "صاعقه"


def save(store: Store, draft: Draft, *routes: Route, now: datetime, hold: bool = False, story: str = "") -> Article:
    written = replace(draft, document=replace(draft.document, hold=hold))
    return store.articles.save(written, routes, now, story=(story, "text") if story else None).article


def seen(store: Store, article: Article) -> set[str]:
    """Where readers find an article."""
    query = SearchQuery(WORD, terms=tuple(fold.tokens(WORD)))
    found = {
        "latest": store.articles.latest(limit=9),
        "province": store.articles.latest(province="qom", limit=9),
        "feed": fed(store),
        "feed of the province": fed(store, "qom"),
        "search": store.articles.search(query, limit=9).articles,
        "newest of all": store.articles.search(SearchQuery(""), limit=9).articles,
        "newest of the province": store.articles.search(SearchQuery("", ("qom",)), limit=9).articles,
        "stories": store.stories.named([article.uid]),
    }
    places = {where for where, articles in found.items() if article.uid in {one.uid for one in articles}}
    places |= {"words"} if store.articles.suggest(WORD[:4]) else set()
    places |= {"recent"} if article.uid in store.stories.recent(article.published) else set()
    places |= {"counts"} if store.articles.counts().get("qom") else set()
    return places | ({"total"} if store.articles.total() else set())


def states(store: Store, article: Article) -> dict[str, str]:
    query = select(deliveries.c.channel, deliveries.c.state).where(deliveries.c.article_id == article.id)
    with reading(store._engine) as connection:
        return {row.channel: row.state for row in connection.execute(query)}


def send(store: Store, article: Article, channel: str) -> None:
    own = (deliveries.c.article_id == article.id) & (deliveries.c.channel == channel)
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().where(own).values(state=DeliveryState.SENT, message_id=7))


@pytest.fixture
def everywhere(store: Store, draft: MakeDraft, noon: datetime) -> set[str]:
    """Where an article that waits for nobody is seen."""
    article = save(store, draft("free", f"{WORD} در قم", source="free"), now=noon)
    places = seen(store, article)
    assert len(places) == 12
    store.editorial.retract(article.uid, noon)
    assert not seen(store, article) - {"feed", "feed of the province"}
    return places


@pytest.mark.parametrize("waiting", [((GOES,), True), ((), True), ((WAITS,), False)])
def test_what_waits_is_seen_nowhere_and_everywhere_after_its_release(
    store: Store, draft: MakeDraft, noon: datetime, everywhere: set[str], waiting: tuple[tuple[Route, ...], bool]
) -> None:
    routes, hold = waiting
    before = heads(store), heads(store, "qom")
    article = save(store, draft("1", f"{WORD} در قم"), *routes, now=noon, hold=hold)
    assert article.held == noon
    assert seen(store, article) == set()
    assert (heads(store), heads(store, "qom")) == before
    assert set(states(store, article).values()) <= {"held"}
    assert store.articles.stored(limit=9, held=True) == (article,)
    later = noon + timedelta(hours=3)
    assert store.editorial.release("me", later, article_id=article.id) == Handled(len(routes), 1)
    assert seen(store, article) == everywhere
    assert set(states(store, article).values()) <= {"pending"}
    assert heads(store) != before[0]
    assert heads(store, "qom") != before[1]
    assert store.articles.stored(limit=9, held=True) == ()
    assert not store.editorial.release("me", later, article_id=article.id)


def test_what_one_channel_gets_at_once_waits_in_the_other_alone(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = save(store, draft("1", f"{WORD} در قم"), WAITS, GOES, now=noon)
    assert states(store, article) == {"@a": "held", "@b": "pending"}
    assert "latest" in seen(store, article)
    assert store.editorial.release("me", noon) == Handled(1)


def test_the_release_of_all_and_of_a_channel_let_articles_be_seen(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    first, second, other = (
        save(store, draft(str(number), f"{WORD} در قم"), Route(channel, held=True), now=noon)
        for number, channel in enumerate(("@a", "@a", "@b"))
    )
    assert store.editorial.release("me", noon, channel="@a") == Handled(2, 2)
    assert [article.id for article in store.articles.latest(limit=9)] == [second.id, first.id]
    assert store.editorial.release("me", noon) == Handled(1, 1)
    assert other.id in {article.id for article in store.articles.latest(limit=9)}


def test_the_desk_takes_back_from_all_readers_what_no_channel_has(
    store: Store, draft: MakeDraft, noon: datetime, everywhere: set[str]
) -> None:
    article = save(store, draft("1", f"{WORD} در قم"), GOES, now=noon)
    assert store.editorial.hold("me", noon, article_id=article.id) == Handled(1, 1)
    assert seen(store, article) == set()
    assert not store.editorial.hold("me", noon, article_id=article.id)
    store.editorial.release("me", noon, article_id=article.id)
    assert seen(store, article) == everywhere
    assert [(act.act, act.detail) for act in store.desk.acts(limit=9)] == [
        ("release", "1 article, 1 post"),
        ("hold", "1 article, 1 post"),
    ]


class TestAMoment:
    """What the desk has given a time is held until then, and goes by itself."""

    SOON, LATE = timedelta(hours=1), timedelta(hours=5)

    def embargoed(self, store: Store, draft: MakeDraft, noon: datetime, *routes: Route, hold: bool = False) -> Article:
        article = save(store, draft("1", f"{WORD} در قم"), *routes, now=noon, hold=hold)
        assert store.editorial.embargo("me", noon, article_id=article.id, until=noon + self.SOON) == Handled(
            len(routes), 1
        )
        return article

    @pytest.mark.parametrize(
        ("routes", "hold"), [((GOES,), False), ((GOES, WAITS), False), ((GOES,), True), ((), False)]
    )
    def test_it_is_seen_nowhere_before_and_everywhere_after(
        self,
        store: Store,
        draft: MakeDraft,
        noon: datetime,
        everywhere: set[str],
        routes: tuple[Route, ...],
        *,
        hold: bool,
    ) -> None:
        before = heads(store), heads(store, "qom")
        article = self.embargoed(store, draft, noon, *routes, hold=hold)
        assert store.editorial.release_due(noon + self.SOON - timedelta(seconds=1)) == []
        assert seen(store, article) == set()
        assert set(states(store, article).values()) <= {"held"}
        assert store.editorial.next_due() == noon + self.SOON
        assert store.editorial.release_due(noon + self.LATE) == [article.id]
        assert seen(store, article) == everywhere
        assert set(states(store, article).values()) <= {"pending"}
        assert (heads(store), heads(store, "qom")) != before
        assert (store.editorial.release_due(noon + self.LATE), store.editorial.next_due()) == ([], None)
        assert [(act.who, act.act) for act in store.desk.acts(limit=2)] == [("chapar", "release"), ("me", "embargo")]
        assert store.articles.get(article.id).released == noon + self.LATE  # type: ignore[union-attr]

    def test_another_moment_the_desk_s_hold_and_its_release_stand_over_it(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        article = self.embargoed(store, draft, noon, GOES)
        store.editorial.embargo("me", noon, article_id=article.id, until=noon + self.LATE)
        assert store.editorial.release_due(noon + self.SOON) == []
        assert store.editorial.release("me", noon) == Handled()  # of all: it has its time
        assert store.editorial.held() == (Handled(), 0)
        assert store.editorial.hold("me", noon, article_id=article.id) == Handled(0, 1)
        assert store.editorial.release_due(noon + self.LATE) == []
        store.editorial.embargo("me", noon, article_id=article.id, until=noon + self.LATE)
        assert store.editorial.release("me", noon, article_id=article.id) == Handled(1, 1)
        assert "latest" in seen(store, article)
        assert store.editorial.next_due() is None

    def test_a_correction_stays_held_and_what_was_withdrawn_meanwhile_does_not_come(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        article = self.embargoed(store, draft, noon, GOES)
        saved = store.articles.save(draft("1", f"{WORD} دیگری در قم"), [], noon).article
        assert (saved.revision, saved.due) == (2, noon + self.SOON)
        store.editorial.set_provinces(article.uid, ["yazd"], noon, anew=lambda *_: [Route("@c")])
        assert seen(store, article) == set()
        store.editorial.retract(article.uid, noon)
        assert store.editorial.release_due(noon + self.LATE) == []
        assert store.editorial.next_due() is None
        store.editorial.restore(article.uid, noon + self.LATE)
        assert states(store, article) == {"@b": "held", "@c": "held"}
        assert store.editorial.release_due(noon + self.LATE) == [article.id]
        assert [one.title for one in store.articles.latest(province="yazd", limit=9)] == [f"{WORD} دیگری در قم"]

    def test_of_two_nodes_one_lets_it_go(self, store: Store, draft: MakeDraft, noon: datetime) -> None:
        dated = [save(store, draft(str(number), f"{WORD} در قم"), GOES, now=noon) for number in range(8)]
        for article in dated:
            store.editorial.embargo("me", noon, article_id=article.id, until=noon + self.SOON)
        with ThreadPoolExecutor(4) as nodes:
            found = nodes.map(lambda _: store.editorial.release_due(noon + self.LATE), range(4))
            assert sorted(number for one in found for number in one) == sorted(one.id for one in dated)
        assert len([act for act in store.desk.acts(limit=99) if act.act == "release"]) == len(dated)


def test_the_store_s_clock_is_near_this_machine_s(store: Store) -> None:
    assert abs(store.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("state", ["sending", "uncertain", "sent"])
def test_what_a_channel_has_or_may_have_is_held_in_the_others_alone(
    store: Store, draft: MakeDraft, noon: datetime, state: str
) -> None:
    article = save(store, draft("1", f"{WORD} در قم"), Route("@a"), GOES, now=noon)
    with writing(store._engine) as connection:
        connection.execute(deliveries.update().where(deliveries.c.channel == "@a").values(state=state))
    assert store.editorial.hold("me", noon, article_id=article.id) == Handled(1, 0, int(state != "sent"))
    assert states(store, article) == {"@a": state, "@b": "held"}
    assert "latest" in seen(store, article)


def test_what_is_held_while_it_is_searched_for_is_not_shown(store: Store, draft: MakeDraft, noon: datetime) -> None:
    save(store, draft("1", f"{WORD} در قم"), now=noon)
    query = SearchQuery("", terms=tuple(fold.tokens(WORD)))
    assert store.articles.search(query, limit=1).articles
    with writing(store._engine) as connection:  # behind the journal's back: as between two looks of one search
        connection.execute(articles.update().values(held=noon))
    assert not store.articles.search(query, limit=1).articles


def test_a_correction_of_what_is_held_stays_held(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = save(store, draft("1", "باران در قم"), GOES, now=noon, hold=True)
    mended = draft("1", f"{WORD} در قم")
    saved = store.articles.save(mended, [], noon, story=None)
    assert (saved.article.revision, saved.article.held) == (2, noon)
    assert seen(store, article) == set()
    assert states(store, article) == {"@b": "held"}
    store.editorial.release("me", noon, article_id=article.id)
    assert [one.title for one in store.articles.latest(limit=9)] == [f"{WORD} در قم"]


def test_where_a_correction_or_the_desk_brings_it_its_post_waits_too(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = save(store, draft("1"), WAITS, now=noon)
    store.editorial.set_provinces(article.uid, ["yazd"], noon, anew=lambda *_: [GOES])
    assert states(store, article) == {"@a": "held", "@b": "held"}
    assert store.articles.latest(province="yazd", limit=9) == ()
    store.articles.catch_up("seeds", Route("@c"), noon)
    assert states(store, article)["@c"] == "held"
    store.editorial.release("me", noon, article_id=article.id)
    assert set(states(store, article).values()) == {"pending"}
    assert [one.id for one in store.articles.latest(province="yazd", limit=9)] == [article.id]


def test_what_was_retracted_while_it_waited_is_no_news_and_waits_again_when_it_is_restored(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = save(store, draft("1", f"{WORD} در قم"), GOES, now=noon, hold=True)
    store.editorial.retract(article.uid, noon)
    assert seen(store, article) == set()
    assert store.articles.retracted(limit=9) == {}
    assert store.stories.families([article.id]) == {}
    assert not store.editorial.release("me", noon)
    store.editorial.restore(article.uid, noon)
    assert seen(store, article) == set()
    assert states(store, article) == {"@b": "held"}
    assert store.editorial.release("me", noon) == Handled(1, 1)


def test_a_feed_tells_what_was_released_as_new_whenever_it_was_published(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    old = save(store, draft("old", published=noon - timedelta(days=2)), now=noon, hold=True)
    for number in range(5):
        save(store, draft(str(number), published=noon + timedelta(minutes=number)), now=noon)
    before = heads(store, "qom", limit=3)
    assert old.id not in {article.id for article in fed(store, "qom", limit=3)}
    store.editorial.release("me", noon + timedelta(hours=1), article_id=old.id)
    assert heads(store, "qom", limit=3) != before
    for province in ("qom", None):
        first, *rest = fed(store, province, limit=3)
        assert (first.id, first.released, first.published, len(rest)) == (
            old.id,
            noon + timedelta(hours=1),
            old.published,
            2,
        )


def test_a_word_of_held_articles_alone_is_neither_suggested_nor_taken_for_a_slip(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = save(store, draft("1", f"{WORD} در قم"), now=noon)
    slip = SearchQuery("ساعقه", terms=tuple(fold.tokens("ساعقه")))
    assert store.articles.search(slip, limit=1).corrected
    store.editorial.hold("me", noon, article_id=article.id)
    fresh = Articles(store._engine)  # frequencies are remembered for some minutes
    assert fresh.suggest(WORD[:4]) == []
    page = fresh.search(slip, limit=1)
    assert (page.corrected, page.suggestion, page.articles) == ((), "", ())


class TestStories:
    """Beside others that tell the same."""

    def test_who_waits_is_not_named_among_the_sources_before_its_release(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        lead = save(store, draft("1", source="mehr"), GOES, now=noon)
        send(store, lead, "@b")
        other = save(store, draft("2", source="irna"), GOES, now=noon, hold=True, story=lead.uid)
        assert store.stories.story_sources([lead.id]) == {}
        assert store.stories.others(lead.id) == ()
        assert states(store, lead) == {"@b": "sent"}  # no edit names it
        assert store.articles.get(lead.id) == lead
        store.editorial.release("me", noon, article_id=other.id)
        assert [one.uid for one in store.stories.others(lead.id)] == [other.uid]
        assert len(store.deliveries.queue(states=[DeliveryState.PENDING], limit=9)) == 1

    def test_a_post_that_waited_is_not_sent_where_the_story_was_told_meanwhile(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        lead = save(store, draft("1", source="mehr"), now=noon)
        waits = save(store, draft("2", source="irna"), GOES, now=noon, hold=True, story=lead.uid)
        third = save(store, draft("3", source="isna"), GOES, now=noon, story=lead.uid)
        assert (states(store, waits), states(store, third)) == ({"@b": "held"}, {"@b": "pending"})
        store.editorial.release("me", noon, article_id=waits.id)
        assert states(store, waits) == {"@b": "skipped"}

    def test_what_tells_the_same_as_one_that_waits_is_told_on_its_own(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        waits = save(store, draft("1", source="mehr"), GOES, now=noon, hold=True)
        other = save(store, draft("2", source="irna"), GOES, now=noon, story=waits.uid)
        assert states(store, other) == {"@b": "pending"}
        assert [one.id for one in store.articles.latest(limit=9)] == [other.id]

    def test_one_that_waits_in_all_its_channels_and_tells_nothing_again_waits(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        other = save(store, draft("2", source="irna"), WAITS, now=noon, story="0" * 16)
        assert other.held == noon
        assert store.articles.latest(limit=9) == ()

    def test_who_waits_does_not_lead_in_place_of_one_that_was_withdrawn(
        self, store: Store, draft: MakeDraft, noon: datetime
    ) -> None:
        lead = save(store, draft("1", source="mehr"), now=noon)
        save(store, draft("2", source="irna"), now=noon, hold=True, story=lead.uid)
        third = save(store, draft("3", source="isna"), now=noon, story=lead.uid)
        store.editorial.retract(lead.uid, noon)
        assert [one.id for one in store.articles.latest(limit=9)] == [third.id]
