"""What one poll of a feed came to, and one more try for a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from feeds.models import Document, SeenEntry, SourceState
from feeds.sources import SourceSettings
from feeds.sources.following.retries import Late, Miss


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of one feed came to."""

    source: SourceSettings
    state: SourceState
    """As it is to be stored."""
    documents: tuple[Document, ...] = ()
    seen: tuple[SeenEntry, ...] = ()
    renamed: tuple[str, ...] = ()
    """Keys under which entries are known no more."""
    new: int = 0
    changed: int = 0
    quiet: int = 0
    size: int = 0
    """Bytes that were fetched for the feed itself."""
    failed: bool = False
    missed: tuple[Miss, ...] = ()
    """Pages that may be read later."""
    in_part: bool = False
    """There is more of it: its state is not to be stored yet, only its entries."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one more try for a page came to."""

    late: Late
    document: Document | None = None
    """The article with its page."""
    miss: Miss | None = None
    """The page could not be read again, and perhaps can later."""


def joined(newer: Polled | None, older: Polled) -> Polled:
    """What two pages of a channel brought, as one: the oldest first."""
    if newer is None:
        return older
    return replace(
        newer,
        documents=(*older.documents, *newer.documents),
        seen=(*older.seen, *newer.seen),
        renamed=(*older.renamed, *newer.renamed),
        missed=(*older.missed, *newer.missed),
    )
