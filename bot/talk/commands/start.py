"""/start: greet, or follow a deep link (`?start=p_qom`: the news of Qom; `?start=a_UID`: a whole article)."""

from __future__ import annotations

from telegram import Update

from bot.talk import texts
from bot.talk.commands.context import Application, Command, Context

PROVINCE = "p_"
"""A deep link's payload begins with it where it names a province."""
ARTICLE = "a_"
"""The same where it names an article."""


async def start(update: Update, context: Context) -> None:
    if message := update.effective_message:
        payload = context.args[0] if context.args else ""
        if payload.startswith(PROVINCE):
            await context.say(message, await context.answers.button(f"p:{payload.removeprefix(PROVINCE)}:0"))
        elif payload.startswith(ARTICLE):
            await context.tell(message, payload.removeprefix(ARTICLE))
        else:
            await context.say(message, await context.answers.provinces(texts.START))


def register(application: Application) -> None:
    application.add_handler(Command(("start", "menu"), start))
