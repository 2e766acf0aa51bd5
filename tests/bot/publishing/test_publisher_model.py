"""Delivery as a model: whatever happens in whatever order, each article is once in each channel, in order, complete.

What the desk withdraws is marked, or taken away where the channel says so; what it restores stands again.
"""

from __future__ import annotations

import asyncio
import random
import re
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from empty_store import empty_store
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from newsroom import BEGIN, Newsroom, draft, illustrated
from telegram_server.api import Api
from telegram_server.chats import Chat, Message
from telegram_server.faults import Kind
from telegram_server.server import TelegramServer
from telegram_server.virtual_time import VirtualTimeLoop

from bot.posts.style import Style
from bot.publishing.publisher import Publisher
from feeds.models import Route
from feeds.store import open_store

CHANNELS = (-1001000000001, -1001000000002)
FORUM, TOPIC = -1001000000003, 5
PLACES = (*CHANNELS, FORUM, f"{FORUM}/{TOPIC}")
STYLES = {str(CHANNELS[1]): Style(retraction="delete")}
TITLE = re.compile(r"(🔹|❌).* شمارهٔ (\d+) از نسخهٔ (\d+)$")
FAULTS = [kind for kind in Kind if kind not in (Kind.BLOCKED, Kind.REFUSED)]


class Simulation:
    """Nodes that come and go around one store and one Bot API server."""

    def __init__(self, folder: Path, *, seed: int = 0) -> None:
        self._stack = ExitStack()
        self._runner = self._stack.enter_context(asyncio.Runner(loop_factory=VirtualTimeLoop))
        loop = self._runner.get_loop()
        self.server = TelegramServer(Api(clock=lambda: BEGIN.timestamp() + loop.time()), latency=0.05)
        self.server.api.faults.rng = random.Random(seed)
        store = self._stack.enter_context(open_store(empty_store(folder)))
        self.newsroom = Newsroom(store, self.server, loop)
        for chat_id in CHANNELS:
            self.server.api.add_channel(chat_id, next_id=chat_id % 977 + 1)
        self.server.api.add_channel(FORUM, kind="supergroup", topics={TOPIC}, next_id=700)
        self.nodes: dict[str, tuple[Publisher, asyncio.Task[None]]] = {}
        self.dead: set[str] = set()
        self.articles: dict[int, int] = {}
        """The newest revision of each."""
        self.uids: list[str] = []
        self.stories: list[int] = []
        """Of each article, the one that began its story."""
        self.withdrawn: set[int] = set()
        self.delayed: set[int] = set()
        """What the desk had in its hand: it may come after what is newer."""
        self.serving = False
        self.born = 0
        self.serve()

    def serve(self) -> None:
        self._runner.run(self.server.start())
        self.serving = True

    def cut(self) -> None:
        self._runner.run(self.server.stop())
        self.serving = False

    def write(self, count: int) -> None:
        for _ in range(count):
            number = len(self.articles)
            self._write(number, goes_on=None)

    def write_sequel(self, first: int) -> None:
        """What goes on with a story."""
        self._write(len(self.articles), goes_on=first)

    def _write(self, number: int, *, goes_on: int | None) -> None:
        self.articles[number] = 1
        written = (illustrated if number % 3 == 1 else draft)(number)
        routes = [Route(str(place)) for place in PLACES]
        began = "" if goes_on is None else self.uids[goes_on]
        saved = self.newsroom.store.articles.save(written, routes, self.newsroom.now(), goes_on=began)
        self.uids.append(saved.article.uid)
        self.stories.append(number if goes_on is None else self.stories[goes_on])

    def withdraw(self, number: int) -> None:
        self.newsroom.store.editorial.retract(self.uids[number], self.newsroom.now())
        self.withdrawn.add(number)
        self.delayed.add(number)

    def restore(self, number: int) -> None:
        self.newsroom.store.editorial.restore(self.uids[number], self.newsroom.now())
        self.withdrawn.discard(number)

    def hold(self, number: int) -> None:
        article = self.newsroom.store.articles.by_uid(self.uids[number])
        assert article is not None
        self.newsroom.store.editorial.hold("editor", self.newsroom.now(), article_id=article.id)
        self.delayed.add(number)

    def give_time(self, number: int, seconds: float) -> None:
        """Hold an article until a moment, at which it goes by itself."""
        article = self.newsroom.store.articles.by_uid(self.uids[number])
        assert article is not None
        until = self.newsroom.now() + timedelta(seconds=seconds)
        self.newsroom.store.editorial.embargo("editor", self.newsroom.now(), article_id=article.id, until=until)
        self.delayed.add(number)

    def release(self) -> None:
        self.newsroom.store.editorial.release("editor", self.newsroom.now())

    def close_places(self) -> None:
        """The bot loses its rights in a channel, and a topic is closed."""
        self.server.api.chats[CHANNELS[0]].may_post = False
        self.server.api.chats[FORUM].closed.add(TOPIC)

    def open_places(self) -> None:
        self.server.api.chats[CHANNELS[0]].may_post = True
        self.server.api.chats[FORUM].closed.clear()

    def correct(self, number: int) -> None:
        self.articles[number] += 1
        written = illustrated if number % 3 and self.articles[number] % 3 else draft  # pictures come and go
        self.newsroom.save(written(number, revision=self.articles[number]), to=PLACES)

    def start_node(self) -> str:
        async def start() -> None:
            publisher = self.newsroom.publisher(owner, ended=lambda former: former in self.dead, styles=STYLES)
            self.nodes[owner] = publisher, asyncio.create_task(publisher.run(asyncio.Event()))

        self.born += 1
        owner = f"node-{self.born}"
        self._runner.run(start())
        return owner

    def kill(self, owner: str, *, known: bool) -> None:
        """As `kill -9`: nothing is settled any more, and whether others know of it depends."""

        async def kill() -> None:
            publisher, running = self.nodes.pop(owner)
            doomed = [running, *publisher._tasks]
            for task in doomed:
                task.cancel()
            await asyncio.gather(*doomed, return_exceptions=True)

        self._runner.run(kill())
        if known:
            self.dead.add(owner)

    def pass_time(self, seconds: float) -> None:
        self._runner.run(asyncio.sleep(seconds))
        self.newsroom.store.editorial.release_due(self.newsroom.now())

    def finish(self) -> None:
        """Let everything come to its end, without further faults."""
        if not self.serving:
            self.serve()
        api = self.server.api
        self.open_places()
        self.release()
        self.newsroom.store.editorial.release_due(self.newsroom.now() + timedelta(days=1))
        api.faults.planned.clear()
        api.faults.chances.clear()
        if not self.nodes:
            self.start_node()
        for _ in range(10_000):
            counts = self.newsroom.store.deliveries.counts()
            if not counts["pending"] + counts["sending"] + counts["uncertain"]:
                break
            self.pass_time(20)
        for _ in range(60):  # where nothing is left to post, it is still to be noticed that the bot may post again
            if not self.newsroom.store.problems.all("channel"):
                break
            self.pass_time(60)

    def close(self) -> None:
        async def close() -> None:
            for publisher in self.newsroom.publishers:
                await publisher.close()
            await self.server.stop()

        for owner in list(self.nodes):
            self.kill(owner, known=True)
        self._runner.run(close())
        self._stack.close()

    def check(self) -> None:
        """Each article once in each place, in the order of publication, with its newest text, and nothing else."""
        chats = self.server.api.chats
        forum: Chat = chats[FORUM]
        for thread in (None, TOPIC):
            self._check_place([m for _, m in sorted(forum.messages.items()) if m.thread == thread], deletes=False)
        for chat_id in CHANNELS:
            self._check_place([m for _, m in sorted(chats[chat_id].messages.items())], deletes=str(chat_id) in STYLES)
        assert self.newsroom.counts.keys() <= {"sent", "skipped"}
        assert self.newsroom.store.problems.all("channel") == ()
        assert self.server.api.limits.during_penalty == 0

    def _check_place(self, messages: list[Message], *, deletes: bool) -> None:
        standing: dict[int, Message] = {}
        for message in messages:
            text = message.text or message.caption
            match = TITLE.match(text.splitlines()[0])
            assert match is not None, text
            number, revision = int(match[2]), int(match[3])
            assert number not in standing, f"{number} is there twice"
            standing[number] = message
            if number in self.withdrawn:
                assert match[1] == "❌"
                assert not deletes
            else:
                assert (match[1], revision) == ("🔹", self.articles[number])
                assert f"متن خبر {number} در نسخهٔ {revision} آمد.\n\nبند دوم خبر {number} هم آمد." in text
        assert standing.keys() >= self.articles.keys() - self.withdrawn
        in_turn = [number for number in standing if number not in self.delayed]
        assert in_turn == sorted(in_turn)
        for number, message in standing.items():
            self._check_answer(number, message, standing)

    def _check_answer(self, number: int, message: Message, standing: dict[int, Message]) -> None:
        """A sequel answers a post of its story; surely so where what began it went out before it in its turn."""
        first = self.stories[number]
        told = [one.id for other, one in standing.items() if self.stories[other] == first and one.id < message.id]
        if not self.delayed & {other for other, began in enumerate(self.stories) if began == first}:
            assert message.reply_to == (min(told) if told else None)


