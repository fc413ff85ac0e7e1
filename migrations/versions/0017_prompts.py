"""What people were asked about a line of theirs, so that they answer instead of typing it again."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, index, integer, refers, row_id, text

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prompts",
        *row_id("id", "circle"),
        *text("room_id"),
        *text("thread", nullable=True),
        *text("person", "origin", "cause", "kind", "key", "command", "line", "choices", "blanks"),
        *integer("turn"),
        *big("said_at", "asked_at", "lapses_at"),
        *text("state"),
        *text("answer", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_prompts"),
        refers("prompts", ["circle"], ["circles.id"]),
        refers("prompts", ["person"], ["people.key"]),
        sqlite_autoincrement=True,
    )
    index("ix_prompts_person", "prompts", ["person"])
    index("ix_prompts_origin", "prompts", ["origin"])
    index("ix_prompts_answer", "prompts", ["answer"], where="answer IS NOT NULL")
