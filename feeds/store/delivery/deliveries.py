"""Deliveries, looked at: how many, which, where they stand. `feeds.store.delivery.outbox` moves them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, case, exists, func, or_, select

from feeds.models import FOLLOWERS, PERSONAL, Delivery, DeliveryKind, DeliveryState
from feeds.store.database.engine import reading
from feeds.store.database.tables import articles, channels, deliveries
from feeds.store.delivery.channels import flows
from feeds.store.delivery.desk import DESK

UNDER_WAY = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
WAITING = (DeliveryState.HELD, DeliveryState.PENDING)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a channel has, and what waits for it."""

    posts: int = 0
    """Posts that are there."""
    last: datetime | None = None
    """When the newest of them was sent."""
    waiting: int = 0
    """Posts, corrections and deletions that go out by themselves."""
    held: int = 0
    """Posts that wait for the desk."""
    doubtful: int = 0
    dead: int = 0


class Deliveries:
    """What there is in the outbox. Thread-safe; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self, channels: Collection[str] | None = None) -> dict[str, int]:
        """How many deliveries are in each state, 0 included; of all channels, or of these.

        What goes to those who follow something is not counted among them, here and in what follows.
        """
        statement = select(deliveries.c.state, func.count().label("number")).group_by(deliveries.c.state)
        statement = statement.where(_to_channels())
        if channels is not None:
            statement = statement.where(deliveries.c.channel.in_(channels))
        with reading(self._engine) as connection:
            found = {row.state: row.number for row in connection.execute(statement)}
        return {state.value: found.get(state.value, 0) for state in DeliveryState}

    def waiting(self) -> dict[str, int]:
        """How many deliveries wait, by channel; those where none does are not named."""
        statement = select(deliveries.c.channel, func.count().label("number"))
        statement = statement.where(deliveries.c.state.in_(WAITING), _to_channels())
        with reading(self._engine) as connection:
            return {row.channel: row.number for row in connection.execute(statement.group_by(deliveries.c.channel))}

    def traffic(self) -> dict[str, Traffic]:
        """What each channel has and waits for, by key."""
        post = deliveries.c.kind == DeliveryKind.POST

        def count(*states: DeliveryState) -> Any:
            return func.count(case((deliveries.c.state.in_(states), 1)))

        there = post & (deliveries.c.state == DeliveryState.SENT)
        query = select(
            deliveries.c.channel,
            func.count(case((there, 1))).label("posts"),
            func.max(case((there, deliveries.c.settled))).label("last"),
            count(DeliveryState.PENDING, DeliveryState.SENDING).label("waiting"),
            count(DeliveryState.HELD).label("held"),
            count(DeliveryState.UNCERTAIN).label("doubtful"),
            count(DeliveryState.DEAD).label("dead"),
        )
        query = query.where(_to_channels()).group_by(deliveries.c.channel)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings()
            return {row["channel"]: Traffic(**{name: row[name] for name in Traffic.__slots__}) for row in rows}

    def queued(self, article_ids: Collection[int]) -> frozenset[int]:
        """Those of some articles that have a delivery that waits."""
        waits = deliveries.c.article_id.in_(list(article_ids)) & deliveries.c.state.in_(WAITING) & _to_channels()
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(deliveries.c.article_id).where(waits)))

    def of_article(self, article_id: int) -> tuple[Delivery, ...]:
        """What was and is to be sent of an article to channels, in the order in which it was queued."""
        own = select(deliveries).where(deliveries.c.article_id == article_id, _to_channels()).order_by(deliveries.c.id)
        with reading(self._engine) as connection:
            return tuple(map(delivery_of, connection.execute(own)))

    def waits_of_others(self, channel: str, source: str) -> int:
        """How many deliveries wait for a channel whose articles are not of a source."""
        theirs = exists().where(articles.c.id == deliveries.c.article_id, articles.c.source != source)
        waits = (deliveries.c.channel == channel) & deliveries.c.state.in_(WAITING)
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(deliveries).where(waits, theirs)) or 0

    def held_of(self, source: str, section: str) -> int:
        """How many articles of a section of a source have a post that waits for the desk."""
        theirs = select(articles.c.id).where(articles.c.source == source, articles.c.section == section)
        waits = (deliveries.c.state == DeliveryState.HELD) & deliveries.c.article_id.in_(theirs)
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count(deliveries.c.article_id.distinct())).where(waits)) or 0

    def posts(self, channel: str, *, limit: int, before: int | None = None) -> tuple[Delivery, ...]:
        """The channel's posts that are there, newest first; `before` is the message id to go on from."""
        statement = (
            select(deliveries)
            .where(
                deliveries.c.channel == channel,
                deliveries.c.kind == DeliveryKind.POST,
                deliveries.c.state == DeliveryState.SENT,
            )
            .order_by(deliveries.c.message_id.desc())
            .limit(limit)
        )
        if before is not None:
            statement = statement.where(deliveries.c.message_id < before)
        with reading(self._engine) as connection:
            return tuple(delivery_of(row) for row in connection.execute(statement))

    def queue(
        self,
        *,
        states: Sequence[DeliveryState],
        limit: int,
        channel: str | None = None,
        article_ids: Collection[int] | None = None,
    ) -> tuple[Delivery, ...]:
        """Deliveries in these states, in the order of publication; to one channel, of some articles, or of all."""
        statement = (
            select(deliveries)
            .where(deliveries.c.state.in_(states), _to_channels())
            .order_by(deliveries.c.article_id, deliveries.c.id)
            .limit(limit)
        )
        if channel is not None:
            statement = statement.where(deliveries.c.channel == channel)
        if article_ids is not None:
            statement = statement.where(deliveries.c.article_id.in_(article_ids))
        with reading(self._engine) as connection:
            return tuple(delivery_of(row) for row in connection.execute(statement))

    def shown(self, article_id: int, channel: str) -> Mapping[str, Any] | None:
        """The payload that an article's post shows in a channel; None where there is none."""
        post = select(deliveries.c.payload).where(
            deliveries.c.article_id == article_id,
            deliveries.c.channel == channel,
            deliveries.c.kind == DeliveryKind.POST,
            deliveries.c.state == DeliveryState.SENT,
        )
        with reading(self._engine) as connection:
            payload: Mapping[str, Any] | None = connection.execute(post).scalar()
        return payload

    def first_post(self, article_ids: Sequence[int], channel: str) -> Delivery | None:
        """Of the posts of some articles that stand in a channel, the one that was sent first."""
        standing = (
            select(deliveries)
            .where(
                deliveries.c.article_id.in_(article_ids),
                deliveries.c.channel == channel,
                deliveries.c.kind == DeliveryKind.POST,
                deliveries.c.state == DeliveryState.SENT,
                deliveries.c.message_id.is_not(None),
            )
            .order_by(deliveries.c.message_id)
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(standing).one_or_none()
        return None if row is None else delivery_of(row)

    def get(self, delivery_id: int) -> Delivery | None:
        """One delivery."""
        with reading(self._engine) as connection:
            row = connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one_or_none()
        return None if row is None else delivery_of(row)

    def under_way(self) -> frozenset[str]:
        """The channels with a delivery that is being sent or looked for, on any node, or will be.

        Not those that the desk decides, nor those where nobody may look: the channel is paused, or refuses the bot.
        """
        with reading(self._engine) as connection:
            return frozenset(connection.execute(_under_way()).scalars())


@cache
def _under_way() -> Select[Any]:
    """The channels where something is; asked all the time, so put together once."""
    open_channel = exists().where(channels.c.key == deliveries.c.channel, flows())
    return select(deliveries.c.channel).where(
        deliveries.c.state.in_(UNDER_WAY), deliveries.c.owner != DESK, or_(deliveries.c.owner != "", open_channel)
    )


def _to_channels() -> ColumnElement[bool]:
    """Whether a delivery goes to a channel of the desk's."""
    return and_(deliveries.c.kind.not_in(PERSONAL), deliveries.c.channel != FOLLOWERS)


def delivery_of(row: Row[Any]) -> Delivery:
    """A row of `deliveries`."""
    return Delivery(
        id=row.id,
        article_id=row.article_id,
        channel=row.channel,
        kind=DeliveryKind(row.kind),
        revision=row.revision,
        state=DeliveryState(row.state),
        rendered=row.rendered,
        urgent=row.urgent,
        payload=row.payload,
        message_id=row.message_id,
        attempts=row.attempts,
        not_before=row.not_before,
        error=row.error,
        owner=row.owner,
        fence=row.fence,
        created=row.created,
        claimed=row.claimed,
        settled=row.settled,
    )
