"""The chats that follow something: what they follow, how they want it, and that all of it is forgotten on request.

A chat is a channel of the outbox (`to:7001`; a topic of a group `to:-1001/5`), so its messages are claimed, paced and
looked for as posts are. Its row says besides how the chat wants them. Every method is one transaction, may be called
from any thread, and raises `StoreError` where the store is locked for too long, full, or gone.

Long, as all that is stored about a chat is changed here, and forgotten here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, delete, func, insert, or_, select, update

from feeds.models import PERSONAL, DeliveryState
from feeds.store.database.engine import lock_claims, reading, upsert, writing
from feeds.store.database.tables import (
    announced_topics,
    announcements,
    calls,
    channels,
    deliveries,
    followers,
    follows,
    topic_signs,
    topics,
)
from feeds.store.following.rhythm import Rhythm, next_digest
from feeds.store.following.topics import Topic

MOST = 100
"""Topics that one chat may follow."""
PROOF = 3
"""Refusals in a row after which a chat is known to be lost."""
PATIENCE = (timedelta(minutes=1), timedelta(minutes=10))
"""How long after each refusal but the last the chat is tried again."""
REFUSED = "it refuses the bot"
"""Why nothing more is sent to a chat."""
_COUNTED = timedelta(minutes=1)
"""How long a call counts against a chat's limit, at most."""
_PREFIX = "to:"
_SETTINGS = ("rhythm", "hour", "weekday", "quiet", "digits", "order", "blocks")


@dataclass(frozen=True, slots=True)
class Follower:
    """A chat, and how it wants what it follows."""

    key: str
    rhythm: Rhythm = Rhythm.NOW
    hour: int = 20
    weekday: int = 4
    quiet: str = ""
    digits: str = "persian"
    order: str = "best"
    blocks: tuple[str, ...] = ()
    due: datetime | None = None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A topic as a chat follows it."""

    topic_id: int
    kind: str
    name: str
    label: str
    since: datetime


def key_of(chat_id: int, topic: int | None = None) -> str:
    """The key of a chat's channel in the outbox."""
    return f"{_PREFIX}{chat_id}/{topic}" if topic else f"{_PREFIX}{chat_id}"


def chat_of(key: str) -> int:
    """The chat that a key is of."""
    return int(key.removeprefix(_PREFIX).partition("/")[0])


