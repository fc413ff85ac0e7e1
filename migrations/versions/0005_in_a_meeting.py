"""Rounds that go on in a meeting, proxies, moved occurrences, and each circle's daily look."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DAY = 86_400_000_000  # microseconds


def upgrade() -> None:
    _rounds()
    op.add_column("meetings", sa.Column("series", sa.Integer(), nullable=True))
    op.add_column("meetings", sa.Column("instead", sa.BigInteger(), nullable=True))
    # Written by hand: Alembic adds the reference apart, which SQLite cannot.
    op.execute(
        "ALTER TABLE attendances ADD COLUMN proxy TEXT "
        "CONSTRAINT fk_attendances_proxy REFERENCES people (key)"
    )
    _daily_looks()


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("circle", ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("held", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("circle", "kind", name="pk_rounds"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_rounds_circle"),
        sa.ForeignKeyConstraint(["by"], ["people.key"], name="fk_rounds_by"),
    )


def _daily_looks() -> None:
    """Circles older than the daily look have none: theirs begins within a day.

    It comes at the hour of their summary, whole days before it.
    """
    now = int(datetime.now(UTC).timestamp()) * 1_000_000
    op.execute(
        sa.text(
            "INSERT INTO jobs (circle, kind, subject, due, done) "
            "SELECT circle, 'daily-look', 0, due - ((due - :now) / :day) * :day, false "
            "FROM jobs AS summary WHERE kind = 'weekly-summary' AND NOT done AND due > :now "
            "AND NOT EXISTS (SELECT 1 FROM jobs AS look WHERE look.circle = summary.circle "
            "AND look.kind = 'daily-look' AND NOT look.done)"
        ).bindparams(now=now, day=_DAY)
    )
