"""A channel that is new gets what it should have of the inbox, once."""

from datetime import UTC, datetime

from feeds.models import DeliveryState, Document, Draft, Route, Summary
from feeds.store import Arrival, Store

NOW = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


def save(store: Store, key: str, *provinces: str, source: str = "seeds", channel: str = "preview") -> int:
    document = Document(source, key, "عنوان", "متن.", NOW, fingerprint=key)
    draft = Draft(document, "عنوان", "متن.", "متن.", Summary("متن."), provinces)
    return store.articles.save(draft, [Route(channel)], NOW).article.id


def waiting(store: Store, channel: str) -> list[int]:
    queue = store.deliveries.queue(states=[DeliveryState.PENDING], limit=100, channel=channel)
    return [delivery.article_id for delivery in queue]


def test_a_new_channel_gets_the_articles_of_the_inbox_in_order(store: Store) -> None:
    ids = [save(store, "a", "qom"), save(store, "b", "fars"), save(store, "c")]
    assert store.articles.catch_up("seeds", Route("@new"), NOW) == 3
    assert waiting(store, "@new") == ids


def test_catching_up_again_adds_nothing(store: Store) -> None:
    save(store, "a", "qom")
    store.articles.catch_up("seeds", Route("@new"), NOW)
    assert store.articles.catch_up("seeds", Route("@new"), NOW) == 0


def test_a_channel_of_a_province_catches_up_with_its_news_alone(store: Store) -> None:
    wanted = save(store, "a", "qom", "fars")
    save(store, "b", "gilan")
    save(store, "c")
    store.articles.catch_up("seeds", Route("@qom"), NOW, takes=lambda article: "qom" in article.provinces)
    assert waiting(store, "@qom") == [wanted]


def test_other_sources_and_withdrawn_articles_are_left_alone(store: Store) -> None:
    save(store, "a", source="feed")
    gone = store.articles.get(save(store, "b"))
    assert gone
    store.editorial.retract(gone.uid, NOW)
    assert store.articles.catch_up("seeds", Route("@new"), NOW) == 0


def test_a_chat_that_the_desk_names_anew_keeps_its_posts(store: Store) -> None:
    article = save(store, "a", channel="@qom")
    store.channels.ensure("@qom")
    store.channels.describe("@qom", chat_id=-1001)
    store.channels.learn_message("@qom", 7)
    store.channels.ensure("-1001")
    store.channels.describe("-1001", chat_id=-1001)
    assert store.channels.adopt("-1001", -1001, served={"-1001"}) == 1
    assert waiting(store, "-1001") == [article]
    assert store.channels.get("-1001").last_message_id == 7
    assert store.articles.catch_up("seeds", Route("-1001"), NOW) == 0


def test_a_chat_that_is_served_under_two_names_keeps_both(store: Store) -> None:
    save(store, "a", channel="@qom")
    store.channels.ensure("@qom")
    store.channels.describe("@qom", chat_id=-1001)
    assert store.channels.adopt("-1001", -1001, served={"-1001", "@qom"}) == 0


def test_a_change_that_came_before_the_chat_was_known_again_is_not_posted_twice(store: Store) -> None:
    article = save(store, "a", channel="@qom")
    store.channels.ensure("@qom")
    store.channels.describe("@qom", chat_id=-1001)
    store.channels.ensure("-1001")
    changed = Draft(Document("seeds", "a", "تیتر", "متن.", NOW), "تیتر", "", "متن.", Summary("متن."), ("qom",))
    store.articles.save_all([Arrival(changed, anew=lambda *_: [Route("-1001")])], NOW)
    store.channels.describe("-1001", chat_id=-1001)
    assert store.channels.adopt("-1001", -1001, served={"-1001"}) == 1
    assert waiting(store, "-1001") == [article]
