"""What a new article tells again is found among those of the store, whoever stored them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from empty_store import empty_store

from feeds.models import Document, Draft, Summary
from feeds.store import Store, open_store
from feeds.stories.coverage import Coverage
from feeds.stories.duplicates import Kind, Match

NOW = datetime(2025, 9, 24, 12, tzinfo=UTC)
BODY = "محیط‌بانان سوادکوه خرسی را که در تله سیمی روستای لفور گرفتار بود پس از شش ساعت تلاش و با داروی بی‌هوشی رها کردند."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(empty_store(tmp_path)) as opened:
        yield opened


def draft(key: str, *, source: str = "mehr", body: str = BODY, hours: float = 0, **other: Any) -> Draft:
    published = NOW + timedelta(hours=hours)
    document = Document(source, key, "رهاسازی خرس در سوادکوه", body, published, feed=source, fingerprint=body + key)
    return Draft(document, document.title, body, body, Summary(body), ("mazandaran",), agency=source, **other)


def test_the_same_text_of_another_agency_is_told_again(store: Store) -> None:
    saved = store.articles.save(draft("1"), [], NOW)
    coverage = Coverage(store)
    coverage.refresh(NOW)
    assert coverage.match(draft("2", source="irna", hours=1)) == Match(saved.article.uid, Kind.TEXT, 1.0)


def test_what_another_node_stores_meanwhile_is_found_too(store: Store) -> None:
    coverage = Coverage(store)
    coverage.refresh(NOW)
    saved = store.articles.save(draft("1"), [], NOW)
    assert coverage.match(draft("2", source="irna")) is None
    coverage.refresh(NOW + timedelta(minutes=1))
    assert coverage.match(draft("2", source="irna")) == Match(saved.article.uid, Kind.TEXT, 1.0)


def test_what_was_corrected_is_compared_by_its_new_words(store: Store) -> None:
    coverage = Coverage(store)
    coverage.match(draft("1"))
    changed = draft("1", body="متنی سراسر دیگر دربارهٔ کاشت نهال در دشت‌های پایین‌دست و آبیاری آن‌ها در تابستان پیش رو.")
    assert coverage.match(changed) is None
    assert coverage.match(draft("2", source="irna")) is None


def test_what_is_old_is_forgotten(store: Store) -> None:
    coverage = Coverage(store)
    coverage.match(draft("1"))
    coverage.refresh(NOW + timedelta(days=4))
    assert coverage.match(draft("2", source="irna")) is None


def test_an_archive_is_not_loaded(store: Store) -> None:
    store.articles.save(draft("1", hours=-24 * 30), [], NOW)
    assert store.stories.recent(NOW - timedelta(days=3)) == {}