class Chats:
    """Who follows what."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # What is known --------------------------------------------------------------------------------------------------

    def get(self, key: str) -> Follower:
        """How a chat wants it; as by default where it never said."""
        with reading(self._engine) as connection:
            row = connection.execute(select(followers).where(followers.c.key == key)).one_or_none()
        return Follower(key) if row is None else follower_of(row)

    def knows(self, key: str) -> bool:
        """Whether anything is stored about a chat."""
        with reading(self._engine) as connection:
            return connection.scalar(select(followers.c.key).where(followers.c.key == key)) is not None

    def followed(self, key: str) -> tuple[Followed, ...]:
        """What a chat follows, in the order in which it began."""
        query = select(topics.c.id, topics.c.kind, topics.c.name, follows.c.label, follows.c.since)
        query = query.join(follows, follows.c.topic_id == topics.c.id).where(follows.c.follower == key)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(follows.c.since, topics.c.id))
            return tuple(Followed(*row) for row in rows)

    def got(self, key: str) -> int:
        """How many messages to a chat are on record."""
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).where(_of(key))) or 0

    def newest(self) -> int:
        """The newest message id known among the chats whose messages the platform counts together; 0 for none."""
        together = channels.c.private & (channels.c.chat_id > 0)
        with reading(self._engine) as connection:
            return connection.scalar(select(func.max(channels.c.last_message_id)).where(together)) or 0

    def count(self) -> int:
        """How many chats follow something."""
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count(follows.c.follower.distinct()))) or 0

    # What a chat says -----------------------------------------------------------------------------------------------

    def follow(self, key: str, topic: Topic, now: datetime, *, newest: int = 0) -> bool | None:
        """Let a chat follow a topic from now on.

        Args:
            key: the chat.
            topic: what it follows.
            now: the moment.
            newest: the newest message id that is known in the chat.

        Returns:
            Whether that is new; None where the chat follows as much as it may.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            _ensure(connection, key, now, newest)
            topic_id = _topic_id(connection, topic)
            own = follows.c.follower == key
            if connection.scalar(select(func.count()).where(own, follows.c.topic_id == topic_id)):
                return False
            if (connection.scalar(select(func.count()).where(own)) or 0) >= MOST:
                _drop_unfollowed(connection, [topic_id])
                return None
            values = {"topic_id": topic_id, "follower": key, "label": topic.label, "since": now}
            connection.execute(insert(follows).values(values))
        return True

    def unfollow(self, key: str, topic_id: int) -> bool:
        """Let a chat hear no more of a topic, nor of what waits for it alone; whether it followed it."""
        with writing(self._engine) as connection:
            lock_claims(connection)
            own = (follows.c.follower == key) & (follows.c.topic_id == topic_id)
            if connection.execute(delete(follows).where(own)).rowcount != 1:
                return False
            left = select(follows.c.topic_id).where(follows.c.follower == key)
            asked = (
                select(announced_topics.c.topic_id)
                .join(announcements, announcements.c.id == announced_topics.c.announcement_id)
                .where(announcements.c.article_id == deliveries.c.article_id, announced_topics.c.topic_id.in_(left))
            )
            waits = _of(key) & (deliveries.c.kind == "alert") & (deliveries.c.state == DeliveryState.PENDING)
            connection.execute(delete(deliveries).where(waits, ~asked.exists()))
            _drop_unfollowed(connection, [topic_id])
        return True

    def stop(self, key: str) -> int:
        """Let a chat hear nothing more; returns how many topics it followed. Its settings stay.

        What is under way is settled by nobody: whether it arrives or not, it is never sent again.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            return _stop(connection, key)

    def set(self, key: str, now: datetime, zone: ZoneInfo, **settings: Any) -> Follower:
        """Remember how a chat wants it: `rhythm`, `hour`, `weekday`, `quiet`, `digits`, `order` or `blocks`."""
        if unknown := settings.keys() - set(_SETTINGS):
            raise TypeError(f"a chat has no {', '.join(sorted(unknown))}")
        with writing(self._engine) as connection:
            lock_claims(connection)
            _ensure(connection, key, now, 0)
            own = followers.c.key == key
            before = follower_of(connection.execute(select(followers).where(own)).one())
            connection.execute(update(followers).where(own).values(settings))
            row = connection.execute(select(followers).where(own)).one()
            after = follower_of(row)
            timing = (before.rhythm, before.hour, before.weekday) != (after.rhythm, after.hour, after.weekday)
            if timing:
                due = next_digest(after.rhythm, after.hour, after.weekday, now, zone)
                waits = before.rhythm is not Rhythm.NOW or before.due is not None
                changes: dict[str, Any] = {"due": due}
                if waits and due is None:  # what the digest would have brought comes now
                    changes["due"] = now
                elif not waits:  # what is being announced at this moment belongs to the digest
                    changes["since"] = unannounced_since(connection, now)
                connection.execute(update(followers).where(own).values(changes))
                row = connection.execute(select(followers).where(own)).one()
            return follower_of(row)

    def forget(self, key: str) -> None:
        """Delete all that is stored about a chat."""
        chat_id = chat_of(key)
        with writing(self._engine) as connection:
            lock_claims(connection)
            _stop(connection, key)
            connection.execute(delete(followers).where(followers.c.key == key))
            connection.execute(delete(channels).where(channels.c.key == key, channels.c.private))
            # What counts against the limits is kept until it counts no more, with no word of what was said by it.
            newest = select(func.max(calls.c.at)).where(calls.c.bucket == str(chat_id)).scalar_subquery()
            last = connection.scalar(select(newest))
            of_chat = calls.c.bucket == str(chat_id)
            if last is not None:
                connection.execute(delete(calls).where(of_chat, calls.c.at < last - _COUNTED))
            connection.execute(update(calls).where(of_chat).values(message_id=None))

    # What the platform says -----------------------------------------------------------------------------------------

    def refuse(self, key: str, now: datetime) -> bool:
        """The platform refused a message for the chat; whether the chat is lost, which one refusal does not prove.

        Until that is known it is tried again, ever later; then what waits is dropped, and nothing more is sent until
        `welcome`.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            own = followers.c.key == key
            count = connection.scalar(select(followers.c.refusals).where(own))
            if count is None:  # it was forgotten meanwhile
                return True
            connection.execute(update(followers).where(own).values(refusals=count + 1, refused=now))
            if count + 1 < PROOF:
                until = now + PATIENCE[count]
                connection.execute(update(channels).where(channels.c.key == key).values(not_before=until))
                return False
            _lose(connection, key)
        return True

    def lose(self, key: str) -> None:
        """The platform has said itself that the chat is closed to the bot."""
        with writing(self._engine) as connection:
            lock_claims(connection)
            _lose(connection, key)

    def welcome(self, key: str, now: datetime) -> bool:
        """The chat talks to the bot (again), so it may be written to; whether it was lost.

        What was announced meanwhile is not made up for.
        """
        with reading(self._engine) as connection:
            known = select(channels.c.blocked, followers.c.refusals).join(followers, followers.c.key == channels.c.key)
            row = connection.execute(known.where(channels.c.key == key)).one_or_none()
        if row is None or not (row.blocked or row.refusals):
            return False
        with writing(self._engine) as connection:
            lock_claims(connection)
            connection.execute(update(channels).where(channels.c.key == key).values(blocked="", not_before=None))
            fresh = {"refusals": 0, "refused": None} | ({"since": now} if row.blocked else {})
            connection.execute(update(followers).where(followers.c.key == key).values(fresh))
            if row.blocked:
                connection.execute(update(follows).where(follows.c.follower == key).values(since=now))
        return bool(row.blocked)

    def heard(self, key: str) -> None:
        """The chat took a message: what it refused before proves nothing any more."""
        with writing(self._engine) as connection:
            of_chat = (followers.c.key == key) & (followers.c.refusals > 0)
            connection.execute(update(followers).where(of_chat).values(refusals=0, refused=None))

    def move(self, key: str, chat_id: int, now: datetime) -> str:
        """A group has a new id: all that it follows goes with it; returns its new key."""
        _, slash, topic = key.partition("/")
        new = f"{_PREFIX}{chat_id}{slash}{topic}"
        with writing(self._engine) as connection:
            lock_claims(connection)
            row = connection.execute(select(followers).where(followers.c.key == key)).mappings().one_or_none()
            if row is None:
                return new
            _ensure(connection, new, now, 0)
            values = {name: row[name] for name in (*_SETTINGS, "since", "due")}
            connection.execute(update(followers).where(followers.c.key == new).values(values))
            there = select(follows.c.topic_id).where(follows.c.follower == new)
            moved = (follows.c.follower == key) & follows.c.topic_id.not_in(there)
            connection.execute(update(follows).where(moved).values(follower=new))
            waits = _of(key) & (deliveries.c.state == DeliveryState.PENDING)
            connection.execute(update(deliveries).where(waits).values(channel=new))
            _stop(connection, key)
            connection.execute(delete(followers).where(followers.c.key == key))
            connection.execute(delete(channels).where(channels.c.key == key, channels.c.private))
        return new

    def prune(self, lost_before: datetime, sent_before: datetime, limit: int = 10_000) -> int:
        """Forget chats that were lost long ago, and messages whose corrections nobody would look for any more.

        Args:
            lost_before: chats that refused the bot until then.
            sent_before: messages settled until then.
            limit: at most so many messages at a time.

        Returns:
            How many messages were forgotten.
        """
        lost = select(followers.c.key).join(channels, channels.c.key == followers.c.key)
        lost = lost.where(channels.c.blocked != "", followers.c.refused < lost_before)
        with reading(self._engine) as connection:
            gone = list(connection.scalars(lost))
        for key in gone:
            self.forget(key)
        old = deliveries.c.kind.in_(PERSONAL) & (deliveries.c.settled < sent_before)
        with writing(self._engine) as connection:
            numbers = list(connection.scalars(select(deliveries.c.id).where(old).limit(limit)))
            for at in range(0, len(numbers), 500):
                few = deliveries.c.id.in_(numbers[at : at + 500])
                connection.execute(delete(deliveries).where(few))
            done = announcements.c.done < sent_before
            connection.execute(delete(announcements).where(done))
        return len(numbers)


