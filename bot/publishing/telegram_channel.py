"""A chat of Telegram, or of a platform with a compatible Bot API, that posts go to."""

from __future__ import annotations

import os
import secrets
import ssl
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType, ParseMode
from telegram.error import EndPointNotFound, InvalidToken
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

from bot.posts.links import is_public
from bot.posts.payload import Button, Payload
from bot.posts.style import Platform
from bot.publishing.channel import CALL_SECONDS, ChatFacts, Seen
from bot.publishing.errors import BarredError, MovedError, UnchangedError, UnknownError
from bot.publishing.telegram_errors import proven
from feeds.models import ChannelState

CONNECT_SECONDS = 10.0
_LINKS = (MessageEntityType.TEXT_LINK, MessageEntityType.URL)


@cache
def tls() -> ssl.SSLContext:
    """How httpx checks certificates, read once: each client would read all of them again, 20 ms of processor time."""
    return httpx.create_ssl_context()


def connect(token: str, *, api_url: str, proxy: str = "") -> Bot:
    """A bot for `TelegramChannel`; nothing is sent yet.

    Args:
        token: from @BotFather.
        api_url: the Bot API server, `https://api.telegram.org` or a compatible one.
        proxy: an HTTP or SOCKS proxy to reach it through.
    """
    # `_look` asks for raw answers on purpose.
    warnings.filterwarnings("ignore", message="Please use 'Bot.get", category=PTBUserWarning)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at each 429 that it will be the default
    request = HTTPXRequest(
        connection_pool_size=64,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=CALL_SECONDS,
        write_timeout=CALL_SECONDS,
        pool_timeout=CALL_SECONDS,
        proxy=proxy or None,
        httpx_kwargs={"verify": tls()},
    )
    return Bot(token, base_url=f"{api_url.rstrip('/')}/bot", request=request, get_updates_request=request)


