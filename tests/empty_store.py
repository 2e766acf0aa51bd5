"""An empty SQLite store, whose tables are made once: to make them takes ten times as long as to copy their file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from feeds.store import open_store


def empty_store(folder: Path) -> str:
    """The address of the SQLite store in a folder; where none is there yet, of one that has tables and nothing else."""
    path = folder / "chapar.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty_file())
    return f"sqlite:///{path}"


@cache
def _empty_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "chapar.db")
        open_store(f"sqlite:///{path}").close()
        return path.read_bytes()
