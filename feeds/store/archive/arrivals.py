"""What is to be stored: a draft, where it goes, and what it has to do with what is stored already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from feeds.models import Article, Draft, Route
from feeds.store.database.rows import uid_of

Mover = Callable[[Article, Article], Sequence[Route]]
"""Where an article goes besides, from what it was and what it is now."""


def nowhere(_former: Article, _article: Article) -> Sequence[Route]:
    """Nowhere else: the usual."""
    return ()


@dataclass(frozen=True)
class Arrival:
    """A draft that is to be stored."""

    draft: Draft
    channels: Sequence[Route] = ()
    """Where it goes, if it is new."""
    story: tuple[str, str] | None = None
    """The uid of an article that tells the same, and why they are one (see `feeds.store.archive.stories`)."""
    goes_on: str = ""
    """The uid of an article whose story it goes on with."""
    anew: Mover = nowhere
    """Where it goes besides, if it changes an article."""

    @property
    def waits(self) -> bool:
        """Whether no reader is to see it before the desk's word: its source's articles wait, or all its posts do."""
        return self.draft.document.hold or (bool(self.channels) and all(route.held for route in self.channels))

    @cached_property
    def uid(self) -> str:
        """Under which it will be stored, or is."""
        return uid_of(self.draft.document.source, self.draft.document.key)
