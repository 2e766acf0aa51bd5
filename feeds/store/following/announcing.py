"""From an article to those who follow it: announced once, then brought to the outbox a few followers at a time.

    delivery to FOLLOWERS ──take──> announcement ──expand──> deliveries to chats ──> the outbox sends them
      (post, edit, delete)           (its topics)   (spreading)   (ALERT, CORRECTION, RETRACTION)

What is held, embargoed, released, withdrawn or restored by the desk is so for followers as for a channel, as FOLLOWERS
is one in the outbox. Each step is one transaction, with the claims locked out: killed anywhere, it goes on where it
was, and the outbox's own UNIQUE keeps a chat from getting a thing twice. Only a few hundred deliveries wait at a time,
so breaking news overtakes whatever is on its way to a hundred thousand, and memory stays flat.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, RowMapping, delete, func, or_, select, update

from feeds.models import FOLLOWERS, PERSONAL, Article, DeliveryKind, DeliveryState
from feeds.store.archive import stories
from feeds.store.database.engine import lock_claims, reading, upsert, writing
from feeds.store.database.rows import article_of
from feeds.store.database.tables import (
    announced_topics,
    announcements,
    articles,
    channels,
    deliveries,
    facts,
    followers,
    follows,
    sequels,
    topic_signs,
    topics,
)
from feeds.store.delivery.candidates import LITERALLY_PENDING, LITERALLY_PERSONAL
from feeds.store.delivery.channels import flows
from feeds.store.delivery.deliveries import UNDER_WAY
from feeds.store.following import spreading
from feeds.store.following.topics import Matter, takes

TAKEN = 20
"""Articles that are announced in one transaction."""
FRESH = timedelta(days=1)
"""For how long a change of an article may announce it to followers of what it had nothing to do with before."""
_AT_ONCE = 500
_RESTORED = "followers:restored"
"""The fact of when a backup was put in place."""


class Announcements:
    """What is announced to followers. Thread-safe; every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self, now: datetime, limit: int) -> int:
        """How many messages to followers wait in the outbox and for nothing else, counted up to a limit."""
        due = or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now)
        pending = select(deliveries.c.id).where(*personal_pending(), due).limit(limit)
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(pending.subquery())) or 0

    def unfinished(self, until: datetime) -> bool:
        """Whether a message to a follower is under way, or may go until then."""
        due = or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= until)
        free = or_(channels.c.not_before.is_(None), channels.c.not_before <= until)
        waits = select(deliveries.c.id).join(channels, channels.c.key == deliveries.c.channel)
        under_way = select(deliveries.c.id).where(
            deliveries.c.state.in_(UNDER_WAY), deliveries.c.kind.in_(LITERALLY_PERSONAL)
        )
        with reading(self._engine) as connection:
            return any(
                connection.execute(query.limit(1)).first()
                for query in (waits.where(*personal_pending(), due, free, flows()), under_way)
            )

    def take(self, now: datetime) -> int:
        """Announce what was posted to FOLLOWERS; returns how many articles that were."""
        ready = (
            select(deliveries)
            .where(
                deliveries.c.channel == FOLLOWERS,
                deliveries.c.state == LITERALLY_PENDING,
                or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now),
            )
            .order_by(deliveries.c.urgent.desc(), deliveries.c.kind.desc(), deliveries.c.article_id, deliveries.c.id)
            .limit(TAKEN)
        )
        with reading(self._engine) as connection:
            if connection.execute(ready.limit(1)).first() is None:
                return 0
        with writing(self._engine) as connection:
            lock_claims(connection)
            rows = connection.execute(ready).mappings().all()
            for row in rows:
                article = connection.execute(select(articles).where(articles.c.id == row["article_id"])).mappings()
                told = article_of(article.one())
                _announce(connection, row, told, now)
                done = {"state": DeliveryState.SENT, "settled": now, "rendered": told.revision, "payload": {}}
                connection.execute(update(deliveries).where(deliveries.c.id == row["id"]).values(done))
        return len(rows)

    def expand(self, now: datetime, zone: ZoneInfo, room: int) -> int:
        """Bring announcements to followers, urgent ones first and then in turns; returns how many deliveries that made.

        Args:
            now: the moment.
            zone: where the followers' clocks are.
            room: at about how many deliveries it ends.
        """
        made = 0
        while made < room:
            with reading(self._engine) as connection:
                number = connection.scalar(spreading.whose_turn())
            if number is None:
                break
            with writing(self._engine) as connection:
                lock_claims(connection)
                made += spreading.step(connection, number, now, zone)
        return made

    def was_withdrawn(self, article_id: int, before: int) -> bool:
        """Whether followers heard, before a revision, that an article was withdrawn."""
        query = select(announcements.c.id).where(
            announcements.c.article_id == article_id,
            announcements.c.kind == DeliveryKind.RETRACTION,
            announcements.c.revision < before,
        )
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def got(self, article_id: int, key: str) -> int | None:
        """The message by which a chat got an article; None where it got none, or only in a digest."""
        query = select(deliveries.c.message_id).where(
            deliveries.c.article_id == article_id,
            deliveries.c.channel == key,
            deliveries.c.kind == DeliveryKind.ALERT,
            deliveries.c.state == DeliveryState.SENT,
        )
        with reading(self._engine) as connection:
            return connection.scalar(query)


