"""Meetings, who comes, reminders, and what is scheduled."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, flag, index, integer, refers, row_id, text


def make() -> None:
    _meetings()
    _attendances()
    _reminders()
    _jobs()


def _meetings() -> None:
    op.create_table(
        "meetings",
        *row_id("circle"),
        *integer("number"),
        *text("kind", "title"),
        *big("start"),
        *big("end", nullable=True),
        *text("place", nullable=True),
        *text("uid", "by"),
        *text("rrule", nullable=True),
        *text("exdates"),
        *integer("sequence"),
        *flag("cancelled"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_meetings"),
        sa.UniqueConstraint("uid", name="uq_meetings_uid"),
        refers("meetings", ["by"], ["people.key"]),
        refers("meetings", ["circle"], ["circles.id"]),
    )
    index("ix_meetings_circle_start", "meetings", ["circle", "start"])


def _attendances() -> None:
    op.create_table(
        "attendances",
        *row_id("id", "circle"),
        *integer("meeting"),
        *text("occurrence", "person", "presence"),
        *big("at"),
        *text("source", nullable=True),
        *flag("withdrawn", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_attendances"),
        refers("attendances", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        refers("attendances", ["circle"], ["circles.id"]),
        refers("attendances", ["person"], ["people.key"]),
    )
    index(
        "ix_attendances_circle_meeting_occurrence",
        "attendances",
        ["circle", "meeting", "occurrence"],
    )
    index("ix_attendances_source", "attendances", ["source"])


def _reminders() -> None:
    op.create_table(
        "reminders",
        *row_id("circle"),
        *integer("number"),
        *text("by"),
        *big("at"),
        *text("text"),
        *text("rrule", nullable=True),
        *flag("direct", "cancelled"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_reminders"),
        refers("reminders", ["by"], ["people.key"]),
        refers("reminders", ["circle"], ["circles.id"]),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        *row_id("id", "circle"),
        *text("kind"),
        *integer("subject"),
        *big("due"),
        *flag("done", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint(
            "circle", "kind", "subject", "due", name="uq_jobs_circle_kind_subject_due"
        ),
        refers("jobs", ["circle"], ["circles.id"]),
        sqlite_autoincrement=True,
    )
    index("ix_jobs_pending", "jobs", ["due"], where="done IS false")
