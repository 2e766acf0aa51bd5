"""The channels that posts go to: what is known of them, and what stops them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from feeds.models import ChannelState, DeliveryKind, DeliveryState, topic_of
from feeds.store.database.engine import reading, writing
from feeds.store.database.tables import channels, deliveries
from feeds.store.delivery.desk import EVERYTHING

_POST = DeliveryKind.POST
_WAITING = (DeliveryState.HELD, DeliveryState.PENDING)


class Channels:
    """The channels that are known. Thread-safe; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ensure(self, key: str) -> ChannelState:
        """The channel's state; it is made where it is new."""
        with writing(self._engine) as connection:
            row = connection.execute(select(channels).where(channels.c.key == key)).one_or_none()
            if row is not None:
                return channel_of(row)
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(channels).values(key=key))
        except IntegrityError:  # another node was quicker
            pass
        return self.get(key)

    def get(self, key: str) -> ChannelState:
        """The channel's state.

        Raises:
            KeyError: there is no such channel.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(channels).where(channels.c.key == key)).one_or_none()
        if row is None:
            raise KeyError(key)
        return channel_of(row)

    def all(self) -> tuple[ChannelState, ...]:
        """All channels that are known, by key; not the chats of those who follow something."""
        with reading(self._engine) as connection:
            known = select(channels).where(~channels.c.private, channels.c.key != EVERYTHING).order_by(channels.c.key)
            return tuple(channel_of(row) for row in connection.execute(known))

    def describe(self, key: str, *, chat_id: int | None, title: str = "", username: str = "") -> None:
        """Remember what the platform says of a channel; a chat id that moved is followed.

        A topic that is new knows at once what the others know of the chat.
        """
        with writing(self._engine) as connection:
            counted_anew = and_(channels.c.chat_id.is_not(None), channels.c.chat_id != chat_id)
            _count_anew(connection, and_(channels.c.key == key, counted_anew))
            values = {"chat_id": chat_id, "title": title, "username": username}
            connection.execute(update(channels).where(channels.c.key == key).values(values))
            newest = connection.scalar(select(func.max(channels.c.last_message_id)).where(_of_chat(key)))
            learn(connection, key, newest or 0)
            penalty = connection.scalar(select(func.max(channels.c.not_before)).where(_of_chat(key)))
            if penalty is not None:
                _postpone(connection, key, penalty)

    def adopt(self, key: str, chat_id: int, *, served: Collection[str]) -> int:
        """Take over what other keys of the same chat hold: the desk wrote `@name` before, and the number now.

        Args:
            key: the channel's key of today.
            chat_id: the chat that it is.
            served: keys that are in use, which are left alone.

        Returns:
            How many deliveries came over. Without them the whole inbox would be published to the chat again.
        """
        same = and_(channels.c.chat_id == chat_id, ~channels.c.private)
        same = and_(same, channels.c.key != key, channels.c.key.not_in(served))
        with writing(self._engine) as connection:
            rows = connection.execute(select(channels.c.key, channels.c.last_message_id).where(same))
            former = [row for row in rows if topic_of(row.key) == topic_of(key)]
            if not former:
                return 0
            keys = [row.key for row in former]
            other = deliveries.alias()
            posted = exists().where(
                other.c.channel.in_(keys), other.c.article_id == deliveries.c.article_id, other.c.kind == _POST
            )
            # What was queued under the new name before it was known to be the same chat would be posted again.
            again = and_(deliveries.c.channel == key, deliveries.c.kind == _POST, deliveries.c.state.in_(_WAITING))
            connection.execute(delete(deliveries).where(again, posted))
            twin = exists().where(
                other.c.channel == key,
                other.c.article_id == deliveries.c.article_id,
                other.c.kind == deliveries.c.kind,
                other.c.revision == deliveries.c.revision,
            )
            moved = connection.execute(
                update(deliveries).where(deliveries.c.channel.in_(keys), ~twin).values(channel=key)
            ).rowcount
            learn(connection, key, max(row.last_message_id for row in former))
            connection.execute(delete(channels).where(channels.c.key.in_(keys)))
        return moved

    def move(self, key: str, chat_id: int) -> None:
        """The chat has a new id, and counts its messages anew."""
        with writing(self._engine) as connection:
            chat = list(connection.scalars(select(channels.c.key).where(_of_chat(key))))
            elsewhere = or_(channels.c.chat_id.is_(None), channels.c.chat_id != chat_id)
            _count_anew(connection, and_(channels.c.key.in_(chat), elsewhere))
            connection.execute(update(channels).where(channels.c.key.in_(chat)).values(chat_id=chat_id))

    def learn_message(self, key: str, message_id: int) -> None:
        """The chat has a message with this id."""
        with writing(self._engine) as connection:
            learn(connection, key, message_id)

    def postpone(self, key: str, until: datetime) -> None:
        """No call to the channel's chat before that time, on any node; never earlier than was said before."""
        with writing(self._engine) as connection:
            _postpone(connection, key, until)

    def pause(self, key: str, why: str) -> None:
        """The desk's pause; an empty reason ends it."""
        self._set(key, paused=why)

    def block(self, key: str, why: str) -> None:
        """The platform refuses posts to the channel; an empty reason ends it."""
        self._set(key, blocked=why)

    def _set(self, key: str, **values: Any) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(channels).where(channels.c.key == key).values(**values))


def flows() -> ColumnElement[bool]:
    """Whether neither the desk nor the platform stops the channel, and the desk has not stopped everything."""
    everything = channels.alias()
    stopped = exists().where(everything.c.key == EVERYTHING, everything.c.paused != "")
    return and_(channels.c.paused == "", channels.c.blocked == "", ~stopped)


def learn(connection: Connection, channel: str, message_id: int) -> None:
    """Remember that the channel's chat has a message with this id: no topic of it looks for a post before that."""
    connection.execute(
        update(channels)
        .where(_of_chat(channel), channels.c.last_message_id < message_id)
        .values(last_message_id=message_id)
    )


def _count_anew(connection: Connection, moved: ColumnElement[bool]) -> None:
    """Forget the ids of what was posted before a chat moved: in the new one they are other messages'."""
    keys = list(connection.scalars(select(channels.c.key).where(moved)))
    connection.execute(update(channels).where(channels.c.key.in_(keys)).values(last_message_id=0))
    known = and_(deliveries.c.channel.in_(keys), deliveries.c.message_id.is_not(None))
    connection.execute(update(deliveries).where(known).values(message_id=None))


def _postpone(connection: Connection, channel: str, until: datetime) -> None:
    earlier = or_(channels.c.not_before.is_(None), channels.c.not_before < until)
    connection.execute(update(channels).where(_of_chat(channel), earlier).values(not_before=until))


def _of_chat(key: str) -> ColumnElement[bool]:
    """The channels of one chat: the one with this key, and the other topics of its chat."""
    one = channels.alias()
    chat = select(one.c.chat_id).where(one.c.key == key).scalar_subquery()
    return or_(channels.c.key == key, channels.c.chat_id == chat)


def channel_of(row: Row[Any]) -> ChannelState:
    """A row of `channels`."""
    return ChannelState(
        key=row.key,
        chat_id=row.chat_id,
        title=row.title,
        username=row.username,
        last_message_id=row.last_message_id,
        not_before=row.not_before,
        paused=row.paused,
        blocked=row.blocked,
    )
