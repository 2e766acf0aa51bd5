"""A crowd at the bot: the desk first, strangers soon, never a call past Telegram's limits; and who may command."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from conversation import EDITOR, Conversation, conversation

READER, STRANGER = 7001, 7999
GROUP = -1002000000001


def message(text: str, *, chat: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """What a member of the desk sends, or seems to send."""
    return {
        "message_id": 1,
        "date": int(time.time()),
        "chat": chat or {"id": EDITOR, "type": "private", "first_name": "ا"},
        "from": {"id": EDITOR, "is_bot": False, "first_name": "ا"},
        "text": text,
        **more,
    }


async def test_a_flood_keeps_neither_the_desk_nor_a_stranger_waiting(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        talk.api.say("/help", user=EDITOR)
        await talk.until(lambda: talk.replies(EDITOR))
        for number in range(30):
            for user in range(READER, READER + 10):
                talk.api.say(f"/search قم {number}", user=user)
        talk.api.say("/status", user=EDITOR)
        talk.api.say("/help", user=STRANGER)
        assert await talk.until(lambda: len(talk.replies(EDITOR)) > 1) < 5
        assert await talk.until(lambda: talk.replies(STRANGER)) < 5
        await talk.until(lambda: all(len(talk.replies(user)) >= 3 for user in range(READER, READER + 10)), 20)
        assert talk.api.limits.refusals == 0
        assert all(len(talk.replies(user)) <= 5 for user in range(READER, READER + 10))


async def passed_over(talk: Conversation, sent: dict[str, Any]) -> bool:
    """Whether a command to stop everything was not heeded; a later question shows that it was looked at."""
    talk.api.inject(message=sent)
    talk.api.say("/help", user=READER)
    await talk.until(lambda: talk.replies(READER))
    return not talk.store.desk.paused()


async def test_a_member_of_the_desk_stops_everything_in_their_own_chat(tmp_path: Path) -> None:
    async with conversation(tmp_path) as talk:
        talk.api.inject(message=message("/pause آزمایش"))
        await talk.until(talk.store.desk.paused)


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "b", "username": "other_bot"}},
        {"chat": {"id": GROUP, "type": "supergroup", "title": "گروه"}},
        {"from": {"id": READER, "is_bot": False, "first_name": "ب"}},
    ],
    ids=["forwarded", "via another bot", "in a group", "by somebody else"],
)
async def test_nobody_else_and_nothing_passed_on_commands(tmp_path: Path, more: dict[str, Any]) -> None:
    async with conversation(tmp_path) as talk:
        assert await passed_over(talk, {**message("/pause"), **more})


async def test_a_command_in_a_group_is_answered_with_nothing(tmp_path: Path) -> None:
    async with conversation(tmp_path, before=lambda api: api.add_channel(GROUP, kind="supergroup")) as talk:
        await passed_over(talk, message("/pause", chat={"id": GROUP, "type": "supergroup", "title": "گروه"}))
        assert talk.api.chats[GROUP].history == []
