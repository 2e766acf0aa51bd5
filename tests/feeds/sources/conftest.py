"""Fixtures of the tests of sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sources_site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of this test alone."""
    opened = Site()
    yield opened
    opened.close()
