"""Sessions of meetings, the points of agendas, and a ledger that decides nothing twice.

Something is decided, invoiced or paid once; what comes later names the entry that it corrects,
and an entry is corrected once. Before, a cancellation named the entry before it.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _sessions()
    _agenda_points()
    _entries()
    op.create_index("ix_items_circle_payee_day", "items", ["circle", "payee", "day"])


def _row_id(name: str) -> sa.Column[Any]:
    return sa.Column(name, _ROW_ID, nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _big(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _refers(table: str, columns: list[str], to: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, to, name=f"fk_{table}_{'_'.join(columns)}")


def _sessions() -> None:
    op.create_table(
        "sessions",
        _row_id("id"),
        _row_id("circle"),
        sa.Column("meeting", sa.Integer(), nullable=False),
        _text("occurrence"),
        _big("opened_at"),
        _text("opened_by"),
        _big("closed_at", nullable=True),
        _text("closed_by", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        _refers("sessions", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        _refers("sessions", ["circle"], ["circles.id"]),
        _refers("sessions", ["opened_by"], ["people.key"]),
        _refers("sessions", ["closed_by"], ["people.key"]),
    )
    _unique("uq_sessions_open", "sessions", ["circle"], where="closed_at IS NULL")
    op.create_index("ix_sessions_circle_meeting", "sessions", ["circle", "meeting"])


def _agenda_points() -> None:
    op.create_table(
        "agenda_points",
        _row_id("id"),
        _row_id("circle"),
        sa.Column("meeting", sa.Integer(), nullable=False),
        _text("occurrence"),
        _text("by"),
        _big("at"),
        _text("text"),
        _text("source", nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_points"),
        _refers("agenda_points", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        _refers("agenda_points", ["circle"], ["circles.id"]),
        _refers("agenda_points", ["by"], ["people.key"]),
    )
    op.create_index(
        "ix_agenda_points_circle_meeting_occurrence",
        "agenda_points",
        ["circle", "meeting", "occurrence"],
    )
    op.create_index("ix_agenda_points_source", "agenda_points", ["source"])


def _entries() -> None:
    # Written by hand: Alembic adds the reference apart, which SQLite cannot.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE entries ADD COLUMN session {kind} "
        "CONSTRAINT fk_entries_session REFERENCES sessions (id)"
    )
    _partial("ix_entries_session", "entries", ["session"], where="session IS NOT NULL")
    _partial("ix_entries_envelope", "entries", ["circle"], where="item IS NULL")
    op.drop_index("ix_entries_funder", "entries")
    _unique(
        "uq_entries_decided",
        "entries",
        ["circle", "item"],
        where="corrects IS NULL AND kind IN ('cancelled', 'pro-bono', 'refused', 'regulated')",
    )
    _unique(
        "uq_entries_settled",
        "entries",
        ["circle", "item", "kind"],
        where="corrects IS NULL AND kind IN ('invoiced', 'paid')",
    )
    _unique("uq_entries_corrects", "entries", ["corrects"], where="corrects IS NOT NULL")


def _partial(name: str, table: str, columns: list[str], *, where: str, **more: Any) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, sqlite_where=condition, postgresql_where=condition, **more
    )


def _unique(name: str, table: str, columns: list[str], *, where: str) -> None:
    _partial(name, table, columns, where=where, unique=True)
