"""The indexes over a part of a table only, and those of full-text search.

SQLAlchemy takes such a part in the words of a dialect, which it loads for that: `tables_for` says it to the one that
the store has, and only who makes or compares tables asks for it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Index, MetaData

from feeds.models import PERSONAL
from feeds.store.database.tables import announcements, articles, channels, deliveries, metadata, revisions

_WHERE = "where"
"""Under which an index holds its condition, in no dialect."""


def tables_for(dialect: str) -> MetaData:
    """All tables with all of their indexes, as `sqlite` or `postgresql` is to have them."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_kwargs[f"{dialect}_where"] = index.info[_WHERE]
    return metadata


def _partial(
    name: str,
    *columns: Column[Any] | ColumnElement[Any],
    where: ColumnElement[bool] | Column[bool],
    unique: bool = False,
) -> None:
    Index(name, *columns, unique=unique, info={_WHERE: where})


_partial("ix_articles_retracted", articles.c.id, where=articles.c.retracted.is_not(None))
_partial("ix_articles_urgent", articles.c.id, where=articles.c.urgent)
_partial("ix_revisions_stored", revisions.c.stored, where=revisions.c.revision > 1)
_partial("ix_articles_held", articles.c.id, where=articles.c.held.is_not(None))
_partial("ix_articles_released", articles.c.released, where=articles.c.released.is_not(None))
_partial("ix_articles_due", articles.c.due, where=articles.c.due.is_not(None))
_partial(
    "uq_deliveries_in_flight", deliveries.c.channel, unique=True, where=deliveries.c.state.in_(["sending", "uncertain"])
)
_partial(
    "uq_deliveries_in_flight_chat",
    deliveries.c.chat,
    unique=True,
    where=deliveries.c.state.in_(["sending", "uncertain"]),
)
_partial(
    "ix_deliveries_waiting",
    deliveries.c.channel,
    deliveries.c.urgent.desc(),
    deliveries.c.kind.desc(),  # posts before edits before deletions
    deliveries.c.article_id,
    deliveries.c.id,
    where=deliveries.c.state == "pending",
)
_partial(
    "ix_deliveries_personal",
    deliveries.c.urgent.desc(),
    deliveries.c.id,
    where=(deliveries.c.state == "pending") & deliveries.c.kind.in_(PERSONAL),
)
_partial("ix_channels_public", channels.c.key, where=~channels.c.private)
_partial(
    "ix_announcements_open",
    announcements.c.urgent.desc(),
    announcements.c.served,
    announcements.c.id,
    where=announcements.c.done.is_(None),
)

FULLTEXT = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE fulltext USING fts5(
            title, body, place, detail = column, columnsize = 0, tokenize = "ascii tokenchars '-'"
        )
        """,
    ),
    "postgresql": (
        """
        CREATE TABLE fulltext (
            article_id BIGINT NOT NULL CONSTRAINT pk_fulltext PRIMARY KEY
                CONSTRAINT fk_fulltext_article_id REFERENCES articles (id) ON DELETE CASCADE,
            keys TSVECTOR NOT NULL,
            title TEXT NOT NULL DEFAULT '',
            body TEXT NOT NULL DEFAULT ''
        )
        """,
        "CREATE INDEX ix_fulltext_keys ON fulltext USING gin (keys)",
    ),
}
"""The index of `feeds.store.search`, by the name of the dialect: statements that make it."""
