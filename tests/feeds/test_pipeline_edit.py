"""A document edited: whose it is, whom that quotes, what kind it is, and what goes out at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from empty_store import empty_store

from feeds import pipeline
from feeds.models import DeliveryState, Document, Image, Kind, Route
from feeds.store import open_store

DOCUMENT = Document(
    "example.org/rss",
    "1",
    "سد نمونه پر شد",
    "به گزارش مهر به نقل از رویترز، آب سد به لبه رسید.",
    datetime(2025, 9, 24, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("told", "agency", "origin"),
    [
        ({}, "خبرگزاری مهر", "رویترز"),
        ({"agency": "مهر - استان‌ها"}, "مهر - استان‌ها", "رویترز"),
        ({"agency": "قم‌نیوز", "body": "به گزارش مهر، آب سد به لبه رسید."}, "قم‌نیوز", "خبرگزاری مهر"),
        ({"agency": "مهر", "body": "به گزارش خبرگزاری مهر، آب سد به لبه رسید."}, "مهر", ""),
        ({"lead": "قم – مهر: سد پر شد.", "body": "آب به لبه رسید."}, "خبرگزاری مهر", ""),
    ],
)
def test_an_agency_that_another_republishes_is_its_origin(told: dict[str, str], agency: str, origin: str) -> None:
    draft = pipeline.edit(replace(DOCUMENT, **told))  # type: ignore[arg-type]
    assert (draft.agency, draft.origin) == (agency, origin)


@pytest.mark.parametrize("body", ["", "عکس: سارا نمونه", "انتهای پیام/"])
def test_a_photo_story_without_words_says_what_it_is(body: str) -> None:
    draft = pipeline.edit(replace(DOCUMENT, title="گزارش تصویری | جشن انار", body=body))
    assert (draft.title, draft.kind, draft.summary.lead) == ("جشن انار", Kind.PHOTO, "گزارش تصویری")


@pytest.mark.parametrize(
    ("has", "held"),
    [
        ({}, 1),
        ({"url": "https://example.org/photo/12345"}, 0),
        ({"image": Image("https://example.org/1.jpg")}, 0),
    ],
)
def test_a_photo_story_with_neither_picture_nor_link_waits_for_the_desk(
    has: dict[str, object], held: int, tmp_path: Path
) -> None:
    document = replace(DOCUMENT, title="گزارش تصویری | جشن انار", body="", **has)  # type: ignore[arg-type]
    with open_store(empty_store(tmp_path)) as store:
        list(pipeline.ingest(store, [document], lambda _: [Route("preview")]))
        assert store.deliveries.counts(["preview"])[DeliveryState.HELD] == held
