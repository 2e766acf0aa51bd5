"""Chats and the messages in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class File:
    """A file that was sent along with a call."""

    name: str
    data: bytes


@dataclass
class Message:
    """A message as it stands now."""

    id: int
    chat_id: int
    date: int
    text: str = ""
    caption: str = ""
    photo: str = ""
    document: File | None = None
    entities: tuple[dict[str, Any], ...] = ()
    markup: Any = None
    preview: Any = None
    silent: bool = False
    by_bot: bool = True
    edited: int = 0
    reply_to: int | None = None
    thread: int | None = None

    @property
    def content(self) -> tuple[Any, ...]:
        """What an edit is compared with."""
        return self.text, self.caption, self.entities, self.markup, self.preview

    def button(self, label: str) -> str:
        """What pressing the button with these words sends."""
        buttons = [button for row in self.markup["inline_keyboard"] for button in row]
        return next(str(button["callback_data"]) for button in buttons if label in button["text"])

    @property
    def links(self) -> list[str]:
        return [entity["url"] for entity in self.entities if entity["type"] == "text_link"]


@dataclass
class Chat:
    """A chat, what the bot may do there, and everything that was ever posted."""

    id: int
    kind: str = "channel"
    title: str = ""
    username: str = ""
    status: str = "administrator"
    """The bot's status as a member."""
    may_post: bool = True
    may_edit: bool = False
    """Whether the bot may edit other people's posts."""
    may_delete: bool = False
    tells_rights: bool = True
    """Whether the platform says what an administrator may do."""
    next_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    """By id; those that were deleted are missing."""
    history: list[Message] = field(default_factory=list)
    """All that ever came, in order, deleted ones too."""
    moved_to: int | None = None
    topics: set[int] = field(default_factory=set)
    """Of a forum, besides the general one."""
    ids: Iterator[int] | None = None
    """Where the chat shares its ids with others: private chats of an account do so on Telegram."""
    admins: set[int] = field(default_factory=set)
    """Of a group, besides the bot."""
    closed: set[int] = field(default_factory=set)
    """Topics where only administrators with the right to manage them may write."""

    def in_topic(self, thread: int | None) -> list[str]:
        """What stands in a topic, in order; None is the general one."""
        return [m.text or m.caption for _, m in sorted(self.messages.items()) if m.thread == thread]

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        self.history.append(message)
        return message

    def take_id(self) -> int:
        taken = self.next_id if self.ids is None else next(self.ids)
        self.next_id = taken + 1
        return taken

    def post_by_others(self, text: str) -> Message:
        """Somebody else writes into the chat."""
        return self.add(Message(self.take_id(), self.id, 0, text=text, by_bot=False))

    @property
    def texts(self) -> list[str]:
        """What stands in the chat, in order."""
        return [message.text or message.caption for _, message in sorted(self.messages.items())]
