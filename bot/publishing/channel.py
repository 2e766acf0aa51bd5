"""Where posts go: a chat of a platform with the Bot API (`telegram_channel`), or the preview, which is the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.posts.payload import Payload
from bot.publishing.errors import MissingError
from feeds.models import ChannelState

CALL_SECONDS = 20.0
"""The longest that a call waits for its answer."""


@dataclass(frozen=True, slots=True)
class ChatFacts:
    """What the platform says of a chat and of our rights there."""

    chat_id: int | None = None
    title: str = ""
    username: str = ""
    bot: str = ""
    """The bot's own username, for deep links."""
    may_edit_others: bool = False
    """An edit would change other people's posts too, so it must not be used to look for ours."""
    counts: bool = True
    """Each message's id is one more than that of the message before, so that nothing there proves that nothing came."""
    converses: bool = False
    """People talk to the bot there, so its answers stand among the posts; an edit might hit one of them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands in a chat."""

    text: str
    links: tuple[str, ...] = ()
    """The addresses behind its words and its buttons."""
    photo: bool = False
    """The text is the caption of one."""


class Channel(Protocol):
    """A chat that posts go to. Every method raises a `ChannelError` that says what is proven."""

    key: str
    stored: bool
    """The store itself is the channel: its posts are settled there, and no call is made."""

    async def inspect(self, known: int | None = None) -> ChatFacts:
        """Look at the chat and at the bot's rights.

        Args:
            known: the number that the chat had when it was found last: where its name is no more, it has another one.

        Raises:
            BarredError: the bot may not post there.
        """

    async def send(self, chat: ChannelState, payload: Payload) -> int:
        """Post; returns the message's id."""

    async def edit(self, chat: ChannelState, message_id: int, payload: Payload) -> bool:
        """Change a post; False where it was the same already."""

    async def delete(self, chat: ChannelState, message_id: int) -> None:
        """Take a post back."""

    async def read(self, chat: ChannelState, message_id: int, desk: int) -> Seen:
        """A message, read from a forward into the desk's chat, which is deleted again."""

    async def read_own(self, chat: ChannelState, message_id: int) -> Seen:
        """A post of the bot's own, read where there is no desk's chat: its buttons are changed, see `set_buttons`."""

    async def set_buttons(self, chat: ChannelState, message_id: int, payload: Payload | None) -> None:
        """Give a post the buttons of a payload, or none; its text stays."""

    async def close(self) -> None:
        """Let go of connections."""


class PreviewChannel:
    """The channel of a desk that has no Telegram channel yet: a page shows what is settled in the store."""

    stored = True

    def __init__(self, key: str = "preview") -> None:
        self.key = key

    async def inspect(self, known: int | None = None) -> ChatFacts:  # noqa: ARG002
        """There is nothing to look at."""
        return ChatFacts(title="پیش‌نمایش")

    async def send(self, chat: ChannelState, payload: Payload) -> int:  # noqa: ARG002
        """The next id of the channel."""
        return chat.last_message_id + 1

    async def edit(self, chat: ChannelState, message_id: int, payload: Payload) -> bool:  # noqa: ARG002
        """Any edit is fine."""
        return True

    async def delete(self, chat: ChannelState, message_id: int) -> None:
        """Nothing is anywhere else."""

    async def read(self, chat: ChannelState, message_id: int, desk: int) -> Seen:
        """There is nothing but the store.

        Raises:
            MissingError: always.
        """
        raise MissingError(f"{chat.key} has no message {message_id} outside the store; nothing to read for {desk}")

    async def read_own(self, chat: ChannelState, message_id: int) -> Seen:
        """There is nothing but the store.

        Raises:
            MissingError: always.
        """
        raise MissingError(f"{chat.key} has no message {message_id} outside the store")

    async def set_buttons(self, chat: ChannelState, message_id: int, payload: Payload | None) -> None:
        """Buttons are drawn from the store."""

    async def close(self) -> None:
        """There are no connections."""