def unannounced_since(connection: Connection, now: datetime) -> datetime:
    """The moment since which not everything that was announced has come to everybody."""
    oldest = connection.scalar(select(func.min(announcements.c.at)).where(announcements.c.done.is_(None)))
    return now if oldest is None else min(oldest - timedelta(microseconds=1), now)


def follower_of(row: Row[Any]) -> Follower:
    """A row of `followers`."""
    return Follower(
        key=row.key,
        rhythm=Rhythm(row.rhythm),
        hour=row.hour,
        weekday=row.weekday,
        quiet=row.quiet,
        digits=row.digits,
        order=row.order,
        blocks=tuple(row.blocks),
        due=row.due,
        created=row.created,
    )


def _ensure(connection: Connection, key: str, now: datetime, newest: int) -> None:
    """Make a chat's rows where they are missing."""
    chat_id = chat_of(key)
    values = {"key": key, "chat_id": chat_id, "blocks": [], "since": now, "created": now}
    connection.execute(upsert(connection, followers).values(values).on_conflict_do_nothing())
    place = {"key": key, "chat_id": chat_id, "private": True, "last_message_id": newest}
    connection.execute(upsert(connection, channels).values(place).on_conflict_do_nothing())
    older = (channels.c.key == key) & (channels.c.last_message_id < newest)
    connection.execute(update(channels).where(older).values(last_message_id=newest))


