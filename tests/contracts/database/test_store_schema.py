"""The tables come into being and follow the code, whoever starts first."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text
from sqlalchemy.pool import Pool

from feeds.errors import StoreError
from feeds.store import open_store
from feeds.store.archive.articles import Articles
from feeds.store.database import schema
from feeds.store.database.engine import make_engine, reading, writing
from feeds.store.database.indexes import tables_for
from feeds.store.database.migrations import HEAD
from feeds.store.database.tables import EPOCH

SQLITE_SHAPE = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic_%' AND name NOT LIKE 'sqlite_%'"
POSTGRES_SHAPE = """
SELECT c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""

OLD_ARTICLE: dict[str, Any] = {
    "id": 5 << 20,
    "uid": "0123456789abcdef",
    "source": "seeds",
    "key": "a.txt",
    "fingerprint": "f",
    "revision": 1,
    "title": "عنوان",
    "lead": "",
    "body": "متن",
    "summary_lead": "",
    "summary_facts": "[]",
    "provinces": '["qom"]',
    "published": 5_000_000,
    "day_only": False,
    "updated": 6_000_000,
    "ingested": 6_000_000,
    "url": "",
    "agency": "",
    "section": "",
    "urgent": False,
}


def shape(engine: Engine) -> dict[str, list[str]]:
    """Every table, column, index and constraint, in the database's own words; the order of a table's parts is free."""
    query = SQLITE_SHAPE if engine.dialect.name == "sqlite" else POSTGRES_SHAPE
    with reading(engine) as connection:
        rows = connection.execute(text(query)).all()
    words = {name: " ".join((sql or "").split()) for name, sql in rows if "alembic" not in name}
    return {name: sorted(part.strip(" ()") for part in said.split(",")) for name, said in words.items()}


def steps() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    return config


@pytest.fixture
def bare(bare_url: str) -> Any:
    engine = make_engine(bare_url, busy_timeout=5)
    yield engine
    engine.dispose()


def test_all_steps_together_make_what_the_code_describes(bare: Engine) -> None:
    with writing(bare) as connection:
        schema.run_steps(connection, None, "a new store")
    by_steps = shape(bare)
    with reading(bare) as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: "fulltext" not in (name or "")}
        )
        assert compare_metadata(context, tables_for(connection.dialect.name)) == []
    with writing(bare) as connection:
        for name in ("alembic_version", "fulltext"):
            connection.execute(text(f"DROP TABLE {name}"))
        tables_for(connection.dialect.name).drop_all(connection)
    assert schema.upgrade(bare, busy_timeout=5)
    assert by_steps == shape(bare)
    assert "WHERE" in " ".join(by_steps["uq_deliveries_in_flight"])


def test_a_new_store_stands_at_the_newest_step_without_what_it_does_not_need(new_sqlite_url: str) -> None:
    code = (
        "import sys; from feeds.store import open_store; open_store(sys.argv[1]).close();"
        "sys.exit(not {'alembic', 'psycopg', 'sqlalchemy.dialects.postgresql'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code, new_sqlite_url], check=False).returncode == 0


def test_an_article_of_the_first_version_goes_through_all_steps(bare: Engine) -> None:
    with writing(bare) as connection:
        config = steps()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(f"INSERT INTO articles ({', '.join(OLD_ARTICLE)}) VALUES (:{', :'.join(OLD_ARTICLE)})"), OLD_ARTICLE
        )
    assert schema.upgrade(bare, busy_timeout=5)
    article = Articles(bare).get(OLD_ARTICLE["id"])
    assert article is not None
    assert (article.title, article.provinces, article.published) == ("عنوان", ("qom",), EPOCH + timedelta(seconds=5))


def test_the_head_in_the_code_is_the_newest_step() -> None:
    assert ScriptDirectory.from_config(steps()).get_current_head() == HEAD


def test_a_store_is_upgraded_once(bare: Engine) -> None:
    assert schema.upgrade(bare, busy_timeout=5)
    assert not schema.upgrade(bare, busy_timeout=5)


def test_a_store_of_a_newer_version_is_not_touched(bare_url: str) -> None:
    with open_store(bare_url) as store, writing(store._engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer version of Chapar .*9999.*upgrade Chapar"):
        open_store(bare_url)


def test_many_that_start_at_once_find_one_store(bare_url: str) -> None:
    errors: list[BaseException] = []

    def start() -> None:
        try:
            open_store(bare_url, busy_timeout=20).close()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    open_store(bare_url).close()


@pytest.mark.slow
def test_processes_that_start_at_once_find_one_store(bare_url: str) -> None:
    code = "import sys; from feeds.store import open_store; open_store(sys.argv[1], busy_timeout=20).close()"
    started = [subprocess.Popen([sys.executable, "-c", code, bare_url]) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0, 0, 0, 0]


def test_a_store_that_stands_is_opened_without_the_machinery_of_upgrades(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    code = (
        "import sys; from feeds.store import open_store; open_store(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules or 'hazm' in sys.modules or 'psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, sqlite_url], check=False).returncode == 0


def test_a_new_store_makes_its_folder(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'a' / 'b' / 'chapar.db'}").close()
    assert (tmp_path / "a" / "b" / "chapar.db").exists()


@pytest.fixture
def as_in_life(relaxed: Callable[..., None]) -> Iterator[None]:
    """What tests do without for their speed."""
    event.remove(Pool, "checkout", relaxed)
    yield
    event.listen(Pool, "checkout", relaxed)


@pytest.mark.usefixtures("as_in_life")
def test_a_commit_of_a_sqlite_store_survives_a_loss_of_power(new_sqlite_url: str) -> None:
    with open_store(new_sqlite_url) as store, reading(store._engine) as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
