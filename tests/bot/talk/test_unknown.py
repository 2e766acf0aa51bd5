"""Whatever a person sends in a private chat gets an answer, and a group gets none that it did not ask for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from conversation import conversation

from bot.talk import texts

FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "u"}
SENT: dict[str, dict[str, Any]] = {
    "voice": {"voice": FILE | {"duration": 3}},
    "sticker": {
        "sticker": FILE | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    },
    "photo": {"photo": [FILE | {"width": 1, "height": 1}]},
    "captioned": {"photo": [FILE | {"width": 1, "height": 1}], "caption": "این چیست"},
    "document": {"document": FILE},
}


@pytest.mark.parametrize("what", SENT)
def test_what_is_no_text_gets_a_short_answer(what: str, tmp_path: Path) -> None:
    async def story() -> None:
        async with conversation(tmp_path) as talk:
            talk.api.send(user=7002, **SENT[what])
            await talk.until(lambda: talk.replies(7002))
            assert talk.replies(7002) == [texts.WORDS_ALONE]

    asyncio.run(story())


def test_an_unknown_command_is_answered_and_one_of_the_desk_is_not(tmp_path: Path) -> None:
    async def story() -> None:
        async with conversation(tmp_path) as talk:
            talk.api.say("/pause", user=7002)
            talk.api.say("/weather قم", user=7002)
            await talk.until(lambda: talk.replies(7002))
            assert talk.replies(7002) == [texts.UNKNOWN_COMMAND]
            assert talk.store.desk.paused() == ""

    asyncio.run(story())


def test_a_service_message_and_a_group_are_left_alone(tmp_path: Path) -> None:
    async def story() -> None:
        async with conversation(tmp_path) as talk:
            talk.api.send(
                user=7002, pinned_message={"message_id": 1, "date": 0, "chat": {"id": 7002, "type": "private"}}
            )
            talk.api.say("/start", user=7002)
            await talk.until(lambda: talk.replies(7002))
            assert len(talk.replies(7002)) == 1
            assert texts.WORDS_ALONE not in talk.replies(7002)

    asyncio.run(story())
