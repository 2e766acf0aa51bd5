"""/latest: the newest articles of the country; `/latest قم`: of what was named."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context


async def latest(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(message, await context.answers.newest(" ".join(context.args or ())))


def register(application: Application) -> None:
    application.add_handler(Command(("latest", "news"), latest))
