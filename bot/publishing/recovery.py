"""A store that lags behind its channels, as after a restored backup: look what is there before anything is sent.

    held       nothing goes to a channel that the store lags behind, or may
    read       its messages after the last one known, upwards, until there are no more
    matched    with the posts that wait (`recognition`): those are settled as sent, with their ids
    kept       what is no article's yet, as the article may come again from its source: settled then, not sent
    asked      the desk, where messages can't be read

A message is read from a forward into the desk's chat. Without one, a post of the bot's own is read from the answer to a
change of its buttons, which leaves its text alone; an identical edit (`reconcile`) would be no safe question here, as
several posts of our own are unknown, and it would overwrite all but one of them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.posts.payload import Payload
from bot.publishing import recognition
from bot.publishing.channel import CALL_SECONDS, Channel, Seen
from bot.publishing.errors import (
    BarredError,
    FixedError,
    LimitedError,
    MissingError,
    MovedError,
    RefusedError,
    UnknownError,
)
from bot.publishing.newest import Newest
from bot.publishing.pacing import Rates
from bot.publishing.recognition import Post
from bot.publishing.reconcile import MARK, SHARED_WINDOW, WINDOW, counts_alone
from bot.publishing.registry import ChannelRegistry
from bot.publishing.writer import Writer
from feeds.errors import ChannelError
from feeds.models import Article, ChannelState, Delivery, DeliveryKind, Problem
from feeds.store import Store
from feeds.store.delivery.claims import bucket_of
from feeds.store.delivery.restored import ALL, Behind

log = logging.getLogger(__name__)

MOST = 2000
"""Messages that are read; a channel that went further than that needs a person (they would take two hours)."""
GLANCE, GLANCE_MOST = 2, 50
"""Where nothing speaks for a lag: ids with nothing there that do, and messages of others that do."""
LIFE = timedelta(seconds=60)
CALL_LEASE = timedelta(seconds=CALL_SECONDS + 15)
_NAMED = 3
"""Titles that the desk is told."""


class _AskError(Exception):
    """Only the desk can tell."""


@dataclass(slots=True)
class _Found:
    """What the messages of a channel came to."""

    matched: int = 0
    unknown: int = 0
    gone: int = 0
    """Ids with nothing there, between messages."""
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
        self._writer = writer
        self._rates = rates
        self._owner = owner
        self._newest = newest
        self._desk = desk
        self._ended = ended
        self._now = now
        self._run = _Run()
        self._glanced: set[str] = set()
        self._unclaimed: Mapping[tuple[int, int], Mapping[str, Any]] = {}
        self._held: frozenset[str] | None = None

    # What is held: in the publisher's look, in a thread -----------------------------------------------------------

    def look(self, states: Iterable[ChannelState]) -> frozenset[str]:
        """The channels that nothing may be sent to now; those that lag are found here."""
        served = [state for state in states if state.key in self._registry.facts]
        served = [state for state in served if not self._registry.channels[state.key].stored]
        behind = self._restored.behind()
        if ALL in behind:
            keys = [key for key, channel in self._registry.channels.items() if not channel.stored]
            self._restored.spread(behind[ALL], keys, self._now())
            behind = dict.fromkeys(keys, behind[ALL]) | {key: one for key, one in behind.items() if key != ALL}
        for key, found in self._suspected(served).items():
            known = behind.get(key)
            if known is None or found.newest > known.newest or (found.proven and not known.proven):
                behind[key] = replace(found, asked=known.asked if known else "")
                self._restored.mark(key, behind[key], self._now())
                if found.proven:
                    log.warning("channel %s is held: %s", key, found.why)
        if self._newest is not None:
            self._newest.learn(state for state in served if state.key not in behind)
        if self._held != behind.keys():  # only while a channel is held, more of them are found, on any node
            self._unclaimed = self._restored.unclaimed()
        self._held = frozenset(behind)
        return self._held

    def _suspected(self, served: Iterable[ChannelState]) -> dict[str, Behind]:
        if self._newest is None:
            return {}
        served = list(served)
        why = "the store does not know its newest messages, as after a backup was put in place"
        found = {key: Behind(why, newest=newest) for key, newest in self._newest.lagging(served).items()}
        for state in served:
            if state.key in self._glanced:
                continue
            self._glanced.add(state.key)
            if not self._newest.vouches and state.last_message_id and state.key not in found:
                found[state.key] = Behind("it is looked whether the store is as new as the channel", proven=False)
        return found

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
                payload = self._settle(Post(delivery, article), channel, message_id, seen)
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
                await self._set_buttons(channel, message_id, payload)
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
        state = await asyncio.to_thread(self._store.channels.get, key)
        try:
            async with self._run.turns.setdefault(bucket_of(state), asyncio.Lock()):
                await self._recover(key)
        except _AskError as error:
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
            raise _AskError("the platform does not promise how message ids grow")
        newest = behind.newest
        if state.last_message_id == 0 and newest == 0:
            newest = await self._reach(state)
        if newest - state.last_message_id > MOST:
            raise _AskError(f"{newest - state.last_message_id} messages are too many to be read")
        found = await self._read_on(state, newest, behind)
        await self._finish(state, found, behind)

    async def _is_mine(self, state: ChannelState) -> bool:
        hold = self._store.leases.hold
        name, now = f"recovery of {bucket_of(state)}", self._now()
        return await asyncio.to_thread(hold, name, self._owner, now, LIFE, ended=self._ended)

    async def _read_on(self, state: ChannelState, newest: int, behind: Behind) -> _Found:
        window = WINDOW if counts_alone(state) else SHARED_WINDOW
        window = window if behind.proven else GLANCE
        found, missing = _Found(), 0
        candidate = state.last_message_id
        while missing < window or candidate < newest:
            candidate += 1
            try:
                seen, changed = await self._read(state, candidate)
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
                raise _AskError(f"more than {MOST} messages are too many to be read")
            await self._is_mine(state)
        return found

    async def _take(self, state: ChannelState, message_id: int, seen: Seen, found: _Found, *, changed: bool) -> None:
        """Match a message; its buttons, where they were changed to read it, are put back."""
        if seen.text.strip() == MARK.plain:  # of a search that ended before it took its mark away
            with suppress(RefusedError):
                async with self._permitted(state):
                    await self._channel(state).delete(state, message_id)
            return
        post, payload = await asyncio.to_thread(self._match, state, message_id, seen, changed)
        if post is not None:
            found.matched += 1
            found.newest_article = max(found.newest_article, post.article.id)
            log.info("delivery %d to %s: found as %d", post.delivery.id, post.delivery.channel, message_id)
        elif payload is None:
            found.unknown += 1
        if changed:
            await self._set_buttons(state, message_id, payload)

    async def _set_buttons(self, state: ChannelState, message_id: int, payload: Payload | None) -> None:
        with suppress(RefusedError):
            async with self._permitted(state):
                await self._channel(state).set_buttons(state, message_id, payload)

    def _match(
        self, state: ChannelState, message_id: int, seen: Seen, changed: bool
    ) -> tuple[Post | None, Payload | None]:
        """The post that a message is, if it waited, and what it shows, if that is known."""
        chat_id = state.chat_id or 0
        if (known := self._restored.posted_as(chat_id, message_id)) is not None:  # the last try came as far as this
            return None, Payload.from_dict(known)
        post = recognition.find(seen, [Post(*one) for one in self._restored.not_out(chat_id)])
        if post is None:
            if recognition.may_be_a_post(seen):
                self._restored.keep(chat_id, message_id, {**asdict(seen), "changed": changed}, self._now())
            return None, None
        channel = state if post.delivery.channel == state.key else self._store.channels.get(post.delivery.channel)
        return post, self._settle(post, channel, message_id, seen)

    def _settle(self, post: Post, channel: ChannelState, message_id: int, seen: Seen) -> Payload:
        """The message is the post: remember it in the form that it has."""
        delivery, article, now = post.delivery, post.article, self._now()
        as_it_is = replace(delivery, payload=None if seen.photo else {"as_text": True})
        facts = self._registry.facts.get(channel.key)
        payload = self._writer.payload(article, as_it_is, channel, bot=facts.bot if facts else "", now=now) or {}
        if seen.photo and not payload.get("photo"):
            payload["photo"] = article.image.url if article.image else "photo"
        written = Payload.from_dict(payload)
        retracted = recognition.is_retracted(seen)
        stale = not retracted and not recognition.tells_the_same(seen, written.visible)
        self._restored.settle(delivery, article, (channel.chat_id, message_id), payload, now, stale=stale)
        if retracted and article.retracted is None:
            what = (
                f"the post «{article.title}» says that it was retracted, which the store does not know any more; "
                f"`chapar articles retract {article.uid}`"
            )
            self._problem(f"retraction of {article.uid} in {channel.key}", what)
        return written

    async def _read(self, state: ChannelState, message_id: int) -> tuple[Seen, bool]:
        """A message, and whether its buttons were changed to read it."""
        channel = self._channel(state)
        if self._desk is not None:
            try:
                async with self._permitted(state, chat_id=self._desk):
                    return await channel.read(state, message_id, self._desk), False
            except (BarredError, FixedError) as error:  # the desk never started the bot, or the chat is protected
                log.info("message %d of %s can't be forwarded to the desk: %s", message_id, state.key, error)
        if self._registry.facts[state.key].may_edit_others:
            raise _AskError("the bot may edit other people's posts, and there is no desk chat to read them in")
        async with self._permitted(state):
            return await channel.read_own(state, message_id), True

    async def _reach(self, state: ChannelState) -> int:
        """The newest message of a chat of which nothing is known, by a mark that is taken away at once."""
        channel = self._channel(state)
        async with self._permitted(state):
            mark = await channel.send(state, MARK)
        with suppress(RefusedError):
            async with self._permitted(state):
                await channel.delete(state, mark)
        return mark

    # The end ------------------------------------------------------------------------------------------------------

    async def _finish(self, state: ChannelState, found: _Found, behind: Behind) -> None:
        await asyncio.to_thread(self._let_flow, state, found)
        if behind.proven or found.matched or found.unknown:
            log.warning(
                "channel %s is caught up with: %d posts were found there, %d messages are no article's that is known",
                state.key,
                found.matched,
                found.unknown,
            )

    def _let_flow(self, state: ChannelState, found: _Found) -> None:
        if found.gone:
            self._hold_suspects(state, found)
        self._restored.clear(state.key)
        self._store.problems.clear(_where(state.key))
        if self._newest is not None:
            self._newest.learn([self._store.channels.get(state.key)])

    def _hold_suspects(self, state: ChannelState, found: _Found) -> None:
        """What should stand before a post that was found, where messages were taken away: it may have been one."""
        suspects = [
            Post(delivery, article)
            for delivery, article in self._restored.not_out(state.chat_id or 0)
            if delivery.channel == state.key and article.id < found.newest_article and delivery.state == "pending"
        ]
        for post in suspects:
            self._store.desk.hold("recovery", self._now(), article_id=post.article.id, channel=state.key)
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

    def _channel(self, state: ChannelState) -> Channel:
        return self._registry.channels[state.key]

    @asynccontextmanager
    async def _permitted(self, state: ChannelState, *, chat_id: int | None = None) -> AsyncIterator[None]:
        """Wait until the limits allow one more call to the channel (or to another chat)."""
        bucket = bucket_of(state) if chat_id is None else str(chat_id)
        rate = self._rates.of_channel(state) if chat_id is None else self._rates.of(chat_id)
        calls, overall = self._store.calls, self._rates.overall
        while True:
            now = self._now()
            begin = await asyncio.to_thread(calls.begin, bucket, rate=rate, overall=overall, now=now, lease=CALL_LEASE)
            if isinstance(begin, int):
                break
            await asyncio.sleep(max((begin - self._now()).total_seconds(), 0.0))
        try:
            async with asyncio.timeout(CALL_SECONDS):
                yield
        except TimeoutError:
            raise UnknownError("no answer in time") from None
        finally:
            await asyncio.to_thread(calls.end, begin, self._now())


def _where(key: str) -> str:
    return f"backlog of {key}"


def _titles(posts: list[Post]) -> str:
    titles = "، ".join(f"«{post.article.title}»" for post in posts[:_NAMED])
    return titles + ("، …" if len(posts) > _NAMED else "")
