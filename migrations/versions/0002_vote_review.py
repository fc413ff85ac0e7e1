"""The day on which what a vote adopted is looked at again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("votes", sa.Column("review", sa.Text(), nullable=True))
