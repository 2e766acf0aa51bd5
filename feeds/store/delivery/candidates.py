"""What may be done next in each channel: the queries. Pacing, and whose turn it is among channels, is not looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    Text,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)

from feeds.models import PERSONAL, ChannelState, DeliveryKind, DeliveryState
from feeds.store.database.tables import channels, deliveries
from feeds.store.delivery.channels import flows
from feeds.store.delivery.claims import Candidate
from feeds.store.delivery.deliveries import delivery_of

CORRECTION_PATIENCE = timedelta(minutes=5)
"""For how long a correction lets posts go first; until then, newer corrections overtake it."""

# Literals, not parameters: so the planner sees that the partial indexes serve.
LITERALLY_PENDING: ColumnElement[str] = literal_column("'pending'")
LITERALLY_PERSONAL: list[ColumnElement[str]] = [literal_column(f"'{kind}'") for kind in PERSONAL]
_LITERALLY_UNDER_WAY: list[ColumnElement[str]] = [literal_column("'sending'"), literal_column("'uncertain'")]


_CHANNEL_COLUMNS = [column.label(f"channel_{column.name}") for column in channels.c]
BUCKET = func.coalesce(cast(channels.c.chat_id, Text), channels.c.key)
"""As `bucket_of`, of a row of `channels`."""


def waiting(now: datetime) -> Select[Any]:
    """The next delivery of each channel that flows and has none under way, as `candidate_of` reads it."""
    return _with_channel(channels.join(deliveries, deliveries.c.id == _next(now))).where(
        ~channels.c.private, flows(), ~busy(channels.c.key, BUCKET)
    )


def waiting_for_followers(now: datetime, limit: int) -> Select[Any]:
    """What waits for those who follow something and may be sent now: urgent ones first, then whose turn it is.

    A hundred thousand chats have next to nothing waiting, so it begins with what waits; `waiting` begins with the few
    channels, which may have a long backlog. Of one chat several may be among it.
    """
    return (
        _with_channel(deliveries.join(channels, channels.c.key == deliveries.c.channel))
        .where(
            deliveries.c.state == LITERALLY_PENDING,
            deliveries.c.kind.in_(LITERALLY_PERSONAL),
            or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now),
            or_(channels.c.not_before.is_(None), channels.c.not_before <= now),
            flows(),
            ~busy(channels.c.key, BUCKET),
        )
        .order_by(deliveries.c.urgent.desc(), channels.c.served.asc().nulls_first(), deliveries.c.id)
        .limit(limit)
    )


def unresolved(now: datetime) -> Select[Any]:
    """The uncertain deliveries that nobody resolves at the moment, of channels that may be called."""
    return _with_channel(deliveries.join(channels, channels.c.key == deliveries.c.channel)).where(
        deliveries.c.state == DeliveryState.UNCERTAIN,
        deliveries.c.owner == "",
        flows(),
        or_(channels.c.not_before.is_(None), channels.c.not_before <= now),
    )


def _with_channel(source: FromClause) -> Select[Any]:
    post = deliveries.alias()
    target = post_of(deliveries, post, DeliveryState.SENT).correlate(deliveries).scalar_subquery()
    return select(deliveries, *_CHANNEL_COLUMNS, target.label("target")).select_from(source)


def _next(now: datetime) -> Any:
    return func.coalesce(_first_urgent(now), _first_overdue(now), _first_of(now))


def _first_urgent(now: datetime) -> Any:
    return _first_of(now, lambda candidate: [candidate.c.urgent == true()])


def _first_overdue(now: datetime) -> Any:
    """The first correction that waited long enough, or a retraction; corrections would starve behind a long backlog."""
    patient = now - CORRECTION_PATIENCE

    def overdue(candidate: Any) -> list[Any]:
        waited = or_(candidate.c.kind == DeliveryKind.DELETE, candidate.c.created <= patient)
        kinds = candidate.c.kind.in_([DeliveryKind.EDIT, DeliveryKind.DELETE])
        return [candidate.c.urgent == false(), kinds, waited]

    return _first_of(now, overdue)


def _first_of(now: datetime, conditions: Callable[[Any], list[Any]] = lambda _candidate: []) -> Any:
    """The id of a channel's next delivery among those that meet the conditions, as a subquery of `channels`."""
    candidate, post = deliveries.alias(), deliveries.alias()
    return (
        select(candidate.c.id)
        .where(
            candidate.c.channel == channels.c.key,
            candidate.c.state == LITERALLY_PENDING,
            or_(candidate.c.not_before.is_(None), candidate.c.not_before <= now),
            or_(candidate.c.kind == DeliveryKind.POST, post_of(candidate, post, DeliveryState.SENT).exists()),
            *conditions(candidate),
        )
        .order_by(candidate.c.urgent.desc(), candidate.c.kind.desc(), candidate.c.article_id, candidate.c.id)
        .limit(1)
        .correlate(channels)
        .scalar_subquery()
    )


def post_of(row: Any, post: Any, state: DeliveryState) -> Any:
    """The message id of the post that `row` (an edit, a deletion) is about."""
    return select(post.c.message_id).where(
        post.c.article_id == row.c.article_id,
        post.c.channel == row.c.channel,
        post.c.kind == DeliveryKind.POST,
        post.c.state == state,
    )


def busy(channel: ColumnElement[str] | str, chat: ColumnElement[str] | str) -> Any:
    """Whether a delivery of the channel, or of its chat, is under way."""
    other = deliveries.alias()
    same = or_(other.c.channel == channel, other.c.chat == chat)
    return exists().where(same, other.c.state.in_(_LITERALLY_UNDER_WAY))


def candidate_of(row: Row[Any]) -> Candidate:
    """A row of `waiting` or `unresolved`."""
    channel = ChannelState(
        key=row.channel_key,
        chat_id=row.channel_chat_id,
        title=row.channel_title,
        username=row.channel_username,
        last_message_id=row.channel_last_message_id,
        not_before=row.channel_not_before,
        paused=row.channel_paused,
        blocked=row.channel_blocked,
    )
    return Candidate(delivery_of(row), channel, row.channel_served, row.target)
