"""The outbox: every article on its way to every channel, exactly once.

A delivery is one row. Its states, and the only ways between them:

    held ──release──> pending ──claim──> sending ──settle──> sent
                         ^                  │├──refuse──────> dead
                         ├──put_back────────┘├──doubt/expire─> uncertain ──found──> sent
                         └──────────────────lost──────────────────┘  └──refuse──> dead
    held, pending ──skip──> skipped        (a correction that a newer one overtook, a retracted article)
    skipped ──restore──> held, pending     (the article's retraction was taken back: `queue`)
    sent ──taken back──> skipped, or pending    (the post was deleted; or was, and its article is restored by now)
    pending ──hold──> held,  dead ──retry──> pending,  and uncertain, where only a person can tell: `desk`

- `sending` is committed, with its owner, lease and payload, **before** the call to the platform; `sent`, with the
  message id, after it. A process that dies in between leaves `sending`, and its lease turns that into `uncertain`.
- `uncertain` is never sent again on a guess: `bot.publishing.publisher` looks whether the message is there.
- One row of a channel is under way at most (a partial unique index), so a channel keeps the order of publication; and
  one of a chat, whose topics are channels of their own and share its message ids.
- Each claim raises `fence`. Whoever settles names its fence, so a node that lost its lease can settle nothing.

All transitions stand in this one module, long as it is: `channels` and `deliveries` beside it only look and describe.
Each is one statement, guarded in its WHERE. The calls that count against the platform's limits are rows
too, written in the same transaction as the claim: the limits belong to the bot's token, on any number of nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    and_,
    cast,
    delete,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    update,
)

from feeds.models import ChannelState, Delivery, DeliveryKind, DeliveryState
from feeds.store.database.engine import lock_claims, reading, writing
from feeds.store.database.tables import articles, calls, channels, deliveries, problems
from feeds.store.delivery.calls import count_call, is_answer, made_since, opens
from feeds.store.delivery.channels import Channels, flows, learn
from feeds.store.delivery.deliveries import UNDER_WAY, WAITING, Deliveries, delivery_of
from feeds.store.delivery.desk import DESK
from feeds.store.delivery.queue import FRESH, TAKEN_BACK
from feeds.store.delivery.rate import Rate

CORRECTION_PATIENCE = timedelta(minutes=5)
"""For how long a correction lets posts go first; until then, newer corrections overtake it."""

KEEP_ANSWERS = timedelta(days=7)
"""For how long the bot's answers are known as such: longer than any post is looked for."""

SAID_FOR = timedelta(days=1)
"""For how long the desk is told of a post that went out otherwise than it should have."""

# Literals, not parameters: so the planner sees that the partial indexes serve.
_LITERALLY_PENDING: ColumnElement[str] = literal_column("'pending'")
_LITERALLY_UNDER_WAY: list[ColumnElement[str]] = [literal_column("'sending'"), literal_column("'uncertain'")]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The next thing to do in a channel."""

    delivery: Delivery
    channel: ChannelState
    served: datetime | None = None
    """When the channel was last served."""
    target: int | None = None
    """The message that an edit or a deletion is about."""


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """A candidate with what shall be sent for it."""

    candidate: Candidate
    payload: Mapping[str, Any] | None
    rendered: int
    """The revision of the article that the payload shows; the claim fails where a newer one was stored meanwhile."""
    rate: Rate


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is ours until the lease ends, and the call that was counted for it."""

    delivery: Delivery
    channel: ChannelState
    call: int
    lease_until: datetime
    target: int | None = None
    counted: datetime | None = None
    """From when the call counts, where that is known better than by the moment of settling."""


def bucket_of(channel: ChannelState) -> str:
    """The chat that calls are counted for: `@name` and the id are one chat, so the id where it is known."""
    return channel.key if channel.chat_id is None else str(channel.chat_id)


