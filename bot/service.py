"""The running service: every part, made from the settings and wired in one place.

    inbox --ingest--> store --publisher--> channels
                        |------write-----> feed files
                        |------app-------> pages
                        `------answers---> bot

`once` does one pass and says what failed; `run` keeps going until it is told to stop. A part is loaded where it is
made: without a token there is no Telegram, without sources no client and no parser of feeds.

Long, as it is the one composition root: each part is made here and handed to the others that need it.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import signal
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.publishing.channel import Channel, PreviewChannel
from bot.publishing.pacing import Rates
from bot.publishing.publisher import Publisher
from bot.publishing.restored.newest import Newest
from bot.publishing.routing import PREVIEW, SAMPLES, mover, placer, router, rules
from bot.running import allocation, embargoes, node
from bot.running.farewell import Farewell
from bot.running.feeds_out import FeedsOut
from bot.running.leadership import Leadership
from bot.settings import Settings
from bot.status import INBOX, status
from feeds import pipeline
from feeds.errors import ReplacedError, StoreError
from feeds.models import Article, ChannelState, Problem, Saved
from feeds.pipeline import Tally
from feeds.sources.inbox import Inbox, watch
from feeds.store import Store
from feeds.store.delivery.restored import UNCLAIMED, UNCLAIMED_FOR
from feeds.stories.coverage import Coverage
from feeds.text import colloquial
from feeds.text.colloquial import learning

if TYPE_CHECKING:
    from bot.publishing.people.people import People
    from bot.running.schedule import TickReport
    from bot.talk.commands.context import Application
    from bot.talk.once import Once
    from bot.talk.webhook import Webhook
    from feeds.sources.following.poll import Poller
    from feeds.syndication import Written

log = logging.getLogger(__name__)

STORE_SECONDS = 3
"""How often it is looked whether the store's file is still the one that was opened."""
INGEST_SECONDS = 60
FOLLOW_SECONDS = 10
"""How often it is looked which sources are due; each has a pace of its own."""
FEEDS_SECONDS = 30
PUBLISH_SECONDS = 30
PRUNE_SECONDS = 3600
KEYS_SECONDS = 60
INDEX_SECONDS = 60
"""On PostgreSQL some hundred articles that wait before the index make a search three to six times slower."""
INDEX_PAUSE_SECONDS = 0.2
"""Between two steps: whoever waits for the store's lock looks for it every tenth of a second."""
KEEP_CALLS = timedelta(hours=1)
"""For how long calls are remembered at least; longer where a rate looks further back."""
HEAD_START_SECONDS = 2.0
"""The longest that pages, feeds and bot wait for the first post of a start: to load them takes longer than to post."""
SETTLED_SECONDS = 5.0
"""After which all libraries are loaded that there is work for."""
SAMPLES_PROBLEM = "samples"
MOST_SAMPLES = 1000
SAY_SECONDS = 5
"""A long pass says how far it is that often."""
CATCH_UP_SECONDS = 300.0
"""The longest that digests wait at a start for what an outage kept back to be taken in."""
GOT_LIFE = timedelta(days=14)
"""For how long it is known who got what, so that corrections find them."""
LOST_LIFE = timedelta(days=90)
"""After so long a chat that refuses the bot is forgotten, with all that it followed."""
ENTRY_LIFE = timedelta(days=400)
"""For how long a feed's entry is remembered after it was last seen there."""
QUERY_LIFE = timedelta(days=30)
"""For how long the buttons of an old search go on working."""

WAITED_FOR = {
    "publisher": "posts under way",
    "pages": "the pages",
    "leader": "the bot",
    "watch": "the inbox",
    "store": "the store",
    "colloquial": "hazm",
}
"""What a person who pressed Ctrl-C is told of the parts."""

