"""For TELEGRAM_ADMINS: /status, /queue, /hold, /release, /retract, /restore, /pause, /resume, and the desk's buttons.

Everybody else's are not understood here: they fall through to the search, as any other words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, filters

from bot.desk import Desk, IdleError
from bot.posts.spans import Line, lines_of
from bot.talk import texts
from bot.talk.commands.context import Application, Command, Context, said
from bot.talk.listing import Reply
from feeds.errors import ChaparError
from feeds.redaction import redact

QUEUE_LINES = 10
PROBLEMS = 5
ARRIVED, LOST = "arrived", "lost"

Act = Callable[[Desk, str], Reply]


def doubt(delivery_id: int, channel: str, title: str) -> Reply:
    """The question that only a person can answer: is the post there? With both buttons."""
    row = [
        InlineKeyboardButton(texts.DESK_ARRIVED, callback_data=f"d:{ARRIVED}:{delivery_id}"),
        InlineKeyboardButton(texts.DESK_LOST, callback_data=f"d:{LOST}:{delivery_id}"),
    ]
    return Reply.of(texts.DESK_DOUBT, InlineKeyboardMarkup([row]), channel=channel, title=title)


def status(desk: Desk, _words: str) -> Reply:
    """Articles, deliveries by state, and what needs an eye."""
    store = desk.store
    counts = "، ".join(
        f"{en_to_fa(str(count))} {texts.DESK_STATES[state]}"
        for state, count in store.deliveries.counts().items()
        if count
    )
    problems = store.problems.all()
    parts = [
        lines_of(
            texts.DESK_STATUS,
            articles=en_to_fa(str(store.articles.total())),
            deliveries=counts or en_to_fa("0"),
            problems=en_to_fa(str(len(problems))),
        )
    ]
    if why := store.desk.paused():
        parts.append(lines_of(texts.DESK_PAUSED, why=why))
    return _joined([*parts, *(problem_lines(problem.where, problem.what) for problem in problems[:PROBLEMS])])


def problem_lines(where: str, what: str) -> Sequence[Line]:
    """A problem as a message of the desk; file names and reasons are Latin, so the line is opened from the right."""
    return lines_of(texts.RLM + texts.DESK_PROBLEM, where=redact(where), what=redact(what))


def _joined(parts: Iterable[Sequence[Line]]) -> Reply:
    """The parts with a blank line between them."""
    lines: list[Line] = []
    for part in parts:
        lines += [(), *part] if lines else part
    return Reply(lines)


def queue(desk: Desk, _words: str) -> Reply:
    """What is not published yet."""
    waiting = desk.queue(QUEUE_LINES)
    if not waiting:
        return Reply.of(texts.DESK_QUEUE_EMPTY)
    parts = [
        lines_of(
            texts.DESK_WAITING,
            state=texts.DESK_STATES[one.state],
            channel=one.channel,
            title=texts.RLM + one.article.title,
            uid=one.article.uid,
        )
        for one in waiting
    ]
    return _joined([lines_of(texts.DESK_QUEUE), *parts])


def hold(desk: Desk, words: str) -> Reply:
    """Hold an article."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    done = desk.hold(words)
    return Reply.of(texts.DESK_HIDDEN) if done.articles else _counted(texts.DESK_HELD, done.posts)


def release(desk: Desk, words: str) -> Reply:
    """Let held posts go: of an article, or all."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    done = desk.release("" if words in {texts.DESK_EVERYTHING, "all"} else words)
    return Reply.of(texts.DESK_RELEASED, articles=en_to_fa(str(done.articles)), posts=en_to_fa(str(done.posts)))


def retract(desk: Desk, words: str) -> Reply:
    """Withdraw an article."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    return Reply.of(texts.DESK_RETRACTED, title=desk.retract(words).title)


def restore(desk: Desk, words: str) -> Reply:
    """Take a retraction back."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    if desk.article(words).retracted is None:
        return Reply.of(texts.DESK_NOT_RETRACTED)
    return Reply.of(texts.DESK_RESTORED, title=desk.restore(words).title)


def pause(desk: Desk, words: str) -> Reply:
    """Publish nothing more."""
    desk.pause(words or "/pause")
    return Reply.of(texts.DESK_STOPPED)


def resume(desk: Desk, _words: str) -> Reply:
    """Publish again."""
    desk.resume()
    return Reply.of(texts.DESK_RESUMED)


COMMANDS: dict[str, Act] = {
    "status": status,
    "queue": queue,
    "hold": hold,
    "release": release,
    "retract": retract,
    "restore": restore,
    "pause": pause,
    "resume": resume,
}


async def command(update: Update, context: Context) -> None:
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not message.text:
        return
    first, *words = message.text.split(maxsplit=1)  # at a new line too: a reference is often pasted below
    name, _, _ = first.removeprefix("/").lower().partition("@")
    await context.say(message, await _act(context, user.id, COMMANDS[name], "".join(words).strip()))


async def button(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None or query.data is None:
        return
    if query.from_user.id not in context.admins:
        await query.answer()  # says nothing, and the button stops waiting
        return
    _, verdict, number = query.data.split(":")
    desk = Desk(context.answers.store, f"telegram:{query.from_user.id}")
    outcome, asked = await asyncio.to_thread(_decide, desk, int(number), arrived=verdict == ARRIVED)
    with suppress(BadRequest):  # pressed too late to be answered; the question is closed all the same
        await query.answer(outcome)
    if isinstance(query.message, Message):
        closed = _joined([*asked, lines_of(outcome)])
        await query.edit_message_text(**said(closed, context.platform))


def _decide(desk: Desk, delivery_id: int, *, arrived: bool) -> tuple[str, list[Sequence[Line]]]:
    """What became of a decision, and the question that it answers."""
    outcome = texts.DESK_DECIDED if desk.decide(delivery_id, arrived=arrived) else texts.DESK_TOO_LATE
    delivery = desk.store.deliveries.get(delivery_id)
    article = desk.store.articles.get(delivery.article_id) if delivery else None
    if delivery is None or article is None:
        return outcome, []
    return outcome, [doubt(delivery.id, delivery.channel, article.title).lines]


async def _act(context: Context, user: int, act: Act, words: str) -> Reply:
    desk = Desk(context.answers.store, f"telegram:{user}")
    try:
        return await asyncio.to_thread(act, desk, words)
    except IdleError:
        return Reply.of(texts.DESK_IDLE)
    except ChaparError:
        return Reply.of(texts.DESK_NO_ARTICLE, reference=words)


def _counted(text: str, count: int) -> Reply:
    return Reply.of(text, count=en_to_fa(str(count)))


def register(application: Application) -> None:
    admins = application.bot_data["admins"]
    if admins:
        # Written by a member, in their own chat with the bot: not passed on, not by another bot, not before others.
        own = filters.User(admins) & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        allowed = own & ~filters.FORWARDED & ~filters.VIA_BOT
        application.add_handler(Command(list(COMMANDS), command, filters=allowed))
        application.add_handler(CallbackQueryHandler(button, pattern=rf"^d:({ARRIVED}|{LOST}):\d{{1,18}}$"))
