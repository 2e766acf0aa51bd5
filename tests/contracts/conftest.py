"""Drafts to store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feeds.models import Document, Draft, Summary

NOON = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def make_draft(
    key: str = "one",
    title: str = "باران در قم",
    body: str = "امروز باران بارید.",
    *,
    source: str = "seeds",
    provinces: tuple[str, ...] = ("qom",),
    published: datetime = NOON,
    fingerprint: str = "",
    urgent: bool = False,
) -> Draft:
    document = Document(
        source=source, key=key, title=title, body=body, published=published, fingerprint=fingerprint or title + body
    )
    return Draft(document, title, "", body, Summary(body), provinces, urgent=urgent)


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """Makes an edited article from what a test cares about."""
    return make_draft


@pytest.fixture
def noon() -> datetime:
    return NOON
