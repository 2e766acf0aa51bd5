"""/provinces: a keyboard of the 31."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context


async def provinces(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(message, await context.answers.provinces())


def register(application: Application) -> None:
    application.add_handler(Command("provinces", provinces))