Progress = Callable[[Tally], None]


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Every channel that posts go to, by key; without any, the preview."""
    if not settings.channels:
        return {PREVIEW: PreviewChannel(PREVIEW)}
    from bot.publishing.telegram_channel import TelegramChannel, connect

    bot = connect(settings.token, api_url=settings.telegram_api_url, proxy=settings.telegram_proxy)
    return {key: TelegramChannel(key, bot, platform=style.platform) for key, style in settings.styles.items()}


def people_of(settings: Settings, store: Store) -> People | None:
    """Those who follow something, whom the bot writes to; None without a bot."""
    if not settings.token:
        return None
    from bot.publishing.people.letters import Letters
    from bot.publishing.people.people import People
    from bot.publishing.telegram_channel import connect

    bot = connect(settings.token, api_url=settings.telegram_api_url, proxy=settings.telegram_proxy)
    zone, platform = settings.timezone, settings.platform
    letters = Letters(store, base_url=settings.base_url, zone=zone, platform=platform)
    return People(store, bot, letters, zone=zone, platform=platform, now=lambda: datetime.now(UTC))


def rates_of(settings: Settings) -> Rates:
    """The limits to keep: the bot's, and those that channels have of their own."""
    own = {channel.key: channel.rate for channel in settings.channels if channel.rate is not None}
    return Rates(settings.telegram_rate_global, settings.telegram_rate_chat, settings.telegram_rate_group, own)


def newest_file(settings: Settings) -> Path:
    """Where the newest message ids are kept: beside the store's file, or beside the feeds for a server's database."""
    address = urlsplit(settings.database_url.get_secret_value())
    if address.scheme.startswith("sqlite"):
        file = Path(address.path.removeprefix("/"))
        return file.with_name(f"{file.name}.newest.json")
    place = f"{address.hostname}:{address.port}{address.path}"
    return settings.data_dir / f"newest-{hashlib.sha256(place.encode()).hexdigest()[:8]}.json"


