"""What is done alone, what a session had been shown, circles without steward or to be confirmed.

Circles that were there before are confirmed. A circle that has no steward now is watched from its
next daily look on: power stands in seven days after that.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    alone = sa.Column("alone", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("entries", alone)
    op.add_column("sessions", sa.Column("last_entry", ROW_ID, nullable=True))
    op.add_column("circles", sa.Column("vacant_since", sa.BigInteger(), nullable=True))
    confirmed = sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False)
    op.add_column("circles", confirmed)
    op.add_column("circles", sa.Column("founder", sa.Text(), nullable=True))
    op.create_table(
        "mentions",
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("room_id", "user_id", name="pk_mentions"),
    )
