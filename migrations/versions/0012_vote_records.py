"""What votes leave: a file made once, money held back by amounts, an amended or cancelled text.

What was adopted with a budget holds it back as it did. Sums shared before held nothing back, and
go on so: the figures of that day were told.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, index, integer, refers, row_id, text

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        *big("amended_at", nullable=True),
        sa.Column("unfunded", sa.Boolean(), nullable=False, server_default=sa.false()),
        *text("cancelled", nullable=True),
    ):
        op.add_column("votes", column)
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
    op.create_table(
        "commitments",
        *row_id("id", "circle"),
        *integer("vote"),
        *integer("action", nullable=True),
        *big("amount"),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
        refers("commitments", ["circle"], ["circles.id"]),
        refers("commitments", ["circle", "vote"], ["votes.circle", "votes.number"]),
        refers("commitments", ["circle", "action"], ["actions.circle", "actions.number"]),
    )
    index("ix_commitments_circle_vote", "commitments", ["circle", "vote"])
    op.drop_index("ix_votes_holding", "votes")
    op.execute(
        "INSERT INTO commitments (circle, vote, action, amount) "
        "SELECT circle, number, action, budget FROM votes "
        "WHERE outcome = 'adopted' AND budget IS NOT NULL ORDER BY circle, number"
    )
