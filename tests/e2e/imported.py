"""All of Chapar, imported: what `forking` begins with."""

from importlib import import_module
from pkgutil import walk_packages

import bot
import feeds

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
