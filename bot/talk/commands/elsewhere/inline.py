"""`@bot قم سیل` in any chat: articles to be sent there; without words the newest."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest
from telegram.ext import InlineQueryHandler

from bot.talk import texts
from bot.talk.answering.inline import PAGE
from bot.talk.commands.context import Application, Context

CACHE_SECONDS = 120
"""For how long Telegram answers the same words itself: news of two minutes ago are news."""
MOST, SECONDS = 20, 10.0
"""Queries of one person within these seconds; each letter that is typed is one."""
PEOPLE = 10_000
LAST_OFFSET = 1000


class Pace:
    """How fast each person asks; whoever is too fast is not answered, and their next letter is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()

    def allows(self, person: int) -> bool:
        """Whether a person may ask now; it counts."""
        now = self._clock()
        asked = self._asked.setdefault(person, deque(maxlen=MOST))
        self._asked.move_to_end(person)
        if len(self._asked) > PEOPLE:
            self._asked.popitem(last=False)
        if len(asked) == MOST and now - asked[0] < SECONDS:
            return False
        asked.append(now)
        return True


async def inline(update: Update, context: Context) -> None:
    query = update.inline_query
    pace: Pace = context.bot_data["inline_pace"]
    if query is None or not pace.allows(query.from_user.id):
        return
    offset = int(query.offset) if query.offset.isdecimal() and len(query.offset) < len(str(LAST_OFFSET)) else 0
    results, more = await context.answers.inline(query.query, offset, context.bot.username)
    nothing = InlineQueryResultsButton(texts.INLINE_NOTHING, start_parameter="inline")
    with suppress(BadRequest):  # an answer that came too late harms nobody: the next letter is asked already
        await query.answer(
            results,
            cache_time=CACHE_SECONDS,
            is_personal=False,
            next_offset=str(offset + PAGE) if more else "",
            button=None if results else nothing,
        )


def register(application: Application) -> None:
    if application.bot_data["platform"] == "telegram":
        application.bot_data["inline_pace"] = Pace()
        application.add_handler(InlineQueryHandler(inline))
