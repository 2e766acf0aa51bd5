"""Publishing into the store itself: deliveries of a channel whose messages are these rows, as the preview's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, exists, or_, select, update

from feeds.models import ChannelState, Delivery, DeliveryKind, DeliveryState
from feeds.store.database.engine import lock_claims, reading, writing
from feeds.store.database.tables import channels, deliveries
from feeds.store.delivery import candidates, transitions
from feeds.store.delivery.channels import flows
from feeds.store.delivery.claims import Claim
from feeds.store.delivery.deliveries import delivery_of


class Direct:
    """Claims and settles at once, as nothing is called. Thread-safe; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def batch(self, channel: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """The next waiting deliveries of a channel, in the order of publication, posts first."""
        statement = (
            select(deliveries)
            .where(
                deliveries.c.channel == channel,
                deliveries.c.state == candidates.LITERALLY_PENDING,
                or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now),
                exists().where(channels.c.key == channel, flows()),
            )
            .order_by(deliveries.c.urgent.desc(), deliveries.c.kind.desc(), deliveries.c.article_id, deliveries.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(delivery_of(row) for row in connection.execute(statement))

    def settle(
        self, channel: str, done: Sequence[tuple[Delivery, Mapping[str, Any] | None, int]], now: datetime
    ) -> int:
        """Claim and settle at once, for a channel whose messages are these rows themselves (the preview).

        Args:
            channel: the channel's key.
            done: deliveries with their payload and the revision it shows.
            now: the moment.

        Returns:
            How many were settled; others were taken by another node, or their article changed since they were rendered.
        """
        settled = 0
        with writing(self._engine) as connection:
            lock_claims(connection)
            last = connection.execute(select(channels.c.last_message_id).where(channels.c.key == channel)).scalar_one()
            for delivery, payload, rendered in done:
                is_post = delivery.kind is DeliveryKind.POST
                values = {"state": DeliveryState.SENT, "settled": now, "claimed": now, "error": ""}
                values |= {"payload": payload, "rendered": rendered, "message_id": last + 1 if is_post else None}
                updated = connection.execute(
                    update(deliveries)
                    .where(
                        deliveries.c.id == delivery.id,
                        deliveries.c.state == DeliveryState.PENDING,
                        transitions.is_newest(delivery, rendered),
                    )
                    .values(**values, attempts=deliveries.c.attempts + 1)
                )
                if updated.rowcount != 1:
                    continue
                settled += 1
                last += is_post
                if not is_post:
                    shown = replace(delivery, payload=payload, rendered=rendered)
                    transitions.show(connection, Claim(shown, ChannelState(channel), 0, now), now)
            connection.execute(
                update(channels).where(channels.c.key == channel).values(last_message_id=last, served=now)
            )
        return settled
