"""/help: what can be asked, by example."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot import texts
from bot.commands.context import Application, Context, say
from bot.listing import Reply


async def help(update: Update, _context: Context) -> None:  # noqa: A001
    if message := update.effective_message:
        await say(message, Reply(texts.HELP))


def register(application: Application) -> None:
    application.add_handler(CommandHandler("help", help))
