"""/keyboard: the provinces as a keyboard in place of the phone's own; once more, and it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.constants import ChatType

from bot.talk.commands.context import Application, Command, Context
from bot.talk.commands.personal.chat import MEANT
from bot.talk.following import texts
from bot.talk.listing import Reply, alphabetical
from feeds.provinces import gazetteer

_THREE, _TWO = 9, 16
"""Characters of the longest name of a row of three, and of two: a phone cuts what is longer."""
_OPEN = "keyboard"


async def keyboard(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    if message.chat.type != ChatType.PRIVATE:
        await context.say(message, Reply.of(texts.PRIVATE_ONLY))
        return
    chat = context.chat_data if context.chat_data is not None else {}
    chat[_OPEN] = not chat.get(_OPEN)
    if chat[_OPEN]:
        await context.say(message, Reply.of(texts.KEYBOARD), keyboard=markup())
    else:
        await context.say(message, Reply.of(texts.KEYBOARD_CLOSED), keyboard=ReplyKeyboardRemove())


def markup() -> ReplyKeyboardMarkup:
    """The 31 provinces, in the order of the alphabet as far as whole names allow."""
    names = sorted((province.name for province in gazetteer.PROVINCES), key=alphabetical)
    rows = [[KeyboardButton(name) for name in row] for row in _rows(names)]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, input_field_placeholder=texts.KEYBOARD_HINT)


def _rows(names: list[str]) -> Iterator[list[str]]:
    """Short names three in a row, long ones two: no name is cut on a phone."""
    for longest, columns in ((_THREE, 3), (_TWO, 2), (64, 1)):
        row = [name for name in names if len(name) <= longest]
        names = [name for name in names if len(name) > longest]
        yield from (row[at : at + columns] for at in range(0, len(row), columns))


def register(application: Application) -> None:
    application.add_handler(Command("keyboard", keyboard, filters=MEANT))
