"""Plain words in a private chat: «جستجو قم», or just «قم»; Telegram allows no Persian in commands."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.talk.commands.context import Application, Context

ASKING = re.compile(r"^\s*/?(?:جست\W?و?\W?جوی?|جستجوی?|سرچ|search)\s*[:؛]?\s+", re.IGNORECASE)


async def words(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and message.text:
        await context.say(
            message, await context.answers.search(ASKING.sub("", message.text), order=await context.order(message))
        )


def register(application: Application) -> None:
    asked = filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE
    persian_command = filters.ChatType.PRIVATE & filters.Regex(r"^/\s*[^\x00-\x7f]")
    application.add_handler(MessageHandler(asked | persian_command, words))
