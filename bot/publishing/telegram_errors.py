"""Which of our errors an error of python-telegram-bot is: what it proves of the call.

The library raises `BadRequest` and `TimedOut` as kinds of `NetworkError`, so nothing is decided by base class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.publishing.errors import (
    BarredError,
    FixedError,
    LimitedError,
    MissingError,
    MovedError,
    NotSentError,
    RefusedError,
    UnchangedError,
    UnknownError,
    UnparsedError,
)
from feeds.errors import ChannelError

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_REFUSALS: tuple[tuple[str, type[ChannelError]], ...] = (
    ("message is not modified", UnchangedError),
    ("message_not_modified", UnchangedError),
    ("can't parse entities", UnparsedError),
    ("entity", UnparsedError),
    ("entities", UnparsedError),
    ("button", UnparsedError),
    ("reply_markup", UnparsedError),
    ("inline keyboard", UnparsedError),
    ("webpage", UnparsedError),
    ("message to edit not found", MissingError),
    ("message to delete not found", MissingError),
    ("message to forward not found", MissingError),
    ("message_id_invalid", MissingError),
    ("message not found", MissingError),
    ("message can't be edited", FixedError),
    ("message can't be deleted", FixedError),
    ("message_author_required", FixedError),
    ("message_delete_forbidden", FixedError),
    ("message_edit_time_expired", FixedError),
    ("edit_forbidden", FixedError),
    ("there is no text in the message", FixedError),
    ("there is no caption in the message", FixedError),
    ("rights to send photos", RefusedError),  # a group that takes text only: the photo goes out as a text
    ("rights to send media", RefusedError),
    ("chat_send_photos_forbidden", RefusedError),
    ("chat_send_media_forbidden", RefusedError),
    ("chat not found", BarredError),
    ("not enough rights", BarredError),
    ("need administrator rights", BarredError),
    ("have no rights", BarredError),
    ("have no write access", BarredError),
    ("chat_write_forbidden", BarredError),
    ("chat_send_plain_forbidden", BarredError),
    ("chat_guest_send_forbidden", BarredError),
    ("chat_restricted", BarredError),
    ("chat_forbidden", BarredError),
    ("chat_id_invalid", BarredError),
    ("channel_private", BarredError),
    ("channel_invalid", BarredError),
    ("peer_id_invalid", BarredError),
    ("user_banned_in_channel", BarredError),
    ("payment_required", BarredError),  # a group that takes stars for each message
    ("chat_admin_required", BarredError),
    ("not a member", BarredError),
    ("was kicked", BarredError),
    ("was blocked", BarredError),
    ("message thread not found", BarredError),
    ("topic_closed", BarredError),
    ("topic_deleted", BarredError),
    ("deactivated", BarredError),
)
"""What Telegram's descriptions mean, in small letters."""
_ADVICE = {
    "message thread not found": "the topic is not there; see `topic` of its [[channel]] in chapar.toml",
    "topic_deleted": "the topic was deleted; name another as `topic` of its [[channel]] in chapar.toml",
    "topic_closed": "the topic is closed; open it, or let the bot manage topics",
    "channel_private": "the channel is closed to the bot; make it an administrator again",
    "chat_restricted": "Telegram has restricted the chat, even for administrators; ask its owner, and @SpamBot",
    "user_banned_in_channel": "the chat has banned the bot, or Telegram has; ask the chat's owner, and @SpamBot",
}
"""What to do about descriptions that don't say it, in small letters."""


@contextmanager
def proven() -> Iterator[None]:
    """Raise what a failed call proves, in place of the library's error."""
    try:
        yield
    except TelegramError as error:
        raise meaning(error) from error
    except (KeyError, TypeError, ValueError) as error:  # an answer that is not what the Bot API promises
        raise UnknownError(f"an answer that can't be read ({error!r})") from error


def meaning(error: TelegramError) -> ChannelError:
    """What a failed call proves."""
    said = error.message
    match error:
        case RetryAfter():
            return LimitedError(said, _span(error.retry_after))
        case ChatMigrated():
            return MovedError(said, error.new_chat_id)
        case InvalidToken():
            return BarredError("Telegram does not take the bot's token; see TELEGRAM_TOKEN")
        case BadRequest() | Forbidden():
            known = (kind for words, kind in _REFUSALS if words in said.lower())
            advice = _ADVICE.get(said.lower(), said)
            return next(known, BarredError if isinstance(error, Forbidden) else RefusedError)(advice)
        case NetworkError():
            return _network_meaning(error)
    return UnknownError(said or type(error).__name__)


def _network_meaning(error: NetworkError) -> ChannelError:
    said = error.message
    if isinstance(error.__cause__, _NEVER_LEFT):
        return NotSentError(f"no connection to the Bot API ({type(error.__cause__).__name__})")
    if "too many requests" in said.lower():  # a server that says it in words only
        seconds = re.search(r"retry after (\d+)", said)
        return LimitedError(said, timedelta(seconds=int(seconds[1]) if seconds else 1))
    if "request entity too large" in said.lower():
        return RefusedError(said)
    return UnknownError(said or type(error).__name__)


def _span(value: timedelta | float) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
