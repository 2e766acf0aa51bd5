"""A post as it is stored before the call, sent, looked for where its answer was lost, and drawn by the preview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a post that opens an address, or below a message to a person that tells the bot something."""

    text: str
    url: str = ""
    data: str = ""
    """What the bot is told, within 64 bytes."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything of a post but where it goes: stored before the call, sent, probed for and drawn by the preview."""

    html: str
    plain: str
    """The same without markup, links written out; for terminals, and for a post whose markup was refused."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    link_preview: str = ""
    """The address whose picture stands above the text; empty for none."""
    photo: str = ""
    """The address of a picture that the text is the caption of; empty for a text message."""
    silent: bool = False
    """Deliver without a sound."""
    as_plain: bool = False
    """Send `plain`: the platform refused the markup."""
    as_text: bool = False
    """Without a photo: the platform refused it."""
    as_mark: bool = False
    """Marked as retracted: the platform refused to delete it."""
    bale: str = ""
    """The same in Bale's markup, which is sent instead; empty on Telegram."""
    reply_to: int = 0
    """The id of the first post of the same story, which this one answers; 0 for none."""
    reply_title: str = ""
    """That post's title, which the preview shows as Telegram would."""
    after: int = 0
    """Of a message to a person: the newest id that was known, before it was sent, among all chats that share ids."""

    def to_dict(self) -> dict[str, Any]:
        """The payload as JSON-able values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Payload:
        """The payload that `to_dict` gave."""
        rows = tuple(tuple(Button(**button) for button in row) for row in values.get("buttons", ()))
        return cls(**{**values, "buttons": rows})

    @property
    def sent(self) -> str:
        """The text as it is sent."""
        return self.plain if self.as_plain else self.bale or self.html

    @property
    def is_html(self) -> bool:
        """Whether the text is to be read as HTML."""
        return not (self.as_plain or self.bale)

    @property
    def visible(self) -> str:
        """The text as it is read back from the platform."""
        return visible_text(self.html) if self.is_html else self.sent


def visible_text(html: str) -> str:
    """The text that Telegram's parser leaves of our own markup."""
    return unescape(re.sub(r"<[^>]*>", "", html))
