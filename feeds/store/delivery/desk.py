"""The desk's hand on the outbox: pause it, and decide what no machine can; `editorial` holds, dates and releases.

Each act is one transaction with its line in the audit (`acts`): who did what to what, and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, delete, exists, insert, or_, select, update

from feeds.models import DeliveryKind, DeliveryState
from feeds.store.database.engine import lock_claims, reading, upsert, writing
from feeds.store.database.tables import acts, articles, channels, deliveries, facts, problems
from feeds.store.delivery import queue

DESK = "desk"
"""The owner of an uncertain delivery that only the desk can decide; no node claims it, no lease ends it."""
BEHIND = "behind:"
"""Before the name of a fact that says why nothing is sent to a channel; see `restored`."""
EVERYTHING = "*"
"""The row of `channels` that stands for all of them: pausing it is the kill switch."""

_WAITING = (DeliveryState.HELD, DeliveryState.PENDING)


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit."""

    at: datetime
    who: str
    act: str
    target: str
    detail: str = ""


class Desk:
    """What people do to deliveries and channels. Thread-safe; every method may raise `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def drop(self, who: str, now: datetime, *, article_id: int, channel: str | None = None) -> int:
        """Never publish what waits of an article; returns how many posts that were."""
        waiting = and_(deliveries.c.state.in_(_WAITING), *_of(article_id, channel))
        values = {"state": DeliveryState.SKIPPED, "settled": now, "error": f"dropped by {who}"}
        return self._change(who, now, "drop", target_of(article_id, channel), which=waiting, values=values)

    def retry(self, who: str, now: datetime, delivery_id: int) -> bool:
        """Try a dead delivery again: what made the platform refuse it was mended."""
        dead = and_(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.DEAD)
        waits = exists().where(articles.c.id == deliveries.c.article_id, articles.c.held.is_not(None))
        state = case((waits | deliveries.c.caught, DeliveryState.HELD), else_=DeliveryState.PENDING)
        values = {"state": state, "caught": False, "settled": None, "payload": None}
        return self._change(who, now, "retry", f"delivery {delivery_id}", which=dead, values=values) == 1

    def decide(self, who: str, now: datetime, delivery_id: int, *, arrived: bool) -> bool:
        """Say whether an uncertain post is in its channel; if not, it is sent again.

        Returns:
            Whether it was still for the desk to decide.
        """
        asked = and_(
            deliveries.c.id == delivery_id,
            deliveries.c.state == DeliveryState.UNCERTAIN,
            deliveries.c.owner == DESK,
        )
        values: dict[str, Any] = {"owner": "", "lease_until": None, "fence": deliveries.c.fence + 1}
        if arrived:
            values |= {"state": DeliveryState.SENT, "settled": now, "error": "seen by the desk"}
        else:
            values |= {"state": queue.state_again(), "caught": False, "payload": None, "error": "missed by the desk"}
        act = "arrived" if arrived else "lost"
        return self._change(who, now, act, f"delivery {delivery_id}", which=asked, values=values) == 1

    def pause(self, who: str, now: datetime, why: str, *, channel: str = EVERYTHING) -> bool:
        """Stop a channel, or with none named everything; calls under way end. Returns whether it was flowing."""
        return self._set_paused(who, now, "pause", channel, why or "by the desk")

    def resume(self, who: str, now: datetime, *, channel: str = EVERYTHING) -> bool:
        """Let a channel, or everything, flow again. Returns whether it was paused."""
        return self._set_paused(who, now, "resume", channel, "")

    def forget(self, who: str, now: datetime, channel: str, *, to: str = "") -> int | None:
        """Forget a channel, with all that was ever to go there.

        Args:
            who: who acts.
            now: the moment.
            channel: its key.
            to: the channel that gets what waits, and never had a post of it; empty: nothing of it is sent.

        Returns:
            How many deliveries went to the other channel; None where a post is on its way to the one to be forgotten.
        """
        own, other = deliveries.c.channel == channel, deliveries.alias()
        with writing(self._engine) as connection:
            lock_claims(connection)
            if connection.scalar(select(deliveries.c.id).where(own, deliveries.c.state == DeliveryState.SENDING)):
                return None
            had = exists().where(
                other.c.channel == to,
                other.c.article_id == deliveries.c.article_id,
                other.c.kind == DeliveryKind.POST,
            )
            posts = (deliveries.c.kind == DeliveryKind.POST) & deliveries.c.state.in_(_WAITING)
            moved = connection.execute(update(deliveries).where(own, posts, ~had).values(channel=to)) if to else None
            connection.execute(delete(deliveries).where(own))
            connection.execute(delete(channels).where(channels.c.key == channel))
            connection.execute(delete(facts).where(facts.c.name == f"{BEHIND}{channel}"))
            places = [problems.c.where.endswith(f" {way} {channel}", autoescape=True) for way in ("to", "in")]
            connection.execute(delete(problems).where(or_(problems.c.where == f"channel {channel}", *places)))
            count = moved.rowcount if moved is not None else 0
            note(connection, Act(now, who, "forget", channel, f"{count} posts to {to}" if to else ""))
        return count

    def paused(self) -> str:
        """Why everything is paused; empty while it is not."""
        with reading(self._engine) as connection:
            why = connection.scalar(select(channels.c.paused).where(channels.c.key == EVERYTHING))
        return why or ""

    def acts(self, *, limit: int) -> tuple[Act, ...]:
        """The newest acts first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(acts).order_by(acts.c.id.desc()).limit(limit))
            return tuple(Act(row.at, row.who, row.act, row.target, row.detail) for row in rows)

    def _set_paused(self, who: str, now: datetime, act: str, channel: str, why: str) -> bool:
        with writing(self._engine) as connection:
            if channel == EVERYTHING:
                connection.execute(upsert(connection, channels).values(key=EVERYTHING).on_conflict_do_nothing())
            changed = connection.execute(
                update(channels).where(channels.c.key == channel, channels.c.paused != why).values(paused=why)
            )
            note(connection, Act(now, who, act, channel, why), done=changed.rowcount == 1)
        return changed.rowcount == 1

    def _change(
        self,
        who: str,
        now: datetime,
        act: str,
        target: str,
        *,
        which: ColumnElement[bool],
        values: dict[str, Any],
        detail: str = "",
    ) -> int:
        with writing(self._engine) as connection:
            lock_claims(connection)
            count = connection.execute(update(deliveries).where(which).values(**values)).rowcount
            note(connection, Act(now, who, act, target, detail or f"{count} posts"), done=bool(count))
        return count


def _of(article_id: int | None, channel: str | None) -> list[ColumnElement[bool]]:
    of_article = and_(deliveries.c.article_id == article_id, deliveries.c.kind != DeliveryKind.DIGEST)
    wanted = [] if article_id is None else [of_article]
    return wanted if channel is None else [*wanted, deliveries.c.channel == channel]


def target_of(article_id: int | None, channel: str | None) -> str:
    """What an act was done to, for the audit."""
    article = "" if article_id is None else f"article {article_id}"
    return " ".join(part for part in (article, channel or "") if part) or EVERYTHING


def note(connection: Connection, act: Act, *, done: bool = True) -> None:
    """Write a line of the audit, in the transaction of the act, if it was really done: its problems are in hand."""
    if done:
        connection.execute(delete(problems).where(problems.c.where.startswith(f"{act.target} to ")))
        connection.execute(insert(acts).values({field: getattr(act, field) for field in Act.__slots__}))
