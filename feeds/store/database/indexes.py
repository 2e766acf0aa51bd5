"""The indexes over a part of a table only, and those of full-text search.

To say the first, SQLAlchemy loads both dialects, whichever the store is, so only who makes or compares tables does.
"""

from __future__ import annotations

from sqlalchemy import Index

from feeds.models import PERSONAL
from feeds.store.database.tables import announcements, articles, channels, deliveries, metadata, revisions

__all__ = ["metadata"]

Index(
    "ix_articles_retracted",
    articles.c.id,
    sqlite_where=articles.c.retracted.is_not(None),
    postgresql_where=articles.c.retracted.is_not(None),
)
Index("ix_articles_urgent", articles.c.id, sqlite_where=articles.c.urgent, postgresql_where=articles.c.urgent)
Index(
    "ix_revisions_stored",
    revisions.c.stored,
    sqlite_where=revisions.c.revision > 1,
    postgresql_where=revisions.c.revision > 1,
)
Index(
    "ix_articles_held",
    articles.c.id,
    sqlite_where=articles.c.held.is_not(None),
    postgresql_where=articles.c.held.is_not(None),
)
Index(
    "ix_articles_released",
    articles.c.released,
    sqlite_where=articles.c.released.is_not(None),
    postgresql_where=articles.c.released.is_not(None),
)
Index(
    "ix_articles_due",
    articles.c.due,
    sqlite_where=articles.c.due.is_not(None),
    postgresql_where=articles.c.due.is_not(None),
)
Index(
    "uq_deliveries_in_flight",
    deliveries.c.channel,
    unique=True,
    sqlite_where=deliveries.c.state.in_(["sending", "uncertain"]),
    postgresql_where=deliveries.c.state.in_(["sending", "uncertain"]),
)
Index(
    "uq_deliveries_in_flight_chat",
    deliveries.c.chat,
    unique=True,
    sqlite_where=deliveries.c.state.in_(["sending", "uncertain"]),
    postgresql_where=deliveries.c.state.in_(["sending", "uncertain"]),
)
Index(
    "ix_deliveries_waiting",
    deliveries.c.channel,
    deliveries.c.urgent.desc(),
    deliveries.c.kind.desc(),  # posts before edits before deletions
    deliveries.c.article_id,
    deliveries.c.id,
    sqlite_where=deliveries.c.state == "pending",
    postgresql_where=deliveries.c.state == "pending",
)
Index(
    "ix_deliveries_personal",
    deliveries.c.urgent.desc(),
    deliveries.c.id,
    sqlite_where=(deliveries.c.state == "pending") & deliveries.c.kind.in_(PERSONAL),
    postgresql_where=(deliveries.c.state == "pending") & deliveries.c.kind.in_(PERSONAL),
)
Index(
    "ix_channels_public",
    channels.c.key,
    sqlite_where=~channels.c.private,
    postgresql_where=~channels.c.private,
)
Index(
    "ix_announcements_open",
    announcements.c.urgent.desc(),
    announcements.c.served,
    announcements.c.id,
    sqlite_where=announcements.c.done.is_(None),
    postgresql_where=announcements.c.done.is_(None),
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
