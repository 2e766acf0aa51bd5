"""The node that leads keeps the full-text index together; the others leave that to it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import service as of_service
from bot.service import Service
from bot.settings import Settings
from feeds.models import Document, Draft, Summary
from feeds.store import Store, open_store

NOON = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
SAVES = 15
"""FTS5 leaves three segments of each of two sizes."""


def tick(store: Store, *, leading: bool) -> None:
    async def run() -> None:
        service = Service(Settings.load(), store)
        service._leadership.leading = leading
        await service._tidy_index()
        await service.publisher.close()

    asyncio.run(run())


@pytest.mark.parametrize("leading", [True, False])
def test_the_leader_alone_does_it_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, leading: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(of_service, "INDEX_PAUSE_SECONDS", 0.0)
    with open_store(f"sqlite:///{tmp_path / 'chapar.db'}") as store:
        for number in range(SAVES):
            document = Document("seeds", str(number), "باران", f"برف {number}", NOON, fingerprint=str(number))
            store.articles.save(Draft(document, "باران", "", document.body, Summary(""), ()), [], NOON)
        tick(store, leading=leading)
        assert store.articles.tidy_index() is not leading
