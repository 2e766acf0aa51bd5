"""/follow <province, town or words>, and the deep links that do the same (`?start=f_qom`, `fs_UID`, `fq_KEY`)."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.ext import filters

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT, following, key, refused
from bot.talk.following import texts
from bot.talk.listing import Reply

_LINK = r"^/start(@\w+)?\s+f(s|q)?_[A-Za-z0-9-]{1,60}\s*$"


async def follow(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or await refused(update, context):
        return
    await _welcome(update, context)
    words = " ".join(context.args or ())
    await context.say(message, await following(context).follow(key(message), words, message.message_id))


async def linked(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or not context.args or await refused(update, context):
        return
    await _welcome(update, context)
    kind, _, name = context.args[0].partition("_")
    kind = kind.removeprefix("f") or "p"
    await context.say(message, await following(context).follow_named(key(message), kind, name, message.message_id))


async def back(update: Update, context: Context) -> None:
    """/start from who had blocked the bot: what they follow comes again. The greeting is `start`'s."""
    await _welcome(update, context)


async def _welcome(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    now = following(context).now()
    if await asyncio.to_thread(following(context).store.chats.welcome, key(message), now):
        await context.say(message, Reply.of(texts.WELCOME_BACK))


def register(application: Application) -> None:
    application.add_handler(Command(("follow", "subscribe", "sub"), follow, filters=MEANT))
    application.add_handler(Command("start", linked, filters=MEANT & filters.Regex(_LINK)))
    application.add_handler(Command("start", back, filters=MEANT), group=-1)
