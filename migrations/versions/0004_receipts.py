"""The receipts that people send for their expenses."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("circle", ROW_ID, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mimetype", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("attachment", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sa.UniqueConstraint("event_id", name="uq_receipts_event_id"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_receipts_circle"),
        sa.ForeignKeyConstraint(["by"], ["people.key"], name="fk_receipts_by"),
    )
    op.create_index("ix_receipts_circle_item", "receipts", ["circle", "item"])
    waiting = sa.text("sha256 IS NULL AND reason IS NULL")
    op.create_index(
        "ix_receipts_waiting", "receipts", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )
