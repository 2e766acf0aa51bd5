"""An announcement on its way: to whom it comes next, a few at a time, and what that puts into the outbox.

Each step is within a transaction of `announcing`, which has locked the claims out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, Select, select, update

from feeds.models import Article, DeliveryKind, DeliveryState
from feeds.store.database.engine import upsert
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
    topics,
)
from feeds.store.following.chats import Follower, follower_of, unannounced_since
from feeds.store.following.rhythm import Quiet, Rhythm
from feeds.store.following.topics import Matter

BATCH = 100
"""Followers that one announcement reaches before the next has its turn."""
_OUT = (DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.SENT)
_ALERTED, _LISTED, _STORY = "a:", "d:", "s:"
"""How far a correction has come: through those who were alerted, those who had it in a digest, those of its story."""


def _open() -> Select[Any]:
    return select(announcements).where(announcements.c.done.is_(None))


def whose_turn() -> Select[Any]:
    """The announcement whose turn it is; of what the desk holds, none."""
    turn = (announcements.c.urgent.desc(), announcements.c.served.asc().nulls_first(), announcements.c.id)
    shown = select(articles.c.id).where(articles.c.id == announcements.c.article_id, articles.c.held.is_(None))
    return _open().where(shown.exists()).order_by(*turn).limit(1).with_only_columns(announcements.c.id)


def step(connection: Connection, number: int, now: datetime, zone: ZoneInfo) -> int:
    """Bring an announcement to its next followers; returns how many deliveries that made."""
    row = connection.execute(_open().where(announcements.c.id == number)).mappings().one_or_none()
    if row is None:  # another node was quicker
        return 0
    found = connection.execute(select(articles).where(articles.c.id == row["article_id"])).mappings().one()
    article, kind = article_of(found), DeliveryKind(row["kind"])
    if (article.retracted is None) == (kind is DeliveryKind.RETRACTION):  # it says otherwise by now
        _advance(connection, row, "", now, done=True)
        return 0
    if kind is DeliveryKind.ALERT:
        return _alert(connection, row, article, now, zone)
    return _tell(connection, row, article, now, zone)


def _alert(connection: Connection, row: RowMapping, article: Article, now: datetime, zone: ZoneInfo) -> int:
    asked = _asked(connection, row)
    keys, at_once = _followers(connection, row, asked)
    matter = Matter(article, ())
    wanted: list[dict[str, Any]] = []
    for follower in _reachable(connection, keys):
        if follower.blocks and matter.holds(follower.blocks):
            continue
        quiet = Quiet.parse(follower.quiet)
        wakes = quiet.until(now, zone) if quiet else None
        if follower.key in at_once:
            wanted.append(_row(article, DeliveryKind.ALERT, follower.key, now, not_before=wakes))
        elif follower.rhythm is Rhythm.NOW and wakes is None:
            wanted.append(_row(article, DeliveryKind.ALERT, follower.key, now))
        elif follower.rhythm is Rhythm.NOW and follower.due is None:  # what comes in the night is told in one message
            since = unannounced_since(connection, now)
            own = followers.c.key == follower.key
            connection.execute(update(followers).where(own).values(due=wakes, since=since))
    made = _insert(connection, wanted)
    _advance(connection, row, keys[-1] if keys else "", now, done=len(keys) < BATCH)
    return made


def _asked(connection: Connection, row: RowMapping) -> dict[int, str]:
    """The topics of an announcement, with their kinds."""
    query = select(topics.c.id, topics.c.kind).join(announced_topics, announced_topics.c.topic_id == topics.c.id)
    return {one.id: one.kind for one in connection.execute(query.where(_of(row)))}


def _of(row: RowMapping) -> Any:
    return announced_topics.c.announcement_id == row["id"]


def _followers(connection: Connection, row: RowMapping, asked: Mapping[int, str]) -> tuple[list[str], set[str]]:
    """The next followers of some topics, and those of them who hear at once, as they follow the story.

    Every second article goes through them backwards: nobody is always the last.
    """
    backwards = row["article_id"] % 2 == 1
    order = follows.c.follower.desc() if backwards else follows.c.follower.asc()
    found: set[str] = set()
    at_once: set[str] = set()
    for topic_id, kind in asked.items():
        query = select(follows.c.follower).where(follows.c.topic_id == topic_id, follows.c.since <= row["at"])
        if row["cursor"]:
            beyond = follows.c.follower < row["cursor"] if backwards else follows.c.follower > row["cursor"]
            query = query.where(beyond)
        keys = set(connection.scalars(query.order_by(order).limit(BATCH)))
        found |= keys
        at_once |= keys if kind == "story" else set()
    return sorted(found, reverse=backwards)[:BATCH], at_once


def _tell(connection: Connection, row: RowMapping, article: Article, now: datetime, zone: ZoneInfo) -> int:
    """Bring a correction or a retraction to those who got the article, and to those who follow its story."""
    keys, cursor = _next_readers(connection, row)
    wanted = [
        _row(article, DeliveryKind(row["kind"]), one.key, now, not_before=_wakes(one, now, zone))
        for one in _reachable(connection, keys)
    ]
    made = _insert(connection, wanted)
    _advance(connection, row, cursor, now, done=not cursor)
    return made


def _next_readers(connection: Connection, row: RowMapping) -> tuple[list[str], str]:
    """The next chats to hear of a change, and how far that comes; empty at the end."""
    stage, cursor = row["cursor"][:2] or _ALERTED, row["cursor"][2:]
    alerted = deliveries.c.article_id == row["article_id"]
    if stage == _ALERTED:
        query = select(deliveries.c.channel).where(
            alerted,
            deliveries.c.kind == DeliveryKind.ALERT,
            deliveries.c.state.in_(_OUT),
            deliveries.c.channel > cursor,
        )
        if row["kind"] == DeliveryKind.CORRECTION:
            query = query.where(deliveries.c.rendered < row["revision"])
        keys = list(connection.scalars(query.order_by(deliveries.c.channel).limit(BATCH)))
        return keys, f"{_ALERTED}{keys[-1]}" if len(keys) == BATCH else _LISTED
    if stage == _LISTED:
        listed = select(deliveries.c.id, deliveries.c.channel, deliveries.c.claimed)
        listed = listed.join(digest_items, digest_items.c.delivery_id == deliveries.c.id).where(
            digest_items.c.article_id == row["article_id"],
            digest_items.c.delivery_id > int(cursor or 0),
            deliveries.c.state.in_(_OUT),
        )
        found = connection.execute(listed.order_by(digest_items.c.delivery_id).limit(BATCH)).all()
        old = [one.channel for one in found if one.claimed is None or one.claimed <= row["at"]]
        return old, f"{_LISTED}{found[-1].id}" if len(found) == BATCH else _STORY
    asked = {number: kind for number, kind in _asked(connection, row).items() if kind == "story"}
    followed = select(follows.c.follower).where(follows.c.topic_id.in_(asked), follows.c.since <= row["at"])
    followed = followed.where(follows.c.follower > cursor).distinct().order_by(follows.c.follower).limit(BATCH)
    keys = list(connection.scalars(followed))
    return keys, f"{_STORY}{keys[-1]}" if len(keys) == BATCH else ""


def _wakes(follower: Follower, now: datetime, zone: ZoneInfo) -> datetime | None:
    quiet = Quiet.parse(follower.quiet)
    return quiet.until(now, zone) if quiet else None


def _reachable(connection: Connection, keys: Iterable[str]) -> list[Follower]:
    """Those of some chats that follow something and may be written to."""
    something = select(follows.c.topic_id).where(follows.c.follower == followers.c.key)
    query = select(followers).join(channels, channels.c.key == followers.c.key)
    query = query.where(followers.c.key.in_(list(keys)), channels.c.blocked == "", something.exists())
    return [follower_of(row) for row in connection.execute(query.order_by(followers.c.key))]


def _row(
    article: Article, kind: DeliveryKind, key: str, now: datetime, *, not_before: datetime | None = None
) -> dict[str, Any]:
    """A delivery to a chat; an article comes to a chat once, whatever its revision."""
    return {
        "article_id": article.id,
        "channel": key,
        "kind": kind.value,
        "revision": 0 if kind is DeliveryKind.ALERT else article.revision,
        "state": DeliveryState.PENDING.value,
        "urgent": article.urgent or kind is not DeliveryKind.ALERT,
        "not_before": not_before,
        "created": now,
    }


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> int:
    """Queue deliveries; who had one of them in a digest gets it no second time."""
    alerts = [row["channel"] for row in rows if row["kind"] == DeliveryKind.ALERT]
    listed = set[str]()
    if alerts:
        had = select(deliveries.c.channel).join(digest_items, digest_items.c.delivery_id == deliveries.c.id)
        had = had.where(digest_items.c.article_id == rows[0]["article_id"], deliveries.c.channel.in_(alerts))
        listed = set(connection.scalars(had))
    fresh = [row for row in rows if row["channel"] not in listed or row["kind"] != DeliveryKind.ALERT]
    if fresh:
        connection.execute(upsert(connection, deliveries).on_conflict_do_nothing(), fresh)
    return len(fresh)


def _advance(connection: Connection, row: RowMapping, cursor: str, now: datetime, *, done: bool) -> None:
    values: dict[str, Any] = {"cursor": cursor, "served": now, "done": now if done else None}
    connection.execute(update(announcements).where(announcements.c.id == row["id"]).values(values))
