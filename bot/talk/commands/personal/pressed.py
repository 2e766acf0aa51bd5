"""A pressed button of following and of the settings; in a group, by an admin."""

from __future__ import annotations

from contextlib import suppress

from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.talk.commands.context import Application, Context, said
from bot.talk.commands.personal.chat import following, key, may_change
from bot.talk.following import texts

_OURS = r"^(f|fp|u|ul|se)(:|$)"
_BELOW = "f:"
"""What stands below an article or a list is answered below it, and not in its place."""


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    message, data = query.message, query.data or ""
    if not isinstance(message, Message):  # too old to be answered in its place
        with suppress(BadRequest):
            await query.answer(texts.OLD_BUTTON)
        return
    if not await may_change(update, context):
        with suppress(BadRequest):
            await query.answer(texts.ADMINS_ONLY, show_alert=True)
        return
    with suppress(BadRequest):  # an answer that came too late harms nobody
        await query.answer()
    reply = await following(context).button(key(message), data)
    if data.startswith(_BELOW):
        await context.say(message, reply)
        return
    try:
        await query.edit_message_text(**said(await context.wanted(message, reply), context.platform))
    except BadRequest as error:
        if "not modified" not in str(error):  # pressed twice
            raise


def register(application: Application) -> None:
    application.add_handler(CallbackQueryHandler(pressed, pattern=_OURS))
