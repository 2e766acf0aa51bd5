"""What Telegram's descriptions prove: of the message, or of the whole chat. Gathered from what bots report."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.publishing.errors import (
    BarredError,
    FixedError,
    LimitedError,
    MissingError,
    RefusedError,
    UnchangedError,
    UnknownError,
    UnparsedError,
)
from bot.publishing.telegram_errors import meaning
from feeds.errors import ChannelError

OF_THE_CHAT = (
    "chat not found",
    "CHANNEL_PRIVATE",
    "CHANNEL_INVALID",
    "CHAT_ADMIN_REQUIRED",
    "CHAT_RESTRICTED",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_GUEST_SEND_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "PEER_ID_INVALID",
    "USER_BANNED_IN_CHANNEL",
    "ALLOW_PAYMENT_REQUIRED_10",
    "TOPIC_CLOSED",
    "message thread not found",
    "have no rights to send a message",
    "have no write access to the chat",
    "need administrator rights in the channel chat",
    "not enough rights to send text messages to the chat",
    "group is deactivated",
)
OF_THE_MESSAGE: dict[str, type[ChannelError]] = {
    "message is not modified: specified new message content and reply markup are exactly the same": UnchangedError,
    "MESSAGE_NOT_MODIFIED": UnchangedError,
    "can't parse entities: Can't find end of the entity starting at byte offset 7": UnparsedError,
    "ENTITY_BOUNDS_INVALID": UnparsedError,
    "ENTITIES_TOO_LONG": UnparsedError,
    "BUTTON_URL_INVALID": UnparsedError,
    "REPLY_MARKUP_TOO_LONG": UnparsedError,
    "WEBPAGE_MEDIA_EMPTY": UnparsedError,
    "message to edit not found": MissingError,
    "MESSAGE_ID_INVALID": MissingError,
    "message can't be edited": FixedError,
    "MESSAGE_EDIT_TIME_EXPIRED": FixedError,
    "message can't be deleted for everyone": FixedError,
    "MESSAGE_DELETE_FORBIDDEN": FixedError,
    "not enough rights to send photos to the chat": RefusedError,
    "CHAT_SEND_PHOTOS_FORBIDDEN": RefusedError,
    "PHOTO_INVALID_DIMENSIONS": RefusedError,
    "wrong file identifier/HTTP URL specified": RefusedError,
    "failed to get HTTP URL content": RefusedError,
    "message is too long": RefusedError,
}


@pytest.mark.parametrize("refusal", [BadRequest, Forbidden])
@pytest.mark.parametrize("said", OF_THE_CHAT)
def test_what_keeps_all_posts_out_holds_them_and_refuses_none(said: str, refusal: type[TelegramError]) -> None:
    assert type(meaning(refusal(said))) is BarredError


@pytest.mark.parametrize("said", OF_THE_MESSAGE)
def test_what_is_wrong_with_one_message_stops_no_channel(said: str) -> None:
    assert type(meaning(BadRequest(said))) is OF_THE_MESSAGE[said]


def test_a_message_that_may_not_be_deleted_stops_no_channel_though_telegram_says_forbidden() -> None:
    assert type(meaning(Forbidden("Forbidden: MESSAGE_DELETE_FORBIDDEN"))) is FixedError


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Too Many Requests: retry after 5", LimitedError),
        ("Request Entity Too Large", RefusedError),
        ("Bad Gateway", UnknownError),
        ("Gateway Timeout", UnknownError),
        ("Internal Server Error: restart", UnknownError),
    ],
)
def test_what_a_server_in_between_says(said: str, kind: type[ChannelError]) -> None:
    assert type(meaning(NetworkError(said))) is kind
