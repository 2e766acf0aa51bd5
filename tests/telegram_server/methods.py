"""The methods of the Bot API that this server knows, and every parameter they have: others are an error.

Source: https://core.telegram.org/bots/api
"""

from __future__ import annotations

_SENDING = {
    "business_connection_id",
    "chat_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "reply_parameters",
    "reply_markup",
}
_COMMANDS = {"scope", "language_code"}
_EDITING = {"business_connection_id", "chat_id", "message_id", "inline_message_id", "reply_markup"}

PARAMETERS: dict[str, set[str]] = {
    "getme": set(),
    "getchat": {"chat_id"},
    "getchatmember": {"chat_id", "user_id"},
    "getchatadministrators": {"chat_id"},
    "setmycommands": {"commands"} | _COMMANDS,
    "getmycommands": _COMMANDS,
    "deletemycommands": _COMMANDS,
    "setmydescription": {"description", "language_code"},
    "setmyshortdescription": {"short_description", "language_code"},
    "setmyname": {"name", "language_code"},
    "getupdates": {"offset", "limit", "timeout", "allowed_updates"},
    "deletewebhook": {"drop_pending_updates"},
    "setwebhook": {
        "url",
        "certificate",
        "ip_address",
        "max_connections",
        "allowed_updates",
        "drop_pending_updates",
        "secret_token",
    },
    "getwebhookinfo": set(),
    "sendmessage": {"text", "parse_mode", "entities", "link_preview_options"} | _SENDING,
    "sendphoto": {"photo", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "has_spoiler"}
    | _SENDING,
    "senddocument": {
        *("document", "thumbnail", "caption", "parse_mode", "caption_entities", "disable_content_type_detection")
    }
    | _SENDING,
    "sendchataction": {"business_connection_id", "chat_id", "message_thread_id", "action"},
    "editmessagetext": {"text", "parse_mode", "entities", "link_preview_options"} | _EDITING,
    "editmessagecaption": {"caption", "parse_mode", "caption_entities", "show_caption_above_media"} | _EDITING,
    "editmessagereplymarkup": _EDITING,
    "deletemessage": {"chat_id", "message_id"},
    "forwardmessage": {
        "chat_id",
        "message_thread_id",
        "direct_messages_topic_id",
        "from_chat_id",
        "video_start_timestamp",
        "disable_notification",
        "protect_content",
        "suggested_post_parameters",
        "message_effect_id",
        "message_id",
    },
    "answercallbackquery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    "answerinlinequery": {"inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"},
    "answerguestquery": {"guest_query_id", "result"},
}
"""Methods in small letters, as the Bot API takes them in any case."""

REQUIRED: dict[str, set[str]] = {
    "getchat": {"chat_id"},
    "getchatmember": {"chat_id", "user_id"},
    "setmycommands": {"commands"},
    "sendmessage": {"chat_id", "text"},
    "sendphoto": {"chat_id", "photo"},
    "senddocument": {"chat_id", "document"},
    "sendchataction": {"chat_id", "action"},
    "editmessagetext": {"text"},
    "deletemessage": {"chat_id", "message_id"},
    "forwardmessage": {"chat_id", "from_chat_id", "message_id"},
    "answercallbackquery": {"callback_query_id"},
    "answerinlinequery": {"inline_query_id", "results"},
    "answerguestquery": {"guest_query_id", "result"},
}

NOT_ON_BALE = {
    "setmycommands",
    "getmycommands",
    "deletemycommands",
    "setmydescription",
    "setmyshortdescription",
    "setmyname",
    "answerinlinequery",
    "answerguestquery",
}
"""Methods that Bale's documentation does not know."""

UNKNOWN_TO_BALE = {
    "parse_mode",
    "entities",
    "caption_entities",
    "link_preview_options",
    "reply_parameters",
    "message_thread_id",
}
"""Parameters that mean nothing there. Bale may ignore them; here they are an error: who sends them counts on them."""

COUNTED = {
    "sendmessage",
    "sendphoto",
    "senddocument",
    "editmessagetext",
    "editmessagecaption",
    "editmessagereplymarkup",
    "forwardmessage",
}
"""Methods that count against the limits of a chat."""
