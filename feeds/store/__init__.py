"""Where everything that must not be lost is kept: SQLite or PostgreSQL, the same tables and the same answers.

The names below are loaded at their first use: the settings need the smallest part of this package, and SQLAlchemy takes
longer to load than most commands run.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.store.archive.arrivals import Arrival
    from feeds.store.database.copies import backup, restore
    from feeds.store.database.rows import uid_of
    from feeds.store.store import Store, open_store

__all__ = ["Arrival", "Store", "backup", "open_store", "restore", "uid_of"]

_HOMES = {
    "Arrival": "archive.arrivals",
    "Store": "store",
    "backup": "database.copies",
    "open_store": "store",
    "restore": "database.copies",
    "uid_of": "database.rows",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
