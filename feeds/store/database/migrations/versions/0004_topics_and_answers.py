"""Topics: several channels may be one chat, and one call is under way in a chat. The bot's answers there are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_UNDER_WAY = sa.text("state IN ('sending', 'uncertain')")
_CHATS = """
    UPDATE deliveries SET chat = COALESCE(
        (SELECT CAST(channels.chat_id AS TEXT) FROM channels WHERE channels.key = deliveries.channel), channel)
    WHERE state IN ('sending', 'uncertain')
"""


def upgrade() -> None:
    """Add the columns, fill the chat of what is under way, and make the indexes."""
    op.add_column("deliveries", sa.Column("chat", sa.Text(), nullable=False, server_default=""))
    op.execute(_CHATS)
    op.create_index(
        "uq_deliveries_in_flight_chat",
        "deliveries",
        ["chat"],
        unique=True,
        sqlite_where=_UNDER_WAY,
        postgresql_where=_UNDER_WAY,
    )
    op.add_column("calls", sa.Column("message_id", sa.BigInteger()))
