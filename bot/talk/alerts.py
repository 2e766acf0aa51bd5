"""Tells the desk, in its private chats, what needs a person: new problems, and posts that nobody else can decide on."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from persiantools.digits import en_to_fa
from telegram import Bot
from telegram.error import TelegramError

from bot.desk import Desk
from bot.posts.spans import lines_of
from bot.posts.style import Platform
from bot.publishing.errors import UnknownError
from bot.publishing.telegram_errors import meaning
from bot.talk import cards, texts
from bot.talk.commands.context import said
from bot.talk.commands.desk import commands as desk
from bot.talk.listing import Reply
from feeds.models import DeliveryState, Problem
from feeds.store import Store
from feeds.store.delivery.desk import DESK

log = logging.getLogger(__name__)

MOST = 10
"""Questions in one turn, and problems in one message; more would be a flood of their own."""
ASKED = 1000
"""Deliveries in doubt that are looked at: one a channel."""
TOLD = "alert:"
CALM = timedelta(hours=1)
"""A trouble that ended and comes again within this time is not news; later it is told again."""


class Alerts:
    """What was told is kept in the store, for as long as the trouble lasts: a restart tells nothing twice."""

    def __init__(
        self,
        store: Store,
        admins: Sequence[int],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        platform: Platform = "telegram",
    ) -> None:
        self._store = store
        self._admins = admins
        self._now = now
        self._platform = platform

    async def tell(self, bot: Bot) -> int:
        """Send what is new to each member of the desk; returns how many alerts that were."""
        fresh = await asyncio.to_thread(self._fresh)
        for keys, reply in fresh:
            for key in keys if await self.say(bot, reply) else ():
                await asyncio.to_thread(self._store.key_values.put, f"{TOLD}{key}", True, self._now())
        return len(fresh)

    async def cry(self, bot: Bot, where: str, what: str) -> None:
        """Tell each member of the desk at once, whatever the store knows: it is the store that is in trouble."""
        await self.say(bot, Reply(desk.problem_lines(where, what)))

    async def say(self, bot: Bot, reply: Reply) -> bool:
        """Tell each member of the desk something; whether it may have reached one."""
        return any([await self._send(bot, admin, reply) for admin in self._admins])

    def _fresh(self) -> list[tuple[list[str], Reply]]:
        """What was not told yet: all problems in one message, and a question for each post in doubt."""
        problems = {_key(problem.where, problem.what): problem for problem in self._store.problems.all()}
        asked: dict[str, Reply] = {}
        questions = []  # the places of problems that a question asks about: told once
        for delivery in self._store.deliveries.queue(states=[DeliveryState.UNCERTAIN], limit=ASKED):
            article = self._store.articles.get(delivery.article_id)
            if delivery.owner == DESK and article is not None:
                asked[_key("delivery", str(delivery.id))] = desk.doubt(delivery.id, delivery.channel, article)
                questions.append(f"delivery {delivery.id} to ")
        lasting = {f"{TOLD}{key}" for key in (*problems, *asked)}
        self._store.key_values.prune(TOLD, self._now() - CALM, but=lasting)
        told = self._store.key_values.all(TOLD)
        fresh = {
            key: problem
            for key, problem in problems.items()
            if f"{TOLD}{key}" not in told and not problem.where.startswith(tuple(questions))
        }
        found = [(list(fresh), self._all_of(list(fresh.values())))] if fresh else []
        return found + [([key], reply) for key, reply in asked.items() if f"{TOLD}{key}" not in told][:MOST]

    def _all_of(self, problems: Sequence[Problem]) -> Reply:
        """One message of all new problems, with a button for each article that one of them is about."""
        hand = Desk(self._store, "alerts")
        shown = problems[:MOST]
        parts = [desk.problem_lines(one.where, one.what) for one in shown]
        if len(problems) > 1:
            parts.insert(0, lines_of(texts.DESK_MANY, count=en_to_fa(str(len(problems)))))
        if len(problems) > MOST:
            parts.append(lines_of(texts.DESK_MORE_PROBLEMS, count=en_to_fa(str(len(problems) - MOST))))
        about = {article.uid: article for one in shown if (article := hand.concerned(one.where))}
        return Reply(cards.joined(parts), cards.keyboard(map(cards.link, about.values())))

    async def _send(self, bot: Bot, admin: int, reply: Reply) -> bool:
        try:
            await bot.send_message(admin, **said(reply, self._platform))
        except TelegramError as error:
            if isinstance(meaning(error), UnknownError):  # it may have arrived: not a second time
                log.warning("the desk (%d) may not have been told: %s", admin, error)
                return True
            log.warning("the desk (%d) could not be told: %s; has it started the bot?", admin, error)
            return False
        return True


def _key(where: str, what: str) -> str:
    """An alert is told again only if it says something else; counts and times in it are not news."""
    words = "".join(letter for letter in what if not letter.isdigit())
    return hashlib.sha256(f"{where}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
