"""What is saved is found again, whole, by every door."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fed import fed, heads
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.models import Document, Draft, Image, Outcome, Route, SearchQuery, Summary
from feeds.store import Store, open_store

MakeDraft = Callable[..., Draft]


def titles(store: Store, **asked: object) -> list[str]:
    return [article.title for article in store.articles.latest(**{"limit": 10, **asked})]  # type: ignore[arg-type]


def test_an_article_comes_back_as_it_was_saved(store: Store, noon: datetime) -> None:
    image = Image("https://example.org/a.jpg", "سد", 800, 600, "image/jpeg")
    document = Document(
        source="mehr",
        key="42",
        title="قم",
        body="متن خام",
        published=noon,
        day_only=True,
        section="استان‌ها",
        url="https://example.org/42",
        image=image,
        fingerprint="f",
    )
    summary = Summary("لید.", ("جملهٔ دوم.", "سوم."))
    saved = store.articles.save(
        Draft(document, "عنوان", "لید.", "لید.\n\nمتن", summary, ("qom", "yazd"), "مهر", True), [], noon
    )
    article = saved.article
    assert store.articles.get(article.id) == article
    assert (article.title, article.lead, article.body, article.summary) == ("عنوان", "لید.", "لید.\n\nمتن", summary)
    assert (article.provinces, article.agency, article.urgent, article.image) == (("qom", "yazd"), "مهر", True, image)
    assert (article.published, article.day_only, article.updated, article.ingested) == (noon, True, noon, noon)
    assert (article.source, article.key, article.url, article.section) == ("mehr", "42", document.url, document.section)
    assert (article.revision, article.retracted) == (1, None)


def test_the_name_in_a_link_is_the_same_in_every_store(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft("a.txt"), [], noon).article
    assert article.uid == "d51075cf1b7c1d6b"
    assert store.articles.by_uid(article.uid) == article


def test_an_unknown_article_is_none(store: Store) -> None:
    assert store.articles.get(7) is None
    assert store.articles.by_uid("no such\0uid") is None
    assert store.articles.original(7) == ()
    assert store.editorial.retract("x", datetime.now(UTC)) is None
    assert store.editorial.set_provinces("x", ["qom"], datetime.now(UTC)) is None


def test_a_draft_saved_twice_is_unchanged(store: Store, draft: MakeDraft, noon: datetime) -> None:
    first = store.articles.save(draft(), [Route("preview")], noon)
    again = store.articles.save(draft(), [Route("preview")], noon + timedelta(hours=1))
    assert (first.outcome, again.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert again.article == first.article
    assert store.articles.total() == 1


def test_an_unchanged_draft_does_not_wait_for_writers(sqlite_url: str, draft: MakeDraft, noon: datetime) -> None:
    with open_store(sqlite_url, busy_timeout=0.05) as store, closing(sqlite3.connect(sqlite_url[10:])) as other:
        store.articles.save(draft(), [], noon)
        other.execute("BEGIN IMMEDIATE")
        assert store.articles.save(draft(), [], noon).outcome is Outcome.UNCHANGED


def test_documents_without_fingerprints_are_told_apart_by_their_words(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    bare = draft(body="یک")
    bare = replace(bare, document=replace(bare.document, fingerprint=""))
    other = replace(bare, document=replace(bare.document, body="دو"))
    outcomes = [store.articles.save(each, [], noon).outcome for each in (bare, bare, other)]
    assert outcomes == [Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED]


def test_a_changed_document_is_a_new_revision_of_the_same_article(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    later = noon + timedelta(days=2)
    old = store.articles.save(draft(body="سد پر شد."), [], noon).article
    saved = store.articles.save(draft(body="سد خالی شد.", published=later), [], later)
    new = saved.article
    assert saved.outcome is Outcome.CHANGED
    assert (new.id, new.uid, new.revision) == (old.id, old.uid, 2)
    assert (new.body, new.published, new.updated, new.ingested) == ("سد خالی شد.", later, later, noon)
    assert [revision.body for revision in store.articles.original(old.id)] == ["سد خالی شد.", "سد پر شد."]
    assert store.articles.total() == 1


def test_an_article_is_of_its_source(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("1", fingerprint="a"), [], noon)
    store.articles.save(draft("2", fingerprint="b"), [], noon)
    store.articles.save(draft("1", source="mehr", fingerprint="c"), [], noon)
    assert store.articles.fingerprints("seeds") == {"1": "a", "2": "b"}
    assert store.articles.fingerprints("mehr") == {"1": "c"}
    assert store.articles.fingerprints("none") == {}


def test_source_and_key_are_not_run_together(store: Store, draft: MakeDraft, noon: datetime) -> None:
    first = store.articles.save(draft("bc", source="a"), [], noon).article
    second = store.articles.save(draft("c", source="ab"), [], noon).article
    assert first.uid != second.uid


def test_newest_first_is_by_publication_whatever_came_in_first(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for days in (3, 1, 2):
        store.articles.save(draft(str(days), str(days), published=noon + timedelta(days=days)), [], noon)
    assert titles(store) == ["3", "2", "1"]


def test_articles_of_one_second_keep_the_order_they_came_in(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for number in range(4):
        published = noon + timedelta(milliseconds=100 * number)
        store.articles.save(draft(str(number), str(number), published=published), [], noon)
    assert titles(store) == ["3", "2", "1", "0"]


def test_an_id_begins_with_the_second_of_publication(store: Store, draft: MakeDraft, noon: datetime) -> None:
    tehran = noon.astimezone(timezone(timedelta(hours=3, minutes=30)))
    article = store.articles.save(draft(published=tehran), [], noon).article
    assert article.id >> 20 == int(noon.timestamp())
    assert article.published == noon


def test_an_article_from_before_1970_is_the_oldest(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("now", "now"), [], noon)
    store.articles.save(draft("old", "old", published=datetime(1951, 3, 20, 1, 2, 3, 4, tzinfo=UTC)), [], noon)
    assert titles(store) == ["now", "old"]
    until = SearchQuery("", until=datetime(1951, 3, 21, tzinfo=UTC))
    assert [article.title for article in store.articles.search(until, limit=5).articles] == ["old"]


def test_pages_of_a_list_follow_each_other_without_a_gap(store: Store, draft: MakeDraft, noon: datetime) -> None:
    for number in range(7):
        province = "qom" if number % 2 else "yazd"
        store.articles.save(draft(str(number), str(number), provinces=(province, "fars")), [], noon)
    for province in (None, "fars"):
        seen: list[str] = []
        before = None
        while page := store.articles.latest(province=province, limit=3, before=before):
            seen += [article.title for article in page]
            before = page[-1].id
        assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_province_lists_what_names_it_first_or_later(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft("a", "a", provinces=("qom", "yazd")), [], noon)
    store.articles.save(draft("b", "b", provinces=("yazd",)), [], noon)
    store.articles.save(draft("c", "c", provinces=()), [], noon)
    assert titles(store, province="qom") == ["a"]
    assert titles(store, province="yazd") == ["b", "a"]
    assert titles(store, province="no-such") == []
    assert store.articles.counts() == {"qom": 1, "yazd": 2}
    assert store.articles.total() == 3


def test_a_change_of_province_moves_the_article(store: Store, draft: MakeDraft, noon: datetime) -> None:
    store.articles.save(draft(body="یک", provinces=("qom",)), [], noon)
    store.articles.save(draft(body="دو", provinces=("yazd",)), [], noon)
    assert store.articles.counts() == {"yazd": 1}


def test_the_desks_word_on_the_province_stands_over_the_machines(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = store.articles.save(draft(body="یک", provinces=("qom",)), [], noon).article
    placed = store.editorial.set_provinces(article.uid, ["ilam", "fars", "ilam"], noon)
    assert placed is not None
    assert placed.provinces == ("ilam", "fars")
    store.articles.save(draft(body="دو", provinces=("qom",)), [], noon)
    assert store.articles.counts() == {"ilam": 1, "fars": 1}
    assert titles(store, province="ilam") == ["باران در قم"]
    page = store.articles.search(SearchQuery("", ("ilam",), ("باران",)), limit=5)
    assert page.total == 1
    assert store.articles.search(SearchQuery("", ("qom",), ("باران",)), limit=5).complete == 0


def test_a_desk_that_agrees_with_the_machine_changes_nothing_but_holds_it(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = store.articles.save(draft(body="یک", provinces=("qom",)), [], noon).article
    assert store.editorial.set_provinces(article.uid, ["qom"], noon + timedelta(1)) == article
    changed = store.articles.save(draft(body="دو", provinces=("yazd",)), [], noon).article
    assert changed.provinces == ("qom",)


def test_a_retracted_article_is_shown_nowhere_and_never_comes_back(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    article = store.articles.save(draft(body="یک"), [], noon).article
    retracted = store.editorial.retract(article.uid, noon)
    assert retracted is not None
    assert retracted.retracted == noon
    assert store.editorial.retract(article.uid, noon + timedelta(1)) == retracted
    store.editorial.set_provinces(article.uid, ["yazd"], noon)
    saved = store.articles.save(draft(body="دو"), [], noon)
    assert saved.outcome is Outcome.CHANGED
    assert titles(store) == titles(store, province="qom") == titles(store, province="yazd") == []
    for query in (SearchQuery(""), SearchQuery("", ("qom",)), SearchQuery("", ("qom",), ("باران",))):
        assert store.articles.search(query, limit=5).total == 0
    assert (store.articles.counts(), store.articles.total()) == ({}, 0)
    assert store.articles.get(article.id) is not None


def test_the_version_of_a_list_changes_with_what_it_shows(store: Store, draft: MakeDraft, noon: datetime) -> None:
    def versions() -> list[object]:
        return [heads(store, province, limit=2) for province in ("", "qom", "yazd")]

    def changed_by(act: Callable[[], object]) -> list[bool]:
        before = versions()
        act()
        return [new != old for new, old in zip(versions(), before, strict=True)]

    later = noon + timedelta(1)
    uid = store.articles.save(draft("a", body="یک"), [], noon).article.uid
    assert changed_by(lambda: store.articles.save(draft("a", body="یک"), [], later)) == [False, False, False]
    assert changed_by(lambda: store.articles.save(draft("a", body="دو"), [], noon)) == [True, True, False]
    assert changed_by(lambda: store.articles.save(draft("b", provinces=("yazd",)), [], noon)) == [True, False, True]
    assert changed_by(lambda: store.editorial.set_provinces(uid, ["yazd"], noon)) == [True, True, True]
    assert changed_by(lambda: store.editorial.retract(uid, noon)) == [True, False, True]


def test_the_version_of_a_list_does_not_change_with_what_it_is_too_short_to_show(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    for number in range(3):
        store.articles.save(draft(str(number)), [], noon)
    before = heads(store, None, limit=2)
    store.articles.save(draft("0", body="دیگر"), [], noon)
    assert heads(store, None, limit=2) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(), max_size=30), body=st.text(st.characters(), max_size=80))
def test_any_text_is_stored_but_for_what_no_encoding_holds(store: Store, title: str, body: str) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    document = Document("any", f"{title}|{body}", title, body, moment)
    saved = store.articles.save(Draft(document, title, "", body, Summary(title, (body,)), ()), [], moment)
    article = store.articles.get(saved.article.id)
    assert article == saved.article
    assert article.title == title.replace("\0", "").encode("utf-8", "replace").decode()
    assert article.body == article.summary.facts[0]


@pytest.mark.parametrize("limit", [0, 1, 100])
def test_a_list_is_never_longer_than_asked_for(store: Store, draft: MakeDraft, noon: datetime, limit: int) -> None:
    for number in range(2):
        store.articles.save(draft(str(number)), [], noon)
    assert len(store.articles.latest(limit=limit)) == min(limit, 2)
    assert len(store.articles.search(SearchQuery(""), limit=limit).articles) == min(limit, 2)


def test_a_retracted_article_stays_where_feeds_ask_for_it(store: Store, draft: MakeDraft, noon: datetime) -> None:
    article = store.articles.save(draft(body="یک"), [], noon).article
    store.editorial.retract(article.uid, noon + timedelta(hours=1))
    for province in (None, "qom"):
        (found,) = fed(store, province, limit=5)
        assert found.retracted == found.updated == noon + timedelta(hours=1)
        assert store.articles.latest(province=province, limit=5) == ()


def test_a_stretch_of_time_is_listed_and_counted_by_itself(store: Store, draft: MakeDraft, noon: datetime) -> None:
    hours = [noon + timedelta(hours=number) for number in range(4)]
    for number, moment in enumerate(hours):
        provinces = ("qom", "yazd") if number else ("qom",)
        store.articles.save(draft(str(number), title=str(number), published=moment, provinces=provinces), [], noon)
    assert titles(store, since=hours[1], until=hours[3]) == ["2", "1"]
    assert titles(store, since=hours[1], province="yazd", limit=1) == ["3"]
    assert store.articles.counts(since=hours[1], until=hours[3]) == {"qom": 2, "yazd": 2}
    assert store.articles.counts(until=hours[1]) == {"qom": 1}
    assert store.articles.per_span([hours[0], hours[2], hours[3]]) == [2, 1]
    assert store.articles.per_span(hours, province="yazd") == [0, 1, 1]
    assert (store.articles.per_span(hours[:1]), store.articles.per_span([])) == ([], [])


def test_the_archive_begins_with_the_oldest_article_that_is_shown(
    store: Store, draft: MakeDraft, noon: datetime
) -> None:
    assert store.articles.earliest() is None
    oldest = store.articles.save(draft("old", published=noon - timedelta(days=9)), [], noon).article
    store.articles.save(draft("new"), [], noon)
    assert store.articles.earliest() == noon - timedelta(days=9)
    store.editorial.retract(oldest.uid, noon)
    assert store.articles.earliest() == noon
    assert store.articles.per_span([noon - timedelta(days=10), noon]) == [0]
