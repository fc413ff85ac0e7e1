"""Since when a sync token holds; which events were given up, and under which reference.

What is known of a token kept before is that no event admitted with it was received later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sync_tokens", sa.Column("at_ms", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute(
        "UPDATE sync_tokens SET at_ms = COALESCE((SELECT MAX(inbox.at_ms) FROM inbox "
        "WHERE inbox.account IN (sync_tokens.user_id, '')), 0)"
    )
    op.add_column("inbox", sa.Column("reference", sa.Text(), nullable=True))
    given_up = sa.text("reference IS NOT NULL")
    op.create_index(
        "ix_inbox_given_up",
        "inbox",
        ["account"],
        sqlite_where=given_up,
        postgresql_where=given_up,
    )
