"""What every handler has at hand: the answers, and how a reply is sent."""

from __future__ import annotations

from typing import Any

import telegram.ext
from telegram import LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.ext import CallbackContext, ContextTypes, ExtBot

from bot.answers import Answers
from bot.listing import Reply

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


CONTEXT_TYPES = ContextTypes(context=Context)

Application = telegram.ext.Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


async def say(message: Message, reply: Reply) -> None:
    """Send a reply to where the message came from."""
    await message.reply_text(
        reply.html, parse_mode=ParseMode.HTML, reply_markup=reply.keyboard, link_preview_options=NO_PREVIEW
    )
