"""What the desk says to the bot: its commands, and the buttons under the queue, an article's card or an alert."""

from __future__ import annotations

from bot.talk.commands.context import Application
from bot.talk.commands.desk import buttons, commands


def register(application: Application) -> None:
    commands.register(application)
    buttons.register(application)
