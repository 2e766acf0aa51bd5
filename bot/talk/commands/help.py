"""/help: what can be asked, by example."""

from __future__ import annotations

from telegram import Update

from bot.talk import texts
from bot.talk.commands.context import Application, Command, Context
from bot.talk.listing import Reply


async def help(update: Update, context: Context) -> None:  # noqa: A001
    if message := update.effective_message:
        await context.say(message, Reply.of(texts.HELP))


def register(application: Application) -> None:
    application.add_handler(Command("help", help))
