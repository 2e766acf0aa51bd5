"""Every setting of Chapar: the environment and `.env` (`environment`), and the lists of chapar.toml (`tables`)."""

import os

# Else pydantic looks for plugins of its own in every package that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from bot.settings.environment import DOTENV, TOML, Settings
from bot.settings.fields import GENERAL_TOPIC
from bot.settings.tables import ChannelSettings, SourceTable

__all__ = ["DOTENV", "GENERAL_TOPIC", "TOML", "ChannelSettings", "Settings", "SourceTable"]
