"""/provinces: a keyboard of the 31."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot.commands.context import Application, Context, say


async def provinces(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await say(message, await context.answers.provinces())


def register(application: Application) -> None:
    application.add_handler(CommandHandler("provinces", provinces))
