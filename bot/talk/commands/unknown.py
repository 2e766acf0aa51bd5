"""What nothing else understands in a private chat: an unknown command, a voice message, a sticker, a picture.

A short answer, so that nobody waits for one. Tried last. Commands of the desk are none of a stranger's business, and
stay unanswered.
"""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.talk import texts
from bot.talk.commands.context import Application, Context
from bot.talk.commands.desk import commands as desk
from bot.talk.listing import Reply


async def command(update: Update, context: Context) -> None:
    message = update.effective_message
    name = (message.text or "").split()[0].removeprefix("/").partition("@")[0].lower() if message else ""
    if message and name not in {*desk.COMMANDS, desk.QUEUE}:
        await context.say(message, Reply.of(texts.UNKNOWN_COMMAND))


async def other(update: Update, context: Context) -> None:
    if update.effective_message:
        await context.say(update.effective_message, Reply.of(texts.WORDS_ALONE))


def register(application: Application) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(private & filters.COMMAND, command))
    application.add_handler(MessageHandler(private & ~filters.TEXT & ~filters.StatusUpdate.ALL, other))
