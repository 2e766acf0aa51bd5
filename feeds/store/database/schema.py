"""Bring the tables of a store to the shape that this version of the code knows."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from feeds.errors import StoreError
from feeds.store.database.engine import place, reading, understood, writing
from feeds.store.database.migrations import HEAD

_ADVISORY_LOCK = 0x63686170  # "chap": one number for all nodes of a store
_UPGRADE_WAIT = "60s"
# Word for word as Alembic makes it.
_VERSION_TABLE = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def upgrade(engine: Engine, *, busy_timeout: float) -> bool:
    """Make the tables, or run the steps that are missing, in one transaction; True where there was something to do.

    Two processes may start at once: the second waits for the first and finds nothing to do.

    Raises:
        StoreError: the store was written by a newer version, is locked, or can't be reached.
    """
    if engine.dialect.name == "sqlite":
        _use_wal(engine, busy_timeout)
    with reading(engine) as connection:
        if version(connection) == HEAD:
            return False
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{_UPGRADE_WAIT}'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        current = version(connection)
        if current == HEAD:
            return False
        if current is None:
            create(connection)
        else:
            run_steps(connection, current, place(engine))
        return True


def version(connection: Connection) -> str | None:
    """The step at which a store stands; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def create(connection: Connection) -> None:
    """Make the tables of a new store at once, as all steps together would: it takes a tenth of their time."""
    from feeds.store.database.indexes import FULLTEXT, tables_for  # noqa: PLC0415 - slow, and most stores are there

    # Unchecked, so that another program's table of the same name is not taken for ours.
    tables_for(connection.dialect.name).create_all(connection, checkfirst=False)
    for statement in FULLTEXT[connection.dialect.name]:
        connection.execute(text(statement))
    connection.execute(text(_VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def run_steps(connection: Connection, current: str | None, where: str) -> None:
    """Run the steps that a store lacks.

    Raises:
        StoreError: it stands at a step that this version does not know.
    """
    from alembic import command  # noqa: PLC0415  # slow to load, and most starts have nothing to upgrade
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            f"The store {where} was written by a newer version of Chapar (its tables are at {current}, this version "
            f"knows {HEAD}); upgrade Chapar, or put a backup in its place"
        )
    command.upgrade(config, "head")


def _use_wal(engine: Engine, busy_timeout: float) -> None:
    """Set write-ahead logging, which the file remembers.

    SQLite does not wait for locks in this one statement, so two processes that start at once have to try again.
    """
    deadline = time.monotonic() + busy_timeout
    while True:
        try:
            # Past SQLAlchemy, which would open a transaction, and the mode can't be changed within one.
            with understood(engine), closing(engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
        except StoreError as error:
            if "is locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