class Service:
    """One node: its parts, and the passes over them. Made inside a running event loop."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.inbox = Inbox(settings.seeds_dir, source=INBOX, zone=settings.timezone)
        self._channels = channels_of(settings)
        self._rates = rates_of(settings)
        self._coverage = Coverage(store)
        owner = node.name()
        self._leadership = Leadership(store, owner)
        self._owner = owner
        self.feeds = FeedsOut(store, settings, lambda: self._leadership.leading)
        self._people = people_of(settings, store)
        self.publisher = Publisher(
            store,
            self._channels,
            rates=self._rates,
            owner=owner,
            base_url=settings.base_url,
            zone=settings.timezone,
            styles=settings.styles,
            desk=next(iter(settings.telegram_admins), None),
            newest=Newest(newest_file(settings), node.place()) if settings.channels else None,
            people=self._people,
            ended=node.has_ended,
            welcomed=self._catch_up,
            begun=self._begin,
        )
        self.stop = asyncio.Event()
        self._begun = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = threading.Event()  # the same, for threads
        self._ingesting = asyncio.Lock()
        self._following = asyncio.Lock()
        self._displaced = False
        """The store's file was deleted or replaced: nothing is taken in or sent, as it would be lost."""
        self._route = router(settings.channels, live=settings.is_live, followers=self._people is not None)
        self._move = mover(settings.channels, live=settings.is_live)
        colloquial.use(settings.data_dir)

    def request_stop(self) -> None:
        """Begin nothing new; finish what is under way."""
        self._begun.set()
        self._stopping.set()
        self.stop.set()

    def stop_on_signals(self) -> None:
        """Let SIGTERM end the service cleanly, and SIGINT (Ctrl-C) as cleanly as a person waits for."""
        loop = asyncio.get_running_loop()
        farewell = Farewell(self._under_way)

        def interrupt() -> None:
            farewell.begin()
            self.request_stop()

        loop.add_signal_handler(signal.SIGTERM, self.request_stop)
        loop.add_signal_handler(signal.SIGINT, interrupt)

    def _under_way(self) -> list[str]:
        """What has not ended yet, by its name."""
        return [WAITED_FOR.get(task.get_name(), task.get_name()) for task in self._tasks if not task.done()]

    async def once(self, progress: Progress = lambda _tally: None) -> list[str]:
        """One pass: ingest, publish, write feeds.

        Returns:
            What failed, a sentence each; empty where all went well.
        """
        taken = asyncio.Event()
        self._digests_wait()
        await asyncio.to_thread(embargoes.release, self.store)
        publishing = asyncio.create_task(self.publisher.run(taken))  # the first post need not wait for the last
        try:
            await self._ingest_whole(progress)
            await self.follow(due_only=False)
        finally:
            taken.set()
            await publishing
            self._digests_come()
        try:
            await self.publisher.drain(self.stop)
        finally:
            await self.publisher.close()
        written = await asyncio.to_thread(self.feeds.write)
        return await asyncio.to_thread(self._failures, written)

    async def run(self, listener: socket.socket) -> None:
        """Serve until `stop` is set: ticks, pages, publisher, bot. The first post goes before all else."""
        from bot.running.schedule import Schedule, Tick

        self._digests_wait()
        schedule = Schedule(
            (
                Tick("ingest", INGEST_SECONDS, self._in_place(self.ingest)),
                Tick("sources", FOLLOW_SECONDS, self._in_place(self._follow)),
                Tick("publish", PUBLISH_SECONDS, self._wake_publisher),
                Tick("feeds", FEEDS_SECONDS, self._in_place(self._write_feeds)),
                Tick("search-keys", KEYS_SECONDS, self._in_place(self._refresh_keys)),
                Tick("search-index", INDEX_SECONDS, self._in_place(self._tidy_index), at_start=False),
                Tick("prune", PRUNE_SECONDS, self._in_place(self._prune), at_start=False),
            ),
            self._report,
        )
        tasks = self._tasks = [
            asyncio.create_task(work, name=name)
            for name, work in {
                "publisher": self.publisher.run(self.stop),
                "pages": self._serve(listener),
                "feeds": self._after_first_post(self.feeds.run),
                "hub": self._after_first_post(self.feeds.tell),
                "watch": self._watch(),
                "store": self._watch_store(),
                "leader": self._leadership.run(self._answer, self.stop),
                "updates": self._listen(),
                "embargoes": embargoes.keep(self.store, self.stop, self._wake),
                "colloquial": learning.keep(self.settings.data_dir, self.stop),
            }.items()
        ]
        schedule.start()
        asyncio.get_running_loop().call_later(HEAD_START_SECONDS, self._begin)
        asyncio.get_running_loop().call_later(SETTLED_SECONDS, allocation.settle)
        stopping = asyncio.create_task(self.stop.wait())
        try:
            done, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_EXCEPTION)
            for task in done - {stopping}:
                task.result()
            await self.stop.wait()
        finally:
            self.request_stop()
            await schedule.stop()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.publisher.close()
            async with self._ingesting, self._following:  # the articles under way are finished
                pass

    async def ingest(self, progress: Progress = lambda _tally: None) -> Tally:
        """Take what is new in the inbox; the publisher hears of each article at once."""
        loop, tally = asyncio.get_running_loop(), Tally()
        said = time.monotonic()

        def take() -> None:
            nonlocal said
            for result in self._ingest():
                tally.add(result)
                progress(tally)
                if isinstance(result, Saved):
                    loop.call_soon_threadsafe(self._wake)
                if time.monotonic() - said > SAY_SECONDS:
                    said = time.monotonic()
                    log.info("ingest goes on: %d new, %d changed, %d set aside", tally.new, tally.changed, tally.broken)

        async with self._ingesting:
            await asyncio.to_thread(take)
            await asyncio.to_thread(self.mind_samples)
        if not tally.new:
            self._begin()
        if tally.stored:
            log.info("ingested: %d new, %d changed, %d set aside", tally.new, tally.changed, tally.broken)
        return tally

    async def follow(self, *, due_only: bool = True) -> Tally:
        """Take what is new in the feeds that are followed: those that are due, or all of them."""
        loop, tally = asyncio.get_running_loop(), Tally()

        def take() -> None:
            stop = self._stopping.is_set
            # Closed at once if the store fails: what waits in the round's threads would keep the process for ever.
            with closing(self._poller.poll(datetime.now(UTC), due_only=due_only)) as polls:
                for result in pipeline.follow(self.store, polls, self._route, self._coverage, self._move, stop=stop):
                    tally.add(result)
                    if isinstance(result, Saved):
                        loop.call_soon_threadsafe(self._wake)

        if self.settings.sources:
            async with self._following:
                await asyncio.to_thread(take)
        if tally.stored:
            log.info("from the sources: %d new, %d changed", tally.new, tally.changed)
        return tally

    def _catch_up(self, key: str) -> None:
        """A document in the inbox is meant to be published: a channel that is new gets those it never had."""
        rule = next(rule for rule in rules(self.settings.channels) if rule.route.channel == key)
        now = datetime.now(UTC)
        for invented in (False, True):
            route = replace(rule.route, held=rule.route.held or (invented and self.settings.is_live))

            def takes(article: Article, *, invented: bool = invented) -> bool:
                return (article.section == SAMPLES) == invented and rule.takes(article)

            if count := self.store.articles.catch_up(self.inbox.source, route, now, takes=takes):
                log.info("channel %s is new: %d articles of the inbox go to it", key, count)

    def _ingest(self) -> Iterator[Saved | Problem]:
        known = self.store.articles.fingerprints(self.inbox.source)
        read, stop = self.inbox.read(known), self._stopping.is_set
        return pipeline.ingest(self.store, read, self._route, self._move, self._coverage, stop=stop)

    def prune(self) -> None:
        """Forget what is of no use any more: old calls, the words of old searches."""
        now = datetime.now(UTC)
        self.store.outbox.prune(now, keep_calls=max(KEEP_CALLS, self._rates.horizon))
        self.store.key_values.prune("query:", now - QUERY_LIFE)
        self.store.key_values.prune(UNCLAIMED, now - UNCLAIMED_FOR)
        self.store.sources.prune(now - ENTRY_LIFE)
        self.store.updates.prune(now)
        while self.store.chats.prune(now - LOST_LIFE, now - GOT_LIFE):
            pass

    def mind_samples(self) -> None:
        """Invented news must not come before readers: say that it is held, and forget what left the inbox."""
        now = datetime.now(UTC)
        for article in self.store.articles.stored(limit=MOST_SAMPLES, held=True):
            is_sample = article.source == self.inbox.source and article.section == SAMPLES
            if is_sample and not (self.settings.seeds_dir / article.key).exists():
                self.store.editorial.retract(article.uid, now)
        count = self.store.deliveries.held_of(self.inbox.source, SAMPLES)
        if count:
            what = (
                f"{count} invented articles are held, as they would be news that never happened: delete the samples "
                f"from {self.settings.seeds_dir}, and they are forgotten; `chapar articles release UID` sends one of "
                "them all the same"
            )
            if not any(problem.where == SAMPLES_PROBLEM for problem in self.store.problems.all("samples")):
                log.warning("%s", what)
            self.store.problems.set(Problem(SAMPLES_PROBLEM, 0, what, now, "samples"))
        else:
            self.store.problems.clear(SAMPLES_PROBLEM)

    def name_forgotten(self) -> None:
        """A channel that the settings name no more takes nothing: tell the desk of what waits there for ever."""
        waiting, now = self.store.deliveries.waiting(), datetime.now(UTC)
        known = {channel.key: channel for channel in self.store.channels.all()}
        for key in {*known, *waiting} - {*self._channels, PREVIEW}:
            where = f"channel {key}"
            if self._never_was(key, known.get(key)):
                self.store.desk.forget("chapar", now, key)
                log.info("channel %s was never found and is named no more: forgotten", key)
            elif count := waiting.get(key):
                what = (
                    f"{count} posts and corrections wait, and no [[channel]] of chapar.toml names it: name it again, "
                    f"or `chapar channels forget {key}` (`--to CHANNEL` sends what waits to another)"
                )
                self.store.problems.set(Problem(where, 0, what, now, "channel"))
            else:
                self.store.problems.clear(where)

    def _never_was(self, key: str, state: ChannelState | None) -> bool:
        """Whether a name was misspelt, and nothing waits for it but what the channels of today get anyway."""
        found = state is not None and state.chat_id is not None
        return not found and not self.store.deliveries.waits_of_others(key, self.inbox.source)

    def _begin(self) -> None:
        self._begun.set()

    async def _serve(self, listener: socket.socket) -> None:
        await self._begun.wait()
        if not self.stop.is_set():
            from bot.running import server

            await server.serve(self._app(), listener, self.stop)

    async def _write_feeds(self) -> None:
        await self._begun.wait()
        await self.feeds.write_all()

    async def _after_first_post(self, work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        await self._begun.wait()
        await work(self.stop)

    def _wake(self) -> None:
        """An article is stored: it is posted, and its feeds are written."""
        self.publisher.wake()
        self.feeds.wake()

    async def _answer(self, over: asyncio.Event) -> None:
        """The leader's duty: one node polls Telegram for all, as two would take each other's updates."""
        await asyncio.to_thread(self.name_forgotten)
        await self._begun.wait()
        if not self.settings.token:
            return
        from bot.talk import application

        if self.settings.telegram_webhook:
            from bot.talk.webhook import PATH, secret_of

            address, secret = f"{self.settings.telegram_webhook}{PATH}", secret_of(self.settings.token)
            await application.lead(self._bot(), address, secret, over)
        else:
            await application.run(self._bot(), over)

    async def _listen(self) -> None:
        """Where updates come by webhook, every node handles those that come to it."""
        await self._begun.wait()
        if self.settings.token and self.settings.telegram_webhook and not self.stop.is_set():
            from bot.talk import application

            await application.listen(self._bot(), self._webhook, self.stop)

    def _digests_wait(self) -> None:
        """After an outage a digest is to hold what that kept back: first that is taken in."""
        if self._people is not None:
            self._people.complete = False
            asyncio.get_running_loop().call_later(CATCH_UP_SECONDS, self._digests_come)

    def _digests_come(self) -> None:
        if self._people is not None:
            self._people.complete = True

    async def _follow(self) -> None:
        if self._leadership.leading:
            await self.follow()
            self._digests_come()

    async def _prune(self) -> None:
        if self._leadership.leading:
            await asyncio.to_thread(self.prune)
            await asyncio.to_thread(self.name_forgotten)

    async def _refresh_keys(self) -> None:
        """After an upgrade that changes how articles are found, make their keys anew, a few at a time."""
        done = 0
        while self._leadership.leading and not self.stop.is_set():
            count = await asyncio.to_thread(self.store.articles.refresh_keys)
            if not count:
                break
            done += count
        if done:
            log.info("search keys made anew: %d articles", done)

    async def _tidy_index(self) -> None:
        """Keep searches quick, in short steps that let everybody else through."""
        while self._leadership.leading and not self.stop.is_set():
            if not await asyncio.to_thread(self.store.articles.tidy_index):
                break
            await asyncio.sleep(INDEX_PAUSE_SECONDS)

    async def _wake_publisher(self) -> None:
        self.publisher.wake()

    async def _watch(self) -> None:
        """Ingest as soon as something changes in the inbox, or a file that was being written is whole."""
        await self._begun.wait()
        async for _change in watch(self.settings.seeds_dir, self.stop):
            try:
                await self._in_place(self._ingest_whole)()
            except Exception:
                log.exception("the inbox could not be taken in; the next tick tries again")

    async def _watch_store(self) -> None:
        """Notice that the store's file is another, or none; say so once, also to the desk, whose store is gone."""
        while not self.stop.is_set():
            try:
                await asyncio.to_thread(self.store.key_values.get, "store")
            except ReplacedError as error:
                if not self._displaced:
                    log.critical("%s", error)
                    await self._cry(str(error))
                self._displaced = True
            except StoreError as error:  # locked, full: it comes back, and others say so
                log.debug("the store can't be looked at: %s", error)
            else:
                self._displaced = False
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), STORE_SECONDS)

    async def _cry(self, what: str) -> None:
        """Tell the desk past the store: once, outside the limits, which are counted there."""
        settings = self.settings
        if not settings.token or not settings.telegram_admins:
            return
        from bot.publishing.telegram_channel import connect
        from bot.talk.alerts import Alerts

        bot = connect(settings.token, api_url=settings.telegram_api_url, proxy=settings.telegram_proxy)
        try:
            await Alerts(self.store, settings.telegram_admins, platform=settings.platform).cry(
                bot, "DATABASE_URL", what
            )
        finally:
            await bot.request.shutdown()

    def _in_place(self, do: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        """What is done while the store's file is in place; that it is not, `_watch_store` says."""

        async def done() -> None:
            if not self._displaced:
                with suppress(ReplacedError):
                    await do()

        return done

    async def _ingest_whole(self, progress: Progress = lambda _tally: None) -> None:
        """Ingest, and again until no file is being written to any more."""
        await self.ingest(progress)
        while self.inbox.again_in is not None and not self.stop.is_set():
            await asyncio.sleep(self.inbox.again_in)
            await self.ingest(progress)

    async def _report(self, report: TickReport) -> None:
        value = {"began": report.began.isoformat(), "seconds": round(report.seconds, 3), "error": report.error}
        with suppress(ReplacedError):
            await asyncio.to_thread(self.store.key_values.put, f"tick:{report.name}", value, report.began)

    def _failures(self, written: Written) -> list[str]:
        counts = self.store.deliveries.counts(self._channels)
        waiting = {state: count for state, count in counts.items() if state in UNSETTLED and count}
        return [
            *(f"{p.where}:{p.line}: {p.what}" if p.line else f"{p.where}: {p.what}" for p in self.store.problems.all()),
            *(f"{number} deliveries are {state}" for state, number in waiting.items()),
            *written.problems,
        ]

    @cached_property
    def _poller(self) -> Poller:
        from feeds.sources.following.poll import Poller

        return Poller(self.store, self.settings.sources, proxy=self.settings.feed_proxy)

    def _app(self) -> Any:
        from bot.contacts import contacts
        from bot.running import connections
        from feeds.web.app import create_app
        from feeds.web.desk_door import DeskDoor

        pages = create_app(
            self.store,
            public_url=self.settings.base_url,
            feeds_dir=self.settings.feeds_dir,
            zone=self.settings.timezone,
            status=lambda: status(self.settings, self.store),
            door=DeskDoor(self.settings.key_of_status, local=not self.settings.is_public),
            site=self.feeds.site,
            changed=self.feeds.wake,
            strain=connections.strain,
            contacts=lambda: contacts(self.settings, self.store),
        )
        if not (self.settings.token and self.settings.telegram_webhook):
            return pages
        self._webhook.pages = pages
        return self._webhook

    @cached_property
    def _webhook(self) -> Webhook:
        from bot.talk.webhook import Webhook

        return Webhook(self.settings.token, self._once)

    @cached_property
    def _once(self) -> Once:
        from bot.talk.once import Once

        return Once(self.store, self._owner, ended=node.has_ended)

    def _bot(self) -> Application:
        from bot.contacts import contacts
        from bot.talk import application
        from bot.talk.answers import Answers
        from bot.talk.replies import ReplyPacer

        answers = Answers(
            self.store,
            self.settings.timezone,
            self.settings.base_url,
            contacts=lambda: contacts(self.settings, self.store),
            follows=True,
        )
        return application.build(
            self.settings.token,
            answers,
            ReplyPacer(self.store, self._rates, desk=self.settings.telegram_admins),
            api_url=self.settings.telegram_api_url,
            proxy=self.settings.telegram_proxy,
            admins=self.settings.telegram_admins,
            platform=self.settings.platform,
            placer=placer(self.settings.channels),
            once=self._once,
        )


UNSETTLED = {"pending", "sending", "uncertain", "dead"}
