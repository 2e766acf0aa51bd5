"""The platform says that the bot was blocked or let in again, put out of a group or taken in."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.ext import ChatMemberHandler

from bot.talk.commands.context import Application, Context
from bot.talk.commands.personal.chat import following
from feeds.store.following.chats import key_of

_OUT = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


async def membership(update: Update, context: Context) -> None:
    change = update.my_chat_member
    if change is None:
        return
    chats, key = following(context).store.chats, key_of(change.chat.id)
    if change.new_chat_member.status in _OUT:
        await asyncio.to_thread(chats.lose, key)
    else:
        await asyncio.to_thread(chats.welcome, key, following(context).now())


def register(application: Application) -> None:
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
