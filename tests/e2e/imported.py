"""All of Chapar, imported, and its tables read, as an article needs them: what `forking` begins with."""

from datetime import UTC, datetime
from importlib import import_module
from pkgutil import walk_packages

import bot
import feeds
from bot.publishing.telegram_channel import tls
from feeds import pipeline
from feeds.models import Document

# Which would run their programs.
PROGRAMS = ("bot.__main__", "feeds.text.colloquial.asking", "feeds.store.database.migrations.")
# Which are imported where they are used.
LIBRARIES = ("structlog.dev", "greenlet", "uvicorn.loops.asyncio")

for library in LIBRARIES:
    import_module(library)
for package in (bot, feeds):
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.startswith(PROGRAMS):
            import_module(module.name)

pipeline.edit(Document("e2e", "1", "باران در قم", "قم – باران آمد.", datetime(2025, 9, 24, tzinfo=UTC)))
tls()
