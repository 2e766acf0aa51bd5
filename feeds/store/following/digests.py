"""Digests: what was announced since the last one, in as few messages as hold it, once.

A digest that is due is made of what was announced until then, so one that an outage delayed holds all of it. Its parts
are deliveries of the outbox; what stands in each is on record, for corrections, and so that nothing comes twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select, update

from feeds.models import Article, Delivery, DeliveryKind, DeliveryState
from feeds.store.archive import stories
from feeds.store.database.engine import lock_claims, reading, writing
from feeds.store.database.rows import article_of
from feeds.store.database.tables import (
    announced_topics,
    announcements,
    articles,
    channels,
    deliveries,
    digest_items,
    followers,
    follows,
)
from feeds.store.following.chats import Follower, follower_of
from feeds.store.following.rhythm import next_digest
from feeds.store.following.topics import Matter

LONGEST = 1000
"""Articles of one digest, the newest."""

Parts = Callable[[Sequence[Article]], Sequence[Sequence[Article]]]
"""Parts articles, newest first, into messages."""


class Digests:
    """The digests of followers. Thread-safe; every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """The chats whose digest is due, those first that have waited longest."""
        query = select(followers.c.key).where(followers.c.due <= now).order_by(followers.c.due).limit(limit)
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query))

    def compose(self, key: str, now: datetime, zone: ZoneInfo, parts: Parts) -> int:
        """Queue a chat's digest, if it is due and there is anything in it; returns in how many messages."""
        with writing(self._engine) as connection:
            lock_claims(connection)
            own = followers.c.key == key
            row = connection.execute(select(followers).where(own, followers.c.due <= now)).one_or_none()
            if row is None:
                return 0
            follower = follower_of(row)
            blocked = connection.scalar(select(channels.c.blocked).where(channels.c.key == key))
            found = [] if blocked else _collect(connection, follower, row.since)
            messages = [part for part in parts(found) if part] if found else []
            for part in messages:
                _add(connection, key, part, now)
            due = next_digest(follower.rhythm, follower.hour, follower.weekday, now, zone)
            connection.execute(update(followers).where(own).values(due=due, since=now))
        return len(messages)

    def part(self, delivery: Delivery) -> tuple[int, int]:
        """Which of how many messages of its digest a delivery is, from 1."""
        of_digest = select(deliveries.c.id).where(
            deliveries.c.channel == delivery.channel,
            deliveries.c.kind == DeliveryKind.DIGEST,
            deliveries.c.created == delivery.created,
        )
        with reading(self._engine) as connection:
            numbers = sorted(connection.scalars(of_digest))
        return (numbers.index(delivery.id) + 1, len(numbers)) if delivery.id in numbers else (1, 1)

    def items(self, delivery_id: int) -> tuple[Article, ...]:
        """The articles that stand in a digest, newest first, those that were withdrawn since left out."""
        query = select(articles).join(digest_items, digest_items.c.article_id == articles.c.id)
        query = query.where(digest_items.c.delivery_id == delivery_id, stories.STANDING)
        with reading(self._engine) as connection:
            return tuple(map(article_of, connection.execute(query.order_by(articles.c.id.desc())).mappings()))


def _collect(connection: Connection, follower: Follower, since: datetime) -> list[Article]:
    """What a chat follows and was announced since, newest first, without what it got already."""
    key = follower.key
    alerted = select(deliveries.c.id).where(
        deliveries.c.article_id == articles.c.id, deliveries.c.channel == key, deliveries.c.kind == DeliveryKind.ALERT
    )
    listed = (
        select(deliveries.c.id)
        .join(digest_items, digest_items.c.delivery_id == deliveries.c.id)
        .where(digest_items.c.article_id == articles.c.id, deliveries.c.channel == key)
    )
    asked = (
        select(announcements.c.article_id)
        .join(announced_topics, announced_topics.c.announcement_id == announcements.c.id)
        .join(follows, follows.c.topic_id == announced_topics.c.topic_id)
        .where(
            follows.c.follower == key,
            announcements.c.kind == DeliveryKind.ALERT,
            announcements.c.at > since,
            announcements.c.at >= follows.c.since,
        )
    )
    query = select(articles).where(
        articles.c.id.in_(asked),
        stories.STANDING,
        ~stories.is_member(),
        ~alerted.exists(),
        ~listed.exists(),
    )
    rows = connection.execute(query.order_by(articles.c.id.desc()).limit(LONGEST)).mappings()
    found = map(article_of, rows)
    return [one for one in found if not (follower.blocks and Matter(one, ()).holds(follower.blocks))]


def _add(connection: Connection, key: str, part: Sequence[Article], now: datetime) -> None:
    values = {
        "article_id": part[0].id,
        "channel": key,
        "kind": DeliveryKind.DIGEST.value,
        "revision": 0,
        "state": DeliveryState.PENDING.value,
        "urgent": False,
        "created": now,
    }
    number = connection.execute(insert(deliveries).values(values)).inserted_primary_key
    assert number is not None  # noqa: S101 - each is given one
    rows = [{"article_id": article.id, "delivery_id": number[0]} for article in part]
    connection.execute(insert(digest_items), rows)
