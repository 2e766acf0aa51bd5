"""What the store remembers of feeds and of their entries."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from feeds.models import DeliveryState, Draft, Route, SeenEntry, SourceState
from feeds.sources import agencies
from feeds.store import Store
from feeds.store.database.engine import writing
from feeds.store.database.tables import deliveries

MakeDraft = Callable[..., Draft]
NOON = datetime(2025, 9, 24, 12, tzinfo=UTC)
FULL = SourceState(
    key="example.org/rss",
    url="https://example.org/rss",
    title="نمونه",
    site="https://example.org/",
    etag='"1"',
    modified="Wed, 24 Sep 2025 14:22:10 GMT",
    digest="abc",
    polled=NOON,
    next_poll=NOON + timedelta(minutes=5),
    interval=timedelta(minutes=4),
    succeeded=NOON,
    newest=NOON - timedelta(minutes=1),
    habit=timedelta(minutes=20),
    entries=30,
    failures=2,
    error="HTTP 500",
)


def seen(key: str, **other: str) -> SeenEntry:
    return SeenEntry(key, "example.org", key, "f1", NOON, **other)


def test_a_state_comes_back_as_it_was_put(store: Store) -> None:
    store.sources.put(FULL, now=NOON)
    bare = SourceState("other", "https://other.example/")
    store.sources.put(bare, now=NOON)
    assert store.sources.get("example.org/rss") == FULL
    assert store.sources.all() == {"example.org/rss": FULL, "other": bare}
    assert store.sources.get("missing") is None


def test_a_state_takes_the_place_of_the_last_one(store: Store) -> None:
    store.sources.put(FULL, now=NOON)
    store.sources.put(replace(FULL, failures=0, error="", habit=None), now=NOON)
    assert store.sources.get(FULL.key) == replace(FULL, failures=0, error="", habit=None)


def test_an_entry_is_known_by_its_key_its_link_or_its_words_in_its_own_feed(store: Store) -> None:
    store.sources.put(FULL, [seen("a", link="l"), seen("b", words="w"), seen("c")], now=NOON)
    store.sources.put(replace(FULL, key="other"), [seen("d", link="l")], now=NOON)

    def keys(**names: list[str]) -> set[str]:
        return {entry.key for entry in store.sources.known(FULL.key, **{"keys": [], **names})}

    assert keys(keys=["c", "d"]) == {"c"}
    assert keys(links=["l", ""]) == {"a"}
    assert keys(words=["w", ""]) == {"b"}
    assert keys(keys=["x"], links=["x"], words=["x"]) == set()


def test_thousands_of_names_are_looked_up(store: Store) -> None:
    store.sources.put(FULL, [seen(str(number)) for number in range(2000)], now=NOON)
    assert len(store.sources.known(FULL.key, keys=map(str, range(1000, 3000)))) == 1000


def test_an_entry_that_was_seen_again_has_its_new_fingerprint(store: Store) -> None:
    store.sources.put(FULL, [seen("a")], now=NOON)
    store.sources.put(FULL, [replace(seen("a"), fingerprint="f2")], now=NOON)
    assert [entry.fingerprint for entry in store.sources.known(FULL.key, keys=["a"])] == ["f2"]


def test_entries_long_gone_are_forgotten(store: Store) -> None:
    store.sources.put(FULL, [seen("old")], now=NOON - timedelta(days=100))
    store.sources.put(FULL, [seen("new")], now=NOON)
    assert store.sources.prune(NOON - timedelta(days=90)) == 1
    assert [entry.key for entry in store.sources.known(FULL.key, keys=["old", "new"])] == ["new"]


def test_text_that_databases_do_not_take_is_cleaned(store: Store) -> None:
    store.sources.put(replace(FULL, title="a\0b\ud800"), [seen("a\0")], now=NOON)
    assert len(store.sources.known(FULL.key, keys=["a\0"])) == 1


def test_what_is_an_article_already_is_known_whichever_feed_brought_it(store: Store, draft: MakeDraft) -> None:
    made = draft(source="example.org", key="1")
    store.articles.save(made, [], NOON)
    pairs = [("example.org", "1"), ("example.org", "2"), ("other", "1")]
    assert {pair: remembered for pair, (_, remembered) in store.sources.stored(pairs).items()} == {pairs[0]: False}
    store.sources.put(FULL, [seen("1")], now=NOON)
    assert {pair: remembered for pair, (_, remembered) in store.sources.stored(pairs).items()} == {pairs[0]: True}
    assert store.sources.titles(pairs) == {pairs[0]: made.title}


def test_lags_are_from_publication_to_post(store: Store, draft: MakeDraft) -> None:
    made = draft(source="example.org", key="a")
    store.articles.save(made, [Route("@a")], NOON)
    store.sources.put(FULL, [seen("a")], now=NOON)
    assert store.sources.lags(NOON - timedelta(days=1)) == {}
    settled = made.document.published + timedelta(minutes=3)
    with writing(store._engine) as connection:
        connection.execute(update(deliveries).values(state=DeliveryState.SENT, settled=settled))
    assert store.sources.lags(NOON - timedelta(days=1)) == {FULL.key: [timedelta(minutes=3)]}


def test_names_that_no_index_takes_are_known_again(store: Store) -> None:
    letters = random.Random(7)
    noise = "".join(chr(letters.randrange(0x621, 0x6D5)) for _ in range(100_000))  # it can't be packed either
    key, link = agencies.identity("", noise)[1], agencies.plain_url(f"https://news.example/{noise}")
    store.sources.put(FULL, [seen(key, link=link)], now=NOON)
    assert [one.key for one in store.sources.known(FULL.key, keys=[key])] == [key]
    assert [one.key for one in store.sources.known(FULL.key, keys=[], links=[link])] == [key]
    assert agencies.identity("", noise + "x")[1] != key


def test_entries_are_found_by_their_moment_in_their_own_feed(store: Store) -> None:
    later = replace(seen("b"), published=NOON + timedelta(seconds=1))
    store.sources.put(FULL, [seen("a"), later], now=NOON)
    store.sources.put(replace(FULL, key="other"), [seen("c")], now=NOON)
    assert [one.key for one in store.sources.published_at(FULL.key, [NOON])] == ["a"]
    assert {one.key for one in store.sources.published_at(FULL.key, [NOON, later.published])} == {"a", "b"}
    assert store.sources.published_at(FULL.key, []) == ()


def test_an_article_begins_with_its_lead_or_else_its_body(store: Store, draft: MakeDraft) -> None:
    store.articles.save(replace(draft("a", "الف"), lead="خلاصه"), [], NOON)
    store.articles.save(draft("b", "ب", "متن " * 1000), [], NOON)
    found = store.sources.beginnings([("seeds", "a"), ("seeds", "b"), ("seeds", "c")])
    assert found["seeds", "a"] == ("الف", "خلاصه")
    assert found["seeds", "b"] == ("ب", ("متن " * 1000)[:1000])
    assert len(found) == 2
