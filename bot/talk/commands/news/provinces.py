"""/provinces: a keyboard of the 31; `/provinces قم`: that one's news."""

from __future__ import annotations

from telegram import Update

from bot.talk.commands.context import Application, Command, Context


async def provinces(update: Update, context: Context) -> None:
    if message := update.effective_message:
        words = " ".join(context.args or ())
        answers = context.answers
        await context.say(message, await answers.search(words) if words else await answers.provinces())


def register(application: Application) -> None:
    application.add_handler(Command("provinces", provinces))
