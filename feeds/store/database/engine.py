"""How the store speaks to SQLite and to PostgreSQL, and what their errors mean to a person.

Every query of the store runs in `reading` or `writing`: one short transaction, errors of the driver as `StoreError`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)

from feeds.errors import ReplacedError, StoreError
from feeds.store.database.touched import TOUCHED, write_down

IMMEDIATE = "chapar_immediate"
"""Execution option of a connection whose SQLite transactions take the write lock at their start."""

# Advisory locks of PostgreSQL, the same on all nodes of a store; the second one goes down from far below.
_CLAIMS = 0x6F7574
_JOURNAL = 0x6A6F75
_IDS = -(1 << 62)
_LOCK = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number")
_CLOCK = text("SELECT clock_timestamp()")
_DENIED = "permission denied"
# What the drivers say, and what it means to a person; the first that fits.
_MEANINGS = (
    (
        ("database is locked", "database table is locked", "lock timeout", "could not obtain lock"),
        "The store {where} is locked: another program has been writing to it for too long; end it and try again",
    ),
    (
        ("database or disk is full", "no space left", "could not extend file"),
        "No room is left on the disk of the store {where}; free some. Nothing of this step was stored",
    ),
    (
        ("unable to open database file",),
        "The store {where} can't be opened; see that its folder exists and may be written",
    ),
    (
        ("not a database", "malformed"),
        "{where} is not a sound SQLite file ({cause}); move it away, or put a backup in its place",
    ),
    (
        ("readonly", "read-only"),
        "The store {where} may not be written; see to the permissions of the file and its folder",
    ),
    (
        ("connection refused", "connection failed", "could not connect", "could not translate", "connection is bad"),
        "The store {where} can't be reached: {cause}",
    ),
    (
        (_DENIED,),
        "The store {where} does not let its user do this ({cause}); make the user owner of the database",
    ),
    ((), "The store {where} failed: {cause}"),
)
# Faults of our own code, and conflicts that the caller settles; these are passed on as they are.
_NOT_OURS = (IntegrityError, ProgrammingError, DataError, NotSupportedError)


def make_engine(url: str, *, busy_timeout: float) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; nothing is connected yet.

    Args:
        url: where the store is; the driver of PostgreSQL is always psycopg 3.
        busy_timeout: seconds to wait for a lock that another program holds.

    Raises:
        StoreError: the address is not one of a store. It never repeats the address, which may hold a password.
    """
    address = parse(url)
    # Errors are logged, so they hold no values: an article would fill pages.
    options: dict[str, Any] = {"json_serializer": partial(json.dumps, ensure_ascii=False), "hide_parameters": True}
    if address.get_backend_name() == "sqlite":
        # With one connection a thread in WAL mode, readers never wait for the writer.
        engine = create_engine(address, connect_args={"timeout": busy_timeout}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _StoreFile(Path(str(address.database))).begin)
    else:
        # Nothing is prepared: a plan made for any words is a bad one for most, and poolers in between would object.
        # A connection that falls silent (a firewall forgot it, its server froze) is an error within half a minute.
        silent = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
        arguments = {"connect_timeout": 10, "prepare_threshold": None, **silent}
        engine = create_engine(address, connect_args=arguments, pool_pre_ping=True, **options)
        event.listen(engine, "connect", partial(_prepare_postgres, busy_timeout=busy_timeout))
    return engine


def parse(url: str) -> URL:
    """The address of a store, checked."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreError("DATABASE_URL is not an address; write sqlite:///var/chapar.db or postgresql://…") from None
    if address.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        raise StoreError(
            f"DATABASE_URL names {address.drivername}; write sqlite:///var/chapar.db or postgresql://user@host/name"
        )
    if address.database in (None, "", ":memory:"):
        raise StoreError("DATABASE_URL names no file; write sqlite:///var/chapar.db (three slashes, then the path)")
    return address


def place(engine: Engine) -> str:
    """Where the store is, for a message: a path, or an address without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read with; on SQLite it sees one state of the store throughout."""
    with understood(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is stored at the end, or nothing where an exception leaves it.

    On SQLite it holds the write lock from its start (a transaction that reads first and writes later would fail at
    once, without waiting, when another one wrote in between). What it touched of that which readers see is noted in the
    journal at its end.
    """
    touched: set[str] = set()
    options = {IMMEDIATE: True, TOUCHED: touched}
    with understood(engine), engine.connect().execution_options(**options) as connection:  # noqa: SIM117
        with connection.begin():
            yield connection
            if touched:
                _lock(connection, [_JOURNAL])
                write_down(connection, touched)


