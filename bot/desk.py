"""What the desk may do with articles and channels: the same from the terminal and from Telegram, each act audited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feeds.errors import ChaparError
from feeds.models import Article, Delivery, DeliveryState, Route
from feeds.store import Store
from feeds.store.arrivals import Mover
from feeds.store.delivery.desk import EVERYTHING, Act
from feeds.store.editorial import Handled

QUEUE = (DeliveryState.UNCERTAIN, DeliveryState.SENDING, DeliveryState.HELD, DeliveryState.PENDING)
_UID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")


class IdleError(ChaparError):
    """There is nothing to do: it is so already, or can't be any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that is not settled, with its article."""

    delivery: Delivery
    article: Article


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk's hand, as one person.

    Every method raises `ChaparError` with an English sentence where there is nothing to do it to.
    """

    store: Store
    who: str
    """Who acts, for the audit: `telegram:12345`, `terminal:name`."""

    def article(self, reference: str) -> Article:
        """The article that a uid, or the address of its page, names."""
        uid = _UID.search(reference.lower())
        article = self.store.articles.by_uid(uid[0]) if uid else None
        if article is None:
            raise ChaparError(f"no article {reference}: give the end of its address, /a/…")
        return article

    def queue(self, limit: int) -> tuple[Waiting, ...]:
        """What is not settled yet: in doubt, under way, held, waiting."""
        found = []
        for delivery in self.store.deliveries.queue(states=QUEUE, limit=limit):
            article = self.store.articles.get(delivery.article_id)
            if article is not None:
                found.append(Waiting(delivery, article))
        return tuple(found)

    def release(self, reference: str = "") -> Handled:
        """Let what is held go, in channels and for readers: an article, or all but what is invented."""
        article = self.article(reference) if reference else None
        if article and article.retracted:
            raise IdleError(f"article {article.uid} is retracted: restore it first")
        from bot.publishing.routing import SAMPLES  # noqa: PLC0415 - its words are nothing that a look at the queue needs

        of, but = (article.id, "") if article else (None, SAMPLES)
        done = self.store.editorial.release(self.who, _now(), article_id=of, but=but)
        if not done:
            raise IdleError(f"nothing of article {article.uid} is held" if article else "nothing is held")
        return done

    def hold(self, reference: str) -> Handled:
        """Hold an article: its posts that were not begun, and, where none was, its page. To stop all of them, pause."""
        article = self.article(reference)
        done = self.store.editorial.hold(self.who, _now(), article_id=article.id)
        if not done:
            raise IdleError(
                f"article {article.uid} is held already"
                if article.held
                else f"article {article.uid} is retracted"
                if article.retracted
                else f"article {article.uid} is out in its channels; to take it back, retract it"
            )
        return done

    def publish_at(self, reference: str, moment: datetime | None) -> int:
        """Publish an article's waiting posts not before a moment (None: at once); returns how many."""
        return self.store.desk.embargo(self.who, _now(), article_id=self.article(reference).id, until=moment)

    def retract(self, reference: str) -> Article:
        """Withdraw an article: its posts, its page and its feed entries say so."""
        article = self.article(reference)
        if article.retracted is None:
            article = self.store.editorial.retract(article.uid, _now()) or article
            self._record("retract", article, article.title)
        return article

    def merge(self, reference: str, into: str) -> Article:
        """Say that an article tells what another does: it joins that one's story."""
        article, lead = self.article(reference), self.article(into)
        merged = self.store.editorial.merge(article.uid, lead.uid, _now())
        if merged is None:
            raise ChaparError("nothing to merge: they are one story already")
        self._record("merge", merged, f"into article {lead.id}")
        return merged

    def split(self, reference: str, channels: Callable[[Article], Sequence[Route]] = lambda _: ()) -> Article:
        """Say that an article tells a story of its own; it is posted to those channels that never had it."""
        article = self.article(reference)
        parted = self.store.editorial.split(article.uid, _now(), channels=channels(article))
        if parted is None:
            raise ChaparError(f"nothing to split: {article.title} stands behind no other article")
        self._record("split", parted, parted.title)
        return parted

    def restore(self, reference: str) -> Article:
        """Take a retraction back: posts, page and feeds show the article again."""
        article = self.article(reference)
        if article.retracted is None:
            raise ChaparError(f"article {article.uid} is not retracted: there is nothing to restore")
        article = self.store.editorial.restore(article.uid, _now()) or article
        self._record("restore", article, article.title)
        return article

    def place(self, reference: str, provinces: Sequence[str], anew: Mover = lambda _former, _article: ()) -> Article:
        """Say where an article belongs, the primary province first; this stands over the machine's word.

        Args:
            reference: the article.
            provinces: slugs or names.
            anew: the channels that it comes to by this.
        """
        slugs = [slug_of(name) for name in provinces]
        article = self.article(reference)
        placed = self.store.editorial.set_provinces(article.uid, slugs, _now(), anew=anew) or article
        self._record("place", placed, ",".join(slugs))
        return placed

    def pause(self, why: str, channel: str = "") -> bool:
        """Stop a channel, or everything; returns whether it was flowing."""
        return self.store.desk.pause(self.who, _now(), why, channel=channel or EVERYTHING)

    def resume(self, channel: str = "") -> bool:
        """Let a channel, or everything, flow again; returns whether it was paused."""
        return self.store.desk.resume(self.who, _now(), channel=channel or EVERYTHING)

    def decide(self, delivery_id: int, *, arrived: bool) -> bool:
        """Say whether an uncertain post is in its channel; returns whether it was still asked."""
        return self.store.desk.decide(self.who, _now(), delivery_id, arrived=arrived)

    def retry(self, delivery_id: int) -> bool:
        """Try a dead delivery again; returns whether it was dead."""
        return self.store.desk.retry(self.who, _now(), delivery_id)

    def _id(self, reference: str) -> int | None:
        return self.article(reference).id if reference else None

    def _record(self, act: str, article: Article, detail: str) -> None:
        self.store.desk.record(Act(_now(), self.who, act, f"article {article.id}", detail))


def slug_of(name: str) -> str:
    """A province's slug, from its slug or from any name of it."""
    from feeds.provinces import gazetteer, lookup  # noqa: PLC0415 - of all that the desk does, one act asks for a name

    name = name.strip()
    if any(province.slug == name for province in gazetteer.PROVINCES):
        return name
    found = lookup.lookup(name).provinces
    if len(found) != 1:
        raise ChaparError(f"{name} is no province; write its slug, as in /p/qom")
    return found[0]


def _now() -> datetime:
    return datetime.now(UTC)
