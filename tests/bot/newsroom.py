"""A newsroom for the tests of delivery: a store, a Bot API server, publishers, and a clock that jumps."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram_server.api import Api
from telegram_server.chats import Chat, Message
from telegram_server.server import TelegramServer
from telegram_server.virtual_time import VirtualTimeLoop

from bot.publishing.channel import Channel, PreviewChannel
from bot.publishing.pacing import Rates
from bot.publishing.people.letters import Letters
from bot.publishing.people.people import People
from bot.publishing.publisher import Publisher
from bot.publishing.telegram_channel import TelegramChannel, connect
from feeds.models import Article, Document, Draft, Image, Route, Summary
from feeds.store import Store, open_store
from feeds.store.archive.arrivals import Arrival
from feeds.store.following.chats import key_of
from feeds.store.following.topics import Topic, of_province

BEGIN = datetime(2025, 9, 24, 8, 30, tzinfo=UTC)
"""When the virtual clock begins: noon in Tehran."""
TEHRAN = ZoneInfo("Asia/Tehran")
CHANNEL = -1001000000001
QOM = of_province("qom", "استان قم")
PICTURE = "https://news.example.com/1.jpg"


def draft(number: int, *, title: str = "", body: str = "", revision: int = 1, **facts: Any) -> Draft:
    """An article of its own; higher numbers are newer."""
    title = title or f"خبر شمارهٔ {number} از نسخهٔ {revision}"
    body = body or f"متن خبر {number} در نسخهٔ {revision} آمد.\n\nبند دوم خبر {number} هم آمد."
    lead = body.split("\n", 1)[0]
    document = Document(
        "tests",
        f"article-{number}",
        title,
        body,
        BEGIN - timedelta(days=1) + timedelta(seconds=number),
        agency="خبرگزاری آزمون",
        url=f"https://news.example.com/{number}",
        fingerprint=f"{number}:{revision}:{title}",
    )
    written = Draft(document, title, lead, body, Summary(lead), ("qom",), "خبرگزاری آزمون")
    return replace(written, **facts)


def illustrated(number: int, **facts: Any) -> Draft:
    """The same, with a picture."""
    told = draft(number, **facts)
    return replace(told, document=replace(told.document, image=Image(PICTURE)))


@dataclass
class Newsroom:
    """Everything that delivery needs, in one event loop of virtual time."""

    store: Store
    server: TelegramServer
    loop: asyncio.AbstractEventLoop
    rates: Rates = field(default_factory=Rates)
    publishers: list[Publisher] = field(default_factory=list)

    @property
    def api(self) -> Api:
        return self.server.api

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.loop.time())

    def save(self, *drafts: Draft, to: Sequence[int | str] = (CHANNEL,), held: bool = False) -> list[Article]:
        routes = [Route(str(chat), held) for chat in to]
        arrivals = [Arrival(written, routes) for written in drafts]
        return [saved.article for saved in self.store.articles.save_all(arrivals, self.now())]

    def open_channel(self, chat_id: int = CHANNEL, **facts: Any) -> Chat:
        return self.api.add_channel(chat_id, **facts)

    def preview(self) -> Publisher:
        """A node of a desk that has no channel yet."""
        return self.made("node-1", {"preview": PreviewChannel()})

    def publisher(self, owner: str = "node-1", **settings: Any) -> Publisher:
        """A node of its own, with connections of its own."""
        bot = connect(self.api.token, api_url=self.server.url)
        places = [chat for number, chat in self.api.chats.items() if number < 0 or number > 100_000]
        keys = [key for chat in places for key in (f"{chat.id}", *(f"{chat.id}/{topic}" for topic in chat.topics))]
        made = {key: TelegramChannel(key, bot, platform=self.api.platform) for key in keys}
        return self.made(owner, made, **settings)

    def people(self) -> People:
        """Those who follow something, for a publisher."""
        bot = connect(self.api.token, api_url=self.server.url)
        letters = Letters(self.store, base_url="https://chapar.example.com", zone=TEHRAN, platform=self.api.platform)
        return People(self.store, bot, letters, zone=TEHRAN, platform=self.api.platform, now=self.now)

    def follow(self, *users: int, topic: Topic = QOM) -> list[Chat]:
        """People who have started the bot and follow something; their chats."""
        for user in users:
            chat = self.api._private(user)
            newest = chat.add(Message(chat.take_id(), user, 0, text="/follow", by_bot=False)).id
            self.store.chats.follow(key_of(user), topic, self.now(), newest=newest)
        return [self.api.chats[user] for user in users]

    def made(self, owner: str, channels: Mapping[str, Channel], **settings: Any) -> Publisher:
        """A node with these channels."""
        made = Publisher(
            self.store,
            channels,
            rates=settings.pop("rates", self.rates),
            owner=owner,
            base_url="https://chapar.example.com",
            zone=TEHRAN,
            now=self.now,
            **settings,
        )
        self.publishers.append(made)
        return made

    async def drain(self, publisher: Publisher | None = None, *, seconds: float = 100_000) -> None:
        """Publish until there is nothing left to do."""
        async with asyncio.timeout(seconds):
            await (publisher or self.publisher()).drain(asyncio.Event())

    async def run_for(self, publisher: Publisher, seconds: float) -> None:
        """Let a node work for a while, and stop it as SIGTERM does."""
        stop = asyncio.Event()
        running = asyncio.create_task(publisher.run(stop))
        await asyncio.sleep(seconds)
        stop.set()
        await running

    @property
    def counts(self) -> dict[str, int]:
        return {state: number for state, number in self.store.deliveries.counts().items() if number}


def play(store_url: str, story: Callable[[Newsroom], Awaitable[None]], *, latency: float = 0.0) -> None:
    """Run a story in virtual time."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = TelegramServer(Api(clock=lambda: BEGIN.timestamp() + loop.time()), latency=latency)
        await server.start()
        newsroom = Newsroom(open_store(store_url), server, loop)
        try:
            await story(newsroom)
        finally:
            for publisher in newsroom.publishers:
                await publisher.close()
            await server.stop()
            newsroom.store.close()  # a story may have put another in its place

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(run())
