"""/search <province> [words]: what was asked, found."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot.commands.context import Application, Context, say


async def search(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await say(message, await context.answers.search(" ".join(context.args or ())))


def register(application: Application) -> None:
    application.add_handler(CommandHandler("search", search))