def fetch(connection: Connection, statement: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
    """The rows of a query that is asked all the time, as the driver gives them: instants are microseconds.

    On SQLite it goes past SQLAlchemy, which takes longer than such a query itself.

    Args:
        connection: In whose transaction.
        statement: In the SQL of both stores, its values as `:name`; a list is asked for as `= ANY(:name)`.
        values: By their names.
    """
    if connection.dialect.name == "postgresql":
        return connection.execute(text(statement), values).all()
    if not connection.in_transaction():
        connection.begin()  # as SQLAlchemy does by itself: one state of the store, in the file that was opened
    driver: Any = connection.connection.driver_connection
    bound = {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
    rows: list[tuple[Any, ...]] = driver.execute(_for_sqlite(statement), bound).fetchall()
    return rows


@lru_cache(maxsize=256)
def _for_sqlite(statement: str) -> str:
    # In one value, as a hundred parameters would take longer than the query.
    return re.sub(r"= ANY\(:(\w+)\)", r"IN (SELECT value FROM json_each(:\1))", statement)


def clock(engine: Engine) -> datetime:
    """The moment on the database's own clock."""
    if engine.dialect.name != "postgresql":
        return datetime.now(UTC)
    with reading(engine) as connection:
        told: datetime = connection.execute(_CLOCK).scalar_one()
    return told.astimezone(UTC)


@contextmanager
def understood(engine: Engine) -> Iterator[None]:
    """Turn what a driver raises for a lock, a full disk or a lost server into a `StoreError`."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        if isinstance(error, _NOT_OURS) and _DENIED not in str(error):
            raise
        raise StoreError(_explain(error, place(engine))) from error


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT into `table` that knows ON CONFLICT, in the dialect of the connection."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 - nothing for a store that is a file
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415
    return insert(table)


def lock_claims(connection: Connection) -> None:
    """Stand alone with the claims of deliveries until the transaction ends."""
    _lock(connection, [_CLAIMS])


def lock_seconds(connection: Connection, seconds: Collection[int]) -> None:
    """Stand alone with the ids of articles of some seconds until the transaction ends."""
    # In one order on all nodes, or two of them might wait for each other.
    _lock(connection, sorted(_IDS - second for second in seconds))


def _lock(connection: Connection, numbers: Sequence[int]) -> None:
    # On SQLite, `writing` stands alone with everything.
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"numbers": numbers})


def make_folder(engine: Engine) -> None:
    """Create the folder of a SQLite store; nothing for a server."""
    if engine.dialect.name != "sqlite":
        return
    folder = Path(str(engine.url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The store's folder {folder} can't be made: {error.strerror}; mend it or set DATABASE_URL"
        ) from error


def _explain(error: Exception, where: str) -> str:
    said = str(getattr(error, "orig", None) or error).strip()
    cause = said.splitlines()[0] if said else type(error).__name__
    sentence = next(
        sentence for words, sentence in _MEANINGS if not words or any(word in said.lower() for word in words)
    )
    return sentence.format(where=where, cause=cause)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions are switched off, as SQLAlchemy's documentation of SQLite advises: `_begin_sqlite`
    # opens them. FULL makes each commit survive a loss of power, which WAL's usual NORMAL does not.
    connection.isolation_level = None
    # The system keeps the file's pages too: half of the usual 2 MB for each connection, of which every thread has one.
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY", "cache_size = -1000"):
        connection.execute(f"PRAGMA {pragma}")


class _StoreFile:
    """The file that an engine works on: SQLite itself goes on writing into one that was deleted or replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, int] | None = None

    def begin(self, connection: Connection) -> None:
        """Begin a transaction, in the file that the first one found under this name, or not at all."""
        found = self._identity()
        self._opened = self._opened or found
        if found != self._opened:
            what = "was replaced" if found else "was deleted or moved away"
            raise ReplacedError(
                f"The store {self._path} {what} under the running service, which takes in and publishes nothing more: "
                "stop it, see that the right file is in place (`chapar db restore` puts a backup there), and start it "
                "again"
            )
        immediate = connection.get_execution_options().get(IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError:  # a folder that may not be looked into for the moment says nothing of the file
            return self._opened
        return found.st_dev, found.st_ino


def _prepare_postgres(connection: Any, _record: Any, *, busy_timeout: float) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = {round(busy_timeout * 1000)}")
    connection.autocommit = False
