"""The outbox loop: claim, send, settle; and find out what became of what nobody settled.

    look    what may go now: candidates | pacing | render | claim                         (in a thread)
    deliver the call, and what its answer proves                                       (concurrent, one a channel)
    resolve an uncertain delivery: is the message there?  -> `reconcile`                  (concurrent, one a channel)

Nothing is remembered here that a restart may not forget: states, penalties and calls are in the store.

Long, as the loop and the decisions between its three steps are read together.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.posts.payload import Payload
from bot.posts.style import Style
from bot.publishing import pacing
from bot.publishing.channel import CALL_SECONDS, Channel
from bot.publishing.errors import MissingError, UnknownError
from bot.publishing.outcome import Settler
from bot.publishing.pacing import Rates, Travel
from bot.publishing.people.people import People
from bot.publishing.reconcile import Reconciler
from bot.publishing.registry import ChannelRegistry
from bot.publishing.restored.newest import Newest
from bot.publishing.restored.recovery import Recovery
from bot.publishing.writer import Writer
from feeds.errors import ChannelError, StoreError
from feeds.models import Article, ChannelState, Delivery, DeliveryKind
from feeds.store import Store
from feeds.store.delivery.claims import Candidate, Claim, ClaimRequest

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=CALL_SECONDS + 15)
AT_ONCE = 64
"""Calls under way at the same time, over all channels."""
FOR_CHANNELS = 16
"""Of these, those that followers may not take: slow calls to them hold no post up."""
PROBES, MOST_PROBES = 8, 24
"""Messages to followers that are looked for at once, and while none waits to be sent: each takes many calls."""
BATCH = 200
"""Posts that are settled in one transaction in a channel that is the store itself."""
POLL_SECONDS = 2.0
"""How often the store is looked at unasked: another node may have written."""
GATHER_SECONDS = 0.1
"""How long new articles are gathered before they are looked at: an inbox brings hundreds a second."""
SETTLE_SECONDS = 3.0
"""How long calls under way may take to settle when the service stops."""
_OF_RETRACTED = (DeliveryKind.DELETE, DeliveryKind.RETRACTION, DeliveryKind.DIGEST)
"""What is delivered although the article was withdrawn; a digest is of others too."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the store came to."""

    claims: tuple[Claim, ...] = ()
    doubts: tuple[Claim, ...] = ()
    settled: int = 0
    """Posts that were settled in the store itself, or need not be sent."""
    behind: tuple[str, ...] = ()
    """Channels to look into, as the store may not know what stands there."""
    waiting: frozenset[str] = frozenset()
    """Channels with something that time alone will bring about, now or later."""
    wake: datetime | None = None
    followers: bool = False
    """Whether anything waits for those who follow something."""


@dataclass(frozen=True, slots=True)
class Written:
    """What shall stand in the channel; no payload means that the post is taken away."""

    payload: dict[str, Any] | None


