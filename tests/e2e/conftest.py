"""A desk for each test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import forking  # noqa: E402 - found beside this file
from desk import PYTHON, Desk  # noqa: E402


@pytest.fixture(scope="session")
def ready_to_fork() -> Iterator[None]:
    folder = str(Path(__file__).parent)
    with forking.server(PYTHON | {"PYTHONPATH": f"{folder}{os.pathsep}{PYTHON['PYTHONPATH']}"}):
        yield


@pytest.fixture
def desk(tmp_path: Path, ready_to_fork: None) -> Desk:
    (tmp_path / "seeds").mkdir()
    return Desk(tmp_path)
