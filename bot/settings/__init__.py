"""Every setting of Chapar: the environment and `.env` (`environment`), and the lists of chapar.toml (`tables`)."""

from bot.settings.environment import TOML, Settings
from bot.settings.fields import GENERAL_TOPIC
from bot.settings.tables import ChannelSettings, SourceTable

__all__ = ["GENERAL_TOPIC", "TOML", "ChannelSettings", "Settings", "SourceTable"]
