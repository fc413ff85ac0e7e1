"""What a closed vote left for ever: its file, and what was available after it."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, integer, refers, row_id, text

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote_records",
        *row_id("circle"),
        *integer("vote"),
        *text("file"),
        *big("available", nullable=True),
        sa.PrimaryKeyConstraint("circle", "vote", name="pk_vote_records"),
        refers("vote_records", ["circle"], ["circles.id"]),
        refers("vote_records", ["circle", "vote"], ["votes.circle", "votes.number"]),
    )
