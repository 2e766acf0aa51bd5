"""/mydata shows all that is stored about a chat, /forget deletes it."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT, following, key, refused


async def my_data(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and not await refused(update, context):
        await context.say(message, await following(context).my_data(key(message)))


async def forget(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or await refused(update, context):
        return
    await context.say(message, await following(context).forget(key(message)))
    # That was said is stored, too, until it is forgotten.
    await asyncio.to_thread(following(context).store.chats.forget, key(message))


def register(application: Application) -> None:
    application.add_handler(Command("mydata", my_data, filters=MEANT))
    application.add_handler(Command("forget", forget, filters=MEANT))
