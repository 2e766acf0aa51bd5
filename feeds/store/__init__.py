"""Where everything that must not be lost is kept: SQLite or PostgreSQL, the same tables and the same answers."""

from feeds.store.arrivals import Arrival
from feeds.store.database.copies import backup, restore
from feeds.store.database.rows import uid_of
from feeds.store.store import Store, open_store

__all__ = ["Arrival", "Store", "backup", "open_store", "restore", "uid_of"]
