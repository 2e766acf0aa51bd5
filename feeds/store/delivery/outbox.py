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
    sending, uncertain ──hold──> the same, `caught`: held, not pending, where it is put back or lost

- `sending` is committed, with its owner, lease and payload, **before** the call to the platform; `sent`, with the
  message id, after it. A process that dies in between leaves `sending`, and its lease turns that into `uncertain`.
- `uncertain` is never sent again on a guess: `bot.publishing.publisher` looks whether the message is there.
- One row of a channel is under way at most (a partial unique index), so a channel keeps the order of publication; and
  one of a chat, whose topics are channels of their own and share its message ids.
- Each claim raises `fence`. Whoever settles names its fence, so a node that lost its lease can settle nothing.

Each method is one transaction; `transitions` has its statements, `candidates` what may be done next, `claims` the
nouns. The calls that count against the platform's limits are rows too, written in the same transaction as the claim:
the limits belong to the bot's token, on any number of nodes.

Long, as all ways between the states stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Text, and_, cast, delete, literal, or_, select, update

from feeds.models import PERSONAL, Delivery, DeliveryState
from feeds.store.database.engine import lock_claims, reading, writing
from feeds.store.database.tables import calls, deliveries, problems
from feeds.store.delivery import candidates, queue, transitions
from feeds.store.delivery.calls import count_call, is_answer, made_since, opens
from feeds.store.delivery.candidates import candidate_of
from feeds.store.delivery.channels import learn
from feeds.store.delivery.claims import Candidate, Claim, ClaimRequest, bucket_of
from feeds.store.delivery.deliveries import UNDER_WAY, WAITING
from feeds.store.delivery.desk import DESK
from feeds.store.delivery.rate import Rate

KEEP_ANSWERS = timedelta(days=7)
"""For how long the bot's answers are known as such: longer than any post is looked for."""

_FOLLOWING = 2000
"""Deliveries after one that are looked at for a message id that is higher than its own."""
SAID_FOR = timedelta(days=1)
"""For how long the desk is told of a post that went out otherwise than it should have."""

_OWNERS = (
    select(deliveries.c.owner)
    .where(deliveries.c.state.in_(UNDER_WAY), deliveries.c.owner.not_in(["", DESK]))
    .distinct()
)
"""Whoever has something under way."""


