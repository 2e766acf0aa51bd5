"""Those who follow something, in the publisher's loop: what waits for them is kept short, and channels go first.

    announced ──refill──> a few hundred deliveries wait ──candidates──> the publisher claims, sends and settles them

Everything that makes a post arrive once (claims, leases, calls, uncertain outcomes) is the outbox's and the
publisher's; here is only what a hundred thousand chats need besides: little at a time, a part of the limit, and proof
before a chat is given up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.posts.style import Platform
from bot.publishing.errors import (
    BarredError,
    LimitedError,
    MovedError,
    NotSentError,
    RefusedError,
    UnparsedError,
)
from bot.publishing.people.letters import Letters
from bot.publishing.writer import is_plain, refusals
from feeds.errors import ChannelError
from feeds.models import Problem
from feeds.store import Store
from feeds.store.delivery.claims import Candidate, Claim

if TYPE_CHECKING:
    from telegram import Bot

    from bot.publishing.people.chat import PersonalChat

log = logging.getLogger(__name__)

FEW = 150
"""Of so few that wait, more are brought from the announcements."""
MANY = 400
"""Up to about so many; breaking news waits behind none of them."""
DIGESTS = 50
"""Digests that are made in one look."""
IN_A_ROW = 20
"""Refusals of as many chats, with no success in between, that are not the chats' own: another server, another bot."""
HELD_BACK = timedelta(minutes=10)
SOON = timedelta(seconds=60)
_GONE = (
    "was blocked",
    "deactivated",
    "chat not found",
    "was kicked",
    "not a member",
    "can't initiate conversation",
    "user not found",
    "write_forbidden",
    "no rights to send",
    "not enough rights",
    "thread not found",
    "topic_closed",
    "topic_deleted",
    "the topic",
)
"""What says that a chat will have nothing of the bot, in small letters; all else is trouble of the bot's own."""
WHERE = "the followers"


