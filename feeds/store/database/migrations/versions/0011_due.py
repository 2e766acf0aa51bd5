"""When an article that waits is let go by itself, and posts that the desk held while they were under way.

A post that waits for a time at the moment of the upgrade goes on waiting for it alone: its article was shown already.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and an index of the few articles that have a time."""
    op.add_column("articles", sa.Column("due", sa.BigInteger()))
    some = sa.text("due IS NOT NULL")
    op.create_index("ix_articles_due", "articles", ["due"], sqlite_where=some, postgresql_where=some)
    op.add_column("deliveries", sa.Column("caught", sa.Boolean(), nullable=False, server_default=sa.false()))
