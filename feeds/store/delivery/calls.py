"""The calls that count against a platform's limits, in the store: limits belong to the bot's token, not to a node.

A call counts from when its answer came (until then, from when its caller's lease ends): the platform counted it no
later than that, so its own window never sees one call too many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, insert, select, update

from feeds.store.database.engine import lock_claims, writing
from feeds.store.database.tables import calls
from feeds.store.delivery.rate import Rate

SOON = timedelta(milliseconds=100)
"""How long a call that is under way is waited for, before the limits are looked at again."""


class Calls:
    """Calls outside the outbox, such as the bot's answers to people; posts and answers share the limits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, bucket: str, *, rate: Rate, overall: Rate, now: datetime, lease: timedelta) -> int | datetime:
        """Count a call that is about to be made; its number, or when to ask again.

        Where the limits allow none before calls that are under way have their answer, that is soon: an answer takes a
        fraction of a second, and the lease is only for a caller that died.

        Args:
            bucket: the chat.
            rate: the chat's limit.
            overall: the limit of all chats together.
            now: the moment.
            lease: for how long the call may be under way.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            made = made_since(connection, now - max(rate.window, overall.window))
            if opens(made, bucket, rate, overall, now) <= now:
                return count_call(connection, bucket, now + lease)
            answered = {chat: [min(at, now) for at in times] for chat, times in made.items()}
            return max(opens(answered, bucket, rate, overall, now), now + SOON)

    def count(self, bucket: str, at: datetime) -> int:
        """Count a call that is made whatever the limits say; its number."""
        with writing(self._engine) as connection:
            return count_call(connection, bucket, at)

    def end(self, call: int, now: datetime, message_id: int | None = None) -> None:
        """Its answer came: it counts from now on; `message_id` is what the bot said with it."""
        with writing(self._engine) as connection:
            connection.execute(update(calls).where(calls.c.id == call).values(at=now, message_id=message_id))


def is_answer(connection: Connection, bucket: str, message_id: int) -> bool:
    """Whether a message of a chat is what the bot said to people there, and no post."""
    said = select(calls.c.id).where(calls.c.bucket == bucket, calls.c.message_id == message_id)
    return connection.execute(said).first() is not None


def made_since(connection: Connection, since: datetime) -> dict[str, list[datetime]]:
    """By chat, when calls after `since` count as made, newest first."""
    made: dict[str, list[datetime]] = {}
    statement = select(calls.c.bucket, calls.c.at).where(calls.c.at > since).order_by(calls.c.at.desc())
    for bucket, at in connection.execute(statement):
        made.setdefault(bucket, []).append(at)
    return made


def opens(made: Mapping[str, Sequence[datetime]], bucket: str, rate: Rate, overall: Rate, now: datetime) -> datetime:
    """When the limits of a chat and of all chats together allow the next call."""
    everything = sorted((at for times in made.values() for at in times), reverse=True)
    return max(rate.opens(made.get(bucket, ()), now), overall.opens(everything, now))


def count_call(connection: Connection, bucket: str, at: datetime) -> int:
    """Count a call as made at a time; its number."""
    key = connection.execute(insert(calls).values(bucket=bucket, at=at)).inserted_primary_key
    return int(key[0]) if key is not None else 0