class Publisher:
    """Brings the outbox to the channels. One for a node; any number of nodes work on one store.

    Args:
        store: where the outbox is.
        channels: by key, the channels that this node serves.
        rates: the limits to keep.
        owner: this process, unlike any other before or after it.
        base_url: where our own pages are, for articles that have no address.
        zone: where the readers' clocks are.
        styles: by key, how the posts of a channel look; of the others, as by default.
        desk: the chat of the desk, where forwards are read; None where there is none.
        newest: what the channels are known to have reached, from outside the store.
        people: those who follow something; None where nothing is sent to them.
        ended: whether the owner of a claim is known to have ended.
        welcomed: told of each channel that takes posts, before the first of them goes out; called in a thread.
        begun: told whenever posts go out; called in the loop's thread.
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
        styles: Mapping[str, Style] | None = None,
        desk: int | None = None,
        newest: Newest | None = None,
        people: People | None = None,
        ended: Callable[[str], bool] = lambda _owner: False,
        welcomed: Callable[[str], None] = lambda _key: None,
        begun: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._outbox = store.outbox
        self._channels = channels
        self._rates = rates
        self._owner = owner
        self._ended = ended
        self._begun = begun
        self._now = now
        self._people = people
        person = people.chat if people else None
        self._registry = ChannelRegistry(store, channels, desk=desk, welcomed=welcomed, person=person, now=now)
        self._writer = Writer(store, base_url=base_url, zone=zone, styles=styles or {})
        reconciler = Reconciler(store, rates, lease=LEASE, now=now, desk=desk)
        self._settler = Settler(store, self._registry, reconciler, now, people=people)
        self._recovery = Recovery(
            store, self._registry, self._writer, rates, owner=owner, newest=newest, desk=desk, ended=ended, now=now
        )
        self._travel = Travel()
        self._tasks: set[asyncio.Task[None]] = set()
        self._probes = 0
        self._woken = asyncio.Event()
        self._nudge: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Something new may be in the outbox: look soon, once for all that comes meanwhile. For the loop's thread."""
        if self._nudge is None or self._nudge.when() < asyncio.get_running_loop().time():
            self._nudge = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._woken.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until told to stop; calls under way then get a few seconds to settle."""
        await self._work(stop, once=False)

    async def drain(self, stop: asyncio.Event) -> None:
        """Publish until everything that can be sent is sent, waiting for the limits; or until nothing works."""
        await self._work(stop, once=True)

    async def close(self) -> None:
        """Close the channels' connections."""
        people = [self._people.close()] if self._people else []
        await asyncio.gather(*people, *(channel.close() for channel in self._channels.values()))

    async def _work(self, stop: asyncio.Event, *, once: bool) -> None:
        stopping = asyncio.create_task(stop.wait())
        trouble = ""
        try:
            while not stop.is_set():
                self._woken.clear()
                try:
                    look, trouble = await self._step(), ""
                except StoreError as error:
                    if str(error) != trouble:  # once, not every two seconds
                        log.warning("the outbox can't be read: %s", error)
                    trouble = str(error)
                    look = Look(waiting=frozenset(self._channels))
                if look.settled or look.claims:
                    self._begun()
                if once and self._is_done(look):
                    return
                if not look.settled:
                    await self._rest(stopping, look.wake)
        finally:
            stopping.cancel()
            await self._finish()

    async def _step(self) -> Look:
        for key in self._registry.due():
            self._start(self._registry.inspect(key), f"inspect {key}")
        look = await asyncio.to_thread(self._look, AT_ONCE - len(self._tasks))
        for key in look.behind:
            self._start(self._recovery.recover(key), f"recover {key}")
        if self._recovery.to_dress():
            self._start(self._recovery.dress(), "buttons")
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
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)

    def _is_done(self, look: Look) -> bool:
        """Whether nothing is left that time alone would bring about."""
        if (
            look.settled or look.followers or self._tasks or self._woken.is_set()
        ):  # what ended meanwhile may have changed the picture
            return False
        return self._registry.is_hopeless(look.waiting)

    # Looking into the store ---------------------------------------------------------------------------------------

    def _look(self, room: int) -> Look:
        now = self._now()
        self._outbox.expire(now, dead=self._ended)
        states = self._store.channels.all()
        self._registry.heed(states)
        behind = self._recovery.look(states)
        open_channels = self._registry.facts.keys() - behind
        settled = sum(self._settle_stored(key, now) for key, channel in self._channels.items() if channel.stored)
        personal = self._people.candidates(now, room - FOR_CHANNELS) if self._people else ()
        doubts = self._take_doubts(open_channels, now, room, probes=PROBES if personal else MOST_PROBES)
        candidates = [
            candidate for candidate in self._outbox.candidates(now) if candidate.delivery.channel in open_channels
        ]
        candidates = [candidate for candidate in candidates if not self._channels[candidate.delivery.channel].stored]
        made = self._outbox.recent_calls(now - self._rates.horizon)
        plan = pacing.plan([*candidates, *personal], made, self._rates, now)
        chosen = self._chosen(plan.go, room - len(doubts))
        requests = [request for candidate in chosen if (request := self._request(candidate, now)) is not None]
        settled += len(chosen) - len(requests)
        claims = self._outbox.claim(requests, owner=self._owner, now=now, lease=LEASE, overall=self._rates.overall)
        waiting = {candidate.delivery.channel for candidate in candidates} | self._store.deliveries.under_way()
        waiting = (waiting - behind) | self._recovery.unfinished(behind & self._registry.facts.keys())
        followers = bool(personal) or bool(self._people and self._people.unfinished(now))
        due = tuple(self._recovery.due(behind))
        return Look(claims, doubts, settled, due, frozenset(waiting), plan.wake, followers)

    @staticmethod
    def _chosen(planned: Sequence[Candidate], room: int) -> list[Candidate]:
        """As many as there is room for, those to followers in their part of it."""
        posts = [candidate for candidate in planned if not candidate.delivery.kind.personal]
        personal = [candidate for candidate in planned if candidate.delivery.kind.personal]
        return [*posts, *personal[: max(room - FOR_CHANNELS, 0)]][:room]

    def _take_doubts(self, channels: Collection[str], now: datetime, room: int, *, probes: int) -> tuple[Claim, ...]:
        uncertain = self._outbox.uncertain(now)
        personal = [candidate for candidate in uncertain if candidate.delivery.kind.personal]
        posts = [candidate for candidate in uncertain if candidate.delivery.channel in channels]
        candidates = [*posts, *(personal[: max(probes - self._probes, 0)] if self._people else ())]
        taken = (
            self._outbox.take(candidate, owner=self._owner, now=now, lease=LEASE) for candidate in candidates[:room]
        )
        return tuple(claim for claim in taken if claim is not None)

    def _request(self, candidate: Candidate, now: datetime) -> ClaimRequest | None:
        """What shall be sent for a candidate; None where it has nothing to send any more."""
        article = self._store.articles.get(candidate.delivery.article_id)
        if article is None or (article.retracted and candidate.delivery.kind not in _OF_RETRACTED):
            self._outbox.drop(candidate.delivery, now, "the article was retracted")
            return None
        if candidate.delivery.kind is DeliveryKind.RETRACTION and not article.retracted:
            self._outbox.drop(candidate.delivery, now, "the article was restored")
            return None
        if not candidate.delivery.kind.personal and self._recovery.adopt(
            candidate.delivery, article, candidate.channel
        ):
            return None
        written = self._write(article, candidate.delivery, candidate.channel, now)
        if written is None:
            return None
        rate, overall = self._rates.of_channel(candidate.channel), self._rates.overall_of(candidate)
        return ClaimRequest(candidate, written.payload, article.revision, rate, overall)

    def _write(self, article: Article, delivery: Delivery, channel: ChannelState, now: datetime) -> Written | None:
        """Render; an article that can't be rendered is set aside, and the others go on."""
        facts = self._registry.facts.get(channel.key)
        try:
            if delivery.kind.personal:
                return self._write_personal(article, delivery, now)
            return Written(self._writer.payload(article, delivery, channel, bot=facts.bot if facts else "", now=now))
        except Exception:
            log.exception("delivery %d to %s can't be rendered", delivery.id, channel.key)
            self._outbox.drop(delivery, now, "it can't be rendered; see the log", dead=True)
            self._registry.note(f"delivery {delivery.id} to {channel.key}", "the post can't be rendered; see the log")
            return None

    def _write_personal(self, article: Article, delivery: Delivery, now: datetime) -> Written | None:
        people = self._people
        payload = people.letters.payload(article, delivery, people.newest, now) if people else None
        if payload is None:
            self._outbox.drop(delivery, now, "there is nothing left to say")
            return None
        return Written(payload)

    def _settle_stored(self, key: str, now: datetime) -> int:
        """Publish a batch into a channel that is the store itself; returns how many."""
        waiting = self._store.direct.batch(key, now, BATCH)
        if not waiting:
            return 0
        channel = self._store.channels.get(key)
        done = [
            (delivery, written.payload, article.revision)
            for delivery in waiting
            if (article := self._store.articles.get(delivery.article_id)) is not None
            and (written := self._write(article, delivery, channel, now)) is not None
        ]
        return self._store.direct.settle(key, done, now)

    # Delivering ---------------------------------------------------------------------------------------------------

    async def _deliver(self, claim: Claim) -> None:
        """Make the call of a claim, and settle what its answer proves."""
        begun = self._now()
        if begun > claim.lease_until - timedelta(seconds=CALL_SECONDS):  # we were frozen: others may have the claim
            late = "the process was held up between its claim and the call"
            await asyncio.to_thread(self._outbox.put_back, claim, begun, late, counted=False)
            return
        try:
            async with asyncio.timeout(CALL_SECONDS):
                message_id = await self._call(claim)
            claim = replace(claim, counted=self._travel.counted(begun, self._now()))
        except (ChannelError, TimeoutError) as error:
            fault = error if isinstance(error, ChannelError) else UnknownError("no answer in time")
            await self._settler.fault(claim, fault)
        else:
            await self._registry.take(claim.delivery.channel)
            if self._people and claim.delivery.kind.personal:
                await self._people.settle(claim, message_id)
            else:
                await asyncio.to_thread(self._outbox.mark_sent, claim, message_id, self._now())

    async def _resolve(self, claim: Claim) -> None:
        """Find out about an uncertain delivery."""
        personal = claim.delivery.kind.personal
        self._probes += personal
        try:
            await self._settler.resolve(claim)
        finally:
            self._probes -= personal

    async def _call(self, claim: Claim) -> int | None:
        channel, target = self._registry.channel(claim.delivery.channel), claim.target
        payload = None if claim.delivery.payload is None else Payload.from_dict(claim.delivery.payload)
        if claim.delivery.kind.is_sent and payload is not None:
            return await channel.send(claim.channel, payload)
        if target is None:
            raise MissingError("it is not known which message of the chat the post is")
        if payload is None:
            await channel.delete(claim.channel, target)
        else:
            await channel.edit(claim.channel, target, payload)
        return target
