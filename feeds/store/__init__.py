"""Where everything that must not be lost is kept: SQLite or PostgreSQL, the same tables and the same answers."""

from feeds.store.backup import backup
from feeds.store.store import Store, open_store

__all__ = ["Store", "backup", "open_store"]
