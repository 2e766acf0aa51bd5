"""The public page of an invented Telegram channel, made as Telegram makes such pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape


def message(
    number: int,
    text: str = "",
    *,
    name: str = "qom_paper",
    age: timedelta | None = None,
    photo: str = "",
    film: str = "",
    reply: str = "",
    origin: str = "",
    edited: bool = False,
    service: bool = False,
) -> str:
    """One message; `text` is HTML as Telegram writes it (`<br/>`, `<b>`, `<a>`)."""
    at = (datetime.now(UTC) - (age if age is not None else timedelta(minutes=1))).replace(microsecond=0)
    parts = []
    if origin:
        parts.append(
            '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from '
            '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other">'
            f'<span dir="auto">{escape(origin)}</span></a></div>'
        )
    if reply:
        parts.append(
            f'<a class="tgme_widget_message_reply" href="https://t.me/{name}/1">'
            '<div class="tgme_widget_message_author">'
            '<span class="tgme_widget_message_author_name" dir="auto">قم‌نامه</span></div>'
            f'<div class="tgme_widget_message_text js-message_reply_text" dir="auto">{reply}</div></a>'
        )
    if photo:
        parts.append(
            f'<a class="tgme_widget_message_photo_wrap 4826 1232" href="https://t.me/{name}/{number}" '
            f'style="width:800px;background-image:url(\'{photo}\')"><div class="tgme_widget_message_photo"></div></a>'
        )
    if film:
        parts.append(
            '<a class="tgme_widget_message_video_player" href="#">'
            f'<i class="tgme_widget_message_video_thumb" style="background-image:url(\'{film}\')"></i>'
            '<time class="message_video_duration js-message_video_duration">0:41</time></a>'
        )
    if text:
        parts.append(f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>')
    meta = "edited &nbsp;" if edited else ""
    kind = " service_message" if service else ""
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message text_not_supported_wrap{kind} js-widget_message" data-post="{name}/{number}">'
        '<div class="tgme_widget_message_bubble">'
        f'<div class="tgme_widget_message_author accent_color"><span dir="auto">قم‌نامه</span></div>{"".join(parts)}'
        '<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info">'
        f'<span class="tgme_widget_message_views">{100 + number}</span><span class="tgme_widget_message_meta">{meta}'
        f'<a class="tgme_widget_message_date" href="https://t.me/{name}/{number}">'
        f'<time datetime="{at.isoformat()}" class="time">08:30</time></a></span></div></div></div></div></div>'
    )


def channel(*messages: str, title: str = "قم‌نامه", older: str = "") -> bytes:
    """The page of a channel with these messages, the oldest first."""
    more = f'<a href="{older}" class="tme_messages_more js-messages_more" data-before="1"></a>' if older else ""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>قم‌نامه – Telegram</title></head><body>'
        '<header class="tgme_header"><div class="tgme_channel_info"><div class="tgme_channel_info_header_title">'
        f'<span dir="auto">{escape(title)}</span></div></div></header><main class="tgme_main">'
        f'<section class="tgme_channel_history js-message_history">{more}{"".join(messages)}</section>'
        "</main></body></html>"
    ).encode()


def no_preview() -> bytes:
    """What stands there for a channel that shows nothing on the web."""
    return (
        '<!DOCTYPE html><html><body><div class="tgme_page"><div class="tgme_page_title"><span>بسته</span></div>'
        '<div class="tgme_page_extra">12 subscribers</div></div></body></html>'
    ).encode()
