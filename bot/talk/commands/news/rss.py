"""/rss <province, town or words>: the address of their feed. Other bots call it /feed."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context


async def rss(update: Update, context: Context) -> None:
    if message := update.effective_message:
        await context.say(message, context.answers.feed(" ".join(context.args or ())))


def register(application: Application) -> None:
    application.add_handler(Command(("rss", "feed"), rss))
