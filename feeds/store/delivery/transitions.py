"""The statements that move a delivery from one state to another, within a transaction of `outbox`.

Each is guarded in its WHERE: what another node, or the desk, has moved meanwhile is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, select, update

from feeds.models import Delivery, DeliveryKind, DeliveryState
from feeds.store.database.tables import articles, calls, channels, deliveries
from feeds.store.delivery.candidates import busy
from feeds.store.delivery.channels import flows
from feeds.store.delivery.claims import Claim, ClaimRequest, bucket_of
from feeds.store.delivery.deliveries import UNDER_WAY, WAITING
from feeds.store.delivery.queue import FRESH, TAKEN_BACK


def begin(connection: Connection, request: ClaimRequest, owner: str, now: datetime, until: datetime) -> bool:
    """Pending -> sending, where its channel flows and nothing else of its chat is under way; whether it was so."""
    delivery, chat = request.candidate.delivery, bucket_of(request.candidate.channel)
    flowing = exists().where(channels.c.key == delivery.channel, flows())
    begun = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.state == DeliveryState.PENDING,
            is_newest(delivery, request.rendered),
            flowing,
            ~busy(delivery.channel, chat),
        )
        .values(
            state=DeliveryState.SENDING,
            chat=chat,
            owner=owner,
            lease_until=until,
            fence=deliveries.c.fence + 1,
            attempts=deliveries.c.attempts + 1,
            payload=request.payload,
            rendered=request.rendered,
            claimed=now,
        )
    )
    if begun.rowcount != 1:
        return False
    connection.execute(update(channels).where(channels.c.key == delivery.channel).values(served=now))
    return True


def claimed(request: ClaimRequest, owner: str, now: datetime, until: datetime, call: int) -> Claim:
    """The claim to a delivery that `begin` has begun."""
    delivery = replace(
        request.candidate.delivery,
        state=DeliveryState.SENDING,
        owner=owner,
        fence=request.candidate.delivery.fence + 1,
        attempts=request.candidate.delivery.attempts + 1,
        payload=request.payload,
        rendered=request.rendered,
        claimed=now,
    )
    return Claim(delivery, request.candidate.channel, call, until, request.candidate.target)


def settle(connection: Connection, claim: Claim, now: datetime, values: Mapping[str, Any]) -> bool:
    """sending, uncertain -> what `values` say, where the claim is still ours (its fence says so); whether it was."""
    done = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.id == claim.delivery.id,
            deliveries.c.state.in_(UNDER_WAY),
            deliveries.c.owner == claim.delivery.owner,
            deliveries.c.fence == claim.delivery.fence,
        )
        .values(**values)
    )
    at = claim.counted or now
    connection.execute(update(calls).where(calls.c.id == claim.call, calls.c.at > at).values(at=at))
    return done.rowcount == 1


def show(connection: Connection, claim: Claim, now: datetime) -> None:
    """The post shows the claim's text now: remember it there, and drop the corrections it overtook."""
    same = and_(deliveries.c.article_id == claim.delivery.article_id, deliveries.c.channel == claim.delivery.channel)
    if claim.delivery.kind is not DeliveryKind.POST and claim.delivery.payload is not None:
        post = update(deliveries).where(same, deliveries.c.kind == DeliveryKind.POST)
        connection.execute(post.values(payload=claim.delivery.payload, rendered=claim.delivery.rendered))
    elif claim.delivery.kind is DeliveryKind.DELETE:
        take_back(connection, claim.delivery)
    connection.execute(
        update(deliveries)
        .where(
            same,
            deliveries.c.kind == DeliveryKind.EDIT,
            deliveries.c.state.in_(WAITING),
            deliveries.c.revision <= claim.delivery.rendered,
        )
        .values(state=DeliveryState.SKIPPED, settled=now, error="the post shows this revision already")
    )


def take_back(connection: Connection, deletion: Delivery) -> None:
    """The post is no more; where its article was restored meanwhile, it waits to be posted again."""
    post = update(deliveries).where(
        deliveries.c.article_id == deletion.article_id,
        deliveries.c.channel == deletion.channel,
        deliveries.c.kind == DeliveryKind.POST,
    )
    if is_retracted(connection, deletion.article_id):
        connection.execute(post.values(state=DeliveryState.SKIPPED, error=TAKEN_BACK))
    else:
        connection.execute(post.values(state=DeliveryState.PENDING, **FRESH))


def drop_followers(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """Where there is no post, nothing can be corrected or taken back."""
    if delivery.kind is not DeliveryKind.POST:
        return
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.article_id == delivery.article_id,
            deliveries.c.channel == delivery.channel,
            deliveries.c.kind != DeliveryKind.POST,
            deliveries.c.state.in_(WAITING),
        )
        .values(state=DeliveryState.SKIPPED, settled=now, error="there is no post")
    )


def is_newest(delivery: Delivery, rendered: int) -> Any:
    """Whether a rendering still shows the article's newest revision: a correction in between has queued no edit."""
    return exists().where(articles.c.id == delivery.article_id, articles.c.revision == rendered)


def is_retracted(connection: Connection, article_id: int) -> bool:
    """Whether an article is withdrawn."""
    withdrawn = select(articles.c.id).where(articles.c.id == article_id, articles.c.retracted.is_not(None))
    return connection.scalar(withdrawn) is not None