@settings(
    max_examples=5,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a run takes a second: shrinking would take minutes
)
class DeliveryMachine(RuleBasedStateMachine):
    """Hypothesis chooses what happens; the simulation says what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.simulation = Simulation(Path(self._folder.name))

    @initialize(count=st.integers(1, 4))
    def begin(self, count: int) -> None:
        self.simulation.write(count)
        self.simulation.start_node()

    @rule(count=st.integers(1, 4))
    def articles_come(self, count: int) -> None:
        self.simulation.write(count)

    @rule(data=st.data())
    def an_article_is_corrected(self, data: st.DataObject) -> None:
        self.simulation.correct(data.draw(st.sampled_from(sorted(self.simulation.articles))))

    @rule(data=st.data())
    def a_story_goes_on(self, data: st.DataObject) -> None:
        self.simulation.write_sequel(data.draw(st.sampled_from(sorted(self.simulation.articles))))

    @rule(data=st.data())
    def an_article_is_withdrawn(self, data: st.DataObject) -> None:
        self.simulation.withdraw(data.draw(st.sampled_from(sorted(self.simulation.articles))))

    @precondition(lambda self: self.simulation.withdrawn)
    @rule(data=st.data())
    def an_article_is_restored(self, data: st.DataObject) -> None:
        self.simulation.restore(data.draw(st.sampled_from(sorted(self.simulation.withdrawn))))

    @rule(data=st.data())
    def an_article_is_held(self, data: st.DataObject) -> None:
        self.simulation.hold(data.draw(st.sampled_from(sorted(self.simulation.articles))))

    @rule(data=st.data(), seconds=st.sampled_from([0.5, 30, 3600]))
    def an_article_is_given_its_time(self, data: st.DataObject, seconds: float) -> None:
        self.simulation.give_time(data.draw(st.sampled_from(sorted(self.simulation.articles))), seconds)

    @rule()
    def what_is_held_is_released(self) -> None:
        self.simulation.release()

    @rule(closed=st.booleans())
    def the_bot_loses_its_rights_or_has_them_back(self, closed: bool) -> None:
        (self.simulation.close_places if closed else self.simulation.open_places)()

    @rule(seconds=st.sampled_from([0.0, 0.04, 0.06, 0.11, 1, 7, 40, 90]))
    def time_passes(self, seconds: float) -> None:
        self.simulation.pass_time(seconds)

    @rule(kind=st.sampled_from(FAULTS), method=st.sampled_from(["sendMessage", "sendPhoto", "editMessageText", ""]))
    def something_goes_wrong(self, kind: Kind, method: str) -> None:
        seconds = 60 if kind is Kind.SLOW_AFTER else 4
        self.simulation.server.api.faults.plan(kind, method, seconds=seconds)

    @precondition(lambda self: len(self.simulation.nodes) < 3)
    @rule()
    def a_node_comes(self) -> None:
        self.simulation.start_node()

    @precondition(lambda self: self.simulation.nodes)
    @rule(known=st.booleans())
    def a_node_dies(self, known: bool) -> None:
        self.simulation.kill(next(iter(self.simulation.nodes)), known=known)

    @precondition(lambda self: self.simulation.serving)
    @rule()
    def the_network_goes(self) -> None:
        self.simulation.cut()

    @precondition(lambda self: not self.simulation.serving)
    @rule()
    def the_network_comes_back(self) -> None:
        self.simulation.serve()

    def teardown(self) -> None:
        try:
            self.simulation.finish()
            self.simulation.check()
        finally:
            self.simulation.close()
            self._folder.cleanup()


TestDelivery = DeliveryMachine.TestCase


class TestDeliveryDeeply(DeliveryMachine.TestCase):  # type: ignore[misc]
    """The same, for longer."""

    settings = settings(DeliveryMachine.TestCase.settings, max_examples=150, stateful_step_count=40)
    pytestmark = pytest.mark.slow


def storm(folder: Path, *, articles: int, seed: int) -> Simulation:
    """Articles under a random script of faults, outages of minutes, and nodes that are killed all the time."""
    rng = random.Random(seed)
    simulation = Simulation(folder, seed=seed)
    faults = simulation.server.api.faults
    faults.chances = dict.fromkeys(FAULTS, 0.01)
    faults.seconds = {Kind.SLOW_AFTER: 60, Kind.SLOW: 8, Kind.TOO_MANY: 15}
    simulation.start_node()
    simulation.start_node()
    while len(simulation.articles) < articles:
        simulation.write(min(rng.randint(1, 60), articles - len(simulation.articles)))
        if rng.random() < 0.3:
            simulation.correct(rng.choice(sorted(simulation.articles)))
        if rng.random() < 0.1:
            simulation.withdraw(rng.choice(sorted(simulation.articles)))
        if rng.random() < 0.1 and simulation.withdrawn:
            simulation.restore(rng.choice(sorted(simulation.withdrawn)))
        if rng.random() < 0.1:
            simulation.write_sequel(rng.choice(sorted(simulation.articles)))
        simulation.pass_time(rng.uniform(1, 60))
        if rng.random() < 0.5 and simulation.nodes:
            simulation.kill(rng.choice(sorted(simulation.nodes)), known=rng.random() < 0.7)
        while len(simulation.nodes) < 2:
            simulation.start_node()
        if rng.random() < 0.05:
            simulation.cut()
            simulation.pass_time(rng.uniform(30, 300))
            simulation.serve()
    return simulation


def weather(simulation: Simulation) -> None:
    """Let the storm end, and look at what it left."""
    try:
        simulation.finish()
        simulation.check()
        assert len(simulation.server.api.faults.struck) > 3
    finally:
        simulation.close()


def test_a_storm_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    weather(storm(tmp_path, articles=60, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_no_storm_loses_anything(tmp_path: Path, seed: int) -> None:
    weather(storm(tmp_path, articles=200, seed=seed))


@pytest.mark.slow
def test_ten_thousand_articles_in_a_storm(tmp_path: Path) -> None:
    weather(storm(tmp_path, articles=10_000, seed=3))
