"""The Bot API as a state machine: a method and its parameters in, an answer out. It is strict on purpose.

Unknown methods and parameters are errors, every text goes through Telegram's own parser, limits and penalties are
kept as sliding windows, and message ids of a chat grow by one.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Literal
from urllib.parse import urlsplit

from telegram_server.chats import Chat, File, Message
from telegram_server.faults import Faults
from telegram_server.inline import LONGEST_QUERY, RefusedError, check
from telegram_server.limits import Limits
from telegram_server.methods import COUNTED, NOT_ON_BALE, PARAMETERS, REQUIRED, UNKNOWN_TO_BALE
from telegram_server.parser import Parsed, ParseError, parse

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32_768
_OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


class ApiError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": str(self)}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


@dataclass
class Call:
    """A request that reached the server."""

    method: str
    parameters: Mapping[str, Any]
    at: float
    ok: bool = False
    error: str = ""


@dataclass
class Api:
    """One bot and its chats.

    Args:
        token: the only token that is taken.
        clock: seconds; limits and penalties are kept by it.
    """

    token: str = "123456:TEST-TOKEN"
    platform: Literal["telegram", "bale"] = "telegram"
    """Bale takes texts with its own markup in them (a HTML tag is shown), marks no commands, and knows less."""
    clock: Callable[[], float] = time.time
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    chats: dict[int, Chat] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    commands: list[dict[str, str]] = field(default_factory=list)
    menus: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """The commands by scope."""
    answered: list[dict[str, Any]] = field(default_factory=list)
    """Answers to callback and inline queries."""
    inline_mode: bool = True
    """Whether @BotFather was told that people may ask the bot in other chats."""
    shares_ids: bool = False
    """Whether private chats share their message ids, as on Telegram."""
    allowed: list[str] | None = None
    """The kinds of update that the bot asked for; None: all that are usual."""
    open_queries: set[str] = field(default_factory=set)
    """Callback and inline queries that wait for their answer; one is answered once."""
    webhook: str = ""
    """Where updates go; while they do, getUpdates is refused, as Telegram refuses it."""
    _update_id: int = 1000
    _shared_ids: Iterator[int] = field(default_factory=lambda: count(5000))

    @property
    def on_bale(self) -> bool:
        """Whether this is Bale's API."""
        return self.platform == "bale"

    def add_channel(self, chat_id: int = -1001234567890, **facts: Any) -> Chat:
        """A channel where the bot is an administrator, unless `facts` say otherwise."""
        chat = Chat(chat_id, **{"title": "کانال", "username": f"channel_{abs(chat_id) % 1000}", **facts})
        self.chats[chat_id] = chat
        return chat

    def inject(self, **update: Any) -> None:
        """Something for the bot: `message={…}`, `callback_query={…}`, …; the update's id is added."""
        self._update_id += 1
        (kind,) = update
        if kind in ("callback_query", "inline_query", "guest_message"):
            self.open_queries.add(str(update[kind].get("guest_query_id") or update[kind]["id"]))
        if self.allowed is None or kind in self.allowed:
            self.updates.append({"update_id": self._update_id, **update})

    def say(self, text: str, *, user: int = 7001, chat_id: int | None = None) -> None:
        """A person writes to the bot."""
        chat = self._private(chat_id or user)
        message = chat.add(Message(chat.take_id(), chat.id, int(self.clock()), text=text, by_bot=False))
        command = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
        marked = text.startswith("/") and not self.on_bale
        self.inject(message=self._message(message) | {"from": _person(user), "entities": [command] * marked})

    def send(self, *, user: int = 7001, chat_id: int | None = None, text: str = "", **more: Any) -> None:
        """A person sends anything else: `location={…}`, a text with `forward_origin={…}`, a `photo` with a caption."""
        chat = self._private(chat_id or user)
        message = chat.add(Message(chat.take_id(), chat.id, int(self.clock()), text=text, by_bot=False))
        shown = self._message(message) | {"from": _person(user)} | more
        if not text:
            shown = {name: value for name, value in shown.items() if name not in ("text", "entities")}
        self.inject(message=shown)

    def ask(self, query: str, *, offset: str = "", user: int = 7001) -> str:
        """A person types the bot's name and some words in any chat; returns the query's id."""
        number = f"inline-{self._update_id + 1}"
        asked = {"id": number, "from": _person(user), "query": query[:LONGEST_QUERY], "offset": offset}
        self.inject(inline_query=asked | {"chat_type": "supergroup"})
        return number

    def visit(self, text: str, *, user: int = 7001, **more: Any) -> str:
        """A person names the bot in a group that it is no member of; returns the query's id."""
        number = f"guest-{self._update_id + 1}"
        chat = {"id": -1009, "type": "supergroup", "title": "گروه دیگران"}
        told = {"message_id": 1, "date": int(self.clock()), "chat": chat, "from": _person(user), "text": text}
        self.inject(guest_message=told | {"guest_query_id": number} | more)
        return number

    def inline_answer(self, number: str) -> dict[str, Any] | None:
        """What the bot answered to an inline query, or to a guest's, if it did."""
        named = ("inline_query_id", "guest_query_id")
        return next((one for one in self.answered if number in (one.get(name) for name in named)), None)

    def change_membership(self, status: str, *, user: int = 7001) -> None:
        """A person blocks the bot (`kicked`) or lets it in again (`member`)."""
        chat = self._private(user)
        before, chat.status = chat.status, "blocked" if status == "kicked" else status
        sender, me = {"id": user, "is_bot": False, "first_name": "کاربر"}, self._getme({})
        until = {"until_date": 0}
        self.inject(
            my_chat_member={
                "chat": self._brief(chat),
                "from": sender,
                "date": int(self.clock()),
                "old_chat_member": {"status": "member" if before == "member" else "kicked", "user": me, **until},
                "new_chat_member": {"status": status, "user": me, **until},
            }
        )

    def press(self, data: str, message: Message, *, user: int = 7001) -> None:
        """A person presses a button below a message."""
        query = {"id": str(self._update_id + 1), "from": _person(user), "chat_instance": "1", "data": data}
        self.inject(callback_query=query | {"message": self._message(message)})

    # Answering ------------------------------------------------------------------------------------------------------

    def answer(self, token: str, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON of the answer, `error_code` included where it is not ok."""
        name = method.lower()
        call = Call(name, dict(parameters), self.clock())
        self.calls.append(call)
        try:
            result = self._process(token, name, parameters)
        except ApiError as error:
            call.error = str(error)
            return error.body
        call.ok = True
        return {"ok": True, "result": result}

    def _process(self, token: str, name: str, parameters: Mapping[str, Any]) -> Any:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if name not in PARAMETERS or (self.on_bale and name in NOT_ON_BALE):
            raise ApiError(404, "Not Found")
        if unknown := set(parameters) - PARAMETERS[name]:
            raise ApiError(400, f"Bad Request: unknown parameters {', '.join(sorted(unknown))} of {name}")
        if missing := REQUIRED.get(name, set()) - set(parameters):
            raise ApiError(400, f"Bad Request: parameter {', '.join(sorted(missing))} is required")
        if self.on_bale and (foreign := UNKNOWN_TO_BALE & set(parameters)):
            raise ApiError(400, f"Bad Request: unknown parameters {', '.join(sorted(foreign))}")
        if name in COUNTED:
            chat = self._chat(parameters)
            if seconds := self.limits.refuse(chat.id, self.clock()):
                raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        handler: Callable[[Mapping[str, Any]], Any] = getattr(self, f"_{name}")
        return handler(parameters)

    def chat_of(self, parameters: Mapping[str, Any]) -> int | None:
        """The chat's id that a call is about, where there is one."""
        try:
            return self._chat(parameters).id
        except (ApiError, KeyError, ValueError):
            return None

    def _chat(self, parameters: Mapping[str, Any], name: str = "chat_id") -> Chat:
        asked = str(parameters.get(name, ""))
        if asked.startswith("@"):
            found = next((chat for chat in self.chats.values() if chat.username.lower() == asked[1:].lower()), None)
        else:
            found = self.chats.get(int(asked)) if asked.lstrip("-").isdigit() else None
        if found is None:
            raise ApiError(400, "Bad Request: chat not found")
        if found.moved_to is not None:
            raise ApiError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=found.moved_to
            )
        return found

    def _private(self, user: int) -> Chat:
        ids = self._shared_ids if self.shares_ids else None
        return self.chats.setdefault(user, Chat(user, kind="private", title="", status="member", ids=ids))

    def _may_write(self, chat: Chat) -> None:
        if chat.status in ("left", "kicked"):
            reason = "was kicked from" if chat.status == "kicked" else "is not a member of"
            raise ApiError(403, f"Forbidden: bot {reason} the {chat.kind} chat")
        if chat.status == "blocked":
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.kind == "channel" and (chat.status != "administrator" or not chat.may_post):
            raise ApiError(400, "Bad Request: need administrator rights in the channel chat")

    # Methods --------------------------------------------------------------------------------------------------------

    def _getme(self, _parameters: Mapping[str, Any]) -> Any:
        me = {"id": 123456, "is_bot": True, "first_name": "چاپار", "username": "chapar_test_bot"}
        may = {"can_join_groups": True, "can_read_all_group_messages": False}
        return me | may | {"supports_inline_queries": self.inline_mode, "supports_guest_queries": True}

    def _getchat(self, parameters: Mapping[str, Any]) -> Any:
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        )
        extra = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts}
        return self._brief(self._chat(parameters)) | extra

    def _getchatmember(self, parameters: Mapping[str, Any]) -> Any:
        chat, user = self._chat(parameters), self._getme({})
        if int(parameters.get("user_id", user["id"])) != user["id"]:
            return self._human(chat, int(parameters["user_id"]))
        if chat.status != "administrator":
            until = {"until_date": 0} if chat.status == "kicked" else {}
            return {"status": chat.status, "user": user} | until
        rights = dict.fromkeys(_OTHER_RIGHTS, False)
        allowed = {"can_manage_chat": True, "can_delete_messages": chat.may_delete}
        if not chat.tells_rights:
            return {"status": "administrator", "user": user}
        if chat.kind == "channel":
            allowed |= {"can_post_messages": chat.may_post, "can_edit_messages": chat.may_edit}
        return {"status": "administrator", "user": user} | rights | allowed

    def _human(self, chat: Chat, number: int) -> Any:
        user = {"id": number, "is_bot": False, "first_name": "کاربر"}
        if number not in chat.admins:
            return {"status": "member", "user": user}
        rights = dict.fromkeys(("can_manage_chat", "can_delete_messages", *_OTHER_RIGHTS), False)
        return {"status": "administrator", "user": user} | rights

    def _getchatadministrators(self, parameters: Mapping[str, Any]) -> Any:
        return [self._getchatmember(parameters)]

    def _setmycommands(self, parameters: Mapping[str, Any]) -> Any:
        commands = _json(parameters["commands"])
        for command in commands:
            name, description = command["command"], command["description"]
            if not (
                1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
            ):
                raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(description) <= 256:
                raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        scope = _json(parameters.get("scope")) or {"type": "default"}
        self.menus[scope["type"]] = commands
        if scope["type"] == "default":
            self.commands = commands
        return True

    def _getmycommands(self, _parameters: Mapping[str, Any]) -> Any:
        return self.commands

    def _true(self, _parameters: Mapping[str, Any]) -> Any:
        return True

    _deletemycommands = _setmydescription = _setmyshortdescription = _setmyname = _true

    def _setwebhook(self, parameters: Mapping[str, Any]) -> Any:
        self.webhook = str(parameters["url"])
        return True

    def _deletewebhook(self, _parameters: Mapping[str, Any]) -> Any:
        self.webhook = ""
        return True

    def _getwebhookinfo(self, _parameters: Mapping[str, Any]) -> Any:
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    def _getupdates(self, parameters: Mapping[str, Any]) -> Any:
        if self.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        if "allowed_updates" in parameters:
            self.allowed = _json(parameters["allowed_updates"]) or None
        offset = int(parameters.get("offset", 0))
        while self.updates and offset > self.updates[0]["update_id"]:
            self.updates.popleft()
        return list(self.updates)[: int(parameters.get("limit", 100))]

    def _sendmessage(self, parameters: Mapping[str, Any]) -> Any:
        chat = self._chat(parameters)
        self._may_write(chat)
        parsed = _parsed(parameters, "text", TEXT_LIMIT, "message is too long")
        if not parsed.text:
            raise ApiError(400, "Bad Request: message text is empty")
        return self._post(chat, parameters, text=parsed.text, entities=parsed.entities)

    def _sendphoto(self, parameters: Mapping[str, Any]) -> Any:
        chat = self._chat(parameters)
        self._may_write(chat)
        photo = str(parameters["photo"])
        if not _is_address(photo):
            raise ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong string length")
        parsed = _parsed(parameters, "caption", CAPTION_LIMIT, "message caption is too long")
        return self._post(chat, parameters, caption=parsed.text, entities=parsed.entities, photo=photo)

    def _senddocument(self, parameters: Mapping[str, Any]) -> Any:
        chat = self._chat(parameters)
        self._may_write(chat)
        document = parameters["document"]
        if not isinstance(document, File):
            raise ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong string length")
        parsed = _parsed(parameters, "caption", CAPTION_LIMIT, "message caption is too long")
        return self._post(chat, parameters, caption=parsed.text, entities=parsed.entities, document=document)

    def _post(self, chat: Chat, parameters: Mapping[str, Any], **content: Any) -> Any:
        thread = int(parameters["message_thread_id"]) if "message_thread_id" in parameters else None
        if thread is not None and thread not in chat.topics:  # the general topic has no number here
            raise ApiError(400, "Bad Request: message thread not found")
        if thread in chat.closed:
            raise ApiError(400, "Bad Request: TOPIC_CLOSED")
        reply = _json(parameters.get("reply_parameters"))
        if reply and reply["message_id"] not in chat.messages and not reply.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
        message = Message(
            chat.take_id(),
            chat.id,
            int(self.clock()),
            markup=_markup(parameters),
            preview=_json(parameters.get("link_preview_options")),
            silent=str(parameters.get("disable_notification", "")).lower() == "true",
            reply_to=reply["message_id"] if reply else None,
            thread=thread,
            **content,
        )
        return self._message(chat.add(message))

    def _sendchataction(self, parameters: Mapping[str, Any]) -> Any:
        self._may_write(self._chat(parameters))
        return True

    def _editmessagetext(self, parameters: Mapping[str, Any]) -> Any:
        parsed = _parsed(parameters, "text", TEXT_LIMIT, "message is too long")
        message = self._editable(parameters)
        if message.photo:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        if not parsed.text:
            raise ApiError(400, "Bad Request: message text is empty")
        preview = _json(parameters.get("link_preview_options"))
        changed = {"text": parsed.text, "entities": parsed.entities, "markup": _markup(parameters), "preview": preview}
        return self._edit(message, changed)

    def _editmessagecaption(self, parameters: Mapping[str, Any]) -> Any:
        parsed = _parsed(parameters, "caption", CAPTION_LIMIT, "message caption is too long")
        message = self._editable(parameters)
        if not message.photo:
            raise ApiError(400, "Bad Request: there is no caption in the message to edit")
        return self._edit(message, {"caption": parsed.text, "entities": parsed.entities, "markup": _markup(parameters)})

    def _editmessagereplymarkup(self, parameters: Mapping[str, Any]) -> Any:
        return self._edit(self._editable(parameters), {"markup": _markup(parameters)})

    def _editable(self, parameters: Mapping[str, Any]) -> Message:
        chat = self._chat(parameters)
        self._may_write(chat)
        message = chat.messages.get(int(parameters.get("message_id", 0)))
        if message is None:
            raise ApiError(400, f"Bad Request: message {'' if self.on_bale else 'to edit '}not found")
        if not message.by_bot and not chat.may_edit:
            raise ApiError(400, "Bad Request: message can't be edited")
        return message

    def _edit(self, message: Message, changed: Mapping[str, Any]) -> Any:
        if replace(message, **changed).content == message.content:
            if self.on_bale:
                return self._message(message)
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        for name, value in changed.items():
            setattr(message, name, value)
        message.edited += 1
        return self._message(message)

    def _deletemessage(self, parameters: Mapping[str, Any]) -> Any:
        chat = self._chat(parameters)
        message = chat.messages.get(int(parameters["message_id"]))
        if message is None:
            raise ApiError(400, "Bad Request: message to delete not found")
        if not message.by_bot and not chat.may_delete:
            raise ApiError(400, "Bad Request: message can't be deleted")
        del chat.messages[message.id]
        return True

    def _forwardmessage(self, parameters: Mapping[str, Any]) -> Any:
        target, source = self._chat(parameters), self._chat(parameters, "from_chat_id")
        self._may_write(target)
        message = source.messages.get(int(parameters["message_id"]))
        if message is None:
            raise ApiError(400, "Bad Request: message to forward not found")
        copy = replace(message, id=target.take_id(), chat_id=target.id, by_bot=True)
        origin = {"type": "channel", "date": message.date, "chat": self._brief(source), "message_id": message.id}
        return self._message(target.add(copy)) | {"forward_origin": origin}

    def _close(self, number: str) -> None:
        """A query is answered once, and only one that was asked."""
        if number not in self.open_queries:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_queries.discard(number)

    def _answercallbackquery(self, parameters: Mapping[str, Any]) -> Any:
        if len(str(parameters.get("text", ""))) > 200:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        url = str(parameters.get("url", ""))
        if url and not url.startswith(f"https://t.me/{self._getme({})['username']}?start="):
            raise ApiError(400, "Bad Request: URL_INVALID")
        self._close(str(parameters["callback_query_id"]))
        self.answered.append(dict(parameters))
        return True

    def _answerinlinequery(self, parameters: Mapping[str, Any]) -> Any:
        results, button = _json(parameters["results"]), _json(parameters.get("button"))
        self._check_results({**parameters, "button": button}, results)
        self._close(str(parameters["inline_query_id"]))
        self.answered.append({**parameters, "results": results, "button": button})
        return True

    def _answerguestquery(self, parameters: Mapping[str, Any]) -> Any:
        result = _json(parameters["result"])
        self._check_results({}, [result])
        self._close(str(parameters["guest_query_id"]))
        self.answered.append({**parameters, "results": [result]})
        return {"inline_message_id": str(parameters["guest_query_id"])}

    def _check_results(self, parameters: Mapping[str, Any], results: list[dict[str, Any]]) -> None:
        def text(content: Mapping[str, Any]) -> Parsed:
            return _parsed(content, "text", TEXT_LIMIT, "message is too long")

        try:
            check(parameters, results, text, _markup, _is_address)
        except RefusedError as error:
            raise ApiError(400, f"Bad Request: {error}") from None

    # Objects --------------------------------------------------------------------------------------------------------

    def _brief(self, chat: Chat) -> dict[str, Any]:
        named = {"first_name": "کاربر"} if chat.kind == "private" else {"title": chat.title}
        facts = {"username": chat.username} if chat.username else {}
        return {"id": chat.id, "type": chat.kind} | named | facts | ({"is_forum": True} if chat.topics else {})

    def _message(self, message: Message) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_id": message.id,
            "date": message.date,
            "chat": self._brief(self.chats[message.chat_id]),
        }
        entities = list(message.entities)
        if message.photo:
            size = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
            return shown | {"photo": [size], "caption": message.caption, "caption_entities": entities}
        if message.document:
            file = {"file_id": "d", "file_unique_id": "v", "file_name": message.document.name}
            return shown | {"document": file, "caption": message.caption, "caption_entities": entities}
        return shown | {"text": message.text, "entities": entities}


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "کاربر", "language_code": "fa"}


def _json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse a JSON object") from None


def _parsed(parameters: Mapping[str, Any], name: str, limit: int, too_long: str) -> Parsed:
    raw = str(parameters.get(name, ""))
    if len(raw.encode("utf-8", "surrogatepass")) > RAW_LIMIT:
        raise ApiError(400, f"Bad Request: {too_long}")
    try:
        parsed = parse(raw, parameters.get("parse_mode"))
    except ParseError as error:
        raise ApiError(400, f"Bad Request: {str(error)[:1].lower()}{str(error)[1:]}") from None
    if len(parsed.text) > limit:
        raise ApiError(400, f"Bad Request: {too_long}")
    return parsed


def _markup(parameters: Mapping[str, Any]) -> Any:
    """The inline keyboard, checked."""
    markup = _json(parameters.get("reply_markup"))
    rows = (markup or {}).get("inline_keyboard")
    if rows is None:
        return markup
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise ApiError(400, "Bad Request: text buttons are not allowed to be empty")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not _is_address(button["url"]):
            raise ApiError(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return markup if rows else None


def _is_address(url: str) -> bool:
    """Whether a button may open it, or a file be fetched from it: a public name, not a machine of one's own."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https", "tg") and "." in host and not host.replace(".", "").isdigit()
