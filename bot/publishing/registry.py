"""The channels of a node: which take posts, which refuse the bot, and which fail at the moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.publishing.channel import CALL_SECONDS, Channel, ChatFacts
from bot.publishing.errors import BarredError, LimitedError
from feeds.errors import ChannelError, StoreError
from feeds.models import ChannelState, Problem, topic_of
from feeds.store import Store

log = logging.getLogger(__name__)

RIGHTS_SECONDS = 60.0
LOOK_AGAIN = timedelta(hours=1)
"""How often a channel that refuses us is looked at again."""
LONGEST_BACKOFF = 30.0
GIVE_UP_AFTER = 6
"""Failures in a row after which a single pass leaves a channel alone."""


class ChannelRegistry:
    """What is known of the channels that this node serves.

    Args:
        store: where channels and problems are.
        channels: by key.
        desk: the chat of the desk, None where there is none.
        welcomed: told of each channel that takes posts, before the first of them goes out; called in a thread.
        person: gives the chat of one who follows something, by its key.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        *,
        desk: int | None,
        welcomed: Callable[[str], None],
        person: Callable[[str], Channel] | None = None,
        now: Callable[[], datetime],
    ) -> None:
        self.channels = channels
        self.facts: dict[str, ChatFacts] = {}
        """Of the channels that take posts."""
        self._store = store
        self._desk = desk
        self._welcomed = welcomed
        self._person = person
        self._now = now
        self._inspect_at: dict[str, datetime] = {}
        self._blocked: set[str] = set()
        self._failures: dict[str, int] = {}
        self._refusing: set[str] = set()
        """Channels that look fine and refused a post nevertheless: their alert stands until they take one."""
        self._places: dict[tuple[int, str], str] = {}
        self._seen_at: dict[str, datetime] = {}

    def channel(self, key: str) -> Channel:
        """The channel, or the chat of one who follows something, with this key."""
        if key not in self.channels and self._person is not None:
            return self._person(key)
        return self.channels[key]

    def due(self) -> list[str]:
        """The channels to look at now: not seen yet, from time to time those that refuse us, and seldom all others.

        A channel may have another name by now, which its posts are to be signed with.
        """
        now = self._now()
        unseen = [key for key in self.channels if key not in self.facts and self._inspect_at.get(key, now) <= now]
        self._inspect_at |= dict.fromkeys(unseen, now + timedelta(seconds=RIGHTS_SECONDS))
        long_ago = [
            key for key in self.facts.keys() & self.channels.keys() if self._seen_at.get(key, now) + LOOK_AGAIN <= now
        ]
        self._seen_at |= dict.fromkeys(long_ago, now)
        return unseen + long_ago

    def heed(self, states: Iterable[ChannelState]) -> None:
        """Look from time to time at what another node has found to refuse us, too: that node may be gone."""
        for state in states:
            if state.blocked and self.facts.pop(state.key, None) is not None:
                self._blocked.add(state.key)
                self._inspect_at[state.key] = self._now() + timedelta(seconds=RIGHTS_SECONDS)

    async def inspect(self, key: str) -> None:
        """Look at a channel, and let its posts go where it takes them; where the store is away, again later."""
        try:
            await self._inspect(key)
        except StoreError as error:
            self._inspect_at[key] = self._now() + timedelta(seconds=self.fail(key))
            log.warning("channel %s: what is seen there can't be noted: %s", key, error)

    async def _inspect(self, key: str) -> None:
        known = await asyncio.to_thread(self._store.channels.ensure, key)
        try:
            async with asyncio.timeout(CALL_SECONDS):
                facts = await self.channels[key].inspect(known.chat_id)
            self._claim_chat(key, facts)
        except BarredError as error:
            self._refusing.discard(key)
            await self._bar(key, str(error))
        except LimitedError as error:  # the penalty is the chat's: posts wait for it too
            until = self._inspect_at[key] = self._now() + error.retry_after
            await asyncio.to_thread(self._store.channels.postpone, key, until)
        except (ChannelError, TimeoutError) as error:
            self._inspect_at[key] = self._now() + timedelta(seconds=self.fail(key))
            log.warning("channel %s can't be looked at: %s", key, error or "no answer in time")
        else:
            self.succeed(key)
            self._blocked.discard(key)
            await asyncio.to_thread(self._welcome, key, facts)
            self.facts[key] = facts
            self._seen_at[key] = self._now()

    def _claim_chat(self, key: str, facts: ChatFacts) -> None:
        """A chat, or a topic of it, is one channel: named twice, it would get everything twice.

        Raises:
            BarredError: another key is this chat already.
        """
        if facts.chat_id is None:
            return
        first = self._places.setdefault((facts.chat_id, topic_of(key)), key)
        if first != key:
            raise BarredError(f"it is the same chat as {first}; name it once")

    def _welcome(self, key: str, facts: ChatFacts) -> None:
        """The channel takes posts: remember what it is, and end the alert of lost rights."""
        channels = self._store.channels
        channels.describe(key, chat_id=facts.chat_id, title=facts.title, username=facts.username)
        channels.block(key, "")
        if key not in self._refusing:
            self._store.problems.clear(f"channel {key}")
        self._tell_of_name(key, facts)
        if self._desk is not None or not facts.may_edit_others:
            self._store.outbox.reconsider(key)
        if facts.chat_id is not None:
            channels.adopt(key, facts.chat_id, served=self.channels.keys())
        self._welcomed(key)

    def _tell_of_name(self, key: str, facts: ChatFacts) -> None:
        """Tell the desk of a channel that has another name than the settings say; its posts go on by its number."""
        where, name = f"name of {key}", key.partition("/")[0]
        if not name.startswith("@") or facts.chat_id is None or facts.username.lower() == name[1:].lower():
            self._store.problems.clear(where)
            return
        now_called = f"is called @{facts.username} now" if facts.username else "has no public name any more"
        self.note(
            where,
            f"the channel {now_called}; its posts go on, by its number. Write chat = {facts.chat_id} in its place in "
            "the settings, as somebody else may take the old name",
        )

    async def block(self, key: str, why: str) -> None:
        """The channel refused a post: hold what waits, and tell the desk; it is tried again from time to time."""
        self._refusing.add(key)
        await self._bar(key, why)

    async def _bar(self, key: str, why: str) -> None:
        self.facts.pop(key, None)
        self._blocked.add(key)
        self._inspect_at[key] = self._now() + timedelta(seconds=RIGHTS_SECONDS)
        log.error("channel %s refuses the bot: %s", key, why)
        await asyncio.to_thread(self._store.channels.block, key, why)
        await self.alert(f"channel {key}", f"{why}; its posts wait")

    async def alert(self, where: str, what: str) -> None:
        """Name what needs the desk's eye."""
        await asyncio.to_thread(self.note, where, what)

    def note(self, where: str, what: str) -> None:
        """The same, from a thread."""
        self._store.problems.set(Problem(where=where, line=0, what=what, since=self._now(), kind="channel"))

    def fail(self, key: str) -> float:
        """Count a failure of a channel; returns how many seconds to leave it alone."""
        count = self._failures[key] = self._failures.get(key, 0) + 1
        return min(2.0 ** (count - 1), LONGEST_BACKOFF)

    def succeed(self, key: str) -> None:
        """The channel answers: its failures are over."""
        self._failures.pop(key, None)

    async def take(self, key: str) -> None:
        """The channel took a post: whatever it refused before, it refuses no more."""
        self.succeed(key)
        if key in self._refusing:
            self._refusing.discard(key)
            await asyncio.to_thread(self._store.problems.clear, f"channel {key}")

    def is_hopeless(self, waiting: Iterable[str]) -> bool:
        """Whether a single pass may end: nothing waits, or only in channels that failed often enough.

        Args:
            waiting: channels with something that time alone will bring about.
        """
        unseen = self.channels.keys() - self.facts.keys() - self._blocked
        left = (set(waiting) | unseen) & self.channels.keys()
        return all(self._failures.get(key, 0) >= GIVE_UP_AFTER for key in left)
