"""What the bot understands: one command a file, named after it.

Each module, and the room `personal`, has `register(application)`, which adds its handlers; `register_all` calls them in
the order in which python-telegram-bot should try them (plain words last).
"""

from __future__ import annotations

from bot.talk.commands import (
    button,
    check,
    desk,
    desk_button,
    edition,
    guest,
    help,  # noqa: A004
    inline,
    latest,
    location,
    personal,
    plain_words,
    provinces,
    rss,
    search,
    start,
    unknown,
)
from bot.talk.commands.context import Application

MODULES = (
    *(guest, desk, desk_button, personal, start, help, search, latest, edition, rss),
    *(provinces, button, inline, location, check, plain_words, unknown),
)


def register_all(application: Application) -> None:
    for module in MODULES:
        module.register(application)