def _topic_id(connection: Connection, topic: Topic) -> int:
    """The number of a topic, which is made where it is new."""
    values = {"kind": topic.kind, "name": topic.name, "terms": topic.terms}
    connection.execute(upsert(connection, topics).values(values).on_conflict_do_nothing())
    named = (topics.c.kind == topic.kind) & (topics.c.name == topic.name)
    number = int(connection.scalar(select(topics.c.id).where(named)) or 0)
    rows = [{"sign": sign, "topic_id": number} for sign in topic.signs]
    connection.execute(upsert(connection, topic_signs).on_conflict_do_nothing(), rows)
    return number


def _stop(connection: Connection, key: str) -> int:
    own = follows.c.follower == key
    numbers = list(connection.scalars(select(follows.c.topic_id).where(own)))
    connection.execute(delete(follows).where(own))
    connection.execute(delete(deliveries).where(_of(key)))
    connection.execute(update(followers).where(followers.c.key == key, followers.c.rhythm == "now").values(due=None))
    _drop_unfollowed(connection, numbers)
    return len(numbers)


def _lose(connection: Connection, key: str) -> None:
    connection.execute(update(channels).where(channels.c.key == key, channels.c.private).values(blocked=REFUSED))
    waits = _of(key) & (deliveries.c.state == DeliveryState.PENDING)
    connection.execute(delete(deliveries).where(waits))


def _drop_unfollowed(connection: Connection, numbers: Sequence[int]) -> None:
    """Forget topics that nobody follows any more: a search is somebody's words."""
    followed = select(follows.c.topic_id).where(follows.c.topic_id == topics.c.id)
    connection.execute(delete(topics).where(topics.c.id.in_(numbers), ~followed.exists()))


def _of(key: str) -> Any:
    return (deliveries.c.channel == key) & or_(*(deliveries.c.kind == kind for kind in PERSONAL))
