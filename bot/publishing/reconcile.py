"""What became of an uncertain delivery: look whether the message is in the chat, without sending it again.

Message ids of a chat grow by one, and the newest one that we know is in the store. So a lost message can only be among
the ids after it, and an edit with the identical payload tells:

    "message is not modified"   it is there: this is the message
    "message can't be edited"   there is somebody else's message: go on
    "message to edit not found" there is nothing; after enough of these in a row, the message did not arrive

Where the bot may edit other people's posts such an edit would overwrite them, so messages are read instead, from
forwards into the desk's chat; so they are where the bot's own answers to people stand between the posts. Without a
desk's chat (none is set, or nobody has started the bot in it) such an answer is known by its id, which was stored when
it was given. Where the bot may edit other people's posts and there is no desk, nothing is decided. Nor is a message
ever taken for lost on a platform that does not promise how its ids grow (Bale): found it can be, and otherwise the desk
is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from bot.posts.payload import Payload
from bot.publishing.channel import Channel
from bot.publishing.errors import (
    BarredError,
    FixedError,
    LimitedError,
    MissingError,
    NotSentError,
    RefusedError,
    UnknownError,
)
from bot.publishing.pacing import Rates
from bot.publishing.writer import has_photo
from feeds.errors import ChannelError
from feeds.models import ChannelState
from feeds.store import Store
from feeds.store.delivery.claims import Claim, bucket_of

WINDOW = 8
"""Ids in a row with nothing there that prove that nothing came: posts that somebody deleted leave holes."""
SHARED_WINDOW = 50
"""The same where ids are shared with the bot's other chats: private chats and basic groups."""
MARK = Payload(html="•", plain="•", silent=True)
"""Sent, and deleted at once, where no id of the chat is known: the lost message can only stand right before it."""
ARRIVES_WITHIN = timedelta(seconds=5)
"""A text that arrives at all has its id so soon after its claim; what was claimed later has a higher one."""
ONCE_MORE = 5
"""How often an id is asked about again where the call for it failed."""
PHOTO_PATIENCE = timedelta(minutes=5)
"""A photo may come long after its call: the platform fetches it first, whether anybody still waits or not."""
_SUPERGROUPS_FROM = -1_000_000_000_000


class UndecidableError(ChannelError):
    """Only a person can see whether the message is there."""


class TooEarlyError(ChannelError):
    """It was not found, and may still come."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class StaleClaimError(ChannelError):
    """The claim is another node's by now."""


Sleep = Callable[[float], Awaitable[None]]


