"""/stop: nothing more is sent."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT, following, key, refused


async def stop(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and not await refused(update, context):
        await context.say(message, await following(context).stop(key(message)))


def register(application: Application) -> None:
    application.add_handler(Command("stop", stop, filters=MEANT))
