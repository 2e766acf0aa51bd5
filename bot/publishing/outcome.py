"""What an answer of the platform proves, and what is done about it.

never left, no connection    -> put back; the channel is left alone for a moment, longer each time
429                          -> put back; no call to the chat until the penalty is over, on any node
the chat moved               -> put back, and followed
no rights                    -> put back; the channel's posts wait for the rights, and the desk is told
a photo refused              -> put back as a text with the picture as its preview, once
markup refused               -> put back as plain text, once; the desk is told
400                          -> dead; the desk is told
the post to correct is gone  -> skipped; the desk is told where it is there, and nobody knows its number
it may not be deleted        -> put back to be marked instead
anything else                -> a post is uncertain and looked for; edits and deletions are done again
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.publishing.errors import (
    BarredError,
    FixedError,
    LimitedError,
    MissingError,
    MovedError,
    NotSentError,
    RefusedError,
    UnparsedError,
)
from bot.publishing.people.people import People
from bot.publishing.reconcile import Reconciler, StaleClaimError, TooEarlyError, UndecidableError
from bot.publishing.registry import ChannelRegistry
from bot.publishing.writer import has_photo, is_plain, refusals
from feeds.errors import ChannelError
from feeds.models import DeliveryKind
from feeds.store import Store
from feeds.store.delivery.claims import Claim

log = logging.getLogger(__name__)


_BY_HAND = {
    DeliveryKind.EDIT: "correct the post by hand",
    DeliveryKind.DELETE: "mark the post as retracted by hand, or delete it",
}
"""What the desk may do where a post can't be reached."""


