"""The outbox loop: claim, send, settle; and find out what became of what nobody settled.

    look    what may go now: heads of the channels | pacing | render | claim          (in a thread)
    deliver the call, and what its answer proves                                       (concurrent, one a channel)
    resolve an uncertain delivery: is the message there?  -> `bot.reconcile`           (concurrent, one a channel)

Nothing is remembered here that a restart may not forget: states, penalties and calls are in the store.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import message, pacing
from bot.channel import (
    CALL_SECONDS,
    BarredError,
    Channel,
    Facts,
    LimitedError,
    MissingError,
    MovedError,
    NotSentError,
    RefusedError,
    UnknownError,
    UnparsedError,
)
from bot.message import Payload, Source
from bot.pacing import Rates, Travel
from bot.reconcile import Reconciler, StaleClaimError, UndecidableError
from feeds.errors import ChannelError, StoreError
from feeds.models import Article, ChannelState, Delivery, DeliveryKind, Problem
from feeds.store import Store
from feeds.store.outbox import Claim, Head, Wish

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=CALL_SECONDS + 15)
AT_ONCE = 64
"""Calls under way at the same time, over all channels."""
BATCH = 200
"""Posts that are settled in one transaction in a channel that is the store itself."""
POLL_SECONDS = 2.0
"""How often the store is looked at unasked: another node may have written."""
SETTLE_SECONDS = 3.0
"""How long calls under way may take to settle when the service stops."""
RIGHTS_SECONDS = 60.0
"""How often a channel that refuses us is looked at again."""
LONGEST_BACKOFF = 30.0
GIVE_UP_AFTER = 6
"""Failures in a row after which a single pass ends."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the store came to."""

    claims: tuple[Claim, ...] = ()
    doubts: tuple[Claim, ...] = ()
    settled: int = 0
    """Posts that were settled in the store itself."""
    waiting: frozenset[str] = frozenset()
    """Channels with something that time alone will bring about, now or later."""
    wake: datetime | None = None


