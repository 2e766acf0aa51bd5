"""What the desk may do with articles and channels: the same from the terminal and from Telegram, each act audited.

Long, as each act of the desk is one short method here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from feeds.errors import ChaparError
from feeds.models import Article, ChannelState, Delivery, DeliveryState, Document, Route
from feeds.store import Store
from feeds.store.archive.arrivals import Mover
from feeds.store.archive.editorial import Handled
from feeds.store.delivery.desk import DESK, EVERYTHING, Act

QUEUE = (DeliveryState.UNCERTAIN, DeliveryState.SENDING, DeliveryState.HELD, DeliveryState.PENDING)
_ARTICLE = re.compile(r"article (\d+)\b")
"""The target of an act that was done to an article."""
_NUMBERED = re.compile(r"article (\d+) to ")
_DELIVERY = re.compile(r"delivery (\d+)\b")
_UID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")


class IdleError(ChaparError):
    """There is nothing to do: it is so already, or can't be any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not settled, with its article."""

    article: Article
    state: DeliveryState
    why: str
    """Why it waits, in one English sentence."""
    since: datetime
    delivery: Delivery | None = None
    """None for an article that is held and goes to no channel."""

    @property
    def until(self) -> datetime | None:
        """The moment that it waits for, by the desk's word."""
        of_post = self.delivery.not_before if self.delivery else None
        return self.article.due if self.article.held else of_post

    @property
    def channel(self) -> str:
        """Where it goes; empty for an article that goes nowhere."""
        return self.delivery.channel if self.delivery else ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the audit, with the article that it was done to."""

    act: Act
    article: Article | None = None


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

    def concerned(self, where: str) -> Article | None:
        """The article that a problem is about, by the place that it names; None where it is about none."""
        if found := _NUMBERED.match(where):  # before the other, as a number may look like a uid
            return self.store.articles.get(int(found[1]))
        if found := _UID.search(where):
            return self.store.articles.by_uid(found[0])
        delivery = self.store.deliveries.get(int(found[1])) if (found := _DELIVERY.match(where)) else None
        return self.store.articles.get(delivery.article_id) if delivery else None

    def queue(self, limit: int, article_ids: Collection[int] | None = None) -> tuple[Waiting, ...]:
        """What is not settled yet, and why: in doubt, under way, held, waiting; and articles that wait for the desk.

        Of these articles, or of all.
        """
        deliveries = self.store.deliveries.queue(states=QUEUE, limit=limit, article_ids=article_ids)
        stopped = {channel.key: channel for channel in self.store.channels.all()}
        paused, now = self.store.desk.paused(), _now()
        articles = self.store.articles.by_ids([delivery.article_id for delivery in deliveries])
        found = []
        for delivery in deliveries:
            if article := articles.get(delivery.article_id):
                why = reason(delivery, article, stopped.get(delivery.channel), paused, now)
                since = delivery.claimed or delivery.created or article.ingested
                found.append(Waiting(article, delivery.state, why, since, delivery))
        held = self.store.articles.stored(limit=limit, held=True, article_ids=article_ids)
        posted = self.store.deliveries.queued([article.id for article in held])
        nowhere = (article for article in held if article.id not in posted and article.held)
        found += [
            Waiting(one, DeliveryState.HELD, f"{_held(one, now)}; it goes to no channel", one.held or one.ingested)
            for one in nowhere
        ]
        return tuple(sorted(found, key=lambda one: one.article.id)[:limit])

    def audit(self, limit: int) -> tuple[Deed, ...]:
        """The newest acts first, with the articles that they were done to."""
        acts = self.store.desk.acts(limit=limit)
        numbers = {act: int(found[1]) for act in acts if (found := _ARTICLE.match(act.target))}
        articles = self.store.articles.by_ids(list(numbers.values()))
        return tuple(Deed(act, articles.get(numbers[act]) if act in numbers else None) for act in acts)

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

    def held(self) -> tuple[Handled, int]:
        """What `release` of all would let go, and how many articles that concerns."""
        from bot.publishing.routing import SAMPLES  # noqa: PLC0415 - as above

        return self.store.editorial.held(but=SAMPLES)

    def hold(self, reference: str) -> Handled:
        """Hold an article: its posts that were not begun, and, where none was, its page. To stop all of them, pause.

        A post under way waits too, if it does not arrive. A moment at which it was to be let go holds no more.
        """
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

    def publish_at(self, reference: str, moment: datetime | None) -> Handled:
        """Publish an article at a moment, until which no reader sees it; None: at once.

        Returns:
            What waits for that moment, or was let go. No article among it: a channel has it already, and readers see
            it; posts to the others alone wait.
        """
        article = self.article(reference)
        if moment is None:
            return self.release(article.uid)
        if article.retracted:
            raise IdleError(f"article {article.uid} is retracted: restore it first")
        done = self.store.editorial.embargo(self.who, _now(), article_id=article.id, until=moment)
        if not done:
            raise IdleError(
                f"article {article.uid} has that moment already"
                if article.due == moment
                else f"article {article.uid} is out in its channels, and no other post of it waits"
            )
        return done

    def retract(self, reference: str) -> Article:
        """Withdraw an article: its posts, its page and its feed entries say so."""
        article = self.article(reference)
        if article.retracted:
            raise IdleError(f"article {article.uid} is retracted already")
        return self.store.editorial.retract(article.uid, _now(), who=self.who) or article

    def merge(self, reference: str, into: str) -> Article:
        """Say that an article tells what another does: it joins that one's story."""
        article, lead = self.article(reference), self.article(into)
        if lead.held and not article.held:
            raise IdleError(
                f"article {lead.uid} waits for the desk, and would take the other from its readers: release it"
            )
        merged = self.store.editorial.merge(article.uid, lead.uid, _now(), who=self.who)
        if merged is None:
            raise IdleError("nothing to merge: they are one story already")
        return merged

    def split(self, reference: str, channels: Callable[[Article], Sequence[Route]] = lambda _: ()) -> Article:
        """Say that an article tells a story of its own; it is posted to those channels that never had it."""
        article = self.article(reference)
        parted = self.store.editorial.split(article.uid, _now(), channels=channels(article), who=self.who)
        if parted is None:
            raise IdleError(f"nothing to split: {article.title} stands behind no other article")
        return parted

    def restore(self, reference: str) -> Article:
        """Take a retraction back: posts, page and feeds show the article again."""
        article = self.article(reference)
        if article.retracted is None:
            raise IdleError(f"article {article.uid} is not retracted: there is nothing to restore")
        return self.store.editorial.restore(article.uid, _now(), who=self.who) or article

    def edit(
        self, reference: str, *, title: str = "", text: str = "", anew: Mover = lambda _former, _now: ()
    ) -> Article:
        """Correct an article's title or text: a revision like any other, which its source's next one replaces.

        Args:
            reference: the article.
            title: the new one; empty: as it is.
            text: paragraphs, the lead first; empty: as it is.
            anew: the channels that it comes to by this.
        """
        from feeds.pipeline import edit  # noqa: PLC0415 - the editor's tables, which no other act of the desk needs

        article = self.article(reference)
        if article.retracted:
            raise IdleError(f"article {article.uid} is retracted: restore it first")
        draft = edit(_corrected(article, title.strip() or article.title, text.strip() or article.body))
        urgent = draft.urgent or article.urgent
        draft = replace(draft, provinces=article.provinces, agency=article.agency, urgent=urgent)
        draft = replace(draft, origin=article.origin, kind=article.kind)
        if not text.strip():
            draft = replace(draft, lead=article.lead, body=article.body, summary=article.summary)
        if (draft.title, draft.body) == (article.title, article.body):
            raise IdleError(f"article {article.uid} says that already")
        return self.store.editorial.correct(article.uid, draft, _now(), anew=anew, who=self.who) or article

    def place(self, reference: str, provinces: Sequence[str], anew: Mover = lambda _former, _article: ()) -> Article:
        """Say where an article belongs, the primary province first; this stands over the machine's word.

        Args:
            reference: the article.
            provinces: slugs or names.
            anew: the channels that it comes to by this.
        """
        slugs = [slug_of(name) for name in provinces]
        article = self.article(reference)
        return self.store.editorial.set_provinces(article.uid, slugs, _now(), anew=anew, who=self.who) or article

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


