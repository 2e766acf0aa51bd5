"""A site to visit, with a store that tests fill."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from visitor import Publish, Save, Visitor

from feeds.models import Article, Draft, Route
from feeds.store import Store
from feeds.web.app import create_app


@pytest.fixture
def feeds_dir(tmp_path: Path) -> Path:
    return tmp_path / "feeds"


@pytest.fixture
def now(noon: datetime) -> datetime:
    """The time on the site's clock: a quarter of an hour after the news."""
    return noon + timedelta(minutes=15)


@pytest.fixture
def service() -> dict[str, Any]:
    """What the service says of itself; tests change it."""
    return {}


@pytest.fixture
def visit() -> type[Visitor]:
    return Visitor


@pytest.fixture
def site(archive: Store, feeds_dir: Path, tehran: ZoneInfo, now: datetime, service: dict[str, Any]) -> Visitor:
    return Visitor(
        create_app(
            archive,
            public_url="http://testserver",
            feeds_dir=feeds_dir,
            zone=tehran,
            status=lambda: service,
            clock=lambda: now,
            fresh_within=0,
        )
    )


@pytest.fixture
def save(archive: Store, edited: Callable[..., Draft], noon: datetime) -> Save:
    """Stores an article, with its way to the preview channel."""

    def save(key: str = "one", **changes: Any) -> Article:
        return archive.articles.save(edited(key, **changes), (Route("preview"),), noon + timedelta(minutes=1)).article

    return save


@pytest.fixture
def publish(archive: Store, now: datetime) -> Publish:
    """Settles what waits for the preview channel, with that payload."""

    def publish(payload: dict[str, Any]) -> None:
        archive.channels.ensure("preview")
        waiting = archive.direct.batch("preview", now, 1000)
        done = [(delivery, payload, delivery.revision) for delivery in waiting]
        assert archive.direct.settle("preview", done, now) == len(done) > 0

    return publish
