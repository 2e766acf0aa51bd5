"""Tells the desk, in its private chats, what newly waits for its word: once, many in one message, with their buttons.

What is told is on record before it is sent, so that no restart and no other node tells it again. What the desk held
itself, what has its time, and the samples are no news to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import Bot

from bot.desk import Desk, Waiting
from bot.posts import bale
from bot.posts.measure import utf16
from bot.posts.message import TEXT_LIMIT
from bot.posts.spans import Line, lines_of
from bot.publishing.routing import SAMPLES
from bot.talk import cards, texts
from bot.talk.alerts import Alerts
from bot.talk.listing import Reply
from feeds.models import Article
from feeds.store import Store

TOLD = "held-told"
PACE = timedelta(minutes=5)
"""Between two messages at least; breaking news is told at once."""
OVERLAP = timedelta(minutes=10)
"""How far before the last look it is looked again: clocks of nodes differ, and transactions end after they began."""
SHOWN = 10
"""Articles of one message, at most and as far as it has room; the others are in the queue."""
MOST_POSTS = 1000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class HeldNews:
    """What waits for the desk and was not told yet."""

    def __init__(
        self,
        store: Store,
        alerts: Alerts,
        zone: ZoneInfo,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._alerts = alerts
        self._zone = zone
        self._now = now

    async def tell(self, bot: Bot) -> int:
        """Send what is new in one message; returns how many articles that is about."""
        looked = self._now()
        told = await asyncio.to_thread(self._store.key_values.get, TOLD)
        before, known = _read(told, looked)
        found = await asyncio.to_thread(self._store.editorial.newly_held, before - OVERLAP, but=SAMPLES)
        fresh = [article for article in found if article.id not in known]
        if not fresh or (looked - before < PACE and not any(article.urgent for article in fresh)):
            return 0
        reply = await asyncio.to_thread(self._reply, fresh, looked)
        now_known = {"at": looked.isoformat(), "known": [article.id for article in found]}
        await asyncio.to_thread(self._store.key_values.put, TOLD, now_known, looked)
        if await self._alerts.say(bot, reply):
            return len(fresh)
        await asyncio.to_thread(self._put_back, told, looked)
        return 0

    def _put_back(self, told: Any, now: datetime) -> None:
        """Nobody could be told: it stays news."""
        if told is None:
            self._store.key_values.remove(TOLD)
        else:
            self._store.key_values.put(TOLD, told, now)

    def _reply(self, fresh: Sequence[Article], now: datetime) -> Reply:
        shown = sorted(fresh, key=_breaking_first)[:SHOWN]
        of_them = Desk(self._store, "alerts").queue(MOST_POSTS, [article.id for article in shown])
        waiting = sorted(of_them, key=lambda one: _breaking_first(one.article))
        _, all_of_them = self._store.editorial.held(but=SAMPLES)
        figures = {"count": en_to_fa(str(len(fresh))), "all": en_to_fa(str(all_of_them))}
        heading = lines_of(texts.DESK_NEWLY_HELD if all_of_them == len(fresh) else texts.DESK_HELD_OF_ALL, **figures)
        ids = list(dict.fromkeys(one.article.id for one in waiting))
        for most in range(len(ids), 1, -1):
            reply = self._of(ids[:most], waiting, len(fresh) - most, heading, now)
            if utf16(bale.written(reply.lines)) <= TEXT_LIMIT:  # the longest of a platform's markups
                return reply
        return self._of(ids[:1], waiting, len(fresh) - 1, heading, now)

    def _of(
        self, ids: Sequence[int], waiting: Sequence[Waiting], rest: int, heading: Sequence[Line], now: datetime
    ) -> Reply:
        """A message of some articles, and how many others there are."""
        few = [one for one in waiting if one.article.id in ids]
        more = [lines_of(texts.DESK_MORE_HELD, count=en_to_fa(str(rest)))] if rest else []
        return cards.queue(few, self._zone, now, heading=heading, more=more)


def _breaking_first(article: Article) -> tuple[bool, int]:
    return not article.urgent, article.id


def _read(told: Any, now: datetime) -> tuple[datetime, frozenset[int]]:
    """When the desk was told last, and of what; what can't be read counts as never."""
    try:
        return min(datetime.fromisoformat(told["at"]), now), frozenset(told["known"])
    except (TypeError, KeyError, ValueError):
        return LONG_AGO + OVERLAP, frozenset()
