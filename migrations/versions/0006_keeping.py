"""Consent to be named, and what is done once: chores, erasures, imports."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "profiles", sa.Column("mention", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_chores"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    op.create_table(
        "imports",
        sa.Column("circle", ROW_ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("circle", "digest", name="pk_imports"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_imports_circle"),
    )
