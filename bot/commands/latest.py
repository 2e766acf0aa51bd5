"""/latest: the newest articles of the country."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot.commands.context import Application, Context, say


async def latest(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await say(message, await context.answers.latest())


def register(application: Application) -> None:
    application.add_handler(CommandHandler("latest", latest))
