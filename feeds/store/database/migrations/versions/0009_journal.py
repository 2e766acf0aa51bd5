"""The journal of changes, and the indexes of what agencies signed, of breaking news and of corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the indexes."""
    op.create_table(
        "journal",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_index("ix_articles_agency_id", "articles", ["agency", "id"])
    urgent, corrected = sa.text("urgent"), sa.text("revision > 1")
    op.create_index("ix_articles_urgent", "articles", ["id"], sqlite_where=urgent, postgresql_where=urgent)
    op.create_index("ix_revisions_stored", "revisions", ["stored"], sqlite_where=corrected, postgresql_where=corrected)
