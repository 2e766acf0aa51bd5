"""For TELEGRAM_ADMINS: /status, /queue, /hold, /release, /retract, /pause, /resume, and the desk's own buttons.

Everybody else's are not understood here: they fall through to the search, as any other words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape

from persiantools.digits import en_to_fa
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import texts
from bot.commands.context import Application, Context, say
from bot.desk import Desk
from bot.listing import Reply
from feeds.errors import ChaparError

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
    html = texts.DESK_DOUBT.format(channel=escape(channel), title=escape(title, quote=False))
    return Reply(html, InlineKeyboardMarkup([row]))


def status(desk: Desk, _words: str) -> Reply:
    """Articles, deliveries by state, and what needs an eye."""
    store = desk.store
    counts = "، ".join(
        f"{en_to_fa(str(count))} {texts.DESK_STATES[state]}" for state, count in store.outbox.counts().items() if count
    )
    problems = store.problems.all()
    lines = [
        texts.DESK_STATUS.format(
            articles=en_to_fa(str(store.articles.total())),
            deliveries=counts or en_to_fa("0"),
            problems=en_to_fa(str(len(problems))),
        )
    ]
    if why := store.desk.paused():
        lines.append(texts.DESK_PAUSED.format(why=escape(why, quote=False)))
    lines += [problem_line(problem.where, problem.what) for problem in problems[:PROBLEMS]]
    return Reply("\n\n".join(lines))


def problem_line(where: str, what: str) -> str:
    """A problem as a message of the desk; file names and reasons are Latin, so the line is opened from the right."""
    return texts.RLM + texts.DESK_PROBLEM.format(where=escape(where, quote=False), what=escape(what, quote=False))


def queue(desk: Desk, _words: str) -> Reply:
    """What is not published yet."""
    waiting = desk.queue(QUEUE_LINES)
    if not waiting:
        return Reply(texts.DESK_QUEUE_EMPTY)
    lines = [
        texts.DESK_WAITING.format(
            state=texts.DESK_STATES[one.delivery.state],
            channel=escape(one.delivery.channel),
            title=texts.RLM + escape(one.article.title, quote=False),
            uid=one.article.uid,
        )
        for one in waiting
    ]
    return Reply("\n\n".join([texts.DESK_QUEUE, *lines]))


def hold(desk: Desk, words: str) -> Reply:
    """Hold an article's posts."""
    return _counted(texts.DESK_HELD, desk.hold(words)) if words else Reply(texts.DESK_WHICH)


def release(desk: Desk, words: str) -> Reply:
    """Let held posts go: of an article, or all."""
    if not words:
        return Reply(texts.DESK_WHICH)
    return _counted(texts.DESK_RELEASED, desk.release("" if words in {texts.DESK_EVERYTHING, "all"} else words))


def retract(desk: Desk, words: str) -> Reply:
    """Withdraw an article."""
    if not words:
        return Reply(texts.DESK_WHICH)
    return Reply(texts.DESK_RETRACTED.format(title=escape(desk.retract(words).title, quote=False)))


def pause(desk: Desk, words: str) -> Reply:
    """Publish nothing more."""
    desk.pause(words or "/pause")
    return Reply(texts.DESK_STOPPED)


def resume(desk: Desk, _words: str) -> Reply:
    """Publish again."""
    desk.resume()
    return Reply(texts.DESK_RESUMED)


COMMANDS: dict[str, Act] = {
    "status": status,
    "queue": queue,
    "hold": hold,
    "release": release,
    "retract": retract,
    "pause": pause,
    "resume": resume,
}


async def command(update: Update, context: Context) -> None:
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not message.text:
        return
    name, _, words = message.text.removeprefix("/").partition(" ")
    await say(message, await _act(context, user.id, COMMANDS[name.partition("@")[0].lower()], words.strip()))


async def button(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None or query.data is None or query.from_user.id not in context.admins:
        return
    _, verdict, number = query.data.split(":")
    desk = Desk(context.answers.store, f"telegram:{query.from_user.id}")
    decided = await asyncio.to_thread(desk.decide, int(number), arrived=verdict == ARRIVED)
    await _close(query, texts.DESK_DECIDED if decided else texts.DESK_TOO_LATE)


async def _close(query: CallbackQuery, said: str) -> None:
    await query.answer(said)
    if isinstance(query.message, Message):
        html = f"{query.message.text_html}\n\n{said}"
        await query.edit_message_text(html, parse_mode=ParseMode.HTML)


async def _act(context: Context, user: int, act: Act, words: str) -> Reply:
    desk = Desk(context.answers.store, f"telegram:{user}")
    try:
        return await asyncio.to_thread(act, desk, words)
    except ChaparError:
        return Reply(texts.DESK_NO_ARTICLE.format(reference=escape(words, quote=False)))


def _counted(text: str, count: int) -> Reply:
    return Reply(text.format(count=en_to_fa(str(count))))


def register(application: Application) -> None:
    admins = application.bot_data["admins"]
    if admins:
        allowed = filters.User(admins) & filters.UpdateType.MESSAGE
        application.add_handler(CommandHandler(list(COMMANDS), command, filters=allowed))
        application.add_handler(CallbackQueryHandler(button, pattern=rf"^d:({ARRIVED}|{LOST}):\d{{1,18}}$"))
