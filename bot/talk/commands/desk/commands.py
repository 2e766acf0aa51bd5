"""For TELEGRAM_ADMINS: /status, /queue, /hold, /release, /retract, /restore, /pause, /resume, and the desk's buttons.

Everybody else's are not understood here: they fall through to the search, as any other words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import filters

from bot.desk import Desk, IdleError
from bot.posts.measure import shorten
from bot.posts.spans import Line, lines_of
from bot.talk import cards, texts
from bot.talk.commands.context import Application, Command, Context
from bot.talk.listing import Reply
from feeds.errors import ChaparError
from feeds.models import Article
from feeds.redaction import redact
from feeds.store.archive.editorial import Handled

QUEUE = "queue"
QUEUE_LINES = 10
PROBLEMS = 5
LONGEST_PLACE, LONGEST_REASON = 100, 250
"""UTF-16 units of a problem, of which ten have room in a message; `chapar status` shows all of it."""
ARRIVED, LOST = "arrived", "lost"


Act = Callable[[Desk, str], Reply]


def doubt(delivery_id: int, channel: str, article: Article) -> Reply:
    """The question that only a person can answer: is the post there? With both buttons."""
    row = [
        InlineKeyboardButton(texts.DESK_ARRIVED, callback_data=f"d:{ARRIVED}:{delivery_id}"),
        InlineKeyboardButton(texts.DESK_LOST, callback_data=f"d:{LOST}:{delivery_id}"),
    ]
    more = [InlineKeyboardButton(texts.DO_MORE, callback_data=f"d:c:{article.uid}")]
    return Reply.of(texts.DESK_DOUBT, InlineKeyboardMarkup([row, more]), channel=channel, title=article.title)


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
    place, reason = shorten(redact(where), LONGEST_PLACE), shorten(redact(what), LONGEST_REASON)
    return lines_of(texts.RLM + texts.DESK_PROBLEM, where=place, what=reason)


def _joined(parts: Iterable[Sequence[Line]]) -> Reply:
    return Reply(cards.joined(parts))


def hold(desk: Desk, words: str) -> Reply:
    """Hold an article."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    return Reply(lines_of("{said}", said=held(desk.hold(words))))


def held(done: Handled) -> str:
    """What a hold came to, in Persian."""
    counts = {
        texts.DESK_HIDDEN if done.articles else texts.DESK_HELD: done.posts if done.posts or done.articles else None,
        texts.DESK_UNDER_WAY: done.under_way or None,
    }
    return "\n".join(text.format(count=en_to_fa(str(count))) for text, count in counts.items() if count is not None)


def release(desk: Desk, words: str) -> Reply:
    """Let held posts go: of an article; or of all, once that is confirmed."""
    if not words:
        return Reply.of(texts.DESK_WHICH)
    if words not in {texts.DESK_EVERYTHING, "all"}:
        return released(desk.release(words))
    waiting, concerned = desk.held()
    return ask_to_release(waiting) if concerned > 1 else released(desk.release())


def ask_to_release(waiting: Handled) -> Reply:
    """Whether all of that is to be let go."""
    counts = {"articles": waiting.articles, "posts": waiting.posts}
    return cards.ask(texts.DESK_ASK_ALL, "A", **counts)


def released(done: Handled) -> Reply:
    """What a release came to."""
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
    """Publish again; where more than one post waits for that, once it is confirmed."""
    waiting = waiting_posts(desk)
    if waiting > 1 and desk.store.desk.paused():
        return ask_to_resume(waiting)
    desk.resume()
    return Reply.of(texts.DESK_RESUMED)


def waiting_posts(desk: Desk) -> int:
    """How many posts go out when everything flows again."""
    return sum(traffic.waiting for traffic in desk.store.deliveries.traffic().values())


def ask_to_resume(waiting: int) -> Reply:
    """Whether so many posts are to go out."""
    return cards.ask(texts.DESK_ASK_RESUME, "G", posts=waiting)


COMMANDS: dict[str, Act] = {
    "status": status,
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
    act = partial(queue, zone=context.answers.zone) if name == QUEUE else COMMANDS[name]
    await context.say(message, await _act(context, user.id, act, "".join(words).strip()))


def queue(desk: Desk, _words: str, *, zone: ZoneInfo) -> Reply:
    """What is not published yet."""
    return cards.queue(desk.queue(QUEUE_LINES), zone, datetime.now(UTC))


async def _act(context: Context, user: int, act: Act, words: str) -> Reply:
    desk = Desk(context.answers.store, f"telegram:{user}")
    try:
        return await asyncio.to_thread(act, desk, words)
    except IdleError:
        return Reply.of(texts.DESK_IDLE)
    except ChaparError:
        return Reply.of(texts.DESK_NO_ARTICLE, reference=words)


def register(application: Application) -> None:
    admins = application.bot_data["admins"]
    if admins:
        # Written by a member, in their own chat with the bot: not passed on, not by another bot, not before others.
        own = filters.User(admins) & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        allowed = own & ~filters.FORWARDED & ~filters.VIA_BOT
        application.add_handler(Command([*COMMANDS, QUEUE], command, filters=allowed))