class Outbox(Channels, Deliveries):
    """Deliveries, the channels they go to, and the calls made. Thread-safe; each method is one transaction."""

    # What may be done -------------------------------------------------------------------------------------------

    def candidates(self, now: datetime) -> tuple[Candidate, ...]:
        """The next delivery of each channel that flows and has none under way; pacing is not looked at.

        Urgent ones first, then posts in the order of publication, then edits. An edit waits for its post; one that
        has waited for `CORRECTION_PATIENCE`, and any retraction, goes before the backlog of posts. What is embargoed
        (`not_before`) is passed over.
        """
        post = deliveries.alias()
        target = _post_of(deliveries, post, DeliveryState.SENT).correlate(deliveries).scalar_subquery()
        first = func.coalesce(_first_urgent(now), _first_overdue(now), _first_of(now))
        statement = (
            select(deliveries, *_CHANNEL_COLUMNS, target.label("target"))
            .select_from(channels.join(deliveries, deliveries.c.id == first))
            .where(flows(), ~_busy(channels.c.key, _BUCKET))
        )
        with reading(self._engine) as connection:
            return tuple(_candidate(row) for row in connection.execute(statement))

    def recent_calls(self, since: datetime) -> dict[str, list[datetime]]:
        """By chat, when calls after `since` count as made, newest first."""
        with reading(self._engine) as connection:
            return made_since(connection, since)

    # Claiming ---------------------------------------------------------------------------------------------------

    def claim(
        self, requests: Sequence[ClaimRequest], *, owner: str, now: datetime, lease: timedelta, overall: Rate
    ) -> tuple[Claim, ...]:
        """Make requests ours, as far as the limits and the other nodes allow; the rest is left as it was."""
        with writing(self._engine) as connection:
            lock_claims(connection)
            horizon = max((request.rate.window for request in requests), default=timedelta())
            made = made_since(connection, now - max(horizon, overall.window))
            claims: list[Claim] = []
            for request in requests:
                bucket = bucket_of(request.candidate.channel)
                if opens(made, bucket, request.rate, overall, now) > now:
                    continue
                if not self._begin(connection, request, owner, now, now + lease):
                    continue
                call = count_call(connection, bucket, now + lease)
                made.setdefault(bucket, []).insert(0, now + lease)
                claims.append(_claimed(request, owner, now, now + lease, call))
        return tuple(claims)

    def _begin(self, connection: Connection, request: ClaimRequest, owner: str, now: datetime, until: datetime) -> bool:
        delivery, chat = request.candidate.delivery, bucket_of(request.candidate.channel)
        flowing = exists().where(channels.c.key == delivery.channel, flows())
        begun = connection.execute(
            update(deliveries)
            .where(
                deliveries.c.id == delivery.id,
                deliveries.c.state == DeliveryState.PENDING,
                _is_newest(delivery, request.rendered),
                flowing,
                ~_busy(delivery.channel, chat),
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

    # Settling ---------------------------------------------------------------------------------------------------

    def mark_sent(self, claim: Claim, message_id: int | None, now: datetime) -> bool:
        """The platform has it. Corrections that this text already shows are skipped.

        Returns:
            Whether the claim was still ours; so do all that follow.
        """
        with writing(self._engine) as connection:
            if claim.delivery.payload is None:  # a deletion: whether its article is restored may change no more
                lock_claims(connection)
            values = {"state": DeliveryState.SENT, "message_id": message_id, "settled": now, "error": ""}
            values |= {"owner": "", "lease_until": None}
            if not self._settle(connection, claim, now, values):
                return False
            self._shown(connection, claim, now)
            if message_id is not None:
                learn(connection, claim.delivery.channel, message_id)
        return True

    def mark_gone(self, claim: Claim, now: datetime, why: str) -> bool:
        """The post of a retraction is not in the channel: taken away as it should be, or else there is nothing to mark.

        Where the article was restored since, an earlier try has deleted it, so it is posted again.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            taken = claim.delivery.payload is None
            values = {"state": DeliveryState.SENT if taken else DeliveryState.SKIPPED, "settled": now, "error": why}
            if not self._settle(connection, claim, now, values | {"owner": "", "lease_until": None}):
                return False
            if taken or not _is_retracted(connection, claim.delivery.article_id):
                self._taken_back(connection, claim.delivery)
        return True

    def _taken_back(self, connection: Connection, deletion: Delivery) -> None:
        """The post is no more; where its article was restored meanwhile, it waits to be posted again."""
        post = update(deliveries).where(
            deliveries.c.article_id == deletion.article_id,
            deliveries.c.channel == deletion.channel,
            deliveries.c.kind == DeliveryKind.POST,
        )
        if _is_retracted(connection, deletion.article_id):
            connection.execute(post.values(state=DeliveryState.SKIPPED, error=TAKEN_BACK))
        else:
            connection.execute(post.values(state=DeliveryState.PENDING, **FRESH))

    def put_back(self, claim: Claim, now: datetime, error: str, *, counted: bool, payload: Any = None) -> bool:
        """It is proven that nothing was delivered: pending again.

        Args:
            claim: what was claimed.
            now: the moment.
            error: why.
            counted: whether the platform saw the call, and so counts it.
            payload: what the next attempt should know.
        """
        with writing(self._engine) as connection:
            values = {"state": DeliveryState.PENDING, "owner": "", "lease_until": None, "error": error}
            if not self._settle(connection, claim, now, values | {"payload": payload, "rendered": 0}):
                return False
            if not counted:
                connection.execute(delete(calls).where(calls.c.id == claim.call))
        return True

    def refuse(self, claim: Claim, now: datetime, error: str) -> bool:
        """The platform will never take it: dead, until the desk does something about it."""
        return self._give_up(claim, now, DeliveryState.DEAD, error)

    def skip(self, claim: Claim, now: datetime, error: str) -> bool:
        """There is nothing to do any more: the post is gone."""
        return self._give_up(claim, now, DeliveryState.SKIPPED, error)

    def _give_up(self, claim: Claim, now: datetime, state: DeliveryState, error: str) -> bool:
        with writing(self._engine) as connection:
            values = {"state": state, "settled": now, "error": error, "owner": "", "lease_until": None}
            if not self._settle(connection, claim, now, values):
                return False
            self._drop_followers(connection, claim.delivery, now)
        return True

    def drop(self, delivery: Delivery, now: datetime, why: str, *, dead: bool = False) -> bool:
        """Skip what still waits, with the edits and deletions that would follow it.

        Args:
            delivery: what waits.
            now: the moment.
            why: for the desk.
            dead: it failed, and the desk should see to it.
        """
        with writing(self._engine) as connection:
            dropped = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery.id, deliveries.c.state.in_(WAITING))
                .values(state=DeliveryState.DEAD if dead else DeliveryState.SKIPPED, settled=now, error=why)
            )
            if dropped.rowcount == 1:
                self._drop_followers(connection, delivery, now)
        return dropped.rowcount == 1

    def _drop_followers(self, connection: Connection, delivery: Delivery, now: datetime) -> None:
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

    def mark_uncertain(self, claim: Claim, now: datetime, error: str) -> bool:
        """It is not known whether the message arrived: uncertain, and free for whoever resolves it."""
        with writing(self._engine) as connection:
            values = {"state": DeliveryState.UNCERTAIN, "owner": "", "lease_until": None, "error": error}
            return self._settle(connection, claim, now, values)

    def ask_desk(self, claim: Claim, now: datetime, error: str) -> bool:
        """Only a person can see whether the message arrived: uncertain, until `Desk.decide`."""
        with writing(self._engine) as connection:
            values = {"state": DeliveryState.UNCERTAIN, "owner": DESK, "lease_until": None, "error": error}
            return self._settle(connection, claim, now, values)

    def reconsider(self, channel: str) -> int:
        """Take back what the desk was asked about a channel: a machine may tell by now. Returns how many."""
        with writing(self._engine) as connection:
            asked = and_(deliveries.c.channel == channel, deliveries.c.owner == DESK)
            return connection.execute(update(deliveries).where(asked).values(owner="")).rowcount

    def _settle(self, connection: Connection, claim: Claim, now: datetime, values: Mapping[str, Any]) -> bool:
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

    def _shown(self, connection: Connection, claim: Claim, now: datetime) -> None:
        """The post shows the claim's text now: remember it there, and drop the corrections it overtook."""
        same = and_(
            deliveries.c.article_id == claim.delivery.article_id, deliveries.c.channel == claim.delivery.channel
        )
        if claim.delivery.kind is not DeliveryKind.POST and claim.delivery.payload is not None:
            post = update(deliveries).where(same, deliveries.c.kind == DeliveryKind.POST)
            connection.execute(post.values(payload=claim.delivery.payload, rendered=claim.delivery.rendered))
        elif claim.delivery.kind is DeliveryKind.DELETE:
            self._taken_back(connection, claim.delivery)
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

    # Uncertain deliveries ---------------------------------------------------------------------------------------

    def expire(self, now: datetime, *, dead: Callable[[str], bool] = lambda _owner: False) -> int:
        """Whatever its owner left in `sending` becomes uncertain; returns how many did.

        Args:
            now: the moment; leases that end before it are over.
            dead: whether an owner is known to have ended, so that its lease need not be waited for.
        """
        with writing(self._engine) as connection:
            owners = connection.execute(
                select(deliveries.c.owner)
                .where(deliveries.c.state.in_(UNDER_WAY), deliveries.c.owner.not_in(["", DESK]))
                .distinct()
            ).scalars()
            ended = [owner for owner in owners if dead(owner)]
            expired = connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.state.in_(UNDER_WAY),
                    deliveries.c.owner != "",
                    or_(deliveries.c.lease_until <= now, deliveries.c.owner.in_(ended)),
                )
                .values(
                    state=DeliveryState.UNCERTAIN,
                    owner="",
                    lease_until=None,
                    fence=deliveries.c.fence + 1,
                    error="the process that sent it ended before it settled it",
                )
            )
        return expired.rowcount

    def uncertain(self, now: datetime) -> tuple[Candidate, ...]:
        """The uncertain deliveries that nobody resolves at the moment, of channels that may be called."""
        post = deliveries.alias()
        target = _post_of(deliveries, post, DeliveryState.SENT).correlate(deliveries).scalar_subquery()
        statement = (
            select(deliveries, *_CHANNEL_COLUMNS, target.label("target"))
            .join_from(deliveries, channels, channels.c.key == deliveries.c.channel)
            .where(
                deliveries.c.state == DeliveryState.UNCERTAIN,
                deliveries.c.owner == "",
                flows(),
                or_(channels.c.not_before.is_(None), channels.c.not_before <= now),
            )
        )
        with reading(self._engine) as connection:
            return tuple(_candidate(row) for row in connection.execute(statement))

    def take(self, candidate: Candidate, *, owner: str, now: datetime, lease: timedelta) -> Claim | None:
        """Make an uncertain delivery ours to resolve; None where another node was quicker."""
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.id == candidate.delivery.id,
                    deliveries.c.state == DeliveryState.UNCERTAIN,
                    deliveries.c.owner == "",
                    deliveries.c.fence == candidate.delivery.fence,
                )
                .values(
                    owner=owner,
                    lease_until=now + lease,
                    fence=deliveries.c.fence + 1,
                    attempts=deliveries.c.attempts + 1,
                )
            )
        if taken.rowcount != 1:
            return None
        former = candidate.delivery
        delivery = replace(former, owner=owner, fence=former.fence + 1, attempts=former.attempts + 1)
        return Claim(delivery, candidate.channel, 0, now + lease, candidate.target)

    def is_answer(self, claim: Claim, message_id: int) -> bool:
        """Whether a message of the claim's chat is known as one of the bot's answers to people."""
        with reading(self._engine) as connection:
            return is_answer(connection, bucket_of(claim.channel), message_id)

    def begin_call(
        self, claim: Claim, *, now: datetime, lease: timedelta, bucket: str, rate: Rate, overall: Rate
    ) -> Claim | datetime:
        """Count one more call for a claim, and prolong its lease; or say when the limits allow it.

        Raises:
            LookupError: the claim is not ours any more.
        """
        with writing(self._engine) as connection:
            lock_claims(connection)
            made = made_since(connection, now - max(rate.window, overall.window))
            free = opens(made, bucket, rate, overall, now)
            until = max(free, now) + lease
            kept = connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.id == claim.delivery.id,
                    deliveries.c.owner == claim.delivery.owner,
                    deliveries.c.fence == claim.delivery.fence,
                )
                .values(lease_until=until)
            )
            if kept.rowcount != 1:
                raise LookupError(claim.delivery.id)
            if free > now:
                return free
            return replace(claim, call=count_call(connection, bucket, until), lease_until=until)

    def end_call(self, claim: Claim, now: datetime) -> None:
        """The answer to a call came: it counts from now on."""
        with writing(self._engine) as connection:
            connection.execute(update(calls).where(calls.c.id == claim.call).values(at=now))

    # Publishing into the store itself ---------------------------------------------------------------------------

    def batch(self, channel: str, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """The next waiting deliveries of a channel, in the order of publication, posts first."""
        statement = (
            select(deliveries)
            .where(
                deliveries.c.channel == channel,
                deliveries.c.state == _LITERALLY_PENDING,
                or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now),
                exists().where(channels.c.key == channel, flows()),
            )
            .order_by(deliveries.c.urgent.desc(), deliveries.c.kind.desc(), deliveries.c.article_id, deliveries.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(delivery_of(row) for row in connection.execute(statement))

    def settle_batch(
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
                        _is_newest(delivery, rendered),
                    )
                    .values(**values, attempts=deliveries.c.attempts + 1)
                )
                if updated.rowcount != 1:
                    continue
                settled += 1
                last += is_post
                if not is_post:
                    shown = replace(delivery, payload=payload, rendered=rendered)
                    self._shown(connection, Claim(shown, ChannelState(channel), 0, now), now)
            connection.execute(
                update(channels).where(channels.c.key == channel).values(last_message_id=last, served=now)
            )
        return settled

    # Keeping house ----------------------------------------------------------------------------------------------

    def prune(self, now: datetime, *, keep_calls: timedelta = timedelta(hours=1)) -> int:
        """Forget calls that no window reaches any more, and what was said of posts that are out; returns how many."""
        with writing(self._engine) as connection:
            out = select(deliveries.c.id).where(
                problems.c.where == literal("delivery ") + cast(deliveries.c.id, Text) + " to " + deliveries.c.channel,
                deliveries.c.state.in_([DeliveryState.SENT, DeliveryState.SKIPPED]),
            )
            old = and_(problems.c.kind == "channel", problems.c.since < now - SAID_FOR, out.exists())
            connection.execute(delete(problems).where(old))
            forgotten = or_(calls.c.message_id.is_(None), calls.c.at < now - KEEP_ANSWERS)
            return connection.execute(delete(calls).where(calls.c.at < now - keep_calls, forgotten)).rowcount


_CHANNEL_COLUMNS = [column.label(f"channel_{column.name}") for column in channels.c]
_BUCKET = func.coalesce(cast(channels.c.chat_id, Text), channels.c.key)
"""As `bucket_of`, of a row of `channels`."""


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
            candidate.c.state == _LITERALLY_PENDING,
            or_(candidate.c.not_before.is_(None), candidate.c.not_before <= now),
            or_(candidate.c.kind == DeliveryKind.POST, _post_of(candidate, post, DeliveryState.SENT).exists()),
            *conditions(candidate),
        )
        .order_by(candidate.c.urgent.desc(), candidate.c.kind.desc(), candidate.c.article_id, candidate.c.id)
        .limit(1)
        .correlate(channels)
        .scalar_subquery()
    )


