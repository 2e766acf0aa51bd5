"""Articles that go on with a story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ARTICLE_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sequels",
        sa.Column("article_id", ARTICLE_ID, nullable=False),
        sa.Column("first_id", ARTICLE_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_sequels_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["first_id"], ["articles.id"], name=op.f("fk_sequels_first_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_sequels")),
    )
    op.create_index("ix_sequels_first_id", "sequels", ["first_id"])
