"""The desk's word on articles: where they belong, what is one story, what is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from feeds.models import Article, Draft, Route
from feeds.store.archive import changes, holding, listing, stories
from feeds.store.archive.arrivals import Mover, nowhere
from feeds.store.archive.listing import changing
from feeds.store.database.engine import reading
from feeds.store.database.rows import article_of
from feeds.store.delivery import queue
from feeds.store.delivery.desk import Act, note, target_of
from feeds.store.search.index.fulltext import fulltext_of

BY_ITSELF = "chapar"
"""Who acts where nobody of the desk does, for the audit."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What holding, dating or releasing came to."""

    posts: int = 0
    articles: int = 0
    """Those that readers see from now on, or see no more before their release."""
    under_way: int = 0
    """Posts that are being sent: they wait only if they do not arrive."""

    def __bool__(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.posts or self.articles or self.under_way)

    def __str__(self) -> str:
        counts = {"article": self.articles, "post": self.posts, "post under way": self.under_way}
        plural = {name: name.replace("post", "posts") if "post" in name else f"{name}s" for name in counts}
        return ", ".join(f"{n:,} {name if n == 1 else plural[name]}" for name, n in counts.items() if n) or "nothing"


class Editorial:
    """What the desk decides about what is stored.

    Every method is one transaction, with its line of the audit where `who` of the desk acts. It may be called from any
    thread, and raises `StoreError` where the store is locked for too long, full, or gone; then nothing of it was done.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fulltext = fulltext_of(engine)

    def set_provinces(
        self, uid: str, provinces: Sequence[str], now: datetime, *, anew: Mover = nowhere, who: str = ""
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
            _note(connection, (who, now), "place", known["id"], ", ".join(placed))
            if known["provinces"] == placed:
                return changes.alter(connection, known["id"], by_desk)
            by_desk |= {"provinces": placed, "revision": known["revision"] + 1, "updated": now}
            article = changes.alter(connection, known["id"], by_desk)
            shown = changes.is_shown(connection, article)
            if shown:
                listing.show(connection, self._fulltext, article)
                queue.edits(connection, article, now)
            if shown or (article.held and article.retracted is None):
                listing.post_untold(connection, article, anew(article_of(known), article), now)
            return article

    def correct(self, uid: str, draft: Draft, now: datetime, *, anew: Mover = nowhere, who: str = "") -> Article | None:
        """The desk's words in place of the source's: a revision like any other, until the source itself changes.

        None where there is no such article, or it was withdrawn.
        """
        with changing(self._engine) as connection:
            known = changes.find(connection, uid)
            if known is None or known["retracted"] is not None:
                return None
            as_known = replace(draft, document=replace(draft.document, fingerprint=known["fingerprint"]))
            article = changes.revise(connection, known, as_known, now)
            listing.post_untold(connection, article, anew(article_of(known), article), now)
            if changes.is_shown(connection, article):
                listing.index(connection, self._fulltext, article)
            _note(connection, (who, now), "edit", article.id, f"revision {article.revision}")
            return article

    def merge(self, uid: str, into: str, now: datetime, *, who: str = "") -> Article | None:
        """The desk's word that an article tells what another does: it joins that one's story.

        Its own posts stay; what waits is not sent where the story is told already. None where one of them is missing,
        or nothing changes.
        """
        with changing(self._engine) as connection:
            known, other = changes.find(connection, uid), changes.find(connection, into)
            if known is None or other is None or known["id"] == other["id"]:
                return None
            article = article_of(known)
            if not self._join(connection, article, other["id"], stories.BY_DESK, now):
                return None
            _note(connection, (who, now), "merge", article.id, f"into {other['uid']}")
            return article

    def split(self, uid: str, now: datetime, *, channels: Sequence[Route] = (), who: str = "") -> Article | None:
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
                if article.held is None:
                    listing.show(connection, self._fulltext, article)
                queue.post_after_all(connection, article, channels, now)
            changes.touch_posts(connection, article.id, now)
            if lead is not None:
                changes.touch(connection, lead, now)
            _note(connection, (who, now), "split", article.id)
            return article

    def hold(self, who: str, now: datetime, *, article_id: int, channel: str | None = None) -> Handled:
        """Hold an article: its posts that were not begun, of one channel or of all; those under way, if they come back.

        Where no channel has it yet, no list, feed or search shows it either, until it is released. A moment at which it
        was to be let go by itself holds no more.
        """
        with changing(self._engine) as connection:
            posts, under_way = queue.hold(connection, article_id, channel)
            hidden = channel is None and holding.hold(connection, self._fulltext, article_id, now)
            handled = Handled(posts, int(hidden), under_way)
            note(connection, Act(now, who, "hold", target_of(article_id, channel), str(handled)), done=bool(handled))
        return handled

    def embargo(self, who: str, now: datetime, *, article_id: int, until: datetime) -> Handled:
        """Publish an article at a moment and not before: until then it is held, and `release_due` lets it go.

        Where a channel has it, or may come to have it, readers see it already: then its other posts alone wait.
        """
        with changing(self._engine) as connection:
            if not holding.may_be(connection, article_id):
                return Handled()
            if queue.is_out(connection, article_id):
                handled = Handled(queue.put_off(connection, article_id, until))
            else:
                queue.hold(connection, article_id, None)
                dated = holding.hold(connection, self._fulltext, article_id, now, until=until)
                handled = Handled(len(queue.held_of(connection, article_id)), 1) if dated else Handled()
            act = Act(now, who, "embargo", target_of(article_id, None), until.isoformat())
            note(connection, act, done=bool(handled))
        return handled

    def release_due(self, now: datetime) -> list[int]:
        """Let go the articles whose moment has come, each once on any number of nodes; returns their ids."""
        with reading(self._engine) as connection:
            if not holding.due(connection, now):  # as nearly always: nobody has to wait for a lock then
                return []
        with changing(self._engine) as connection:
            come = holding.due(connection, now)
            for article in holding.waiting(connection, come):
                queue.let_come(connection, article.id, None)
                posts = queue.release(connection, article.id, None)
                holding.release(connection, self._fulltext, article, now)
                handled = Handled(len(posts), 1)
                note(connection, Act(now, BY_ITSELF, "release", target_of(article.id, None), str(handled)))
        return come

    def next_due(self) -> datetime | None:
        """The next moment at which an article is let go by itself."""
        with reading(self._engine) as connection:
            return holding.next_due(connection)

    def release(
        self,
        who: str,
        now: datetime,
        *,
        article_id: int | None = None,
        channel: str | None = None,
        but: str = "",
    ) -> Handled:
        """Let held posts go, and let readers see the articles that were held.

        One article goes at once, whatever its moment; of all, those that wait for a moment go on waiting.

        Args:
            who: who acts, for the audit.
            now: the moment.
            article_id: only of this article; None: of all.
            channel: only to this channel; None: to all.
            but: a section whose articles stay held.
        """
        with changing(self._engine) as connection:
            under_way = queue.let_come(connection, article_id, channel, but)
            freed = queue.release(connection, article_id, channel, but)
            concerned = freed if channel is not None else None if article_id is None else [article_id]
            waiting = [one for one in holding.waiting(connection, concerned) if not but or one.section != but]
            for article in waiting:
                holding.release(connection, self._fulltext, article, now)
            handled = Handled(len(freed), len(waiting), under_way)
            note(connection, Act(now, who, "release", target_of(article_id, channel), str(handled)), done=bool(handled))
        return handled

    def newly_held(self, since: datetime, *, but: str = "") -> list[Article]:
        """The articles that have come since a moment and wait for the desk; see `holding.newly`."""
        with reading(self._engine) as connection:
            return holding.newly(connection, since, but)

    def held(self, *, but: str = "") -> tuple[Handled, int]:
        """What a release of all would let go, `but` for a section's, and how many articles that concerns."""
        with reading(self._engine) as connection:
            waiting = [one for one in holding.waiting(connection) if not but or one.section != but]
            posts = queue.held(connection, but)
            return Handled(len(posts), len(waiting)), len({*posts, *(one.id for one in waiting)})

    def retract(self, uid: str, now: datetime, *, who: str = "") -> Article | None:
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
            changes.tell_story(connection, article, now)
            _note(connection, (who, now), "retract", article.id)
            return article

    def restore(self, uid: str, now: datetime, *, who: str = "") -> Article | None:
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
            changes.tell_story(connection, article, now)
            _note(connection, (who, now), "restore", article.id)
            return article

    def _join(self, connection: Connection, article: Article, other: int, kind: str, now: datetime) -> bool:
        """Put an article behind the one that leads the other's story; False where they can't be one."""
        lead = stories.join(connection, article.id, other, kind, now)
        if lead is None:
            return False
        listing.hide(connection, self._fulltext, article, now)
        if article.held is None:  # else its story names it when it is released
            changes.touch(connection, lead, now)
        return True


def _note(connection: Connection, by: tuple[str, datetime], act: str, article_id: int, detail: str = "") -> None:
    """A line of the audit; what the machine does by itself is in the log."""
    who, now = by
    if who:
        note(connection, Act(now, who, act, target_of(article_id, None), detail))
