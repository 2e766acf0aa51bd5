"""The desk's word on articles: where they belong, what is one story, what is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from feeds.models import Article, Route
from feeds.store import changes, listing, stories
from feeds.store.arrivals import Mover, nowhere
from feeds.store.database.rows import article_of
from feeds.store.delivery import queue
from feeds.store.listing import changing
from feeds.store.search.fulltext import fulltext_of


class Editorial:
    """What the desk decides about what is stored.

    Every method is one transaction, may be called from any thread, and raises `StoreError` where the store is locked
    for too long, full, or gone; then nothing of it was done.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fulltext = fulltext_of(engine)

    def set_provinces(
        self, uid: str, provinces: Sequence[str], now: datetime, *, anew: Mover = nowhere
    ) -> Article | None:
        """The desk's word on where an article belongs (slugs, the primary one first): it stands over the machine's.

        Feeds, search and the posts already sent follow, and it is posted where it goes `anew` and its story never was.
        None where there is no such article.
        """
        placed = list(dict.fromkeys(provinces))
        with changing(self._engine) as connection:
            known = changes.find(connection, uid)
            if known is None:
                return None
            by_desk: dict[str, Any] = {"placed_by_desk": True}
            if known["provinces"] == placed:
                return changes.alter(connection, known["id"], by_desk)
            by_desk |= {"provinces": placed, "revision": known["revision"] + 1, "updated": now}
            article = changes.alter(connection, known["id"], by_desk)
            if changes.is_shown(connection, article):
                listing.show(connection, self._fulltext, article)
                queue.edits(connection, article, now)
                listing.post_untold(connection, article, anew(article_of(known), article), now)
            return article

    def merge(self, uid: str, into: str, now: datetime) -> Article | None:
        """The desk's word that an article tells what another does: it joins that one's story.

        Its own posts stay; what waits is not sent where the story is told already. None where one of them is missing,
        or nothing changes.
        """
        with changing(self._engine) as connection:
            known, other = changes.find(connection, uid), changes.find(connection, into)
            if known is None or other is None or known["id"] == other["id"]:
                return None
            article = article_of(known)
            return article if self._join(connection, article, other["id"], stories.BY_DESK, now) else None

    def split(self, uid: str, now: datetime, *, channels: Sequence[Route] = ()) -> Article | None:
        """The desk's word that an article tells a story of its own: it is shown again, and never merged by itself.

        It is posted to those of the channels that never had a post of it. One that leads in place of withdrawn ones is
        parted from these. None where it is missing, or there is nothing to part it from.
        """
        with changing(self._engine) as connection:
            known = changes.find(connection, uid)
            if known is None:
                return None
            article = article_of(known)
            withdrawn = stories.had_led(connection, article.id)
            for other in withdrawn:
                stories.part(connection, other, now)
            lead = stories.part(connection, article.id, now)
            if lead is None and not withdrawn:
                return None
            if article.retracted is None:
                listing.show(connection, self._fulltext, article)
                queue.post_after_all(connection, article, channels, now)
            changes.touch_posts(connection, article.id, now)
            if lead is not None:
                changes.touch(connection, lead, now)
            return article

    def retract(self, uid: str, now: datetime) -> Article | None:
        """Withdraw an article: no list or search shows it, feeds say so, what waits is not sent, posts are marked.

        What other agencies tell of the same stands: the earliest of them leads the story, and is posted only where its
        story is told again, or by the desk (`split`), which may know that all of it is false.
        The article stays in the store, so that its source can't bring it back; `restore` can. None where it is missing.
        """
        with changing(self._engine) as connection:
            known = changes.find(connection, uid)
            if known is None or known["retracted"] is not None:
                return None if known is None else article_of(known)
            article = changes.alter(connection, known["id"], {"retracted": now, "updated": now})
            changes.hide_provinces(connection, article)
            self._fulltext.remove(connection, article.id)
            queue.withdrawal(connection, article, now)
            heir = stories.succeed(connection, article)
            if heir is not None:
                listing.show(connection, self._fulltext, article_of(changes.by_id(connection, heir)))
            self._tell_lead(connection, article, now)
            return article

    def restore(self, uid: str, now: datetime) -> Article | None:
        """Take a retraction back: lists, searches and feeds show the article again, posts are edited back to its text.

        What the retraction kept from going out goes out, and what it took away is posted again. If it led a story, it
        leads it again. None where there is no such article.
        """
        with changing(self._engine) as connection:
            known = changes.find(connection, uid)
            if known is None or known["retracted"] is None:
                return None if known is None else article_of(known)
            again = {"retracted": None, "updated": now, "revision": known["revision"] + 1}
            article = changes.alter(connection, known["id"], again)
            queue.restoration(connection, article, now)
            led = stories.lead_again(connection, article, known["retracted"])
            if led is not None:  # after the posts are back: it stands behind those
                listing.hide(connection, self._fulltext, article_of(changes.by_id(connection, led)), now)
            if changes.is_shown(connection, article):
                listing.show(connection, self._fulltext, article)
            self._tell_lead(connection, article, now)
            return article

    @staticmethod
    def _tell_lead(connection: Connection, article: Article, now: datetime) -> None:
        """The posts of a story name an article of it no more, or again."""
        lead = stories.lead_of(connection, article.id)
        if lead == article.id:
            changes.touch_members(connection, lead, now)
        else:
            changes.touch(connection, lead, now)

    def _join(self, connection: Connection, article: Article, other: int, kind: str, now: datetime) -> bool:
        """Put an article behind the one that leads the other's story; False where they can't be one."""
        lead = stories.join(connection, article.id, other, kind, now)
        if lead is None:
            return False
        listing.hide(connection, self._fulltext, article, now)
        changes.touch(connection, lead, now)
        return True
