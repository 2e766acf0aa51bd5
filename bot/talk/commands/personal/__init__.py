"""What a chat says of itself: what it follows, how it wants that, and that all about it is forgotten."""

from __future__ import annotations

from bot.talk.commands.context import Application
from bot.talk.commands.personal import follow, followed, keyboard, membership, my_data, pressed, settings, stop

MODULES = (follow, followed, stop, settings, my_data, keyboard, membership, pressed)


def register(application: Application) -> None:
    for module in MODULES:
        module.register(application)
