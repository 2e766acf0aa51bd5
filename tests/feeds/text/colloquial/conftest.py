"""Folders with and without what hazm said; no test leaves a table in use."""

from __future__ import annotations

import asyncio
import fcntl
import os
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
    """The folder in which the real hazm has answered, in its child process; once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "learnt"
    folder.mkdir(exist_ok=True)
    with (folder.parent / "learnt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if learning.is_due(folder):
            asyncio.run(learning.learn(folder))
    return folder
