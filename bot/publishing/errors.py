"""What a call to the platform that failed proves.

    ChannelError
     +-- NotSentError         the request never left (no connection): try again, nothing arrived
     +-- LimitedError         429: nothing arrived, and nothing may be sent to the chat for `retry_after`
     +-- RefusedError         400: this message will never be taken
     |    +-- UnparsedError   its markup or its buttons are refused; plain text may pass
     |    +-- MissingError    the message to edit is not there
     |    +-- FixedError      the message to edit is there, and may not be edited
     +-- BarredError          the bot may not write there (or not any more): the channel waits for its rights
     +-- MovedError           the chat has a new id
     +-- UnknownError         anything else: it may have arrived

There is no retry here: the outbox is the only retry layer. `telegram_errors` says which answer proves what.
"""

from __future__ import annotations

from datetime import timedelta

from feeds.errors import ChannelError


class NotSentError(ChannelError):
    """The request never left: nothing arrived."""


class LimitedError(ChannelError):
    """Too many requests: nothing arrived."""

    def __init__(self, message: str, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(ChannelError):
    """The platform will never take this message."""


class UnparsedError(RefusedError):
    """The markup, or what hangs on the text, is refused: the plain text alone may pass."""


class MissingError(RefusedError):
    """The message to edit, delete or forward is not there."""


class FixedError(RefusedError):
    """The message to edit is there, and this bot may not edit it."""


class BarredError(ChannelError):
    """The bot may not write to the chat, or its token is not taken."""


class MovedError(ChannelError):
    """The chat has a new id."""

    def __init__(self, message: str, chat_id: int) -> None:
        super().__init__(message)
        self.chat_id = chat_id


class UnknownError(ChannelError):
    """It is not known whether the message arrived."""


class UnchangedError(RefusedError):
    """The edit would change nothing: proof that the message is there, with this text."""
