"""Whose settings a message or a press is about, and whether its sender may change them: in groups, admins alone."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import filters

from bot.talk.commands.context import Context, chat_key
from bot.talk.following import texts
from bot.talk.following.following import Following
from bot.talk.listing import Reply

MEANT = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.VIA_BOT & ~filters.ChatType.CHANNEL
"""Commands that somebody has just written: not passed on, not edited into an older message, not a channel's."""
key = chat_key
_MAY = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


def following(context: Context) -> Following:
    """What following is answered from."""
    found: Following = context.bot_data["following"]
    return found


async def may_change(update: Update, context: Context) -> bool:
    """Whether who writes or presses may change what the chat gets."""
    message, user = update.effective_message, update.effective_user
    if message is None or message.chat.type == ChatType.PRIVATE:
        return message is not None
    if message.chat.type == ChatType.CHANNEL:
        return False
    sender = message.sender_chat if update.callback_query is None else None
    if sender is not None:  # an admin who stays anonymous writes as the group itself
        return sender.id == message.chat_id
    if user is None:
        return False
    try:
        member = await context.bot.get_chat_member(message.chat_id, user.id)
    except TelegramError:
        return False
    return member.status in _MAY


async def refused(update: Update, context: Context) -> bool:
    """Tell who may not change it that they may not; whether that was so."""
    if await may_change(update, context):
        return False
    if (message := update.effective_message) and message.chat.type != ChatType.CHANNEL:
        await context.say(message, Reply.of(texts.ADMINS_ONLY))
    return True
