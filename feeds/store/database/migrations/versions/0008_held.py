"""Articles that wait for the desk, and when it let them go.

What waits at the moment of the upgrade was shown already, and stays so: its posts alone wait.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, each with an index of the few rows that have it."""
    for name, indexed in (("held", "id"), ("released", "released")):
        op.add_column("articles", sa.Column(name, sa.BigInteger()))
        some = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_articles_{name}", "articles", [indexed], sqlite_where=some, postgresql_where=some)
