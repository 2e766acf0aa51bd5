"""A button that the desk pressed, under the queue, an article's card, a question or an alert: see `bot.talk.cards`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.desk import Desk, IdleError
from bot.posts.spans import Line, lines_of
from bot.talk import cards, texts
from bot.talk.commands.context import Application, Context, said
from bot.talk.commands.desk.commands import (
    ARRIVED,
    LOST,
    ask_to_release,
    ask_to_resume,
    doubt,
    held,
    queue,
    released,
    waiting_posts,
)
from bot.talk.listing import Reply
from feeds.errors import ChaparError
from feeds.models import Article
from feeds.provinces import gazetteer
from feeds.store.archive.arrivals import Mover, nowhere
from feeds.store.archive.editorial import Handled

ALL_OF_QUEUE = 1000
MORE_NEWS = 5
"""Posts that may have come, while everything is paused, since somebody was asked."""
MOST_ANSWERED = 190
"""Characters that a pressed button may be answered with are 200."""
_UID = "[0-9a-f]{16}"
_OF_ARTICLE = rf"[chrxslp]:{_UID}|t:{_UID}:(m|\d)|P:{_UID}:[a-z-]+"
PATTERN = rf"^d:(({ARRIVED}|{LOST}):\d{{1,18}}|[qn]|[AG](:\d{{1,9}})*|{_OF_ARTICLE})$"


@dataclass(frozen=True, slots=True)
class _Press:
    """Who pressed, and what else an act needs."""

    desk: Desk
    zone: ZoneInfo
    placer: Mover
    words: Sequence[str] = ()
    """What stands in the callback data behind the act: the article first, where it is about one."""


async def button(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None or query.data is None:
        return
    message = query.message if isinstance(query.message, Message) else None
    if query.from_user.id not in context.admins or (message and message.chat.type != ChatType.PRIVATE):
        await query.answer()  # says nothing, and the button stops waiting
        return
    _, act, *words = query.data.split(":")
    desk = Desk(context.answers.store, f"telegram:{query.from_user.id}")
    press = _Press(desk, context.answers.zone, context.bot_data.get("placer", nowhere), words)
    outcome, shown = await asyncio.to_thread(_pressed, press, act, words[0] if words else "")
    with suppress(BadRequest):  # pressed too late to be answered; the message is brought up to date all the same
        await query.answer(outcome[:MOST_ANSWERED])
    if message is not None:
        try:
            await message.edit_text(**said(shown, context.platform))
        except BadRequest as error:
            if "not modified" not in str(error):  # pressed twice
                raise


def _pressed(press: _Press, act: str, target: str) -> tuple[str, Reply]:
    """What a button came to, in a few words, and what its message shows from then on."""
    if act in {ARRIVED, LOST}:
        return _decide(press.desk, int(target), arrived=act == ARRIVED)
    try:
        if act in OF_ALL:
            return "", OF_ALL[act](press)
        article = press.desk.article(target)
    except IdleError:
        return texts.DESK_IDLE, Reply.of(texts.DESK_IDLE)
    except ChaparError:
        return texts.DESK_TOO_LATE, Reply.of(texts.DESK_TOO_LATE)
    if act in ASKING:
        return "", ASKING[act](article)
    try:
        outcome = ACTS[act](press, article.uid) if act in ACTS else ""
    except ChaparError:
        outcome = texts.DESK_IDLE
    article = press.desk.article(article.uid)
    few = press.desk.queue(ALL_OF_QUEUE, [article.id])
    return outcome, cards.card(article, few, press.zone, datetime.now(UTC), said=outcome)


def _decide(desk: Desk, delivery_id: int, *, arrived: bool) -> tuple[str, Reply]:
    """What became of a decision, under the question that it answers."""
    outcome = texts.DESK_DECIDED if desk.decide(delivery_id, arrived=arrived) else texts.DESK_TOO_LATE
    delivery = desk.store.deliveries.get(delivery_id)
    article = desk.store.articles.get(delivery.article_id) if delivery else None
    asked: list[Sequence[Line]] = []
    if delivery is not None and article is not None:
        asked.append(doubt(delivery.id, delivery.channel, article).lines)
    return outcome, Reply(cards.joined([*asked, lines_of(outcome)]))


def _hold(press: _Press, uid: str) -> str:
    return held(press.desk.hold(uid))


def _release(press: _Press, uid: str) -> str:
    return _freed(press.desk.release(uid))


def _freed(freed: Handled) -> str:
    return texts.DESK_RELEASED.format(articles=en_to_fa(str(freed.articles)), posts=en_to_fa(str(freed.posts)))


def _publish_later(press: _Press, uid: str) -> str:
    until = cards.time_of(press.words[1], press.zone, datetime.now(UTC))
    done = press.desk.publish_at(uid, until)
    if until is None:
        return _freed(done)
    text = texts.DESK_LATER if done.articles else texts.DESK_LATER_ELSEWHERE
    return text.format(when=cards.moment(until, press.zone), count=en_to_fa(str(done.posts)))


def _place(press: _Press, uid: str) -> str:
    placed = press.desk.place(uid, press.words[1:], press.placer)
    return texts.DESK_PLACED.format(places="، ".join(gazetteer.by_slug(one).name for one in placed.provinces))


def _release_all(press: _Press) -> Reply:
    """Release all that the question counted; where it is more by now, ask again."""
    waiting, _ = press.desk.held()
    if not _covers(press, waiting.articles, waiting.posts):
        return ask_to_release(waiting)
    return released(press.desk.release())


def _resume(press: _Press) -> Reply:
    """Let flow all that the question counted; where it is much more by now, ask again."""
    waiting = waiting_posts(press.desk)
    if not _covers(press, waiting - waiting // 4 - MORE_NEWS):
        return ask_to_resume(waiting)
    press.desk.resume()
    return Reply.of(texts.DESK_RESUMED)


def _covers(press: _Press, *counts: int) -> bool:
    """Whether what a button was to confirm is no less than what it would do now."""
    asked = [int(word) for word in press.words]
    return len(asked) == len(counts) and all(now <= then for now, then in zip(counts, asked, strict=True))


ACTS: dict[str, Callable[[_Press, str], str]] = {
    "h": _hold,
    "r": _release,
    "x": lambda press, uid: texts.DESK_RETRACTED.format(title=press.desk.retract(uid).title),
    "s": lambda press, uid: texts.DESK_RESTORED.format(title=press.desk.restore(uid).title),
    "t": _publish_later,
    "P": _place,
}
"""What is done to an article; what was done, in Persian."""
ASKING: dict[str, Callable[[Article], Reply]] = {"l": cards.later, "p": cards.provinces}
"""Buttons that ask further."""
OF_ALL: dict[str, Callable[[_Press], Reply]] = {
    "q": lambda press: queue(press.desk, "", zone=press.zone),
    "n": lambda _press: Reply.of(texts.DESK_LEFT),
    "A": _release_all,
    "G": _resume,
}
"""Buttons that are about no single article."""


def register(application: Application) -> None:
    if application.bot_data["admins"]:
        application.add_handler(CallbackQueryHandler(button, pattern=PATTERN))
