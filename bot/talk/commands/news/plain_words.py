"""Plain words in a private chat: «جستجو قم», or just «قم»; Telegram allows no Persian in commands.

Some ask for what a command does: «دیگه نفرست». Where nothing is to be stopped, such words were a search after all.
"""

from __future__ import annotations

import re

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.talk import texts
from bot.talk.answering.wishes import Kind, Wish, wish
from bot.talk.commands.context import Application, Context
from bot.talk.commands.personal.chat import MEANT, following, key
from bot.talk.listing import Reply

ASKING = re.compile(r"^\s*/?(?:جست\W?و?\W?جوی?|جستجوی?|سرچ|search)\s*[:؛]?\s+", re.IGNORECASE)
ADDRESS = re.compile(r"^\s*(https?://\S+)\s*$", re.IGNORECASE)
_SAID = {
    Kind.HELP: texts.HELP,
    Kind.ABOUT: texts.ABOUT,
    Kind.WELLBEING: texts.WELLBEING,
    Kind.CONTACT: texts.CONTACT,
    Kind.OF_ARTICLE: texts.OF_ARTICLE,
}


async def words(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or not message.text:
        return
    if address := ADDRESS.match(message.text):
        await _show(message, context, address[1])
        return
    wished = wish(message.text) if MEANT.check_update(update) and not message.text.startswith("/") else None
    reply = await _fulfilled(wished, message, context) if wished else None
    await context.say(message, reply or await _found(message, message.text, context))


async def _show(message: Message, context: Context, address: str) -> None:
    """An address that is sent alone: a page of ours is an article."""
    if uid := context.answers.named(address):
        await context.tell(message, uid)
    else:
        await context.say(message, Reply.of(texts.ADDRESS))


async def _found(message: Message, typed: str, context: Context) -> Reply:
    return await context.answers.search(ASKING.sub("", typed), order=await context.order(message))


async def _fulfilled(wished: Wish, message: Message, context: Context) -> Reply | None:
    """The answer to a wish; None where it must have been a search."""
    personal, chat = following(context), key(message)
    match wished.kind:
        case Kind.FOLLOW:
            return await personal.follow(chat, wished.about, message.message_id)
        case Kind.STOP if not wished.about:
            return await personal.stop(chat)
        case Kind.STOP | Kind.FOLLOWED:
            nothing = wished.about and not await personal.follows(chat)
            return None if nothing else await personal.followed(chat)
        case Kind.UNFOLLOW:
            return await personal.followed(chat) if await personal.follows(chat, wished.about) else None
        case Kind.SETTINGS:
            return await personal.settings(chat)
    return await _said(wished, context)


async def _said(wished: Wish, context: Context) -> Reply:
    """The answer that is the same for everybody."""
    if wished.kind is Kind.CHANNELS:
        return await context.answers.channels()
    return context.answers.feed(wished.about) if wished.kind is Kind.FEED else Reply.of(_SAID[wished.kind])


def register(application: Application) -> None:
    asked = filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE
    persian_command = filters.ChatType.PRIVATE & filters.Regex(r"^/\s*[^\x00-\x7f]")
    application.add_handler(MessageHandler(asked | persian_command, words))
