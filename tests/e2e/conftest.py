"""A desk for each test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from desk import Desk  # noqa: E402 - found beside this file


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "seeds").mkdir()
    return Desk(tmp_path)
