"""Which article a new one tells again: the index of `feeds.stories.duplicates` over the last days of the store.

A document of the inbox is meant to be published, so it is never put behind another article, but told in reply to it;
and it is remembered, so that what feeds tell of it later joins it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Lock

from feeds.models import Article, Draft
from feeds.store import Store, uid_of
from feeds.stories import duplicates
from feeds.stories.fingerprints import Prints

_OVERLAP = timedelta(minutes=10)
"""Other nodes store at the same time, and clocks differ a little."""
_AT_ONCE = 100
"""Articles that are read at a time."""
_READ = 200
"""Articles whose prints are kept when they were read once: a story of the hour is told many times."""


class Coverage:
    """What was told in the last days, by uid. For any thread: the inbox and the feeds are read at the same time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = duplicates.Index(self._recall)
        self._unstored: dict[str, Prints] = {}
        self._read: dict[str, Prints] = {}
        self._read_until: datetime | None = None
        self._lock = Lock()

    def refresh(self, now: datetime) -> None:
        """Take in what was stored since the last time, by this node or another, and forget what is too old."""
        with self._lock:
            self._refresh(now)

    def _refresh(self, now: datetime) -> None:
        window = now - duplicates.TEXT_WINDOW
        since = window if self._read_until is None else self._read_until - _OVERLAP
        recent = self._store.stories.recent(window, stored_since=since)
        unread = [uid for uid, revision in recent.items() if self._index.revision(uid) != revision]
        for few in (unread[start : start + _AT_ONCE] for start in range(0, len(unread), _AT_ONCE)):
            for article in self._store.stories.named(few):
                self._index.add(article.uid, _prints(article))
                self._note(article)
        self._read_until = now
        self._index.expire(now)

    def match(self, draft: Draft) -> duplicates.Match | None:
        """The article that a draft tells again, or goes on with, and why; the draft is remembered.

        A draft that revises an article is not compared with that one; the store heeds a story only for what is new.
        """
        uid, prints = uid_of(draft.document.source, draft.document.key), _prints(draft)
        with self._lock:
            found = self._index.find(prints, without={uid})
            if not draft.document.hold:
                self._index.add(uid, prints)
                self._unstored[uid] = prints
        return found

    def stored(self, article: Article) -> None:
        """Note that a draft which was matched is stored now, so that it is not read again.

        One that waits for the desk was told to nobody: it is read when it is released.
        """
        with self._lock:
            self._unstored.pop(article.uid, None)
            if article.held:
                self._index.remove(article.uid)
            else:
                self._note(article)

    def _note(self, article: Article) -> None:
        self._index.note(article.uid, article.revision)
        self._read.pop(article.uid, None)

    def _recall(self, uids: Collection[str]) -> dict[str, Prints]:
        """The prints of articles; of those that are not stored yet, too."""
        missing = [uid for uid in uids if uid not in self._unstored and uid not in self._read]
        if len(self._read) + len(missing) > _READ:
            self._read.clear()
            missing = [uid for uid in uids if uid not in self._unstored]
        self._read |= {article.uid: _prints(article) for article in self._store.stories.named(missing)}
        known = self._read | self._unstored
        return {uid: known[uid] for uid in uids if uid in known}


def _prints(told: Draft | Article) -> Prints:
    published = told.document.published if isinstance(told, Draft) else told.published
    return Prints(told.title, told.lead, told.body, published, frozenset(told.provinces), told.agency)
