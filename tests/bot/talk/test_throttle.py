"""Nobody keeps others waiting: what one chat may have under way is bounded."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from telegram import CallbackQuery, Chat, Message, Update, User

from bot.talk.throttle import TOLD_AT_ONCE, PerChat

STRANGER, OTHER, EDITOR = 1, 2, 3


def update(chat: int, number: int) -> Update:
    message = Message(number, datetime.now(UTC), Chat(chat, Chat.PRIVATE), text=str(number))
    return Update(number, message=message)


class Crowd:
    """People who write; each answer takes a moment."""

    def __init__(self, *spared: int) -> None:
        self.answered: list[tuple[int, int]] = []
        self.told: list[int] = []
        self.under_way: dict[int, int] = {}
        self.most = 0
        self.processor = PerChat(self._left, spared=spared)

    async def _left(self, update: Update) -> None:
        assert update.effective_chat is not None
        self.told.append(update.effective_chat.id)

    async def _answer(self, chat: int, number: int) -> None:
        self.under_way[chat] = self.under_way.get(chat, 0) + 1
        self.most = max(self.most, self.under_way[chat])
        await asyncio.sleep(0.02)
        self.under_way[chat] -= 1
        self.answered.append((chat, number))

    async def write(self, *messages: tuple[int, int]) -> None:
        await asyncio.gather(*(self.processor.process_update(update(*one), self._answer(*one)) for one in messages))


def test_of_a_flood_the_first_and_the_newest_are_answered_and_it_is_said_once() -> None:
    crowd = Crowd()
    asyncio.run(crowd.write(*((STRANGER, number) for number in range(50))))
    assert crowd.answered == [(STRANGER, 0), (STRANGER, 48), (STRANGER, 49)]
    assert crowd.told == [STRANGER]


def test_others_do_not_wait_for_a_flood() -> None:
    crowd = Crowd()
    asyncio.run(crowd.write(*((STRANGER, number) for number in range(50)), (OTHER, 1)))
    assert crowd.answered[:2] == [(STRANGER, 0), (OTHER, 1)]


def test_one_message_of_a_chat_is_answered_at_a_time() -> None:
    crowd = Crowd(EDITOR)
    asyncio.run(crowd.write(*((EDITOR, number) for number in range(9))))
    assert crowd.most == 1


def test_nothing_of_the_desk_is_left_out() -> None:
    crowd = Crowd(EDITOR)
    asyncio.run(crowd.write(*((EDITOR, number) for number in range(9))))
    assert crowd.answered == [(EDITOR, number) for number in range(9)]
    assert crowd.told == []


def test_after_a_quiet_moment_a_chat_is_told_again() -> None:
    crowd = Crowd()

    async def twice() -> None:
        for _ in range(2):
            await crowd.write(*((STRANGER, number) for number in range(9)))

    asyncio.run(twice())
    assert crowd.told == [STRANGER, STRANGER]
    assert crowd.processor._chats == {}


def test_of_buttons_that_are_pressed_quicker_than_answered_a_few_at_a_time_are_answered() -> None:
    crowd = Crowd()
    said: list[int] = []

    async def left(update: Update) -> None:
        said.append(update.update_id)
        await asyncio.sleep(0.01)

    async def flood() -> None:
        crowd.processor = PerChat(left)
        user, message = User(STRANGER, "ا", is_bot=False), Message(1, datetime.now(UTC), Chat(STRANGER, Chat.PRIVATE))
        presses = [
            Update(number, callback_query=CallbackQuery(str(number), user, "1", message=message, data="x"))
            for number in range(100)
        ]
        slow = crowd.processor.process_update(presses[0], asyncio.sleep(0.03))
        await asyncio.gather(slow, *(crowd.processor.process_update(one, asyncio.sleep(0)) for one in presses[1:]))
        await crowd.processor.process_update(presses[0], asyncio.sleep(0))

    asyncio.run(flood())
    assert len(said) == TOLD_AT_ONCE
