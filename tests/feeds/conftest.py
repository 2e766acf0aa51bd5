"""Articles to show, and a store to read them from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds.models import Article, Document, Draft, Summary
from feeds.store import Store, open_store

NOON = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
LEAD = "باران از بامداد امروز در قم آغاز شد."
BODY = f"{LEAD}\n\nمدیر هواشناسی گفت: بارش تا پنجشنبه ادامه دارد.\n\nدمای هوا ۸ درجه کمتر می‌شود."


def make_article(key: str = "one", **changes: Any) -> Article:
    facts: dict[str, Any] = {
        "id": 1,
        "uid": f"{abs(hash(key)) % 16**16:016x}",
        "source": "seeds",
        "key": key,
        "revision": 1,
        "title": "باران در قم",
        "lead": LEAD,
        "body": BODY,
        "summary": Summary(LEAD, ("بارش تا پنجشنبه ادامه دارد.",)),
        "provinces": ("qom",),
        "published": NOON,
        "day_only": False,
        "updated": NOON + timedelta(minutes=1),
        "ingested": NOON + timedelta(minutes=1),
        "url": "https://agency.example/news/1/باران",
        "agency": "خبرگزاری نمونه",
    }
    return Article(**facts | changes)


def make_draft(key: str = "one", **changes: Any) -> Draft:
    """A draft of the article that `make_article` makes; `published`, `url` and `image` go into its document."""
    facts = {"title": "باران در قم", "lead": LEAD, "body": BODY, "agency": "خبرگزاری نمونه", "provinces": ("qom",)}
    facts |= changes
    source = {
        name: facts.pop(name) for name in ("published", "day_only", "url", "image", "fingerprint") if name in facts
    }
    document = Document(
        source="seeds",
        key=key,
        title=facts["title"],
        body=facts["body"],
        **{"published": NOON, "fingerprint": repr(sorted(facts.items())), **source},
    )
    summary = facts.pop("summary", None) or Summary(facts["lead"] or facts["title"])
    return Draft(document=document, summary=summary, **facts)


@pytest.fixture
def article() -> Callable[..., Article]:
    """Makes a stored article from what a test cares about."""
    return make_article


@pytest.fixture
def edited() -> Callable[..., Draft]:
    """Makes a draft from what a test cares about."""
    return make_draft


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def tehran() -> ZoneInfo:
    return ZoneInfo("Asia/Tehran")


@pytest.fixture
def archive(sqlite_url: str) -> Iterator[Store]:
    """An empty store, for what reads the store: the store itself is tested on every kind in tests/contracts."""
    with closing(open_store(sqlite_url)) as opened:
        yield opened
