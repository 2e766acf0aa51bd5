"""Whom an agency has its news from, and what kind of article it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("articles", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    op.add_column("articles", sa.Column("kind", sa.Text(), nullable=False, server_default="news"))