class Reconciler:
    """Looks for messages, within the limits.

    Args:
        outbox: where calls are counted.
        rates: the limits.
        lease: how long a claim is kept from each call on.
        now: the clock.
        desk: the chat that messages are forwarded to for reading; None where there is none.
    """

    def __init__(
        self, store: Store, rates: Rates, *, lease: timedelta, now: Callable[[], datetime], desk: int | None
    ) -> None:
        self._outbox = store.outbox
        self._channels = store.channels
        self._newest = store.chats.newest
        self._rates = rates
        self._lease = lease
        self._now = now
        self._desk = desk

    async def find(self, channel: Channel, claim: Claim) -> int | None:
        """The id of the message that the claim may have sent; None where it is proven that it did not arrive.

        Raises:
            UndecidableError: neither can be proven; ask the desk.
            TooEarlyError: it is not there, and may still come.
            StaleClaimError: somebody else has the claim.
            ChannelError: a call failed; try again later.
        """
        found = await self._look(channel, claim)
        if found is None and has_photo(claim.delivery.payload) and claim.delivery.claimed is not None:
            settled = claim.delivery.claimed + PHOTO_PATIENCE
            if self._now() < settled:
                raise TooEarlyError("the platform may still be fetching the photo", settled)
        return found

    async def _look(self, channel: Channel, claim: Claim) -> int | None:
        facts = await channel.inspect()
        if facts.may_edit_others and self._desk is None:
            raise UndecidableError("the bot may edit other people's posts, and there is no desk chat to read them in")
        is_ours = self._by_forward if facts.may_edit_others else self._by_edit
        if facts.converses and self._desk is not None and not facts.may_edit_others:
            is_ours = self._by_either
        if not facts.counts:
            return await self._find_uncounted(channel, claim, is_ours)
        if claim.channel.last_message_id == 0:
            return await self._find_before_mark(channel, claim, is_ours)
        return await self._find_after(channel, claim, is_ours)

    async def _find_uncounted(self, channel: Channel, claim: Claim, is_ours: _Test) -> int:
        """Look at the next ids; that nothing is there proves nothing."""
        found = await self._find_after(channel, claim, is_ours) if claim.channel.last_message_id else None
        if found is None:
            raise UndecidableError("it was not found, and the platform does not promise how message ids grow")
        return found

    async def _find_after(self, channel: Channel, claim: Claim, is_ours: _Test) -> int | None:
        """Look at the ids after the last one known, upwards."""
        known, after = claim.channel.last_message_id, int((claim.delivery.payload or {}).get("after") or 0)
        if after <= known:
            window = WINDOW if counts_alone(claim.channel) else SHARED_WINDOW
            return await self._find_between(channel, claim, is_ours, known, window=window)
        # Where the chats of people share their ids, it came after the newest of any; else right after its chat's own.
        found = await self._find_between(channel, claim, is_ours, known, window=WINDOW)
        if found is not None:
            return found
        passed = await asyncio.to_thread(self._outbox.passed, claim, ARRIVES_WITHIN)
        if passed is not None:
            return await self._find_between(channel, claim, is_ours, after, until=passed - 1, window=0)
        until = await asyncio.to_thread(self._newest)
        return await self._find_between(channel, claim, is_ours, after, until=until, window=SHARED_WINDOW)

    async def _find_between(
        self, channel: Channel, claim: Claim, is_ours: _Test, after: int, *, window: int, until: int = 0
    ) -> int | None:
        """Look at the ids after one, as far as another, and on until so many in a row have nothing."""
        candidate, missing = after, 0
        while missing < window or candidate < until:
            candidate += 1
            try:
                if await self._asked(channel, claim, is_ours, candidate):
                    return candidate
            except MissingError:
                missing += 1
            else:
                missing = 0
        return None

    async def _asked(self, channel: Channel, claim: Claim, is_ours: _Test, candidate: int) -> bool:
        """Ask about one id; where many are to be asked about, once more after a failure, or all would begin anew."""
        for patience in range(ONCE_MORE if claim.delivery.kind.personal else 0, -1, -1):
            try:
                return await is_ours(channel, claim, candidate, None)
            except (UnknownError, NotSentError):
                if not patience:
                    raise
            except LimitedError as error:
                if not patience or error.retry_after > self._lease / 2:
                    raise
                await asyncio.sleep(error.retry_after.total_seconds())
        raise AssertionError  # the last try returns or raises

    async def _find_before_mark(self, channel: Channel, claim: Claim, is_ours: _Test) -> int | None:
        """Look right before a mark, which gives the id that no API tells."""
        async with self._permitted(claim) as permitted:
            mark = await channel.send(permitted.channel, MARK)
        found = await self._first_of(channel, claim, is_ours, _before(mark, claim.delivery.attempts))
        oldest = found + 1 if found else max(mark - claim.delivery.attempts, 1)
        for stray in range(oldest, mark):  # marks whose answers were lost
            with suppress(MissingError):
                if await is_ours(channel, claim, stray, MARK):
                    await self._delete(channel, claim, stray)
        await self._delete(channel, claim, mark)
        await asyncio.to_thread(self._channels.learn_message, claim.channel.key, mark)
        return found

    async def _first_of(self, channel: Channel, claim: Claim, is_ours: _Test, candidates: Iterable[int]) -> int | None:
        for candidate in candidates:
            with suppress(MissingError):
                if await is_ours(channel, claim, candidate, None):
                    return candidate
        return None

    async def _delete(self, channel: Channel, claim: Claim, message_id: int) -> None:
        with suppress(RefusedError):  # without the right to delete, a mark stays; nothing else is wrong
            async with self._permitted(claim) as permitted:
                await channel.delete(permitted.channel, message_id)

    async def _by_edit(self, channel: Channel, claim: Claim, message_id: int, payload: Payload | None = None) -> bool:
        """Whether an identical edit finds our message; it can only ever change a message of our own."""
        if await asyncio.to_thread(self._outbox.is_answer, claim, message_id):
            return False
        payload = payload or Payload.from_dict(claim.delivery.payload or {})
        async with self._permitted(claim) as permitted:
            try:
                await channel.edit(permitted.channel, message_id, payload)
            except FixedError:
                return False
        return True  # also where the edit changed something: it shows our text now, and must not be there twice

    async def _by_forward(
        self, channel: Channel, claim: Claim, message_id: int, payload: Payload | None = None
    ) -> bool:
        """Whether a forward of the message has our text."""
        if self._desk is None:
            raise UndecidableError("there is no desk chat to read messages in")
        payload = payload or Payload.from_dict(claim.delivery.payload or {})
        async with self._permitted(claim, chat_id=self._desk) as permitted:
            try:
                seen = await channel.read(permitted.channel, message_id, self._desk)
            except FixedError:
                return False
            except BarredError as error:  # the channel itself was looked at just now, so this is the desk's chat
                raise UndecidableError(f"the desk ({self._desk}) can't be written to: {error}") from error
        return seen.text.split() == payload.visible.split()

    async def _by_either(self, channel: Channel, claim: Claim, message_id: int, payload: Payload | None = None) -> bool:
        """As by a forward; by an edit, which changes no answer that is known, where the desk never started the bot."""
        try:
            return await self._by_forward(channel, claim, message_id, payload)
        except UndecidableError:
            return await self._by_edit(channel, claim, message_id, payload)

    @asynccontextmanager
    async def _permitted(self, claim: Claim, *, chat_id: int | None = None) -> AsyncIterator[Claim]:
        """Wait until the limits allow one more call (to another chat than the claim's, where one is named)."""
        bucket = bucket_of(claim.channel) if chat_id is None else str(chat_id)
        rate = self._rates.of_channel(claim.channel) if chat_id is None else self._rates.of(chat_id)
        while True:
            try:
                permit = await asyncio.to_thread(
                    self._outbox.begin_call,
                    claim,
                    now=self._now(),
                    lease=self._lease,
                    bucket=bucket,
                    rate=rate,
                    overall=self._rates.overall,
                )
            except LookupError:
                raise StaleClaimError(f"delivery {claim.delivery.id} is another node's by now") from None
            if isinstance(permit, Claim):
                break
            await asyncio.sleep(max((permit - self._now()).total_seconds(), 0.0))
        try:
            yield permit
        except TimeoutError:
            raise UnknownError("no answer in time") from None
        finally:
            await asyncio.to_thread(self._outbox.end_call, permit, self._now())


_Test = Callable[[Channel, Claim, int, Payload | None], Awaitable[bool]]
"""Whether a message is ours: the claim's, or another payload where one is named."""


def _before(mark: int, attempts: int) -> Iterator[int]:
    """The ids before a mark, the likeliest first.

    Each attempt to resolve may have left a mark behind the message, so it is looked for from the oldest upwards; then
    further back, as others may have posted in between.
    """
    oldest = max(mark - attempts + 1, 1)
    yield from range(oldest, mark)
    yield from range(oldest - 1, max(mark - attempts - WINDOW, 0), -1)


def counts_alone(channel: ChannelState) -> bool:
    """Whether the chat has message ids of its own: channels and supergroups do."""
    return channel.chat_id is None or channel.chat_id < _SUPERGROUPS_FROM
