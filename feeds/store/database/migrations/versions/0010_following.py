"""Those who follow something: what, how they want it, and what is on its way to them; and updates that were taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LETTERS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
PERSONAL = "state = 'pending' AND kind IN ('alert', 'correction', 'digest', 'retraction')"


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], ondelete="CASCADE", name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Make the tables, and the column and the indexes that tell the chats of people from channels."""
    op.add_column("channels", sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "followers",
        sa.Column("key", LETTERS, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False, server_default="now"),
        sa.Column("hour", sa.Integer(), nullable=False, server_default=sa.text("20")),
        sa.Column("weekday", sa.Integer(), nullable=False, server_default=sa.text("4")),
        sa.Column("quiet", sa.Text(), nullable=False, server_default=""),
        sa.Column("digits", sa.Text(), nullable=False, server_default="persian"),
        sa.Column("order", sa.Text(), nullable=False, server_default="best"),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger()),
        sa.Column("refusals", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("refused", sa.BigInteger()),
        sa.Column("created", sa.BigInteger(), nullable=False),
        _key("followers", "key"),
    )
    op.create_table(
        "topics",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        _key("topics", "id"),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_topics_kind_name")),
    )
    op.create_table(
        "topic_signs",
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("topic_id", SERIAL, nullable=False),
        _key("topic_signs", "sign", "topic_id"),
        _reference("topic_signs", "topic_id", "topics.id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follows",
        sa.Column("topic_id", SERIAL, nullable=False),
        sa.Column("follower", LETTERS, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        _key("follows", "topic_id", "follower"),
        _reference("follows", "topic_id", "topics.id"),
        _reference("follows", "follower", "followers.key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "announcements",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("article_id", SERIAL, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False, server_default=""),
        sa.Column("served", sa.BigInteger()),
        sa.Column("done", sa.BigInteger()),
        _key("announcements", "id"),
        _reference("announcements", "article_id", "articles.id"),
        sa.UniqueConstraint("article_id", "kind", "revision", name=op.f("uq_announcements_article_id_kind_revision")),
    )
    op.create_table(
        "announced_topics",
        sa.Column("topic_id", SERIAL, nullable=False),
        sa.Column("announcement_id", SERIAL, nullable=False),
        _key("announced_topics", "topic_id", "announcement_id"),
        _reference("announced_topics", "topic_id", "topics.id"),
        _reference("announced_topics", "announcement_id", "announcements.id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digest_items",
        sa.Column("article_id", SERIAL, nullable=False),
        sa.Column("delivery_id", SERIAL, nullable=False),
        _key("digest_items", "article_id", "delivery_id"),
        _reference("digest_items", "article_id", "articles.id"),
        _reference("digest_items", "delivery_id", "deliveries.id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "updates",
        sa.Column("id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _key("updates", "id"),
    )
    for table, column in (
        ("channels", "chat_id"),
        ("followers", "chat_id"),
        ("followers", "due"),
        ("topic_signs", "topic_id"),
        ("follows", "follower"),
        ("announcements", "at"),
        ("announced_topics", "announcement_id"),
        ("digest_items", "delivery_id"),
        ("updates", "at"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
    _some("ix_deliveries_personal", "deliveries", [sa.text("urgent DESC"), "id"], PERSONAL)
    public = "NOT private" if op.get_bind().dialect.name == "postgresql" else "private = 0"
    _some("ix_channels_public", "channels", ["key"], public)
    _some("ix_announcements_open", "announcements", [sa.text("urgent DESC"), "served", "id"], "done IS NULL")


def _some(name: str, table: str, columns: list[object], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
