"""/settings, and /block <words>: how a chat wants what it follows."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT, following, key, refused


async def settings(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(message, await following(context).settings(key(message)))


async def block(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and not await refused(update, context):
        await context.say(message, await following(context).block(key(message), " ".join(context.args or ())))


def register(application: Application) -> None:
    application.add_handler(Command(("settings", "quiet", "digest"), settings, filters=MEANT))
    application.add_handler(Command("block", block, filters=MEANT))
