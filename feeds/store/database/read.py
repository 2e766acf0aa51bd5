"""Articles that a list shows, read by their ids: what every answer of a search ends with."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Connection

from feeds.models import Article
from feeds.store.database.engine import fetch
from feeds.store.database.rows import article_of
from feeds.store.database.tables import Instant, articles, moment

_NAMES = [column.name for column in articles.columns]
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)
_STANDING = f"SELECT {_COLUMNS} FROM articles WHERE id = ANY(:ids) AND retracted IS NULL AND held IS NULL"  # noqa: S608  # ours


def standing(connection: Connection, ids: Collection[int]) -> dict[int, Article]:
    """Those of some articles that readers may see, by their ids."""
    if not ids:
        return {}
    rows = map(_row_of, fetch(connection, _STANDING, {"ids": list(ids)}))
    return {row["id"]: article_of(row) for row in rows}


def _row_of(values: Sequence[Any]) -> dict[str, Any]:
    """The columns of a row by their names, as they are meant."""
    row: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
    for name, meant in _AS_MEANT:
        if row[name] is not None:
            row[name] = meant(row[name])
    return row


def _of_json(value: Any) -> Any:
    """What JSON says; PostgreSQL's driver has read it."""
    return _decode(value)[0] if isinstance(value, str) else value


_decode = json.JSONDecoder().raw_decode
"""As `loads`, without its looks for blanks and encodings, which take longer than a short list."""


_MEANT: Mapping[type, Callable[[Any], Any]] = {Instant: moment, JSON: _of_json, Boolean: bool}
_AS_MEANT = [(column.name, _MEANT[kind]) for column in articles.columns if (kind := type(column.type)) in _MEANT]
