"""/following: what a chat follows, with buttons that end it; and what other bots call so."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT, following, key


async def followed(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(message, await following(context).followed(key(message)))


def register(application: Application) -> None:
    application.add_handler(Command(("following", "list", "unfollow", "unsubscribe", "unsub"), followed, filters=MEANT))
