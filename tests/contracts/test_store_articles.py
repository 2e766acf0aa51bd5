from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feeds.models import Document, Draft, Outcome, Route, SearchQuery, Summary
from feeds.store import Store

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def draft(
    key: str = "one",
    title: str = "باران در قم",
    body: str = "امروز باران بارید.",
    *,
    provinces=("qom",),
    at=NOW,
    fingerprint="a",
):
    document = Document(source="seeds", key=key, title=title, body=body, published=at, fingerprint=fingerprint)
    return Draft(document, title, "", body, Summary(body), tuple(provinces))


def test_a_new_article_is_found_by_every_door(store: Store) -> None:
    saved = store.articles.save(draft(), [Route("preview")], NOW)
    assert saved.outcome is Outcome.NEW
    article = saved.article
    assert store.articles.get(article.id) == article
    assert store.articles.by_uid(article.uid) == article
    assert store.articles.latest(limit=5) == (article,)
    assert store.articles.latest(limit=5, province="qom") == (article,)
    assert store.articles.latest(limit=5, province="yazd") == ()
    assert store.articles.search(SearchQuery("x", ("qom",), ("باران",)), limit=5).articles == (article,)
    assert store.articles.search(SearchQuery("x", ("yazd",), ("باران",)), limit=5).total == 0
    assert store.articles.counts() == {"qom": 1}
    assert store.articles.total() == 1
    assert store.articles.fingerprints("seeds") == {"one": "a"}
    assert store.articles.save(draft(), [Route("preview")], NOW + timedelta(hours=1)).outcome is Outcome.UNCHANGED
    changed = store.articles.save(draft(fingerprint="b", body="برف"), [Route("preview")], NOW + timedelta(hours=1))
    assert changed.outcome is Outcome.CHANGED
    assert store.articles.search(SearchQuery("x", ("qom",), ("برف",)), limit=5).articles == (changed.article,)
    assert store.articles.search(SearchQuery("x", ("qom",), ("بارید",)), limit=5).articles == ()
