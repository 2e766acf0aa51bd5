"""/start: greet, or follow a deep link (`?start=p_qom`: the news of Qom)."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot import texts
from bot.commands.context import Application, Context, say

PROVINCE = "p_"
"""A deep link's payload begins with it where it names a province."""


async def start(update: Update, context: Context) -> None:
    if message := update.effective_message:
        payload = context.args[0] if context.args else ""
        if payload.startswith(PROVINCE):
            await say(message, await context.answers.button(f"p:{payload.removeprefix(PROVINCE)}:0"))
        else:
            await say(message, await context.answers.provinces(texts.START))


def register(application: Application) -> None:
    application.add_handler(CommandHandler("start", start))
