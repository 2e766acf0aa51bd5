"""What every handler has at hand: the answers, and how a reply is sent; and how a command is known."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import telegram.ext
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.ext import CallbackContext, CommandHandler, ContextTypes, ExtBot

from bot.posts import bale, markup
from bot.posts.links import deep_link
from bot.posts.personal import digited
from bot.posts.style import Platform, Style
from bot.talk import texts
from bot.talk.answers import Answers
from bot.talk.listing import Reply
from feeds.errors import StoreError
from feeds.models import Order
from feeds.store.following.chats import key_of
from feeds.stories.checking import Checking

ReplyMarkup = ReplyKeyboardMarkup | ReplyKeyboardRemove
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, with our answers."""

    @property
    def answers(self) -> Answers:
        """What the bot answers from."""
        answers: Answers = self.bot_data["answers"]
        return answers

    @property
    def admins(self) -> tuple[int, ...]:
        """The desk's user ids."""
        admins: tuple[int, ...] = self.bot_data["admins"]
        return admins

    @property
    def platform(self) -> Platform:
        """Whose Bot API it is."""
        platform: Platform = self.bot_data["platform"]
        return platform

    async def wanted(self, message: Message, reply: Reply) -> Reply:
        """A reply with the digits that the chat wants."""
        try:
            follower = await asyncio.to_thread(self.answers.store.chats.get, chat_key(message))
        except StoreError:  # that it failed is said in whatever digits
            return reply
        style = Style(digits="latin" if follower.digits == "latin" else "persian")
        return (
            reply if style.digits == "persian" else replace(reply, lines=[digited(line, style) for line in reply.lines])
        )

    async def order(self, message: Message) -> Order:
        """What the chat wants to see first among results."""
        follower = await asyncio.to_thread(self.answers.store.chats.get, chat_key(message))
        return Order(follower.order)

    @property
    def checking(self) -> Checking:
        """What texts are held against."""
        checking: Checking = self.bot_data["checking"]
        return checking

    async def tell(self, message: Message, uid: str) -> None:
        """Send a whole article; to a group the way to it, as it would fill the screen of everybody there."""
        if message.chat.type != ChatType.PRIVATE:
            link = deep_link(self.platform, self.bot.username, f"a_{uid}")
            button = InlineKeyboardButton(texts.OPEN_PRIVATE, url=link)
            await self.say(message, Reply.of(texts.READ_IN_PRIVATE, InlineKeyboardMarkup([[button]])))
            return
        for number, part in enumerate(await self.answers.whole(uid)):
            await self.say(message, part, silent=number > 0)

    async def say(
        self, message: Message, reply: Reply, *, silent: bool = False, keyboard: ReplyMarkup | None = None
    ) -> None:
        """Send a reply to where the message came from; in a group in answer to it, if it is still there.

        Args:
            message: what is answered.
            reply: the answer.
            silent: without a sound.
            keyboard: in place of the phone's own; None leaves that as it is.
        """
        reply = await self.wanted(message, reply)
        quote = self.platform == "telegram" and message.chat.type != ChatType.PRIVATE  # Bale has no `reply_parameters`
        answered = ReplyParameters(message.message_id, allow_sending_without_reply=True) if quote else None
        written = said(reply, self.platform) | ({"reply_markup": keyboard} if keyboard else {})
        await message.reply_text(
            **written,
            disable_notification=silent or None,
            reply_parameters=answered,
            do_quote=False,
        )


def chat_key(message: Message) -> str:
    """The chat, or the topic of a group, that a message stands in, as the store knows it."""
    return key_of(message.chat_id, message.message_thread_id if message.is_topic_message else None)


CONTEXT_TYPES = ContextTypes(context=Context)

Application = telegram.ext.Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def said(reply: Reply, platform: Platform) -> dict[str, Any]:
    """What a call that says a reply is given: the one place where answers get their platform's markup."""
    if platform == "bale":  # which has neither parse modes nor options of previews
        return {"text": bale.written(reply.lines), "reply_markup": reply.keyboard}
    return {
        "text": markup.html(reply.lines),
        "parse_mode": ParseMode.HTML,
        "reply_markup": reply.keyboard,
        "link_preview_options": _pictured(reply.picture) if reply.picture else NO_PREVIEW,
    }


def _pictured(address: str) -> LinkPreviewOptions:
    return LinkPreviewOptions(url=address, prefer_large_media=True, show_above_text=True)


class Command(CommandHandler[Context, None]):
    """`/name words`, known by the text alone: not every platform marks commands in what it brings, as Telegram does."""

    def check_update(self, update: object) -> bool | tuple[list[str], bool | dict[Any, Any]] | None:
        """The words after the command where it is ours to answer."""
        message = update.effective_message if isinstance(update, Update) else None
        if not isinstance(update, Update) or message is None or not (message.text or "").startswith("/"):
            return None
        first, *words = (message.text or "").split()
        name, _, bot = first.removeprefix("/").lower().partition("@")
        if name not in self.commands or (bot and bot != message.get_bot().username.lower()):
            return None
        allowed = self.filters.check_update(update)
        return (words, allowed) if allowed else False
