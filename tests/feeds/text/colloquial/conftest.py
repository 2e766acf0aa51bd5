"""Folders with and without what hazm said; no test leaves a table in use."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.text import colloquial
from feeds.text.colloquial import learning


@pytest.fixture(autouse=True)
def _nothing_learnt(tmp_path: Path) -> Iterator[None]:
    colloquial.use(tmp_path / "nothing")
    yield
    colloquial.use(tmp_path / "nothing")


@pytest.fixture(scope="session")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the real hazm has answered, in its child process."""
    folder = tmp_path_factory.mktemp("learnt")
    asyncio.run(learning.learn(folder))
    return folder
