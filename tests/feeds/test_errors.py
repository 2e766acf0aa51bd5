"""Errors can be raised wherever Python allows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from feeds.errors import DocumentError, PollError, SourceError


@contextmanager
def anything() -> Iterator[None]:
    yield


@pytest.mark.parametrize("error", [DocumentError("a.txt", 3, "no title"), PollError("https://example.org/", "gone")])
def test_an_error_passes_through_a_context_manager_as_itself(error: SourceError) -> None:
    with pytest.raises(type(error)) as caught, anything():
        raise error
    assert caught.value is error


def test_an_error_says_where_it_is() -> None:
    assert str(DocumentError("a.txt", 3, "no title")) == "a.txt:3: no title"
    assert str(DocumentError("a.txt", 0, "is empty")) == "a.txt: is empty"
    assert str(PollError("https://example.org/", "gone")) == "https://example.org/: gone"
