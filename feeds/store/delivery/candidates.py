"""What may be done next in each channel: the queries. Pacing, and whose turn it is among channels, is not looked at.

They are asked every two seconds of a node's life, and SQLAlchemy takes longer to put one together than the store to
answer it: each is made once, and executed with `moments(now)`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Row,
    Select,
    Text,
    bindparam,
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
from feeds.store.database.tables import Instant, articles, channels, deliveries
from feeds.store.delivery.channels import flows
from feeds.store.delivery.claims import Candidate
from feeds.store.delivery.deliveries import delivery_of

CORRECTION_PATIENCE = timedelta(minutes=5)
"""For how long a correction lets posts go first; until then, newer corrections overtake it."""

# Literals, not parameters: so the planner sees that the partial indexes serve.
LITERALLY_PENDING: ColumnElement[str] = literal_column("'pending'")
LITERALLY_PERSONAL: list[ColumnElement[str]] = [literal_column(f"'{kind}'") for kind in PERSONAL]
_LITERALLY_UNDER_WAY: list[ColumnElement[str]] = [literal_column("'sending'"), literal_column("'uncertain'")]


_NOW = bindparam("now", type_=Instant)
_PATIENT = bindparam("patient", type_=Instant)
"""What was made before it has waited long enough."""
_CHANNEL_COLUMNS = [column.label(f"channel_{column.name}") for column in channels.c]
BUCKET = func.coalesce(cast(channels.c.chat_id, Text), channels.c.key)
"""As `bucket_of`, of a row of `channels`."""


def moments(now: datetime) -> dict[str, datetime]:
    """The parameters of `waiting` and `unresolved`."""
    return {"now": now, "patient": now - CORRECTION_PATIENCE}


@cache
def waiting() -> Select[Any]:
    """The next delivery of each channel that flows and has none under way, as `candidate_of` reads it."""
    return _with_channel(channels.join(deliveries, deliveries.c.id == _next())).where(
        ~channels.c.private, flows(), ~busy(channels.c.key, BUCKET)
    )


@cache
def waiting_for_followers() -> Select[Any]:
    """What waits for those who follow something and may be sent now: urgent ones first, then whose turn it is.

    A hundred thousand chats have next to nothing waiting, so it begins with what waits; `waiting` begins with the few
    channels, which may have a long backlog. Of one chat several may be among it.
    """
    return (
        _with_channel(deliveries.join(channels, channels.c.key == deliveries.c.channel))
        .where(
            select(articles.c.id).where(articles.c.id == deliveries.c.article_id, articles.c.held.is_(None)).exists(),
            deliveries.c.state == LITERALLY_PENDING,
            deliveries.c.kind.in_(LITERALLY_PERSONAL),
            or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= _NOW),
            or_(channels.c.not_before.is_(None), channels.c.not_before <= _NOW),
            flows(),
            ~busy(channels.c.key, BUCKET),
        )
        .order_by(deliveries.c.urgent.desc(), channels.c.served.asc().nulls_first(), deliveries.c.id)
        .limit(bindparam("room", type_=Integer))
    )


@cache
def unresolved() -> Select[Any]:
    """The uncertain deliveries that nobody resolves at the moment, of channels that may be called."""
    return _with_channel(deliveries.join(channels, channels.c.key == deliveries.c.channel)).where(
        deliveries.c.state == DeliveryState.UNCERTAIN,
        deliveries.c.owner == "",
        flows(),
        or_(channels.c.not_before.is_(None), channels.c.not_before <= _NOW),
    )


def _with_channel(source: FromClause) -> Select[Any]:
    post = deliveries.alias()
    target = post_of(deliveries, post, DeliveryState.SENT).correlate(deliveries).scalar_subquery()
    return select(deliveries, *_CHANNEL_COLUMNS, target.label("target")).select_from(source)


def _next() -> Any:
    return func.coalesce(_first_urgent(), _first_overdue(), _first_of())


def _first_urgent() -> Any:
    return _first_of(lambda candidate: [candidate.c.urgent == true()])


def _first_overdue() -> Any:
    """The first correction that waited long enough, or a retraction; corrections would starve behind a long backlog."""

    def overdue(candidate: Any) -> list[Any]:
        waited = or_(candidate.c.kind == DeliveryKind.DELETE, candidate.c.created <= _PATIENT)
        kinds = candidate.c.kind.in_([DeliveryKind.EDIT, DeliveryKind.DELETE])
        return [candidate.c.urgent == false(), kinds, waited]

    return _first_of(overdue)


def _first_of(conditions: Callable[[Any], list[Any]] = lambda _candidate: []) -> Any:
    """The id of a channel's next delivery among those that meet the conditions, as a subquery of `channels`."""
    candidate, post = deliveries.alias(), deliveries.alias()
    return (
        select(candidate.c.id)
        .where(
            candidate.c.channel == channels.c.key,
            candidate.c.state == LITERALLY_PENDING,
            or_(candidate.c.not_before.is_(None), candidate.c.not_before <= _NOW),
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