def _post_of(row: Any, post: Any, state: DeliveryState) -> Any:
    """The message id of the post that `row` (an edit, a deletion) is about."""
    return select(post.c.message_id).where(
        post.c.article_id == row.c.article_id,
        post.c.channel == row.c.channel,
        post.c.kind == DeliveryKind.POST,
        post.c.state == state,
    )


def _is_newest(delivery: Delivery, rendered: int) -> Any:
    """Whether a rendering still shows the article's newest revision: a correction in between has queued no edit."""
    return exists().where(articles.c.id == delivery.article_id, articles.c.revision == rendered)


def _is_retracted(connection: Connection, article_id: int) -> bool:
    withdrawn = select(articles.c.id).where(articles.c.id == article_id, articles.c.retracted.is_not(None))
    return connection.scalar(withdrawn) is not None


def _busy(channel: ColumnElement[str] | str, chat: ColumnElement[str] | str) -> Any:
    """Whether a delivery of the channel, or of its chat, is under way."""
    other = deliveries.alias()
    same = or_(other.c.channel == channel, other.c.chat == chat)
    return exists().where(same, other.c.state.in_(_LITERALLY_UNDER_WAY))


def _claimed(request: ClaimRequest, owner: str, now: datetime, until: datetime, call: int) -> Claim:
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


def _candidate(row: Row[Any]) -> Candidate:
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
