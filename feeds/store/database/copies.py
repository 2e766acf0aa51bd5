"""Copies of a SQLite store: taken while the service runs, and put back in its place.

A copy bears a mark in its header (`PRAGMA user_version`), until a service opens it: so a backup that was put in place
is known as one, by whatever way it came there. What was posted after it was taken, it does not know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from feeds.errors import StoreError
from feeds.store.database import schema
from feeds.store.database.engine import make_engine, parse
from feeds.store.database.tables import EPOCH, MICROSECOND

PAGES_A_STEP = 1000
"""Writers go on between steps, so a large store is copied without standing still."""
COPY = 0x43504159
"""The `user_version` of a copy that no service has opened yet."""
_VERSION_AT = slice(60, 64)
"""Where a SQLite file has it: https://sqlite.org/fileformat2.html#user_version_number"""
_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside its file, and would read over any other that is put there."""
_WAIT = 1.0


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration came to."""

    path: Path
    aside: Path | None
    """Where the file lies that was there before."""


def backup(url: str, target: Path) -> None:
    """Copy the store at `url` into the file `target`, whole or not at all.

    Raises:
        StoreError: the target exists or can't be written, the store can't be read, or it is not SQLite.
    """
    source = _file_of(url, "db backup copies SQLite only; for PostgreSQL use pg_dump")
    if not source.is_file():
        raise StoreError(f"there is no store at {source}; `chapar run` makes one")
    if target.exists():
        raise StoreError(f"{target} exists; name a file that does not")
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{source} could not be copied to {target}: {error}") from error


def restore(url: str, source: Path, *, now: datetime, ended: Callable[[str], bool]) -> Restored:
    """Put a backup in the place of the store at `url`; what was there is kept aside.

    Args:
        url: where the store is.
        source: the backup.
        now: the moment, which the file that is kept aside is named by.
        ended: whether the node of that name is known to have ended.

    Raises:
        StoreError: a service has the store open, the backup is unsound or of a newer version, or a file can't be
            written; the store is as it was.
    """
    path = _file_of(url, "db restore knows SQLite only; for PostgreSQL use pg_restore, then `chapar db restored`")
    if not source.is_file():
        raise StoreError(f"there is no file {source}")
    if path.exists() and source.samefile(path):
        raise StoreError(f"{source} is the store itself; name a backup of it")
    _check_unused(path, now, ended)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, part)
        _check_sound(part, source)
        aside = _put_aside(path, now)
        part.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{source} could not be put in the place of {path}: {error}") from error
    finally:
        for name in ("", *_BESIDE):
            part.with_name(f"{part.name}{name}").unlink(missing_ok=True)
    return Restored(path, aside)


def is_copy(engine: Engine) -> bool:
    """Whether the engine's file is a copy that no service has opened yet.

    Raises:
        StoreError: it lies beside the journal of another file, which SQLite would read over it.
    """
    if engine.dialect.name != "sqlite":
        return False
    path = Path(str(engine.url.database))
    try:
        with path.open("rb") as file:
            marked = int.from_bytes(file.read(100)[_VERSION_AT], "big") == COPY
    except OSError:  # it is not there yet, or may not be read, which its opening says better
        return False
    journal = path.with_name(f"{path.name}-wal")
    if marked and journal.exists() and journal.stat().st_size:
        raise StoreError(
            f"{path} is a backup, and {journal.name} beside it belongs to the file that was there before: SQLite would "
            f"read it over the backup. Move {journal.name} and {path.name}-shm away; `chapar db restore FILE` does so"
        )
    return marked


def _file_of(url: str, otherwise: str) -> Path:
    address = parse(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(otherwise)
    return Path(str(address.database))


def _copy(source: Path, part: Path) -> None:
    """A whole copy, in one file, marked as one."""
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new, pages=PAGES_A_STEP)
        new.execute("PRAGMA journal_mode = DELETE")
        new.execute(f"PRAGMA user_version = {COPY}")


def _check_sound(part: Path, source: Path) -> None:
    """The copy is whole, and one that this version of the code can open; its tables are brought up to date."""
    with closing(sqlite3.connect(part)) as copy:
        said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if said != "ok":
            raise StoreError(f"{source} is not sound ({said}); take another backup")
        if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise StoreError(f"{source} is no store of Chapar")
    engine = make_engine(f"sqlite:///{part}", busy_timeout=_WAIT)
    try:
        schema.upgrade(engine, busy_timeout=_WAIT)
    except StoreError as error:
        raise StoreError(str(error).replace(str(part), str(source))) from None
    finally:
        engine.dispose()
    with closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


def _check_unused(path: Path, now: datetime, ended: Callable[[str], bool]) -> None:
    """No service works on the store; one that can't be read has none."""
    if not path.exists():
        return
    in_use = f"a service has the store {path} open: stop it (and every `chapar` command), then restore"
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT)) as present:
            if any(not ended(owner) for owner in _leaders(present, now)):
                raise StoreError(in_use)
            present.execute("PRAGMA journal_mode = DELETE")  # which waits for all others to let go of the file
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreError(in_use) from None
        # else it is unsound: that is why a backup is wanted


def _leaders(present: sqlite3.Connection, now: datetime) -> list[str]:
    """The nodes whose leases have not run out."""
    if not present.execute("SELECT 1 FROM sqlite_master WHERE name = 'leases'").fetchone():
        return []
    alive = present.execute("SELECT owner FROM leases WHERE until > ?", [(now - EPOCH) // MICROSECOND])
    return [owner for (owner,) in alive]


def _put_aside(path: Path, now: datetime) -> Path | None:
    """Move the present file away, with what SQLite keeps beside it; where to."""
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%S}")
    for name in ("", *_BESIDE):
        present = path.with_name(f"{path.name}{name}")
        if present.exists():
            present.replace(aside.with_name(f"{aside.name}{name}"))
    return aside if aside.exists() else None
