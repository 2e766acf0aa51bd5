"""What the bot understands: one command a file, named after it.

Each module, and the rooms `desk` and `personal`, have `register(application)`, which adds their handlers;
`register_all` calls them in the order in which python-telegram-bot should try them (plain words last).
"""

from __future__ import annotations

from bot.talk.commands import (
    button,
    check,
    desk,
    help,  # noqa: A004
    personal,
    start,
    unknown,
)
from bot.talk.commands.context import Application
from bot.talk.commands.elsewhere import guest, inline
from bot.talk.commands.news import edition, latest, location, plain_words, provinces, rss, search

MODULES = (
    *(guest, desk, personal, start, help, search, latest, edition, rss),
    *(provinces, button, inline, location, check, plain_words, unknown),
)


def register_all(application: Application) -> None:
    for module in MODULES:
        module.register(application)
