"""/search <province> [words]: what was asked, found."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context


async def search(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(
            message, await context.answers.search(" ".join(context.args or ()), order=await context.order(message))
        )


def register(application: Application) -> None:
    application.add_handler(Command("search", search))