def reason(delivery: Delivery, article: Article, channel: ChannelState | None, paused: str, now: datetime) -> str:
    """Why a delivery waits, in one English sentence; pure."""
    if delivery.state is DeliveryState.UNCERTAIN:
        asked = f"`chapar articles decide {delivery.id} --arrived` or `--lost`"
        return f"is it in the channel? {asked}" if delivery.owner == DESK else "it is looked for in the channel"
    if delivery.state is DeliveryState.HELD:
        return _held(article, now) if article.held else "it waits for the desk in this channel"
    if delivery.state is DeliveryState.SENDING:
        return "it is being sent"
    embargoed = delivery.not_before is not None and delivery.not_before > now
    return _stopped(channel, paused) or ("it has its time" if embargoed else delivery.error or "it waits its turn")


def _held(article: Article, now: datetime) -> str:
    """What an article waits for."""
    if article.due is None:
        return "its article waits for the desk"
    return "its article waits for its moment" if article.due > now else "its moment has come: it is let go"


def _stopped(channel: ChannelState | None, paused: str) -> str:
    """Why nothing goes to a channel; empty where it flows."""
    if paused:
        return f"everything is paused: {paused}"
    if channel is None:
        return "its channel was not looked at yet"
    if channel.paused:
        return f"the channel is paused: {channel.paused}"
    return f"the channel refuses: {channel.blocked}" if channel.blocked else ""


def _corrected(article: Article, title: str, text: str) -> Document:
    return Document(
        source=article.source,
        key=article.key,
        title=title,
        body=text,
        published=article.published,
        day_only=article.day_only,
        section=article.section,
        url=article.url,
        agency=article.agency,
        image=article.image,
    )


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
