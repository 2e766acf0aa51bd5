"""What a store that was put back from a backup does not know: the posts that went out after the backup was taken.

Such a store lags behind its channels. Nothing is sent to a channel that lags until its messages were read and matched
with what waits (`bot.publishing.restored`), or until the desk has decided. What was read, and is no article's yet, is
kept: the article may come again from its source, and is then settled instead of sent.

All of it lies among the `facts`, by name:

    behind:<channel>       the channel lags, since when and why; of `*`, all of them do
    unclaimed:<chat>:<id>  a message of the chat that no delivery is known for
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, select, update

from feeds.models import Article, Delivery, DeliveryKind, DeliveryState
from feeds.store.database.engine import lock_claims, reading, upsert, writing
from feeds.store.database.rows import article_of
from feeds.store.database.tables import articles, channels, deliveries, facts
from feeds.store.delivery import queue
from feeds.store.delivery.channels import learn
from feeds.store.delivery.deliveries import delivery_of
from feeds.store.delivery.desk import BEHIND, Act, note

ALL = "*"
UNCLAIMED_FOR = timedelta(days=30)
"""For how long an article is waited for whose post stands in a channel."""
UNCLAIMED = "unclaimed:"
_NOT_OUT = (
    DeliveryState.HELD,
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.UNCERTAIN,
    DeliveryState.DEAD,
)
"""Posts that may stand in the channel all the same."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Why nothing is sent to a channel."""

    why: str
    proven: bool = True
    """Whether it is known to lag; else it is only looked whether it does."""
    newest: int = 0
    """The newest message that is known to have been in the chat; 0 where nobody knows."""
    asked: str = ""
    """Why only the desk can decide; empty while a machine may find out."""