class People:
    """The chats that follow something, on one node.

    Args:
        store: where they and the outbox are.
        bot: the connection.
        letters: what they get.
        zone: where their clocks are.
        platform: whose Bot API it is.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        letters: Letters,
        *,
        zone: ZoneInfo,
        platform: Platform,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._bot = bot
        self._zone = zone
        self._platform = platform
        self._now = now
        self._held_until: datetime | None = None
        self._refused: set[str] = set()
        self._limited: dict[str, datetime] = {}
        self._newest: int | None = None
        self._unsettled: list[tuple[Claim, int | None, asyncio.Future[None]]] = []
        self._settling: asyncio.Task[None] | None = None
        self.letters = letters
        self.complete = True
        """Whether what an outage kept back has been taken in, so that a digest is whole."""

    def chat(self, key: str) -> PersonalChat:
        """The chat with this key."""
        from bot.publishing.people.chat import PersonalChat  # noqa: PLC0415 - telegram, which a preview does without

        return PersonalChat(key, self._bot, platform=self._platform)

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.request.shutdown()

    @property
    def newest(self) -> int:
        """The newest message id known among the chats that share ids."""
        if self._newest is None:
            self._newest = self._store.chats.newest()
        return self._newest

    # Looking into the store, in a thread --------------------------------------------------------------------------

    def candidates(self, now: datetime, room: int) -> tuple[Candidate, ...]:
        """What may be sent next, after more was brought where little waits."""
        if self._held_until is not None and now < self._held_until:
            return ()
        self._refill(now)
        return self._store.outbox.personal_candidates(now, 2 * room) if room > 0 else ()

    def unfinished(self, now: datetime) -> bool:
        """Whether anything will be sent before long: it waits for a limit, or is to be found out about."""
        return self._store.announcements.unfinished(now + SOON)

    def _refill(self, now: datetime) -> None:
        while self._store.announcements.take(now):
            pass
        waiting = self._store.announcements.waiting(now, FEW)
        if waiting >= FEW:
            return
        self._store.announcements.expand(now, self._zone, MANY - waiting)
        for key in self._store.digests.due(now, DIGESTS) if self.complete else ():
            self._store.digests.compose(key, now, self._zone, self.letters.parts)

    # Settling ------------------------------------------------------------------------------------------------------

    async def settle(self, claim: Claim, message_id: int | None) -> None:
        """A chat took a message: store that, with whatever else came meanwhile, as each transaction takes its time."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._unsettled.append((claim, message_id, stored))
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle_all(), name="settle followers")
        await stored
        await self.sent(claim, message_id)

    async def _settle_all(self) -> None:
        while self._unsettled:
            batch, self._unsettled = self._unsettled, []
            settled = [(claim, message_id) for claim, message_id, _ in batch]
            try:
                await asyncio.to_thread(self._store.outbox.mark_all_sent, settled, self._now())
            except Exception as error:  # noqa: BLE001 - each of those that wait for it raises it
                for _, _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            else:
                for _, _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)

    async def sent(self, claim: Claim, message_id: int | None) -> None:
        """A chat took a message, and that is stored."""
        self._refused.clear()
        self._limited.pop(claim.delivery.channel, None)
        if self._held_until is not None:
            self._held_until = None
            await asyncio.to_thread(self._store.problems.clear, WHERE)
        if message_id is not None and (claim.channel.chat_id or 0) > 0:
            self._newest = max(self.newest, message_id)
        if claim.delivery.attempts > 1:
            await asyncio.to_thread(self._store.chats.heard, claim.delivery.channel)

    async def fault(self, claim: Claim, fault: ChannelError, back_off: Callable[[str], Any]) -> None:
        """Settle a message whose call failed; see `bot.publishing.outcome` for posts.

        Args:
            claim: what was to be sent.
            fault: what its failure proves.
            back_off: leaves the chat alone for a moment, longer each time.
        """
        key, now, why = claim.delivery.channel, self._now(), str(fault)
        match fault:
            case NotSentError():
                await back_off(key)
                await self._put_back(claim, why, counted=False)
            case LimitedError():
                await self._penalize(key, now + fault.retry_after)
                await self._put_back(claim, why)
            case MovedError():
                await self._put_back(claim, why)
                await asyncio.to_thread(self._store.chats.move, key, fault.chat_id, now)
            case BarredError():
                await self._put_back(claim, why)
                await self._barred(key, why)
            case UnparsedError() if not is_plain(claim.delivery.payload):
                await self._put_back(claim, why, refused="as_plain")
            case RefusedError():
                log.warning("delivery %d, a message to a follower, was refused: %s", claim.delivery.id, why)
                await asyncio.to_thread(self._store.outbox.refuse, claim, now, why)
            case _:
                await back_off(key)
                await asyncio.to_thread(self._store.outbox.mark_uncertain, claim, now, why)

    async def unfound(self, claim: Claim, fault: ChannelError, back_off: Callable[[str], Any]) -> None:
        """A message that may have arrived could not be looked for: it stays uncertain, and is looked for again."""
        key, outbox = claim.delivery.channel, self._store.outbox
        match fault:
            case LimitedError():
                await self._penalize(key, self._now() + fault.retry_after)
            case BarredError():
                await self._barred(key, str(fault))
            case UnparsedError() if not is_plain(claim.delivery.payload):  # then it was refused for the same reason
                await self._put_back(claim, str(fault), refused="as_plain")
                return
            case RefusedError():  # looking again would be refused again
                await asyncio.to_thread(outbox.refuse, claim, self._now(), str(fault))
                return
            case _:
                await back_off(key)
        await asyncio.to_thread(outbox.mark_uncertain, claim, self._now(), f"not found out yet: {fault}")

    async def _barred(self, key: str, why: str) -> None:
        """A chat refuses the bot, or the bot is refused everywhere."""
        self._refused.add(key)
        if len(self._refused) > IN_A_ROW or not any(words in why.lower() for words in _GONE):
            self._held_until = self._now() + HELD_BACK
            what = f"{why}; nothing is sent to followers for {HELD_BACK.seconds // 60} min, as that is not their doing"
            problem = Problem(WHERE, 0, what, self._now(), "channel")
            await asyncio.to_thread(self._store.problems.set, problem)
            for refused in self._refused:
                await asyncio.to_thread(self._store.chats.heard, refused)
            self._refused.clear()
            return
        if await asyncio.to_thread(self._store.chats.refuse, key, self._now()):
            log.info("a follower is lost: %s", why)

    async def _penalize(self, key: str, until: datetime) -> None:
        """No call to the chat before `until`; where others are under penalty too, none to any follower."""
        now = self._now()
        self._limited = {other: at for other, at in self._limited.items() if at > now}
        if self._limited.keys() - {key}:
            self._held_until = min(until, now + SOON)  # each chat's own penalty is kept to its end anyway
        self._limited[key] = until
        await asyncio.to_thread(self._store.channels.postpone, key, until)

    async def _put_back(self, claim: Claim, why: str, *, counted: bool = True, refused: str = "") -> None:
        left_out = refusals(claim.delivery.payload) | ({refused: True} if refused else {})
        payload = {**(claim.delivery.payload or {}), **left_out} if left_out else None
        await asyncio.to_thread(self._store.outbox.put_back, claim, self._now(), why, counted=counted, payload=payload)
