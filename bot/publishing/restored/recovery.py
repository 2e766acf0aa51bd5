"""A store that lags behind its channels, as after a restored backup: look what is there before anything is sent.

    held       nothing goes to a channel that the store lags behind, or may
    read       its messages after the last one known, upwards, until there are no more
    matched    with the posts that wait (`recognition`): those are settled as sent, with their ids
    kept       what is no article's yet, as the article may come again from its source: settled then, not sent
    asked      the desk, where messages can't be read

Messages are read (`reading`): an identical edit (`reconcile`) would be no safe question here, as several posts of our
own are unknown, and it would overwrite all but one of them.

Long, as what is done with a channel that lags is one story, from the first message read to the last post held.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.posts.payload import Payload
from bot.publishing.channel import CALL_SECONDS, Seen
from bot.publishing.errors import BarredError, FixedError, LimitedError, MissingError, MovedError
from bot.publishing.pacing import Rates
from bot.publishing.reconcile import MARK, SHARED_WINDOW, WINDOW, counts_alone
from bot.publishing.registry import ChannelRegistry
from bot.publishing.restored import recognition
from bot.publishing.restored.adoption import Adoption
from bot.publishing.restored.lag import Lag
from bot.publishing.restored.newest import Newest
from bot.publishing.restored.reading import AskError, Reader
from bot.publishing.restored.recognition import Post
from bot.publishing.writer import Writer
from feeds.errors import ChannelError
from feeds.models import Article, ChannelState, Delivery, DeliveryKind, DeliveryState, Problem
from feeds.store import Store
from feeds.store.delivery.claims import bucket_of
from feeds.store.delivery.restored import Behind

log = logging.getLogger(__name__)

MOST = 2000
"""Messages that are read; a channel that went further than that needs a person (they would take two hours)."""
GLANCE, GLANCE_MOST = 2, 50
"""Where nothing speaks for a lag: ids with nothing there that do, and messages of others that do."""
LIFE = timedelta(seconds=60)
CALL_LEASE = timedelta(seconds=CALL_SECONDS + 15)
_NAMED = 3
"""Titles that the desk is told."""


@dataclass(slots=True)
class _Found:
    """What the messages of a channel came to."""

    matched: int = 0
    unknown: int = 0
    gone: int = 0
    """Ids with nothing there, between messages."""
    gone_last: int = 0
    """The same after them, up to the newest that is known to have been."""
    newest_article: int = 0


@dataclass(slots=True)
class _Run:
    """The channels that this process has looked into, or is looking into."""

    busy: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    again: dict[str, datetime] = field(default_factory=dict)
    undressed: list[tuple[ChannelState, int, Payload]] = field(default_factory=list)
    """Posts that lost their buttons when they were read, and whose articles came since."""
    turns: dict[str, asyncio.Lock] = field(default_factory=dict)
    """By chat: its topics share its messages."""


class Recovery:
    """Finds what stands in channels that the store lags behind. One for a node.

    Args:
        store: where channels and deliveries are.
        registry: the node's channels.
        writer: renders posts.
        rates: the limits.
        owner: this node.
        newest: what the channels are known to have reached; None where nothing outside the store tells.
        desk: the chat that messages are forwarded to for reading; None where there is none.
        ended: whether another node is known to have ended.
        now: the clock.
    """

    def __init__(
        self,
        store: Store,
        registry: ChannelRegistry,
        writer: Writer,
        rates: Rates,
        *,
        owner: str,
        newest: Newest | None,
        desk: int | None,
        ended: Callable[[str], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._restored = store.restored
        self._registry = registry
        self._adoption = Adoption(store, registry, writer, now)
        self._rates = rates
        self._owner = owner
        self._lag = Lag(store.restored, registry, newest, now)
        self._reader = Reader(store, registry, rates, desk=desk, now=now)
        self._ended = ended
        self._now = now
        self._run = _Run()
        self._unclaimed: Mapping[tuple[int, int], Mapping[str, Any]] = {}
        self._held: frozenset[str] | None = None

    # What is held: in the publisher's look, in a thread -----------------------------------------------------------

    def look(self, states: Iterable[ChannelState]) -> frozenset[str]:
        """The channels that nothing may be sent to now."""
        behind = self._lag.look(states)
        if self._held != behind:  # only while a channel is held, more of them are found, on any node
            self._unclaimed = self._restored.unclaimed()
        self._held = behind
        return behind

    def due(self, behind: Iterable[str]) -> list[str]:
        """The held channels to look into now."""
        now, run = self._now(), self._run
        ready = [key for key in behind if key in self._registry.facts and key not in run.busy | run.asked]
        for key in ready:
            if key not in run.again:
                # The calls of the last minutes are not in a backup either: they count until their window is over.
                run.again[key] = now + (self._rates.horizon if self._proven(key) else timedelta())
        return [key for key in ready if run.again[key] <= now]

    def _proven(self, key: str) -> bool:
        behind = self._restored.behind().get(key)
        return behind is not None and behind.proven

    def adopt(self, delivery: Delivery, article: Article, channel: ChannelState) -> bool:
        """Settle a post that is about to be sent, and stands in its channel already; whether it does."""
        for (chat_id, message_id), value in self._unclaimed.items():
            if chat_id != channel.chat_id or delivery.kind is not DeliveryKind.POST:
                continue
            seen = Seen(value["text"], tuple(value["links"]), photo=bool(value["photo"]))
            if recognition.find(seen, [Post(delivery, article)]):
                log.info("delivery %d to %s: found as %d", delivery.id, channel.key, message_id)
                payload = self._adoption.settle(Post(delivery, article), channel, message_id, seen)
                self._unclaimed = {at: one for at, one in self._unclaimed.items() if at != (chat_id, message_id)}
                if value.get("changed"):
                    self._run.undressed.append((channel, message_id, payload))
                return True
        return False

    async def dress(self) -> None:
        """Give posts that were settled when their articles came the buttons back that they lost."""
        run = self._run
        waiting, run.undressed = run.undressed, []
        for number, (channel, message_id, payload) in enumerate(waiting):
            try:
                await self._reader.set_buttons(channel, message_id, payload)
            except ChannelError as error:
                run.undressed += waiting[number:]
                wait = error.retry_after if isinstance(error, LimitedError) else None
                await self._later(channel.key, wait or timedelta(seconds=self._registry.fail(channel.key)), error)
                return

    def to_dress(self) -> bool:
        """Whether there are posts to `dress` now."""
        now, run = self._now(), self._run
        return any(run.again.get(channel.key, now) <= now for channel, _, _ in run.undressed)

    def unfinished(self, behind: Iterable[str]) -> set[str]:
        """The channels that time alone brings on: those that are held, but not for the desk, and those to `dress`."""
        run = self._run
        return {key for key in behind if key not in run.asked} | {channel.key for channel, _, _ in run.undressed}

    # Looking: in the loop -----------------------------------------------------------------------------------------

    async def recover(self, key: str) -> None:
        """Read what the channel has and the store does not know, and let the channel flow."""
        self._run.busy.add(key)
        try:
            state = await asyncio.to_thread(self._store.channels.get, key)
            async with self._run.turns.setdefault(bucket_of(state), asyncio.Lock()):
                await self._recover(key)
        except AskError as error:
            await self._ask(key, str(error))
        except MovedError as error:
            await asyncio.to_thread(self._store.channels.move, key, error.chat_id)
        except LimitedError as error:
            await self._later(key, error.retry_after, error)
        except BarredError as error:
            await self._registry.block(key, str(error))
            await self._later(key, timedelta(seconds=60), error)
        except ChannelError as error:
            await self._later(key, timedelta(seconds=self._registry.fail(key)), error)
        finally:
            self._run.busy.discard(key)

    async def _later(self, key: str, wait: timedelta, error: ChannelError) -> None:
        log.warning("channel %s can't be read: %s", key, error)
        until = self._run.again[key] = self._now() + wait
        if isinstance(error, LimitedError):
            await asyncio.to_thread(self._store.channels.postpone, key, until)

    async def _recover(self, key: str) -> None:
        state = await asyncio.to_thread(self._store.channels.get, key)
        behind = (await asyncio.to_thread(self._restored.behind)).get(key)
        if behind is None or not await self._is_mine(state):
            self._run.again[key] = self._now() + timedelta(seconds=2)
            return
        if not self._registry.facts[key].counts:
            raise AskError("the platform does not promise how message ids grow")
        newest = behind.newest
        if state.last_message_id == 0 and newest == 0:
            newest = await self._reader.reach(state)
        if newest - state.last_message_id > MOST:
            raise AskError(f"{newest - state.last_message_id} messages are too many to be read")
        found = await self._read_on(state, newest, behind)
        await asyncio.to_thread(self._let_flow, state, found, newest)
        if behind.proven or found.matched or found.unknown:
            log.warning(
                "channel %s is caught up with: %d posts were found there, %d messages are no article's that is known",
                key,
                found.matched,
                found.unknown,
            )

    async def _is_mine(self, state: ChannelState) -> bool:
        hold = self._store.leases.hold
        return await asyncio.to_thread(hold, _lease(state), self._owner, self._now(), LIFE, ended=self._ended)

    async def _read_on(self, state: ChannelState, newest: int, behind: Behind) -> _Found:
        window = WINDOW if counts_alone(state) else SHARED_WINDOW
        window = window if behind.proven else GLANCE
        found, missing = _Found(), 0
        candidate = state.last_message_id
        while missing < window or candidate < newest:
            candidate += 1
            try:
                seen, changed = await self._reader.read(state, candidate)
            except MissingError:
                missing += 1
                continue
            except FixedError:  # somebody else's
                seen, changed = None, False
            found.gone += missing
            missing = 0
            window = WINDOW if counts_alone(state) else SHARED_WINDOW  # something is there: now it is to be known
            if seen is not None:
                await self._take(state, candidate, seen, found, changed=changed)
            await asyncio.to_thread(self._store.channels.learn_message, state.key, candidate)
            if not (behind.proven or found.matched) and candidate - state.last_message_id > GLANCE_MOST:
                return found
            if candidate - state.last_message_id > MOST:
                raise AskError(f"more than {MOST} messages are too many to be read")
            await self._is_mine(state)
        found.gone_last = min(missing, max(newest - (candidate - missing), 0))
        return found

    async def _take(self, state: ChannelState, message_id: int, seen: Seen, found: _Found, *, changed: bool) -> None:
        """Match a message; its buttons, where they were changed to read it, are put back."""
        if seen.text.strip() == MARK.plain:  # of a search that ended before it took its mark away
            await self._reader.take_away(state, message_id)
            return
        post, payload = await asyncio.to_thread(self._adoption.match, state, message_id, seen, changed)
        if post is not None:
            found.matched += 1
            found.newest_article = max(found.newest_article, post.article.id)
            log.info("delivery %d to %s: found as %d", post.delivery.id, post.delivery.channel, message_id)
        elif payload is None:
            found.unknown += 1
        if changed:
            await self._reader.set_buttons(state, message_id, payload)

    # The end ------------------------------------------------------------------------------------------------------

    def _let_flow(self, state: ChannelState, found: _Found, newest: int) -> None:
        if found.gone or found.gone_last:
            self._hold_suspects(state, found)
        self._store.channels.learn_message(state.key, newest)
        self._restored.clear(state.key)
        self._store.problems.clear(_where(state.key))
        self._lag.learn(self._store.channels.get(state.key))
        self._store.leases.release(_lease(state), self._owner)

    def _hold_suspects(self, state: ChannelState, found: _Found) -> None:
        """Where messages were taken away, what should stand in their places may have been there: it is not resent."""
        posts = [Post(*one) for one in self._restored.not_out(state.chat_id or 0) if one[0].channel == state.key]
        waiting = [post for post in posts if post.delivery.state is DeliveryState.PENDING]
        before = [post for post in waiting if found.gone and post.article.id < found.newest_article]
        after = [post for post in waiting if post.article.id > found.newest_article]
        suspects = before + after[: found.gone_last]
        for post in suspects:
            self._store.editorial.hold("recovery", self._now(), article_id=post.article.id, channel=state.key)
        if suspects:
            what = (
                f"after a restored backup {len(suspects)} posts are held, as they may have stood here and been taken "
                f"away: {_titles(suspects)}; release or retract them"
            )
            self._problem(f"held in {state.key}", what)

    async def _ask(self, key: str, why: str) -> None:
        behind = (await asyncio.to_thread(self._restored.behind)).get(key)
        if behind is not None and not behind.proven:  # nothing speaks for a lag, and it can't be looked for
            await asyncio.to_thread(self._restored.clear, key)
            return
        self._run.asked.add(key)
        log.error("channel %s is held: %s; the desk is asked", key, why)
        await asyncio.to_thread(self._note_question, key, why)

    def _note_question(self, key: str, why: str) -> None:
        behind = self._restored.behind().get(key)
        if behind is not None:
            self._restored.mark(key, replace(behind, asked=why), self._now())
        state = self._store.channels.get(key)
        posts = [Post(*one) for one in self._restored.not_out(state.chat_id or 0) if one[0].channel == key]
        what = (
            f"the store lags behind the channel, and what stands there can't be read ({why}); {len(posts)} posts would "
            f"go out: {_titles(posts)}. See which are there: `chapar channels resume {key}` sends them, with --settle "
            "they count as posted"
        )
        self._problem(_where(key), what)

    def _problem(self, where: str, what: str) -> None:
        self._store.problems.set(Problem(where=where, line=0, what=what, since=self._now(), kind="channel"))


def _lease(state: ChannelState) -> str:
    return f"recovery of {bucket_of(state)}"


def _where(key: str) -> str:
    return f"backlog of {key}"


def _titles(posts: list[Post]) -> str:
    titles = "، ".join(f"«{post.article.title}»" for post in posts[:_NAMED])
    return titles + ("، …" if len(posts) > _NAMED else "")
