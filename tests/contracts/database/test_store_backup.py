"""A backup is the store as it was at one moment, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from feeds.errors import StoreError
from feeds.models import Draft, Route, SearchQuery
from feeds.store import backup, open_store

MakeDraft = Callable[..., Draft]


def test_a_backup_of_a_store_in_use_is_a_store(
    sqlite_url: str, tmp_path: Path, draft: MakeDraft, noon: datetime
) -> None:
    target = tmp_path / "copies" / "monday.db"
    with open_store(sqlite_url) as store:
        article = store.articles.save(draft(body="باران"), [Route("@a")], noon).article
        backup(sqlite_url, target)
        store.articles.save(draft("later"), [], noon)
    with open_store(f"sqlite:///{target}") as copy:
        assert copy.articles.latest(limit=5) == (article,)
        assert copy.articles.search(SearchQuery("", terms=("باران",)), limit=5).total == 1
    assert [path.name for path in target.parent.iterdir() if path.suffix == ".part"] == []


def test_a_backup_replaces_nothing(sqlite_url: str, tmp_path: Path) -> None:
    open_store(sqlite_url).close()
    (tmp_path / "old.db").write_text("precious")
    with pytest.raises(StoreError, match=r"old\.db exists"):
        backup(sqlite_url, tmp_path / "old.db")
    assert (tmp_path / "old.db").read_text() == "precious"


def test_what_can_not_be_backed_up_is_said(new_sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        backup(new_sqlite_url, tmp_path / "new.db")
    with pytest.raises(StoreError, match="use pg_dump"):
        backup("postgresql://u@h/d", tmp_path / "new.db")
    (tmp_path / "chapar.db").write_text("not a database " * 100)
    with pytest.raises(StoreError, match="could not be copied"):
        backup(new_sqlite_url, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