class TelegramChannel:
    """A channel, group, topic or private chat of Telegram, or of a platform with a compatible Bot API.

    Args:
        key: `@name` or the number of the chat; with a slash and a number, a topic of it.
        bot: the connection.
        platform: whose Bot API it is.
    """

    stored = False

    def __init__(self, key: str, bot: Bot, *, platform: Platform = "telegram") -> None:
        self.key = key
        chat, _, topic = key.partition("/")
        self._name = int(chat) if chat.lstrip("-").isdigit() else chat
        self._topic = int(topic) if topic else None
        self._bot = bot
        self._on_telegram = platform == "telegram"

    async def inspect(self, known: int | None = None) -> ChatFacts:
        """Look at the chat and at the bot's rights there; none of these calls counts against the limits."""
        try:
            return await self._inspect(self._name)
        except MovedError as moved:  # the settings still have the number of before
            return await self._inspect(moved.chat_id)
        except BarredError:  # its name may be another by now
            if known is None or isinstance(self._name, int):
                raise
            return await self._inspect(known)

    async def _inspect(self, name: int | str) -> ChatFacts:
        with proven():
            me = await self._bot.get_me()
            chat = await self._look("getChat", chat_id=name)
            number = chat.get("id", name if isinstance(name, int) else None)
            private = chat.get("type") == ChatType.PRIVATE
            member = {} if private else await self._look("getChatMember", chat_id=number or name, user_id=me.id)
        if not self._on_telegram:  # rights that are not told: it may write, and it may hit others' posts
            member = {"can_post_messages": True, "can_edit_messages": True} | member
        _check_rights(member, chat.get("type", ""))
        if self._topic is not None and not chat.get("is_forum"):
            raise BarredError("the chat has no topics; turn them on in the group, or leave `topic` out")
        return ChatFacts(
            chat_id=number,
            title=chat.get("title") or chat.get("first_name", ""),
            username=chat.get("username", ""),
            bot=me.username or "",
            may_edit_others=bool(member.get("can_edit_messages")),
            counts=self._on_telegram,
            converses=chat.get("type") != ChatType.CHANNEL,
        )

    async def _look(self, endpoint: str, **parameters: Any) -> dict[str, Any]:
        """The raw answer: compatible servers leave fields out that the library's own types insist on.

        One that does not know the method at all answers with nothing; a send will tell what the bot may do.
        """
        try:
            answer: dict[str, Any] = await self._bot.do_api_request(endpoint, api_kwargs=parameters)
        except (EndPointNotFound, InvalidToken):  # getMe has just shown that the token is taken
            return {}
        return answer

    async def send(self, chat: ChannelState, payload: Payload) -> int:
        """Post the payload; returns the message's id."""
        with proven():
            message = await (self._send_photo if payload.photo else self._send_text)(chat, payload)
        return message.message_id

    async def _send_text(self, chat: ChannelState, payload: Payload) -> Message:
        return await self._bot.send_message(
            self._id(chat),
            payload.sent,
            parse_mode=ParseMode.HTML if payload.is_html else None,
            link_preview_options=_preview(payload),
            disable_notification=payload.silent,
            message_thread_id=self._topic,
            reply_parameters=_reply(payload),
            reply_markup=_keyboard(payload),
        )

    async def _send_photo(self, chat: ChannelState, payload: Payload) -> Message:
        return await self._bot.send_photo(
            self._id(chat),
            payload.photo,
            payload.sent,
            parse_mode=ParseMode.HTML if payload.is_html else None,
            disable_notification=payload.silent,
            message_thread_id=self._topic,
            reply_parameters=_reply(payload),
            reply_markup=_keyboard(payload),
        )

    async def edit(self, chat: ChannelState, message_id: int, payload: Payload) -> bool:
        """Edit the post; False where it was the same already."""
        try:
            with proven():
                await (self._edit_caption if payload.photo else self._edit_text)(chat, message_id, payload)
        except UnchangedError:
            return False
        return True

    async def _edit_text(self, chat: ChannelState, message_id: int, payload: Payload) -> None:
        await self._bot.edit_message_text(
            payload.sent,
            chat_id=self._id(chat),
            message_id=message_id,
            parse_mode=ParseMode.HTML if payload.is_html else None,
            link_preview_options=_preview(payload),
            reply_markup=_keyboard(payload),
        )

    async def _edit_caption(self, chat: ChannelState, message_id: int, payload: Payload) -> None:
        await self._bot.edit_message_caption(
            chat_id=self._id(chat),
            message_id=message_id,
            caption=payload.sent,
            parse_mode=ParseMode.HTML if payload.is_html else None,
            reply_markup=_keyboard(payload),
        )

    async def delete(self, chat: ChannelState, message_id: int) -> None:
        """Delete the post."""
        with proven():
            await self._bot.delete_message(self._id(chat), message_id)

    async def read(self, chat: ChannelState, message_id: int, desk: int) -> Seen:
        """Forward the message into the desk's chat, read it there, and delete the forward."""
        with proven():
            copy: Message = await self._bot.forward_message(desk, self._id(chat), message_id, disable_notification=True)
            await self._bot.delete_message(desk, copy.message_id)
        return _seen(copy)

    async def read_own(self, chat: ChannelState, message_id: int) -> Seen:
        """Change the post's buttons: the answer holds the post, whose text stays, and does not count as edited.

        The button is unlike any other, since a change that changes nothing answers without the post. It leads to where
        the post is, and stands there for the moment until `set_buttons`.
        """
        place = (
            f"https://t.me/{chat.username}"
            if chat.username
            else f"https://t.me/c/{str(chat.chat_id).removeprefix('-100')}"
        )
        button = InlineKeyboardButton("…", url=f"{place}/{message_id}?{secrets.token_hex(4)}")
        with proven():
            post = await self._bot.edit_message_reply_markup(
                self._id(chat), message_id, reply_markup=InlineKeyboardMarkup([[button]])
            )
        if not isinstance(post, Message):  # some servers answer with a mere «true»
            raise UnknownError("the answer does not hold the post")
        return _seen(post)

    async def set_buttons(self, chat: ChannelState, message_id: int, payload: Payload | None) -> None:
        """Give a post the buttons of a payload, or none."""
        try:
            with proven():
                buttons = None if payload is None else _keyboard(payload)
                await self._bot.edit_message_reply_markup(self._id(chat), message_id, reply_markup=buttons)
        except UnchangedError:
            return

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.request.shutdown()

    def _id(self, chat: ChannelState) -> int | str:
        """Always the number where it is known: Telegram counts `@name` and the number apart."""
        return self._name if chat.chat_id is None else chat.chat_id


def _seen(message: Message) -> Seen:
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    links = [entity.url or text for entity, text in entities.items() if entity.type in _LINKS]
    if message.reply_markup is not None:
        links += [button.url for row in message.reply_markup.inline_keyboard for button in row if button.url]
    return Seen(message.text or message.caption or "", tuple(links), photo=bool(message.photo))


def _preview(payload: Payload) -> LinkPreviewOptions | None:
    if payload.bale:  # no such option there
        return None
    if payload.as_plain or not payload.link_preview:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=payload.link_preview, prefer_large_media=True, show_above_text=True)


def _reply(payload: Payload) -> ReplyParameters | None:
    """The post that this one answers; where somebody has deleted that, it stands alone."""
    if not payload.reply_to or payload.bale:  # no such parameter there
        return None
    return ReplyParameters(payload.reply_to, allow_sending_without_reply=True)


def _keyboard(payload: Payload) -> InlineKeyboardMarkup | None:
    """The buttons, without those that lead to a machine of one's own: some servers refuse the whole post for them."""
    if payload.as_plain:
        return None
    rows = [[_button(b) for b in row if b.data or is_public(b.url)] for row in payload.buttons]
    return InlineKeyboardMarkup([row for row in rows if row]) if any(rows) else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.data:
        return InlineKeyboardButton(button.text, callback_data=button.data)
    return InlineKeyboardButton(button.text, url=button.url)


def _check_rights(member: Mapping[str, Any], kind: str) -> None:
    if member.get("status") in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        raise BarredError("the bot is not a member; add it to the chat again")
    if kind == ChatType.CHANNEL and member.get("can_post_messages") is False:
        raise BarredError("the bot may not post; make it an administrator with the right to post messages")
