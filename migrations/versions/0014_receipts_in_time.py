"""When each receipt is next tried, how often it was; and the files of those taken back."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("receipts", sa.Column("due", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column(
        "receipts", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index("ix_receipts_by", "receipts", ["by"])
    op.create_index("ix_receipts_sha256", "receipts", ["sha256"])
    op.create_table(
        "discarded_receipts",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("circle", ROW_ID, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_discarded_receipts"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_discarded_receipts_circle"),
    )