def heed_copy(engine: Engine, now: datetime) -> None:
    """A backup was put in place: nobody can look into the chats of people, so what was on its way is not sent again.

    Nor is it announced what was published before this moment, and the inbox or the feeds bring anew.
    """
    with writing(engine) as connection:
        lock_claims(connection)
        personal = deliveries.c.kind.in_(PERSONAL) & (deliveries.c.state != DeliveryState.SENT)
        connection.execute(delete(deliveries).where(personal))
        skipped = {"state": DeliveryState.SKIPPED, "settled": now, "error": "the store was restored from a backup"}
        waits = (deliveries.c.channel == FOLLOWERS) & (deliveries.c.state == DeliveryState.PENDING)
        connection.execute(update(deliveries).where(waits).values(skipped))
        connection.execute(update(announcements).where(announcements.c.done.is_(None)).values(done=now))
        connection.execute(update(followers).values(since=now))
        marked = upsert(connection, facts).values(name=_RESTORED, value=now.isoformat(), at=now)
        at = {"value": marked.excluded.value, "at": marked.excluded.at}
        connection.execute(marked.on_conflict_do_update(index_elements=[facts.c.name], set_=at))


def personal_pending() -> list[Any]:
    """What waits for followers; in the words of its partial index."""
    return [deliveries.c.state == LITERALLY_PENDING, deliveries.c.kind.in_(LITERALLY_PERSONAL)]


# Announcing ---------------------------------------------------------------------------------------------------------


def _announce(connection: Connection, row: RowMapping, article: Article, now: datetime) -> None:
    kind = DeliveryKind(row["kind"])
    matter = Matter(article, _whole(connection, article.id))
    if kind is DeliveryKind.DELETE:
        if article.retracted is not None:
            _add(connection, DeliveryKind.RETRACTION, matter, _topics_of(connection, matter), now)
        return
    if article.retracted is not None:
        return
    if kind is DeliveryKind.POST:
        restored = connection.scalar(select(facts.c.at).where(facts.c.name == _RESTORED))
        if restored is not None and article.published <= restored:
            return
        _add(connection, DeliveryKind.ALERT, matter, _topics_of(connection, matter), now)
        return
    last = _last(connection, article.id)
    found = _topics_of(connection, matter)
    if last is not None and (last.shown != matter.shown or last.kind == DeliveryKind.RETRACTION):
        _add(connection, DeliveryKind.CORRECTION, matter, found, now)
    if last is not None and last.kind == DeliveryKind.RETRACTION:
        _go_on(connection, article.id)
    if now - article.ingested < FRESH:
        known = select(announced_topics.c.topic_id).join(announcements).where(announcements.c.article_id == article.id)
        alerted = set(connection.scalars(known.where(announcements.c.kind == DeliveryKind.ALERT)))
        # Not those that somebody has begun to follow since: to them it would be old.
        then = select(func.min(announcements.c.at)).where(announcements.c.article_id == article.id).scalar_subquery()
        followed = select(follows.c.topic_id).where(follows.c.topic_id.in_(found), follows.c.since <= then)
        before = set(connection.scalars(followed))
        if fresh := [number for number in found if number in before - alerted]:
            _add(connection, DeliveryKind.ALERT, matter, fresh, now)


def _go_on(connection: Connection, article_id: int) -> None:
    """A retraction was taken back: the article goes on to those whom the retraction has kept it from."""
    alerts = (announcements.c.article_id == article_id) & (announcements.c.kind == DeliveryKind.ALERT)
    connection.execute(update(announcements).where(alerts).values(done=None, cursor=""))
    skipped = (
        (deliveries.c.article_id == article_id)
        & (deliveries.c.kind == DeliveryKind.ALERT)
        & (deliveries.c.state == DeliveryState.SKIPPED)
    )
    waiting = {"state": DeliveryState.PENDING, "settled": None, "error": ""}
    connection.execute(update(deliveries).where(skipped).values(waiting))


def _last(connection: Connection, article_id: int) -> Any:
    query = select(announcements.c.kind, announcements.c.shown).where(announcements.c.article_id == article_id)
    return connection.execute(query.order_by(announcements.c.id.desc()).limit(1)).first()


def _add(connection: Connection, kind: DeliveryKind, matter: Matter, found: Sequence[int], now: datetime) -> None:
    """Announce; what is announced already, and was cut short by a retraction, goes on."""
    article = matter.article
    values = {
        "article_id": article.id,
        "kind": kind.value,
        "revision": article.revision,
        "shown": matter.shown,
        "urgent": article.urgent,
        "at": now,
    }
    statement = upsert(connection, announcements).values(values)
    again = {"done": None, "cursor": ""}
    statement = statement.on_conflict_do_update(index_elements=["article_id", "kind", "revision"], set_=again)
    number = connection.scalar(statement.returning(announcements.c.id))
    rows = [{"topic_id": topic_id, "announcement_id": number} for topic_id in found]
    if rows:
        connection.execute(upsert(connection, announced_topics).on_conflict_do_nothing(), rows)


def _topics_of(connection: Connection, matter: Matter) -> list[int]:
    """The topics that take an article, by number."""
    signs, found = sorted(matter.signs), set()
    for start in range(0, len(signs), _AT_ONCE):
        query = select(topics.c.id, topics.c.terms).join(topic_signs, topic_signs.c.topic_id == topics.c.id)
        query = query.where(topic_signs.c.sign.in_(signs[start : start + _AT_ONCE]))
        found |= {row.id for row in connection.execute(query) if takes(row.terms, matter)}
    return sorted(found)


def _whole(connection: Connection, article_id: int) -> set[int]:
    """As `Stories.whole`, within a transaction."""
    began = stories.articles_with(connection, stories.first_of(connection, article_id))
    later = connection.scalars(select(sequels.c.article_id).where(sequels.c.first_id.in_(began)))
    return {*began, *later, article_id}
