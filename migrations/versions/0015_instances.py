"""Which copy of the bot is the live one, by account."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instances",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("restored_from", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("account", name="pk_instances"),
    )