class Restored:
    """The channels that the store lags behind. Thread-safe; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def behind(self) -> dict[str, Behind]:
        """The channels that nothing is sent to, by key; `ALL` among them where each that is served is meant."""
        return {name: Behind(**value) for name, value in self._named(BEHIND).items()}

    def mark(self, key: str, behind: Behind, now: datetime) -> None:
        """Hold a channel, or `ALL`."""
        with writing(self._engine) as connection:
            _put(connection, f"{BEHIND}{key}", asdict(behind), now)

    def spread(self, behind: Behind, keys: list[str], now: datetime) -> None:
        """Hold each of these channels, in place of `ALL`."""
        with writing(self._engine) as connection:
            for key in keys:
                _put(connection, f"{BEHIND}{key}", asdict(behind), now)
            connection.execute(delete(facts).where(facts.c.name == f"{BEHIND}{ALL}"))

    def clear(self, key: str) -> None:
        """Let a channel flow: the store knows what stands there."""
        with writing(self._engine) as connection:
            connection.execute(delete(facts).where(facts.c.name == f"{BEHIND}{key}"))

    def not_out(self, chat_id: int) -> tuple[tuple[Delivery, Article], ...]:
        """The posts to all channels of a chat that are not known to be there, in the order of publication."""
        posts = (
            select(deliveries)
            .join(channels, channels.c.key == deliveries.c.channel)
            .where(
                channels.c.chat_id == chat_id,
                deliveries.c.kind == DeliveryKind.POST,
                deliveries.c.state.in_(_NOT_OUT),
            )
        )
        theirs = posts.with_only_columns(deliveries.c.article_id)
        with reading(self._engine) as connection:
            rows = connection.execute(posts.order_by(deliveries.c.article_id, deliveries.c.id)).all()
            told = connection.execute(select(articles).where(articles.c.id.in_(theirs))).mappings()
            by_id = {row["id"]: article_of(row) for row in told}
        found = map(delivery_of, rows)
        return tuple((delivery, by_id[delivery.article_id]) for delivery in found if delivery.article_id in by_id)

    def posted_as(self, chat_id: int, message_id: int) -> Mapping[str, Any] | None:
        """The payload of the post that a message of a chat is known to be; None where it is none."""
        known = (
            select(deliveries.c.payload)
            .join(channels, channels.c.key == deliveries.c.channel)
            .where(
                channels.c.chat_id == chat_id,
                deliveries.c.kind == DeliveryKind.POST,
                deliveries.c.state == DeliveryState.SENT,
                deliveries.c.message_id == message_id,
            )
        )
        with reading(self._engine) as connection:
            payload: Mapping[str, Any] | None = connection.scalar(known)
        return payload

    def keep(self, chat_id: int, message_id: int, seen: Mapping[str, Any], now: datetime) -> None:
        """Remember a message that no delivery is known for."""
        with writing(self._engine) as connection:
            _put(connection, f"{UNCLAIMED}{chat_id}:{message_id}", dict(seen), now)

    def unclaimed(self) -> dict[tuple[int, int], Mapping[str, Any]]:
        """The messages that no delivery is known for, by chat and id."""
        found: dict[tuple[int, int], Mapping[str, Any]] = {}
        for name, seen in self._named(UNCLAIMED).items():
            chat_id, _, message_id = name.rpartition(":")
            found[int(chat_id), int(message_id)] = seen
        return found

    def settle(
        self,
        delivery: Delivery,
        article: Article,
        place: tuple[int | None, int],
        payload: Mapping[str, Any],
        now: datetime,
        *,
        stale: bool,
    ) -> bool:
        """A message is a delivery's post.

        Args:
            delivery: what waited.
            article: its article, as the payload shows it.
            place: the chat and the id of the message.
            payload: what the post would be if it were sent now, in the form (text or photo) that it has.
            now: the moment.
            stale: the message says something else, so it is to be corrected.

        Returns:
            Whether the delivery still waited.
        """
        chat_id, message_id = place
        with writing(self._engine) as connection:
            lock_claims(connection)
            settled = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery.id, deliveries.c.state.in_(_NOT_OUT))
                .values(
                    state=DeliveryState.SENT,
                    message_id=message_id,
                    payload=payload,
                    rendered=0 if stale else article.revision,
                    settled=now,
                    claimed=now,
                    owner="",
                    lease_until=None,
                    fence=deliveries.c.fence + 1,
                    error="found in the channel",
                )
            )
            if settled.rowcount == 1 and stale:
                queue.edit_in(connection, article, delivery.channel, now)
            connection.execute(delete(facts).where(facts.c.name == f"{UNCLAIMED}{chat_id}:{message_id}"))
            learn(connection, delivery.channel, message_id)
        return settled.rowcount == 1

    def decide(self, who: str, now: datetime, key: str, *, send: bool) -> int | None:
        """The desk's word on a channel that lags: whether what waits is to be sent, or is all there already.

        Returns:
            How many posts that concerns; None where the channel is not held.
        """
        held = self.behind().get(key)
        if held is None:
            return None
        waits = and_(
            deliveries.c.channel == key,
            deliveries.c.kind == DeliveryKind.POST,
            deliveries.c.state.in_([DeliveryState.PENDING, DeliveryState.UNCERTAIN]),
        )
        with writing(self._engine) as connection:
            lock_claims(connection)
            count = len(connection.execute(select(deliveries.c.id).where(waits)).all())
            values: dict[str, Any] = {"owner": "", "lease_until": None, "fence": deliveries.c.fence + 1}
            if send:
                values |= {"state": queue.state_again(), "caught": False, "error": "missed by the desk"}
            else:
                values |= {"state": DeliveryState.SENT, "settled": now, "error": "seen by the desk"}
            connection.execute(update(deliveries).where(waits).values(values))
            connection.execute(delete(facts).where(facts.c.name == f"{BEHIND}{key}"))
            learn(connection, key, held.newest)
            note(connection, Act(now, who, "send" if send else "settle", key, f"{count} posts after a restoration"))
        return count

    def _named(self, prefix: str) -> dict[str, Any]:
        query = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(prefix, autoescape=True))
        with reading(self._engine) as connection:
            return {row.name.removeprefix(prefix): row.value for row in connection.execute(query)}


def _put(connection: Connection, name: str, value: Mapping[str, Any], now: datetime) -> None:
    statement = upsert(connection, facts).values(name=name, value=value, at=now)
    changes = {"value": statement.excluded.value, "at": statement.excluded.at}
    connection.execute(statement.on_conflict_do_update(index_elements=[facts.c.name], set_=changes))


def heed_copy(engine: Engine, now: datetime) -> None:
    """A backup was put in place: all channels are held, and it is a copy no more."""
    with writing(engine) as connection:
        why = "the store was restored from a backup"
        _put(connection, f"{BEHIND}{ALL}", asdict(Behind(why)), now)
        connection.exec_driver_sql("PRAGMA user_version = 0")