class Outbox:
    """Deliveries on their way, and the calls made for them. Thread-safe; each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # What may be done -------------------------------------------------------------------------------------------

    def candidates(self, now: datetime) -> tuple[Candidate, ...]:
        """The next delivery of each channel that flows and has none under way; pacing is not looked at.

        Urgent ones first, then posts in the order of publication, then edits. An edit waits for its post; one that
        has waited for `CORRECTION_PATIENCE`, and any retraction, goes before the backlog of posts. What is embargoed
        (`not_before`) is passed over.
        """
        with reading(self._engine) as connection:
            return tuple(map(candidate_of, connection.execute(candidates.waiting(), candidates.moments(now))))

    def personal_candidates(self, now: datetime, limit: int) -> tuple[Candidate, ...]:
        """The next delivery of each of some chats that follow something, those first whose turn it is."""
        with reading(self._engine) as connection:
            rows = connection.execute(candidates.waiting_for_followers(), {"now": now, "room": limit})
            found = map(candidate_of, rows)
            first: dict[str, Candidate] = {}
            for candidate in found:
                first.setdefault(candidate.delivery.channel, candidate)
        return tuple(first.values())

    def recent_calls(self, since: datetime) -> dict[str, list[datetime]]:
        """By chat, when calls after `since` count as made, newest first."""
        with reading(self._engine) as connection:
            return made_since(connection, since)

    # Claiming ---------------------------------------------------------------------------------------------------

    def claim(
        self, requests: Sequence[ClaimRequest], *, owner: str, now: datetime, lease: timedelta, overall: Rate
    ) -> tuple[Claim, ...]:
        """Make requests ours, as far as the limits and the other nodes allow; the rest is left as it was."""
        if not requests:
            return ()
        with writing(self._engine) as connection:
            lock_claims(connection)
            horizon = max(request.rate.window for request in requests)
            made = made_since(connection, now - max(horizon, overall.window))
            claims: list[Claim] = []
            for request in requests:
                bucket = bucket_of(request.candidate.channel)
                if opens(made, bucket, request.rate, request.overall or overall, now) > now:
                    continue
                if not transitions.begin(connection, request, owner, now, now + lease):
                    continue
                call = count_call(connection, bucket, now + lease)
                made.setdefault(bucket, []).insert(0, now + lease)
                claims.append(transitions.claimed(request, owner, now, now + lease, call))
        return tuple(claims)

    # Settling ---------------------------------------------------------------------------------------------------

    def mark_sent(self, claim: Claim, message_id: int | None, now: datetime) -> bool:
        """The platform has it. Corrections that this text already shows are skipped.

        Returns:
            Whether the claim was still ours; so do all that follow.
        """
        with writing(self._engine) as connection:
            return self._mark_sent(connection, claim, message_id, now)

    def mark_all_sent(self, sent: Sequence[tuple[Claim, int | None]], now: datetime) -> list[bool]:
        """The same of several, each with its message's id, in one transaction."""
        with writing(self._engine) as connection:
            return [self._mark_sent(connection, claim, message_id, now) for claim, message_id in sent]

    @staticmethod
    def _mark_sent(connection: Connection, claim: Claim, message_id: int | None, now: datetime) -> bool:
        if claim.delivery.payload is None:  # a deletion: whether its article is restored may change no more
            lock_claims(connection)
        values = {"state": DeliveryState.SENT, "message_id": message_id, "settled": now, "error": ""}
        values |= {"owner": "", "lease_until": None}
        if claim.delivery.kind.personal:  # never edited: what it said need not be kept
            values |= {"payload": None}
        if not transitions.settle(connection, claim, now, values):
            return False
        if not claim.delivery.kind.personal:
            transitions.show(connection, claim, now)
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
            if not transitions.settle(connection, claim, now, values | {"owner": "", "lease_until": None}):
                return False
            if taken or not transitions.is_retracted(connection, claim.delivery.article_id):
                transitions.take_back(connection, claim.delivery)
        return True

    def put_back(self, claim: Claim, now: datetime, error: str, *, counted: bool, payload: Any = None) -> bool:
        """It is proven that nothing was delivered: pending again, or held where the desk has held it meanwhile.

        Args:
            claim: what was claimed.
            now: the moment.
            error: why.
            counted: whether the platform saw the call, and so counts it.
            payload: what the next attempt should know.
        """
        with writing(self._engine) as connection:
            values = {"state": queue.state_again(), "caught": False, "owner": "", "lease_until": None, "error": error}
            if not transitions.settle(connection, claim, now, values | {"payload": payload, "rendered": 0}):
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
            if not transitions.settle(connection, claim, now, values):
                return False
            transitions.drop_followers(connection, claim.delivery, now)
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
                transitions.drop_followers(connection, delivery, now)
        return dropped.rowcount == 1

    def mark_uncertain(self, claim: Claim, now: datetime, error: str) -> bool:
        """It is not known whether the message arrived: uncertain, and free for whoever resolves it."""
        with writing(self._engine) as connection:
            values = {"state": DeliveryState.UNCERTAIN, "owner": "", "lease_until": None, "error": error}
            return transitions.settle(connection, claim, now, values)

    def ask_desk(self, claim: Claim, now: datetime, error: str) -> bool:
        """Only a person can see whether the message arrived: uncertain, until `Desk.decide`."""
        with writing(self._engine) as connection:
            values = {"state": DeliveryState.UNCERTAIN, "owner": DESK, "lease_until": None, "error": error}
            return transitions.settle(connection, claim, now, values)

    def reconsider(self, channel: str) -> int:
        """Take back what the desk was asked about a channel: a machine may tell by now. Returns how many."""
        with writing(self._engine) as connection:
            asked = and_(deliveries.c.channel == channel, deliveries.c.owner == DESK)
            return connection.execute(update(deliveries).where(asked).values(owner="")).rowcount

    # Uncertain deliveries ---------------------------------------------------------------------------------------

    def expire(self, now: datetime, *, dead: Callable[[str], bool] = lambda _owner: False) -> int:
        """Whatever its owner left in `sending` becomes uncertain; returns how many did.

        Args:
            now: the moment; leases that end before it are over.
            dead: whether an owner is known to have ended, so that its lease need not be waited for.
        """
        with reading(self._engine) as connection:
            owners = connection.execute(_OWNERS).scalars().all()
        if not owners:  # as nearly always: nobody has to wait for a lock then
            return 0
        ended = [owner for owner in owners if dead(owner)]
        with writing(self._engine) as connection:
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
        with reading(self._engine) as connection:
            return tuple(map(candidate_of, connection.execute(candidates.unresolved(), candidates.moments(now))))

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

    def passed(self, claim: Claim, later: timedelta) -> int | None:
        """An id that the platform gave out when a claim's call was long over; None where none is known.

        Args:
            claim: a message to somebody whose chat shares its ids with those of others.
            later: by how much a message must have been claimed after it.
        """
        if claim.delivery.claimed is None:
            return None
        following = (
            select(deliveries.c.message_id, deliveries.c.claimed)
            .where(
                deliveries.c.id > claim.delivery.id,
                deliveries.c.kind.in_(PERSONAL),
                deliveries.c.state == DeliveryState.SENT,
                ~deliveries.c.channel.startswith("to:-"),  # groups count for themselves
            )
            .order_by(deliveries.c.id)
            .limit(_FOLLOWING)
        )
        since = claim.delivery.claimed + later
        with reading(self._engine) as connection:
            rows = connection.execute(following).all()
        return min((row.message_id for row in rows if row.message_id and row.claimed >= since), default=None)

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