class Settler:
    """Settles what did not simply succeed.

    Args:
        store: where deliveries are settled.
        registry: the node's channels.
        reconciler: looks for messages.
        now: the clock.
        people: those who follow something; their faults are settled there.
    """

    def __init__(
        self,
        store: Store,
        registry: ChannelRegistry,
        reconciler: Reconciler,
        now: Callable[[], datetime],
        *,
        people: People | None = None,
    ) -> None:
        self._outbox = store.outbox
        self._channels = store.channels
        self._registry = registry
        self._reconciler = reconciler
        self._people = people
        self._now = now
        self._penalties: dict[str, datetime] = {}

    async def fault(self, claim: Claim, fault: ChannelError) -> None:
        """Settle a delivery whose call failed."""
        if self._people and claim.delivery.kind.personal:
            await self._people.fault(claim, fault, self._back_off)
        else:
            await self._fault_of_post(claim, fault)

    async def _fault_of_post(self, claim: Claim, fault: ChannelError) -> None:
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
                await self._registry.block(key, why)
                await self._put_back(claim, why)
            case RefusedError() if is_post and has_photo(claim.delivery.payload):  # most likely the photo
                await self._put_back(claim, why, refused="as_text")
            case UnparsedError() if not is_plain(claim.delivery.payload):
                await self._put_back(claim, why, refused="as_plain")
                await self._report(claim, f"Telegram could not parse the post, which goes out as plain text: {why}")
            case MissingError() | FixedError() if not is_post:
                await self._settle_unchanged(claim, fault)
            case RefusedError():
                await self._refuse(claim, why)
            case _ if is_post:
                await self._back_off(key)
                await asyncio.to_thread(self._outbox.mark_uncertain, claim, now, why)
            case _:  # an edit or a deletion may be done twice
                await self._back_off(key)
                await self._put_back(claim, why)

    async def _settle_unchanged(self, claim: Claim, fault: MissingError | FixedError) -> None:
        """A correction or a retraction did not reach its post."""
        kind, now, why = claim.delivery.kind, self._now(), str(fault)
        if isinstance(fault, FixedError):
            if claim.delivery.payload is None:  # it may not be deleted, so it is marked
                await self._put_back(claim, why, refused="as_mark")
            else:
                await self._refuse(claim, why)
        elif claim.target is None:  # the chat moved, or the desk alone saw the post
            await asyncio.to_thread(self._outbox.skip, claim, now, why)
            await self._report(claim, f"{why}; {_BY_HAND[kind]}")
        elif kind is DeliveryKind.DELETE:
            await asyncio.to_thread(self._outbox.mark_gone, claim, now, why)
        else:
            await asyncio.to_thread(self._outbox.skip, claim, now, why)

    async def _refuse(self, claim: Claim, why: str) -> None:
        await asyncio.to_thread(self._outbox.refuse, claim, self._now(), why)
        await self._report(claim, f"Telegram refused the post: {why}")

    async def _put_back(self, claim: Claim, why: str, *, counted: bool = True, refused: str = "") -> None:
        """Nothing was delivered: try again, without what was refused, now or before (see `writer.refusals`)."""
        left_out = refusals(claim.delivery.payload) | ({refused: True} if refused else {})
        payload = {**(claim.delivery.payload or {}), **left_out} if left_out else None
        await asyncio.to_thread(self._outbox.put_back, claim, self._now(), why, counted=counted, payload=payload)

    async def _back_off(self, key: str) -> None:
        until = self._now() + timedelta(seconds=self._registry.fail(key))
        await asyncio.to_thread(self._channels.postpone, key, until)

    async def _penalize(self, key: str, until: datetime) -> None:
        """No call to the chat before `until`; where another one is under penalty too, it is the bot's limit."""
        now = self._now()
        others = [at for other, at in self._penalties.items() if other != key and at > now]
        self._penalties[key] = until
        for channel in self._registry.channels if others else (key,):
            await asyncio.to_thread(self._channels.postpone, channel, until)

    def _follow(self, claim: Claim, chat_id: int) -> None:
        """The group became a supergroup: its messages are counted anew, under a new id."""
        channel = claim.channel
        log.info("channel %s moved to %d", channel.key, chat_id)
        self._channels.move(channel.key, chat_id)

    async def _report(self, claim: Claim, what: str) -> None:
        """Name a delivery that needs the desk's eye."""
        await self._registry.alert(f"delivery {claim.delivery.id} to {claim.delivery.channel}", what)

    async def resolve(self, claim: Claim) -> None:
        """Find out whether an uncertain delivery arrived, and settle that."""
        if not claim.delivery.kind.is_sent:  # edits and deletions may be done twice
            await self._put_back(claim, claim.delivery.error)
            return
        key = claim.delivery.channel
        try:
            found = await self._reconciler.find(self._registry.channel(key), claim)
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
            self._registry.succeed(key)
            if self._people and found and claim.delivery.kind.personal:
                await self._people.sent(claim, found)
            log.info("delivery %d to %s: %s", claim.delivery.id, key, f"found as {found}" if found else "never arrived")
            if found is None:
                await self._put_back(claim, "it never arrived")
            else:
                await asyncio.to_thread(self._outbox.mark_sent, claim, found, self._now())

    async def _settle_search(self, claim: Claim, fault: ChannelError) -> None:
        """The search failed: the delivery stays uncertain until the channel answers again."""
        key = claim.delivery.channel
        if self._people and claim.delivery.kind.personal:
            await self._people.unfound(claim, fault, self._back_off)
            return
        match fault:
            case LimitedError():
                await self._penalize(key, self._now() + fault.retry_after)
            case TooEarlyError():
                await asyncio.to_thread(self._channels.postpone, key, fault.until)
            case BarredError():
                await self._registry.block(key, str(fault))
            case UnparsedError():  # then the post was refused for the same reason
                await self._put_back(claim, str(fault), refused="as_plain")
                return
            case RefusedError():  # looking again would be refused again
                await self._ask(claim, str(fault))
                return
            case _:
                await self._back_off(key)
        await asyncio.to_thread(self._outbox.mark_uncertain, claim, self._now(), f"not found out yet: {fault}")

    async def _ask(self, claim: Claim, why: str) -> None:
        """Only the desk can tell; until it does, the channel's later posts wait.

        Nobody sees the chat of one who follows something: what can't be found there is taken to have arrived.
        """
        if claim.delivery.kind.personal:
            await asyncio.to_thread(self._outbox.mark_sent, claim, None, self._now())
            return
        await asyncio.to_thread(self._outbox.ask_desk, claim, self._now(), why)
        await self._report(claim, f"It is not known whether the post is in the channel ({why}); say whether it is")
