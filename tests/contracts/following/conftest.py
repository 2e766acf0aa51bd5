"""A newspaper in a store of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from newspaper import Newspaper

from feeds.models import Draft
from feeds.store import Store


@pytest.fixture
def newspaper(store: Store, draft: Callable[..., Draft], noon: datetime) -> Newspaper:
    return Newspaper(store, draft, noon)
