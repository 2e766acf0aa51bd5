"""The first shape of the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index("ix_acts_at", "acts", ["at"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("summary_lead", sa.Text(), nullable=False),
        sa.Column("summary_facts", sa.JSON(), nullable=False),
        sa.Column("provinces", sa.JSON(), nullable=False),
        sa.Column("placed_by_desk", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("day_only", sa.Boolean(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("ingested", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("image", sa.JSON(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("source", "key", name=op.f("uq_articles_source_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_articles_uid")),
    )
    op.create_index(
        "ix_articles_retracted",
        "articles",
        ["id"],
        unique=False,
        sqlite_where=sa.text("retracted IS NOT NULL"),
        postgresql_where=sa.text("retracted IS NOT NULL"),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_at", "calls", ["at"], unique=False)
    op.create_index("ix_calls_bucket_at", "calls", ["bucket", "at"], unique=False)
    op.create_table(
        "channels",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("username", sa.Text(), server_default="", nullable=False),
        sa.Column("last_message_id", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("served", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.Text(), server_default="", nullable=False),
        sa.Column("blocked", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_channels")),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
    op.create_table(
        "problems",
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("where", name=op.f("pk_problems")),
    )
    op.create_table(
        "article_provinces",
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_provinces_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("province", "article_id", name=op.f("pk_article_provinces")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_provinces_article_id", "article_provinces", ["article_id"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rendered", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_deliveries_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "article_id", "channel", "kind", "revision", name=op.f("uq_deliveries_article_id_channel_kind_revision")
        ),
    )
    op.create_index("ix_deliveries_channel_settled", "deliveries", ["channel", "settled"], unique=False)
    op.create_index("ix_deliveries_state", "deliveries", ["state"], unique=False)
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["channel", sa.literal_column("urgent DESC"), sa.literal_column("kind DESC"), "article_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "uq_deliveries_in_flight",
        "deliveries",
        ["channel"],
        unique=True,
        sqlite_where=sa.text("state IN ('sending', 'uncertain')"),
        postgresql_where=sa.text("state IN ('sending', 'uncertain')"),
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_revisions")),
    )
    _create_fulltext()


def _create_fulltext() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE TABLE fulltext (
            article_id BIGINT NOT NULL CONSTRAINT pk_fulltext PRIMARY KEY
            CONSTRAINT fk_fulltext_article_id REFERENCES articles (id) ON DELETE CASCADE,
            keys TSVECTOR NOT NULL
            )
            """
        )
        op.execute("CREATE INDEX ix_fulltext_keys ON fulltext USING gin (keys)")
    else:
        op.execute(
            """
            CREATE VIRTUAL TABLE fulltext USING fts5(
            title, body, place, detail = column, columnsize = 0, tokenize = "ascii tokenchars '-'"
            )
            """
        )
