"""Where readers of the pages find the channels and the bot: what the settings name and the platform has told of it."""

from __future__ import annotations

from bot.posts.style import Platform
from bot.settings import Settings
from feeds.store import Store
from feeds.web.composing.contacts import Contact

BOT = "bot"
"""The key value that the bot keeps its username under, once it runs."""
_HOSTS = {"telegram": "t.me", "bale": "ble.ir"}


def contacts(settings: Settings, store: Store) -> tuple[Contact, ...]:
    """The channels that have a public name, in the order of the settings, and the bot where it has run.

    Raises:
        StoreError: the store can't be read.
    """
    known = {channel.key: channel for channel in store.channels.all()}
    found = []
    for channel in settings.channels:
        state = known.get(channel.key)
        name = state.username if state and state.username else _public_name(channel.key)
        if name:
            title = state.title if state and state.title else f"@{name}"
            platform = settings.styles[channel.key].platform
            found.append(Contact(title, _address(platform, name), provinces=channel.provinces))
    username = store.key_values.get(BOT) if settings.token else None
    if isinstance(username, str) and username:
        found.append(Contact(f"@{username}", _address(settings.platform, username), is_bot=True))
    return tuple(found)


def _public_name(key: str) -> str:
    """The username in a channel's key, which names it before the platform has told anything; empty for a number."""
    return key.partition("/")[0].removeprefix("@") if key.startswith("@") else ""


def _address(platform: Platform, username: str) -> str:
    return f"https://{_HOSTS[platform]}/{username}"
