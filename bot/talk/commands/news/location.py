"""A location that is sent in a private chat: the news of its province."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.talk.commands.context import Application, Context


async def location(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and message.location:
        place = message.location
        await context.say(message, await context.answers.place(place.latitude, place.longitude))


def register(application: Application) -> None:
    sent = filters.ChatType.PRIVATE & filters.LOCATION & filters.UpdateType.MESSAGE
    application.add_handler(MessageHandler(sent, location))