class Publisher:
    """Brings the outbox to the channels. One for a node; any number of nodes work on one store.

    Args:
        store: where the outbox is.
        channels: by key, the channels that this node serves.
        rates: the limits to keep.
        owner: this process, unlike any other before or after it.
        base_url: where our own pages are, for articles that have no address.
        zone: where the readers' clocks are.
        desk: the chat of the desk, where forwards are read; None where there is none.
        deletes: take posts of retracted articles away, instead of marking them as retracted.
        ended: whether the owner of a claim is known to have ended.
        welcomed: told of each channel that takes posts, before the first of them goes out; called in a thread.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        *,
        rates: Rates,
        owner: str,
        base_url: str,
        zone: ZoneInfo,
        desk: int | None = None,
        deletes: bool = False,
        ended: Callable[[str], bool] = lambda _owner: False,
        welcomed: Callable[[str], None] = lambda _key: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._outbox = store.outbox
        self._channels = channels
        self._rates = rates
        self._owner = owner
        self._base_url = base_url.rstrip("/")
        self._zone = zone
        self._desk = desk
        self._deletes = deletes
        self._ended = ended
        self._welcomed = welcomed
        self._now = now
        self._facts: dict[str, Facts] = {}
        self._inspect_at: dict[str, datetime] = {}
        self._blocked: set[str] = set()
        self._failures: dict[str, int] = {}
        self._penalties: dict[str, datetime] = {}
        self._reconciler = Reconciler(self._outbox, rates, lease=LEASE, now=now, desk=desk)
        self._travel = Travel()
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something new may be in the outbox: look at once. To be called in the loop's thread."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until told to stop; calls under way then get a few seconds to settle."""
        await self._work(stop, once=False)

    async def drain(self, stop: asyncio.Event) -> None:
        """Publish until everything that can be sent is sent, waiting for the limits; or until nothing works."""
        await self._work(stop, once=True)

    async def close(self) -> None:
        """Close the channels' connections."""
        await asyncio.gather(*(channel.close() for channel in self._channels.values()))

    async def _work(self, stop: asyncio.Event, *, once: bool) -> None:
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._woken.clear()
                try:
                    look = await self._step()
                except StoreError as error:
                    log.warning("the outbox can't be read: %s", error)
                    look = Look(waiting=frozenset(self._channels))
                if once and self._is_done(look):
                    return
                if not look.settled:
                    await self._rest(stopping, look.wake)
        finally:
            stopping.cancel()
            await self._finish()

    async def _step(self) -> Look:
        self._inspect_channels()
        look = await asyncio.to_thread(self._look, AT_ONCE - len(self._tasks))
        for claim in look.claims:
            self._start(self._deliver(claim), f"deliver {claim.delivery.id}")
        for claim in look.doubts:
            self._start(self._resolve(claim), f"resolve {claim.delivery.id}")
        return look

    async def _rest(self, stopping: asyncio.Task[Any], wake: datetime | None) -> None:
        """Sleep until there may be something to do."""
        seconds = POLL_SECONDS
        if wake is not None:
            seconds = min(seconds, max((wake - self._now()).total_seconds(), 0.0))
        woken = asyncio.create_task(self._woken.wait())
        await asyncio.wait({woken, stopping}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()

    async def _finish(self) -> None:
        """Let the calls under way settle; what does not is uncertain, and is looked into at the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=SETTLE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.wake()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)

    def _is_done(self, look: Look) -> bool:
        """Whether nothing is left that time alone would bring about."""
        if look.settled or self._tasks or self._woken.is_set():  # what ended meanwhile may have changed the picture
            return False
        unseen = self._channels.keys() - self._facts.keys() - self._blocked
        left = (look.waiting | unseen) & self._channels.keys()
        return all(self._failures.get(key, 0) >= GIVE_UP_AFTER for key in left)

    # Looking into the store ---------------------------------------------------------------------------------------

    def _look(self, room: int) -> Look:
        now = self._now()
        self._outbox.expire(now, dead=self._ended)
        settled = sum(self._settle_stored(key, now) for key, channel in self._channels.items() if channel.stored)
        doubts = self._take_doubts(now, room)
        heads = [head for head in self._outbox.heads(now) if head.delivery.channel in self._facts]
        heads = [head for head in heads if not self._channels[head.delivery.channel].stored]
        plan = pacing.plan(heads, self._outbox.recent_calls(now - self._rates.horizon), self._rates, now)
        wishes = [wish for head in plan.go[: room - len(doubts)] if (wish := self._wish(head, now)) is not None]
        claims = self._outbox.claim(wishes, owner=self._owner, now=now, lease=LEASE, overall=self._rates.overall)
        waiting = {head.delivery.channel for head in heads} | self._outbox.under_way()
        return Look(claims, doubts, settled, frozenset(waiting), plan.wake)

    def _take_doubts(self, now: datetime, room: int) -> tuple[Claim, ...]:
        heads = [head for head in self._outbox.uncertain(now) if head.delivery.channel in self._facts]
        taken = (self._outbox.take(head, owner=self._owner, now=now, lease=LEASE) for head in heads[:room])
        return tuple(claim for claim in taken if claim is not None)

    def _wish(self, head: Head, now: datetime) -> Wish | None:
        """What shall be sent for a head; None where it has nothing to send any more."""
        article = self._store.articles.get(head.delivery.article_id)
        if article is None or (article.retracted and head.delivery.kind is not DeliveryKind.DELETE):
            self._outbox.drop(head.delivery, now, "the article was retracted")
            return None
        payload = self._payload(article, head.delivery, head.channel, now)
        return Wish(head, payload, article.revision, self._rates.of(head.channel.chat_id))

    def _payload(
        self, article: Article, delivery: Delivery, channel: ChannelState, now: datetime
    ) -> dict[str, Any] | None:
        """What shall stand in the channel; None to take the post away."""
        if delivery.kind is DeliveryKind.DELETE and self._deletes:
            return None
        return self._render(article, delivery, channel, now).to_dict()

    def _render(self, article: Article, delivery: Delivery, channel: ChannelState, now: datetime) -> Payload:
        tellers = self._store.stories.tellers([article.id]).get(article.id, ())
        payload = message.render(
            article,
            link=message.safe_link(article.url) or self._page(article.uid),
            zone=self._zone,
            more=self._more(article, channel.key),
            handle=f"@{channel.username}" if channel.username else "",
            others=[Source(teller.agency, teller.url or self._page(teller.uid)) for teller in tellers],
            corrected_at=article.updated if delivery.kind is DeliveryKind.EDIT else None,
            silent=not article.urgent and pacing.quiet(now, self._zone),
        )
        return replace(payload, as_plain=True) if _is_plain(delivery) else payload

    def _page(self, uid: str) -> str:
        return f"{self._base_url}/a/{uid}"

    def _more(self, article: Article, key: str) -> str:
        """Where there is more of the article's province: the bot answers a deep link, our page shows the rest."""
        if not article.provinces:
            return ""
        bot = self._facts[key].bot if key in self._facts else ""
        slug = article.provinces[0]
        return f"https://t.me/{bot}?start=p_{slug}" if bot else f"{self._base_url}/p/{slug}"

    def _settle_stored(self, key: str, now: datetime) -> int:
        """Publish a batch into a channel that is the store itself; returns how many."""
        waiting = self._outbox.batch(key, now, BATCH)
        if not waiting:
            return 0
        channel = self._outbox.channel(key)
        done = [
            (delivery, self._payload(article, delivery, channel, now), article.revision)
            for delivery in waiting
            if (article := self._store.articles.get(delivery.article_id)) is not None
        ]
        return self._outbox.settle_batch(key, done, now)

    # Channels -----------------------------------------------------------------------------------------------------

    def _inspect_channels(self) -> None:
        """Look at the channels that were not seen yet, and again at those that refuse us."""
        now = self._now()
        for key, channel in self._channels.items():
            if key not in self._facts and self._inspect_at.get(key, now) <= now:
                self._inspect_at[key] = now + timedelta(seconds=RIGHTS_SECONDS)
                self._start(self._inspect(key, channel), f"inspect {key}")

    async def _inspect(self, key: str, channel: Channel) -> None:
        await asyncio.to_thread(self._outbox.ensure_channel, key)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                facts = await channel.inspect()
        except BarredError as error:
            await self._block(key, str(error))
        except (ChannelError, TimeoutError) as error:
            self._inspect_at[key] = self._now() + timedelta(seconds=self._fail(key))
            log.warning("channel %s can't be looked at: %s", key, error or "no answer in time")
        else:
            self._failures.pop(key, None)
            self._blocked.discard(key)
            await asyncio.to_thread(self._welcome, key, facts)
            self._facts[key] = facts

    def _welcome(self, key: str, facts: Facts) -> None:
        """The channel takes posts: remember what it is, and end the alert of lost rights."""
        self._outbox.describe_channel(key, chat_id=facts.chat_id, title=facts.title, username=facts.username)
        self._outbox.block_channel(key, "")
        self._store.problems.clear(f"channel {key}")
        if self._desk is not None or not facts.may_edit_others:
            self._outbox.reconsider(key)
        if facts.chat_id is not None:
            self._outbox.adopt_channel(key, facts.chat_id, served=self._channels.keys())
        self._welcomed(key)

    async def _block(self, key: str, why: str) -> None:
        """Hold the channel's posts, and tell the desk; it is looked at again from time to time."""
        self._facts.pop(key, None)
        self._blocked.add(key)
        self._inspect_at[key] = self._now() + timedelta(seconds=RIGHTS_SECONDS)
        log.error("channel %s refuses the bot: %s", key, why)
        await asyncio.to_thread(self._outbox.block_channel, key, why)
        await self._alert(key, f"{why}; its posts wait")

    async def _alert(self, key: str, what: str) -> None:
        problem = Problem(where=f"channel {key}", line=0, what=what, since=self._now(), kind="channel")
        await asyncio.to_thread(self._store.problems.set, problem)

    def _fail(self, key: str) -> float:
        """Count a failure of a channel; returns how many seconds to leave it alone."""
        count = self._failures[key] = self._failures.get(key, 0) + 1
        return min(2.0 ** (count - 1), LONGEST_BACKOFF)

    # Delivering ---------------------------------------------------------------------------------------------------

    async def _deliver(self, claim: Claim) -> None:
        """Make the call of a claim, and settle what its answer proves."""
        begun = self._now()
        try:
            async with asyncio.timeout(CALL_SECONDS):
                message_id = await self._call(claim)
            claim = replace(claim, counted=self._travel.counted(begun, self._now()))
        except (ChannelError, TimeoutError) as error:
            fault = error if isinstance(error, ChannelError) else UnknownError("no answer in time")
            await self._settle_fault(claim, fault)
        else:
            self._failures.pop(claim.delivery.channel, None)
            await asyncio.to_thread(self._outbox.mark_sent, claim, message_id, self._now())

    async def _call(self, claim: Claim) -> int | None:
        channel, target = self._channels[claim.delivery.channel], claim.target
        if claim.delivery.payload is None:
            if target is not None:
                await channel.delete(claim.channel, target)
            return target
        payload = Payload.from_dict(claim.delivery.payload)
        if claim.delivery.kind is DeliveryKind.POST:
            return await channel.send(claim.channel, payload)
        if target is None:
            raise MissingError("the post that this corrects is not there")
        await channel.edit(claim.channel, target, payload)
        return target

    async def _settle_fault(self, claim: Claim, fault: ChannelError) -> None:
        key, now, why = claim.delivery.channel, self._now(), str(fault)
        is_post = claim.delivery.kind is DeliveryKind.POST
        log.warning("delivery %d to %s: %s: %s", claim.delivery.id, key, type(fault).__name__, why)
        match fault:
            case NotSentError():
                await self._back_off(key)
                await self._put_back(claim, why, counted=False)
            case LimitedError():
                await self._penalize(key, now + fault.retry_after)
                await self._put_back(claim, why)
            case MovedError():
                await asyncio.to_thread(self._follow, claim, fault.chat_id)
                await self._put_back(claim, why)
            case BarredError():
                await self._block(key, why)
                await self._put_back(claim, why)
            case UnparsedError() if not _is_plain(claim.delivery):
                await self._put_back(claim, why, as_plain=True)
                await self._report(claim, f"Telegram could not parse the post, which goes out as plain text: {why}")
            case MissingError() if not is_post:
                await asyncio.to_thread(self._outbox.skip, claim, now, why)
            case RefusedError():
                await asyncio.to_thread(self._outbox.refuse, claim, now, why)
                await self._report(claim, f"Telegram refused the post: {why}")
            case _ if is_post:
                await self._back_off(key)
                await asyncio.to_thread(self._outbox.doubt, claim, now, why)
            case _:  # an edit or a deletion may be done twice
                await self._back_off(key)
                await self._put_back(claim, why)

    async def _put_back(self, claim: Claim, why: str, *, counted: bool = True, as_plain: bool = False) -> None:
        """Nothing was delivered: try again. What was refused as HTML stays plain text."""
        as_plain = as_plain or _is_plain(claim.delivery)
        payload = {**(claim.delivery.payload or {}), "as_plain": True} if as_plain else None
        await asyncio.to_thread(self._outbox.put_back, claim, self._now(), why, counted=counted, payload=payload)

    async def _back_off(self, key: str) -> None:
        until = self._now() + timedelta(seconds=self._fail(key))
        await asyncio.to_thread(self._outbox.postpone_channel, key, until)

    async def _penalize(self, key: str, until: datetime) -> None:
        """No call to the chat before `until`; where another one is under penalty too, it is the bot's limit."""
        now = self._now()
        others = [at for other, at in self._penalties.items() if other != key and at > now]
        self._penalties[key] = until
        for channel in self._channels if others else (key,):
            await asyncio.to_thread(self._outbox.postpone_channel, channel, until)

    def _follow(self, claim: Claim, chat_id: int) -> None:
        """The group became a supergroup: its messages are counted anew, under a new id."""
        channel = claim.channel
        log.info("channel %s moved to %d", channel.key, chat_id)
        self._outbox.move_channel(channel.key, chat_id)

    async def _report(self, claim: Claim, what: str) -> None:
        """Name a delivery that needs the desk's eye."""
        problem = Problem(
            where=f"delivery {claim.delivery.id} to {claim.delivery.channel}",
            line=0,
            what=what,
            since=self._now(),
            kind="channel",
        )
        await asyncio.to_thread(self._store.problems.set, problem)

    # Resolving ----------------------------------------------------------------------------------------------------

    async def _resolve(self, claim: Claim) -> None:
        """Find out whether an uncertain delivery arrived, and settle that."""
        if claim.delivery.kind is not DeliveryKind.POST:  # edits and deletions may be done twice
            await self._put_back(claim, claim.delivery.error)
            return
        key = claim.delivery.channel
        try:
            found = await self._reconciler.find(self._channels[key], claim)
        except StaleClaimError as error:
            log.info("%s", error)
        except UndecidableError as error:
            await self._ask(claim, str(error))
        except MovedError as error:
            self._follow(claim, error.chat_id)
            await self._ask(claim, "the chat moved while it was being sent")
        except ChannelError as error:
            await self._settle_search(claim, error)
        else:
            self._failures.pop(key, None)
            log.info("delivery %d to %s: %s", claim.delivery.id, key, f"found as {found}" if found else "never arrived")
            if found is None:
                await self._put_back(claim, "it never arrived")
            else:
                await asyncio.to_thread(self._outbox.mark_sent, claim, found, self._now())

    async def _settle_search(self, claim: Claim, fault: ChannelError) -> None:
        """The search failed: the delivery stays uncertain until the channel answers again."""
        key = claim.delivery.channel
        match fault:
            case LimitedError():
                await self._penalize(key, self._now() + fault.retry_after)
            case BarredError():
                await self._block(key, str(fault))
            case UnparsedError():  # then the post was refused for the same reason
                await self._put_back(claim, str(fault), as_plain=True)
                return
            case _:
                await self._back_off(key)
        await asyncio.to_thread(self._outbox.doubt, claim, self._now(), f"not found out yet: {fault}")

    async def _ask(self, claim: Claim, why: str) -> None:
        """Only the desk can tell; until it does, the channel's later posts wait."""
        await asyncio.to_thread(self._outbox.ask_desk, claim, self._now(), why)
        await self._report(claim, f"It is not known whether the post is in the channel ({why}); say whether it is")


def _is_plain(delivery: Delivery) -> bool:
    """Whether the platform refused the delivery's markup."""
    return bool(delivery.payload and delivery.payload.get("as_plain"))
