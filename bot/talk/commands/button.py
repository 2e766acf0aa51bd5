"""A pressed button: the list turns its page in place."""

from __future__ import annotations

from contextlib import suppress

from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.talk.commands.context import Application, Context, said


async def button(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    with suppress(BadRequest):  # an answer that came too late harms nobody
        await query.answer()
    if not isinstance(query.message, Message):  # too old to be edited
        return
    reply = await context.answers.button(query.data or "")
    try:
        await query.edit_message_text(**said(await context.wanted(query.message, reply), context.platform))
    except BadRequest as error:
        if "not modified" not in str(error):  # pressed twice
            raise


def register(application: Application) -> None:
    application.add_handler(CallbackQueryHandler(button))
