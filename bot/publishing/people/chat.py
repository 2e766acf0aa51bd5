"""The chat of one who follows something, as a channel that messages go to."""

from __future__ import annotations

from telegram import Bot

from bot.posts.style import Platform
from bot.publishing.channel import ChatFacts
from bot.publishing.telegram_channel import TelegramChannel
from feeds.store.following.chats import chat_of


class PersonalChat(TelegramChannel):
    """A private chat, or a group or a topic of it, that is written to because somebody there asked for it."""

    def __init__(self, key: str, bot: Bot, *, platform: Platform) -> None:
        super().__init__(key.removeprefix("to:"), bot, platform=platform)
        self.key = key
        self._facts = ChatFacts(chat_id=chat_of(key), counts=platform == "telegram")

    async def inspect(self, known: int | None = None) -> ChatFacts:  # noqa: ARG002
        """What is known without a call. Nothing there is ever forwarded to the desk: what people write is theirs."""
        return self._facts
