"""Places of circles, messages to every circle, open questions, and the coordination's digest."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("circles", sa.Column("places", sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "broadcasts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["by"], ["people.key"], name="fk_broadcasts_by"),
    )
    op.create_index("ix_broadcasts_by", "broadcasts", ["by"])
    _questions()
    _digest()


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("circle", ROW_ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_questions_circle"),
        sa.ForeignKeyConstraint(["by"], ["people.key"], name="fk_questions_by"),
    )
    op.create_index("ix_questions_circle", "questions", ["circle"])
    op.create_table(
        "answers",
        sa.Column("question", ROW_ID, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("question", "person", name="pk_answers"),
        sa.ForeignKeyConstraint(["question"], ["questions.id"], name="fk_answers_question"),
        sa.ForeignKeyConstraint(["person"], ["people.key"], name="fk_answers_person"),
    )


def _digest() -> None:
    """Where there are circles already, the first digest comes on Monday; the rest follows."""
    now = datetime.now(UTC)
    monday = now.date() + timedelta(days=7 - now.weekday())
    due = datetime.combine(monday, time(8, 30), tzinfo=UTC)
    op.execute(
        sa.text(
            "INSERT INTO jobs (circle, kind, subject, due, done) "
            "SELECT id, 'digest', 0, :due, false FROM circles "
            "WHERE id = (SELECT min(id) FROM circles)"
        ).bindparams(due=int(due.timestamp()) * 1_000_000)
    )
