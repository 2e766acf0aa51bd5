"""The words of the archive; on PostgreSQL, the tokens of each article in their order.

The articles that are there have neither yet: `feeds.store.search.index.upkeep` makes their keys
anew while the service runs.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LETTERS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "words",
        sa.Column("word", LETTERS, nullable=False),
        sa.Column("backwards", LETTERS, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_words_backwards", "words", ["backwards"])
    if op.get_bind().dialect.name == "postgresql":
        for name in ("title", "body"):
            op.execute(f"ALTER TABLE fulltext ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
