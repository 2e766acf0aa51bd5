"""A copy of a SQLite store, taken while the service runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from feeds.errors import StoreError
from feeds.store.database.engine import parse

PAGES_A_STEP = 1000
"""Writers go on between steps, so a large store is copied without standing still."""


def backup(url: str, target: Path) -> None:
    """Copy the store at `url` into the file `target`, whole or not at all.

    Raises:
        StoreError: the target exists or can't be written, the store can't be read, or it is not SQLite.
    """
    address = parse(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError("db backup copies SQLite only; for PostgreSQL use pg_dump")
    source = Path(str(address.database))
    if not source.is_file():
        raise StoreError(f"there is no store at {source}; `chapar run` makes one")
    if target.exists():
        raise StoreError(f"{target} exists; name a file that does not")
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new, pages=PAGES_A_STEP)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{source} could not be copied to {target}: {error}") from error
