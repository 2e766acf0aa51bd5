"""Guest mode: whoever names the bot in a chat that it is no member of gets one answer there.

The chat's number may be that of another chat which the bot knows (Bot API 10.0), so nothing is ever sent to it: the
query is answered, or nothing is. First of all handlers, as the others would answer into the chat.
"""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, Message, Update
from telegram.error import BadRequest
from telegram.ext import TypeHandler

from bot.posts.links import deep_link
from bot.talk import texts
from bot.talk.answering import inline
from bot.talk.commands.check import without_question
from bot.talk.commands.context import Application, Context
from bot.talk.commands.elsewhere.inline import Pace
from bot.talk.listing import Reply
from feeds.stories.checking import TooShortError


async def guest(update: Update, context: Context) -> None:
    message, pace = update.guest_message, context.bot_data["guest_pace"]
    if message is None or not message.guest_query_id:
        return
    if message.from_user is not None and not pace.allows(message.from_user.id):
        return
    reply = await _answer(message, context)
    link = deep_link("telegram", context.bot.username, "inline")
    button = InlineKeyboardButton(texts.GUEST_MORE, url=link)
    result = InlineQueryResultArticle(
        "0", texts.GUEST_MORE, inline.content(reply.lines), reply_markup=InlineKeyboardMarkup([[button]])
    )
    with suppress(BadRequest):  # it came too late; whoever asked has asked again
        await message.answer_guest_query(result)


async def _answer(message: Message, context: Context) -> Reply:
    """What was asked behind the bot's name; of a message that it answers to, what the archive knows."""
    words = without_name(message.text or message.caption or "", context.bot.username)
    quoted = message.reply_to_message
    text = (quoted.text or quoted.caption or "") if quoted else ""
    if text.strip() and (not words or without_question(f"{words}؟") == ""):
        try:
            return await context.answers.check(context.checking, text)
        except TooShortError:
            return await context.answers.claimed(text)
    return await context.answers.search(words) if words else await context.answers.latest()


def without_name(text: str, bot: str) -> str:
    """A text without the bot's name, and without a command before it: `/search@bot قم` is «قم»."""
    return " ".join(re.sub(rf"(?:^\s*/\w+)?@{re.escape(bot)}(?!\w)", " ", text, flags=re.IGNORECASE).split())


class _Guests(TypeHandler[Update, Context, None]):
    """Updates that bring a guest's message."""

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.guest_message is not None


def register(application: Application) -> None:
    if application.bot_data["platform"] == "telegram":
        application.bot_data["guest_pace"] = Pace()
        application.add_handler(_Guests(Update, guest))
