"""A pressed button: the list turns its page in place, or an article comes whole."""

from __future__ import annotations

from contextlib import suppress

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.posts.links import deep_link
from bot.talk.commands.context import Application, Context, said

ARTICLE = r"^a:([0-9a-f]{16})$"


async def whole(update: Update, context: Context) -> None:
    """An article below its list; from a group, or a message too old to be told of, by the way to the private chat."""
    query = update.callback_query
    if query is None or not query.data:
        return
    uid = query.data.removeprefix("a:")
    private = isinstance(query.message, Message) and query.message.chat.type == ChatType.PRIVATE
    there = deep_link(context.platform, context.bot.username, f"a_{uid}") if not private else None
    with suppress(BadRequest):
        await query.answer(url=there if context.platform == "telegram" else None)
    if isinstance(query.message, Message) and (private or context.platform != "telegram"):
        await context.tell(query.message, uid)


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
    application.add_handler(CallbackQueryHandler(whole, pattern=ARTICLE))
    application.add_handler(CallbackQueryHandler(button))
