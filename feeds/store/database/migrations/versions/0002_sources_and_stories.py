"""Feeds that are followed, their entries, and stories that several articles tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ARTICLE_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sources",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("polled", sa.BigInteger(), nullable=True),
        sa.Column("next_poll", sa.BigInteger(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("succeeded", sa.BigInteger(), nullable=True),
        sa.Column("newest", sa.BigInteger(), nullable=True),
        sa.Column("habit", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sources")),
    )
    op.create_table(
        "entries",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("article_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "key", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_feed_link", "entries", ["feed", "link"], unique=False)
    op.create_index("ix_entries_feed_words", "entries", ["feed", "words"], unique=False)
    op.create_index("ix_entries_source_article_key", "entries", ["source", "article_key"], unique=False)
    op.create_index("ix_entries_seen", "entries", ["seen"], unique=False)
    op.create_table(
        "story_articles",
        sa.Column("article_id", ARTICLE_ID, nullable=False),
        sa.Column("lead_id", ARTICLE_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_articles_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["articles.id"], name=op.f("fk_story_articles_lead_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_articles")),
    )
    op.create_index("ix_story_articles_lead_id", "story_articles", ["lead_id"], unique=False)
    op.create_table(
        "story_splits",
        sa.Column("article_id", ARTICLE_ID, nullable=False),
        sa.Column("lead_id", ARTICLE_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_splits_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["articles.id"], name=op.f("fk_story_splits_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "lead_id", name=op.f("pk_story_splits")),
    )
