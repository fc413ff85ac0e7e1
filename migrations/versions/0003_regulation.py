"""Sessions of meetings, the points of agendas, and a ledger that decides nothing twice.

Something is decided, invoiced or paid once; what comes later names the entry that it corrects,
and an entry is corrected once. Before, a cancellation named the entry before it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, flag, index, integer, refers, row_id, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sessions()
    _agenda_points()
    _entries()
    index("ix_items_circle_payee_day", "items", ["circle", "payee", "day"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        *row_id("id", "circle"),
        *integer("meeting"),
        *text("occurrence"),
        *big("opened_at"),
        *text("opened_by"),
        *big("closed_at", nullable=True),
        *text("closed_by", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        refers("sessions", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        refers("sessions", ["circle"], ["circles.id"]),
        refers("sessions", ["opened_by"], ["people.key"]),
        refers("sessions", ["closed_by"], ["people.key"]),
    )
    index("uq_sessions_open", "sessions", ["circle"], where="closed_at IS NULL", unique=True)
    index("ix_sessions_circle_meeting", "sessions", ["circle", "meeting"])


def _agenda_points() -> None:
    op.create_table(
        "agenda_points",
        *row_id("id", "circle"),
        *integer("meeting"),
        *text("occurrence"),
        *text("by"),
        *big("at"),
        *text("text"),
        *text("source", nullable=True),
        *flag("withdrawn", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_points"),
        refers("agenda_points", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        refers("agenda_points", ["circle"], ["circles.id"]),
        refers("agenda_points", ["by"], ["people.key"]),
    )
    index(
        "ix_agenda_points_circle_meeting_occurrence",
        "agenda_points",
        ["circle", "meeting", "occurrence"],
    )
    index("ix_agenda_points_source", "agenda_points", ["source"])


def _entries() -> None:
    # Written by hand: Alembic adds the reference apart, which SQLite cannot.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE entries ADD COLUMN session {kind} "
        "CONSTRAINT fk_entries_session REFERENCES sessions (id)"
    )
    index("ix_entries_session", "entries", ["session"], where="session IS NOT NULL")
    index("ix_entries_envelope", "entries", ["circle"], where="item IS NULL")
    op.drop_index("ix_entries_funder", "entries")
    index(
        "uq_entries_decided",
        "entries",
        ["circle", "item"],
        where="corrects IS NULL AND kind IN ('cancelled', 'pro-bono', 'refused', 'regulated')",
        unique=True,
    )
    index(
        "uq_entries_settled",
        "entries",
        ["circle", "item", "kind"],
        where="corrects IS NULL AND kind IN ('invoiced', 'paid')",
        unique=True,
    )
    index("uq_entries_corrects", "entries", ["corrects"], where="corrects IS NOT NULL", unique=True)
